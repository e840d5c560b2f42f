"""Saving what an interviewer writes, field by field, so that nothing is overwritten silently.

The core of live scoring: the plain form and the operations of the client both end here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import QuestionVersion
from scorecards.models import Answer, Interview, Scorecard
from scorecards.permissions import can_score
from scorecards.summaries.scoring import asked_in

from .fields import CARD_KINDS, QUESTION_KINDS, NotStorable, ScoringError, checked, put, stored
from .openings import freeze_plan


class AlreadySubmitted(ScoringError):
    def __init__(self) -> None:
        super().__init__("This scorecard was already submitted.")


class NotOpenToYou(ScoringError):
    def __init__(self) -> None:
        super().__init__("This interview was cancelled or moved, so its scorecard is closed.")


class Outcome(StrEnum):
    APPLIED = "applied"
    NOOP = "noop"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Change:
    """One field. `base` is the revision that the writer had seen."""

    field: str
    base: int
    value: object


@dataclass(frozen=True)
class Result:
    """`rev` and `current` are what the server has now; `code` and `message` say why rejected."""

    field: str
    outcome: Outcome
    rev: int = 0
    current: object = None
    code: str = ""
    message: str = ""


@transaction.atomic
def save_fields(*, scorecard: Scorecard, by: User, changes: Sequence[Change]) -> list[Result]:
    """Apply each change that was based on what is stored. One that can't be stored, or that was
    based on something older, says so in its result and holds up none of the others."""
    card = lock_draft(scorecard, by)
    draft = _Draft(card, [change.field for change in changes])
    results = [draft.apply(change) for change in changes]
    if not draft.changed:
        return results
    opening = card.opened_at is None
    if opening:
        draft.card_columns += open_card(card)
    draft.save()
    if opening:
        trail.record(actor=by, verb="scorecard.opened", obj=card)
    return results


def lock_draft(scorecard: Scorecard, by: User) -> Scorecard:
    """The scorecard as it is now, locked until commit, if its author may still write in it."""
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.submitted_at is not None:
        raise AlreadySubmitted
    # Read after the lock: who held it may have cancelled the interview or moved it to a new plan.
    card.interview = Interview.objects.select_related("round__plan").get(pk=card.interview_id)
    if not can_score(by, card):
        raise NotOpenToYou
    return card


def open_card(card: Scorecard) -> list[str]:
    """The first change opens the scorecard, and with it freezes how the opening is judged."""
    card.opened_at = timezone.now()
    freeze_plan(card.interview.round.plan)
    return ["opened_at"]


class _Draft:
    """A locked scorecard while changes are applied to it, and which columns they touched."""

    def __init__(self, card: Scorecard, fields: Iterable[str]) -> None:
        self.card = card
        self.card_columns: list[str] = []
        self.asked: dict[str, QuestionVersion] = {
            str(item.question_version_id): item.question_version
            for item in asked_in(card.interview.round)
        }
        touched = self.asked.keys() & {field.partition(":")[2] for field in fields}
        self.answers = {
            str(answer.question_version_id): answer
            for answer in card.answers.filter(
                question_version__in=[self.asked[question] for question in touched]
            )
        }
        self.answer_columns: dict[str, list[str]] = {}

    @property
    def changed(self) -> bool:
        return bool(self.card_columns or self.answer_columns)

    def apply(self, change: Change) -> Result:
        kind, _, question = change.field.partition(":")
        try:
            record = self._record(kind, question)
            value = checked(kind, change.value, items=self._items(kind, question))
        except NotStorable as error:
            return Result(change.field, Outcome.REJECTED, code=error.code, message=str(error))
        current, rev = stored(record, kind)
        if value == current:
            return Result(change.field, Outcome.NOOP, rev, current)
        if change.base != rev:
            return Result(change.field, Outcome.CONFLICT, rev, current)
        columns = put(record, kind, value)
        if isinstance(record, Answer):
            self.answers[question] = record
            self.answer_columns.setdefault(question, []).extend(columns)
        else:
            self.card_columns += columns
        return Result(change.field, Outcome.APPLIED, rev + 1, value)

    def _record(self, kind: str, question: str) -> Scorecard | Answer:
        if kind in CARD_KINDS and not question:
            return self.card
        if kind in QUESTION_KINDS and question in self.asked:
            return self.answers.get(question) or Answer(
                scorecard=self.card, question_version=self.asked[question]
            )
        raise NotStorable("unknown_field", "This scorecard has no such field.")

    def _items(self, kind: str, question: str) -> list[str]:
        """The ids that can be ticked in this field."""
        if kind not in ("probes", "signals"):
            return []
        return [item["id"] for item in getattr(self.asked[question], kind)]

    def save(self) -> None:
        for question, columns in self.answer_columns.items():
            answer = self.answers[question]
            answer.save(update_fields=None if answer._state.adding else columns)
        self.card.revision += 1
        self.card.save(update_fields=[*self.card_columns, "revision"])
