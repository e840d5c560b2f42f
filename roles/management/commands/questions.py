"""The bank as text: manage.py questions export DIR, import DIR [--dry-run]."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roles.bank import BadBank, CantExport, Report, differences, export_bank, import_files
from roles.bank.differences import Difference, Lines
from roles.bank.sources import folder
from roles.bank.steps import QuestionStep, SetStep


class Command(BaseCommand):
    help = "Writes the question bank to a folder of text files, and reads it (docs/bank.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="export|import")
        exporting = actions.add_parser("export", help="write what is published to a folder")
        exporting.add_argument("directory", type=Path, help="empty, or written by an export")
        importing = actions.add_parser("import", help="bring the bank to what the files say")
        importing.add_argument("directory", type=Path, help="holds questions/ and sets/")
        importing.add_argument(
            "--dry-run", action="store_true", help="print what would change, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.talks = bool(options["verbosity"])
        if options["action"] == "export":
            self._export(options["directory"])
        else:
            self._import(options["directory"], dry_run=options["dry_run"])

    def _export(self, directory: Path) -> None:
        try:
            written = export_bank(directory, self._note)
        except CantExport as error:
            raise CommandError(f"Nothing was written: {error}.") from error
        except OSError as error:
            raise CommandError(
                f"Nothing was written: {error.filename or directory}: {error.strerror}."
            ) from error
        if self.talks:
            self.stdout.write(
                f"Written to {directory}. Questions: {written['questions']}. "
                f"Question sets: {written['sets']}."
            )

    def _import(self, directory: Path, *, dry_run: bool) -> None:
        try:
            report = import_files(folder(directory), dry_run=dry_run, note=self._note)
        except BadBank as error:
            count = len(error.problems)
            found = "1 problem" if count == 1 else f"{count} problems"
            raise CommandError(f"Nothing was imported: {found}.\n{error}") from error
        if self.talks:
            for line in lines_of(report):
                self.stdout.write(line)

    def _note(self, words: str) -> None:
        if self.talks:
            self.stderr.write(words)


def lines_of(report: Report) -> Iterator[str]:
    for step in report.questions:
        if step.what != "unchanged":
            yield f"{step.text.slug}: {_what(step)}"
            if report.dry_run:
                yield from _lines(differences.of_question(step))
    for set_step in report.sets:
        if set_step.what != "unchanged":
            yield f"{set_step.text.slug}: {_what_of_set(set_step)}"
            if report.dry_run:
                yield from _lines(differences.of_set(set_step))
    questions, sets = report.counts()
    yield f"Questions: {in_words(questions)}. Question sets: {in_words(sets)}."
    if report.dry_run:
        yield "Nothing was changed: this was a dry run."


def in_words(counts: Counter[str]) -> str:
    kinds = ("new", "new version", "changed", "unchanged")
    return ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind]) or "none"


def _what(step: QuestionStep) -> str:
    if step.new:
        return "new question"
    state = [step.retirement] if step.retirement else []
    names = ", ".join((*step.words_changed, *step.filing_changed, *state))
    if step.words_changed and step.live:
        return f"version {step.number} ({step.text.change} changes): {names}"
    return f"changed: {names}"


def _what_of_set(step: SetStep) -> str:
    if step.new:
        return "new question set"
    names = [*step.columns_changed, *(["questions"] if step.asks_anew else [])]
    return f"{step.what}: {', '.join(names)}"


def _lines(found: Iterator[Difference]) -> Iterator[str]:
    for difference in found:
        yield f"  {difference.name}"
        yield f"    was {_one_line(difference.before)}"
        yield f"    now {_one_line(difference.after)}"


def _one_line(value: str | Lines) -> str:
    """A list as its texts."""
    if isinstance(value, list):
        return " | ".join(line["text"] for line in value)
    return value
