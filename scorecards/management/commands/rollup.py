"""`manage.py rollup FILE.json`: the roll-up of one case, or of a mapping of cases, as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scorecards.rollup import Case, InvalidInput, as_json, read_cases


class Command(BaseCommand):
    """Reads the input form of the roll-up and prints its output form; needs no database."""

    help = "Roll up the ratings of a JSON file and print the result as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The one file to read."""
        parser.add_argument(
            "file", metavar="FILE.json", help="one case or a mapping of cases; - is standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """All results, or one line per fault on standard error and exit code 2."""
        try:
            cases = read_cases(_load(options["file"]))
        except InvalidInput as error:
            for fault in error.faults:
                self.stderr.write(fault)
            sys.exit(2)
        results = (
            as_json(*cases)
            if isinstance(cases, Case)
            else {name: as_json(*case) for name, case in cases.items()}
        )
        self.stdout.write(json.dumps(results, indent=1))


def _load(file: str) -> object:
    """The content of the file as plain data; what JSON leaves to a reader's guess is a fault."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return json.loads(data.decode(), object_pairs_hook=_unique, parse_constant=_no_constant)
    except OSError as error:
        raise InvalidInput((f"{file}: can't be read: {error.strerror}",)) from error
    except RecursionError as error:
        raise InvalidInput((f"{file}: nested too deeply",)) from error
    except ValueError as error:
        raise InvalidInput((f"{file}: not JSON in UTF-8: {error}",)) from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {twice!r} is there twice")
    return entries


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")
