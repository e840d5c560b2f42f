"""Imports the files of a bank: all of them, or nothing."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import Question, QuestionVersion
from roles.workflow.question_sets import add_set_version
from roles.workflow.questions import file_question

from . import differences
from .planning import plan, vocabulary
from .problems import BadBank, Problem
from .reading import Note, read_bank
from .sources import Source, folder
from .steps import Plan, QuestionStep, SetStep

Change = QuestionVersion.Change
Event = tuple[str, models.Model, tuple[str, ...]]


@dataclass(frozen=True)
class Report:
    """What an import did, or with `dry_run` would do. `token` recognises it."""

    questions: list[QuestionStep]
    sets: list[SetStep]
    dry_run: bool
    token: str = ""

    def counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many questions, and how many sets, were new, unchanged and so on."""
        return (
            Counter(step.what for step in self.questions),
            Counter(step.what for step in self.sets),
        )

    @property
    def changes(self) -> tuple[str, ...]:
        """Which of the two kinds change."""
        names = ("questions", "question_sets")
        kinds = zip(names, self.counts(), strict=True)
        return tuple(name for name, counts in kinds if counts.keys() - {"unchanged"})


class BankMoved(Exception):
    """The import would do something else than what somebody was shown."""


def import_bank(directory: Path, *, by: User | None = None, dry_run: bool = False) -> Report:
    """Brings the bank to what the files say. What they do not mention stays as it is."""
    return import_files(folder(directory), by=by, dry_run=dry_run)


@transaction.atomic
def import_files(
    source: Source,
    *,
    by: User | None = None,
    dry_run: bool = False,
    seen: str | None = None,
    note: Note = lambda words: None,
) -> Report:
    """`seen` is the token of what was shown before; `note` is told how far it is."""
    questions, sets, problems = read_bank(source, vocabulary(), note)
    whole = plan(questions, sets, problems, lock=not dry_run) if not problems else None
    if problems or whole is None:
        raise BadBank(problems)
    token = differences.token(whole)
    if seen is not None and seen != token:
        raise BankMoved
    report = Report(whole.questions, whole.sets, dry_run, token)
    if not dry_run:
        try:
            _apply(whole, report, by)
        except IntegrityError as error:
            message = "somebody changed the bank at the same time; import it again"
            raise BadBank([Problem(source.where, 0, message)]) from error
    return report


def _apply(whole: Plan, report: Report, by: User | None) -> None:
    events: list[Event] = []
    _create_questions([step for step in whole.questions if step.new], by)
    for step in whole.questions:
        events += _file(step)
    moving = [step for step in whole.questions if step.words_changed]
    for version in _publish(moving, by):
        whole.live[version.question.slug] = version
    events += [("question.published", step.question, step.words_changed) for step in moving]
    for set_step in whole.sets:
        events += _write_set(set_step, whole.live, by)
    if by and report.changes:
        events.append(("bank.imported", by, report.changes))
    # Last of all: the chain of events stays locked until the commit.
    for verb, obj, fields in events:
        trail.record(actor=by, verb=verb, obj=obj, fields=fields)


def _file(step: QuestionStep) -> list[Event]:
    events: list[Event] = []
    if step.filing_changed:
        file_question(step.question, step.live, dict(step.filing))
        events.append(("question.filed", step.question, step.filing_changed))
    if step.retirement == "explained":
        step.question.retired_reason = step.text.retired_reason
        step.question.save(update_fields=["retired_reason"])
        events.append(("question.filed", step.question, ("retired_reason",)))
    elif step.retirement:
        step.question.retired_at = timezone.now() if step.text.retired else None
        step.question.retired_reason = step.text.retired_reason
        step.question.save(update_fields=["retired_at", "retired_reason"])
        events.append((f"question.{step.retirement}", step.question, ("retired_at",)))
    return events


def _create_questions(steps: list[QuestionStep], by: User | None) -> None:
    for step in steps:
        step.question.owner = by
    Question.objects.bulk_create(step.question for step in steps)
    through = Question.roles.through
    through.objects.bulk_create(
        through(question=step.question, role=role)
        for step in steps
        for role in step.filing["roles"]
    )


def _publish(steps: list[QuestionStep], by: User | None) -> list[QuestionVersion]:
    now = timezone.now()
    return QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=step.question,
            number=step.number,
            change=step.text.change if step.live else Change.FIRST,
            author=by,
            published_at=now,
            **step.text.words,
        )
        for step in steps
    )


def _write_set(step: SetStep, live: dict[str, QuestionVersion], by: User | None) -> list[Event]:
    events: list[Event] = []
    if step.new:
        step.question_set.save(force_insert=True)
    elif step.columns_changed:
        for name in step.columns_changed:
            setattr(step.question_set, name, step.columns[name])
        step.question_set.save(update_fields=step.columns_changed)
        events.append(("question_set.changed", step.question_set, step.columns_changed))
    if step.asks_anew:
        items = [(live[one.slug], one.required) for one in step.asks]
        add_set_version(question_set=step.question_set, by=by, items=items)
        events.append(("question_set.published", step.question_set, ("questions",)))
    return events
