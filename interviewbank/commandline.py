"""Django's commands, with one line instead of a traceback for what isn't the code's fault."""

import os
import signal
import sys
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from interviewbank.dbcheck import connection_failure
from interviewbank.localpg import LocalPostgresError


def run(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewbank.settings")
    # The built-in database is stopped in order when the terminal is closed, too.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)
    try:
        execute_from_command_line(arguments)
    except (ImproperlyConfigured, LocalPostgresError) as problem:
        if "--traceback" in arguments:
            raise
        sys.exit(str(problem))
    except OperationalError as problem:
        words = connection_failure(problem)
        if words is None or "--traceback" in arguments:
            raise
        sys.exit(words)
    except KeyboardInterrupt:
        sys.exit(130)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
