"""Imports a folder of files: all of it, or nothing."""

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

from .planning import Plan, QuestionStep, SetStep, plan, vocabulary
from .problems import BadBank, Problem
from .reading import read_bank

Change = QuestionVersion.Change
Event = tuple[str, models.Model, tuple[str, ...]]


@dataclass(frozen=True)
class Report:
    """What an import did, or with `dry_run` would do."""

    questions: list[QuestionStep]
    sets: list[SetStep]
    dry_run: bool

    def counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many questions, and how many sets, were new, unchanged and so on."""
        return (
            Counter(step.what for step in self.questions),
            Counter(step.what for step in self.sets),
        )


@transaction.atomic
def import_bank(directory: Path, *, by: User | None = None, dry_run: bool = False) -> Report:
    """Brings the bank to what the files say. What they do not mention stays as it is."""
    questions, sets, problems = read_bank(directory, vocabulary())
    whole = plan(questions, sets, problems, lock=not dry_run) if not problems else None
    if problems or whole is None:
        raise BadBank(problems)
    if not dry_run:
        try:
            _apply(whole, by)
        except IntegrityError as error:
            message = "somebody changed the bank at the same time; import it again"
            raise BadBank([Problem(str(directory), 0, message)]) from error
    return Report(whole.questions, whole.sets, dry_run)


def _apply(whole: Plan, by: User | None) -> None:
    events: list[Event] = []
    _create_questions([step for step in whole.questions if step.new], by)
    for step in whole.questions:
        if step.filing_changed:
            file_question(step.question, step.live, dict(step.filing))
            events.append(("question.filed", step.question, step.filing_changed))
    moving = [step for step in whole.questions if step.words_changed]
    for version in _publish(moving, by):
        whole.live[version.question.slug] = version
    events += [("question.published", step.question, step.words_changed) for step in moving]
    for set_step in whole.sets:
        events += _write_set(set_step, whole.live, by)
    # Last of all: the chain of events stays locked until the commit.
    for verb, obj, fields in events:
        trail.record(actor=by, verb=verb, obj=obj, fields=fields)


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
            number=step.live.number + 1 if step.live else 1,
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
        items = [(live[slug], required) for slug, required, _ in step.text.items]
        add_set_version(question_set=step.question_set, by=by, items=items)
        events.append(("question_set.published", step.question_set, ("questions",)))
    return events
