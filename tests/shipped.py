"""What is shipped: the question bank, and on it the demo company."""

from collections import defaultdict
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from interviewbank.access.models import User
from scorecards import demo
from tests import build

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def load_bank() -> None:
    files = (FIXTURES / name for name in ("roles.yaml", "areas.yaml", "profiles.yaml", "work.yaml"))
    call_command("loaddata", *files, verbosity=0)
    call_command("questions", "import", FIXTURES / "bank", stdout=StringIO())


def load_demo() -> None:
    """The demo company, whose people sign in with the password of all tests."""
    load_bank()
    demo.load(FIXTURES / "demo.yaml", defaultdict(lambda: build.PASSWORD), lambda words: None)
    # Demo accounts work in local mode only, and tests run as if outside it.
    User.objects.update(is_demo=False)
