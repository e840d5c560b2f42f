"""`manage.py verify_packet FILE`: recompute a packet from what it holds, without a database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scorecards.packet import NotAPacket, embedded, first_difference, read
from scorecards.summaries.packet_page import page_to_keep

DIFFERS, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit code 0: all of it follows. 1: something does not, and is named. 2: it is no packet."""

    help = "Check a packet of a decision, downloaded as JSON or as a page. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The one file to check."""
        parser.add_argument("file", metavar="FILE", help="packet-….json or packet-….html")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of what was found, on standard error unless all is well."""
        name = options["file"]
        try:
            text = _text(name)
            is_page = text.startswith("<!doctype html>")
            inside = embedded(text) if is_page else text
            difference = first_difference(inside)
        except NotAPacket as error:
            self._end(f"{name}: {error}", UNREADABLE)
        if difference:
            self._end(f"{name}: {difference}", DIFFERS)
        if is_page:
            self._check_page(name, text, inside)
        decision = read(inside)["decision"]
        self.stdout.write(
            f"{name}: whole. Decision {decision['number']} of {decision['decided_at']}: every "
            "figure follows from the ratings and the plan, and the digest from all of it."
        )

    def _check_page(self, name: str, text: str, inside: str) -> None:
        """The page around the record must be the one that is made of it, to the letter."""
        if text == (made := page_to_keep(read(inside))):
            return
        pairs = zip(made.split("\n"), text.split("\n"), strict=False)
        place = next((i for i, (one, other) in enumerate(pairs, 1) if one != other), None)
        self._end(
            f"{name}: the record inside is whole, and the page around it is not the one that this "
            f"version of interviewbank makes of it, from {f'line {place}' if place else 'its end'} "
            "on. Rely on the record, or on the packet as JSON.",
            DIFFERS,
        )

    def _end(self, words: str, code: int) -> None:
        self.stderr.write(words)
        sys.exit(code)


def _text(name: str) -> str:
    try:
        return Path(name).read_bytes().decode()
    except OSError as error:
        raise NotAPacket(f"It can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NotAPacket("It is no text in UTF-8.") from error
