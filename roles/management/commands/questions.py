"""The bank as text: manage.py questions import DIR [--dry-run]."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roles.bank import BadBank, Report, import_bank
from roles.bank.planning import QuestionStep, SetStep
from roles.workflow import content


class Command(BaseCommand):
    help = "Reads the question bank from a folder of text files (docs/bank.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="import")
        importing = actions.add_parser("import", help="bring the bank to what the files say")
        importing.add_argument("directory", type=Path, help="holds questions/ and sets/")
        importing.add_argument(
            "--dry-run", action="store_true", help="print what would change, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        directory = options["directory"]
        try:
            report = import_bank(directory, dry_run=options["dry_run"])
        except BadBank as error:
            count = len(error.problems)
            found = "1 problem" if count == 1 else f"{count} problems"
            raise CommandError(f"Nothing was imported: {found}.\n{error}") from error
        if options["verbosity"]:
            for line in lines_of(report):
                self.stdout.write(line)


def lines_of(report: Report) -> Iterator[str]:
    for step in report.questions:
        if step.what != "unchanged":
            yield f"{step.text.slug}: {_what(step)}"
            if report.dry_run and not step.new:
                yield from _differences(step)
    for set_step in report.sets:
        if set_step.what != "unchanged":
            yield f"{set_step.text.slug}: {_what_of_set(set_step)}"
    questions, sets = report.counts()
    yield f"Questions: {_in_words(questions)}. Question sets: {_in_words(sets)}."
    if report.dry_run:
        yield "Nothing was changed: this was a dry run."


def _in_words(counts: Counter[str]) -> str:
    kinds = ("new", "new version", "changed", "unchanged")
    return ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind]) or "none"


def _what(step: QuestionStep) -> str:
    if step.new:
        return "new question"
    names = ", ".join((*step.words_changed, *step.filing_changed))
    if step.words_changed and step.live:
        return f"version {step.live.number + 1} ({step.text.change} changes): {names}"
    return f"changed: {names}"


def _what_of_set(step: SetStep) -> str:
    if step.new:
        return "new question set"
    names = [*step.columns_changed, *(["questions"] if step.asks_anew else [])]
    return f"{step.what}: {', '.join(names)}"


def _differences(step: QuestionStep) -> Iterator[str]:
    before = content.words_of(step.live) if step.live else {}
    for name in step.words_changed:
        yield f"  {name}"
        yield f"    was {_one_line(before.get(name))}"
        yield f"    now {_one_line(step.text.words[name])}"


def _one_line(value: Any) -> str:
    """A list as its texts."""
    if isinstance(value, list):
        return " | ".join(line["text"] for line in value)
    return str(value)
