"""Saving what an interviewer writes, field by field, so that nothing is overwritten silently.

The core of live scoring: the plain form and the operations of the client both end here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import QuestionVersion
from scorecards.models import Answer, Interview, OpeningRound, Scorecard
from scorecards.permissions import can_score

from .fields import (
    ANSWER_COLUMNS,
    CARD_KINDS,
    QUESTION_KINDS,
    NotStorable,
    ScoringError,
    checked,
    put,
    stored,
)
from .openings import freeze_plan

LOCK_OWN = """
    SELECT card.* FROM scorecards_scorecard card
    JOIN scorecards_interview met ON met.id = card.interview_id
    WHERE card.id = %s AND met.interviewer_id = %s FOR UPDATE OF card
"""
# Read after the lock: who held it may have cancelled the interview or moved it to a new plan.
WHERE_IT_STANDS = """
    SELECT candidate.user_id, candidate.erased_at, met.state, asked.id, asked.plan_id,
        asked.set_version_id
    FROM scorecards_interview met
    JOIN scorecards_openinground asked ON asked.id = met.round_id
    JOIN scorecards_application application ON application.id = met.application_id
    JOIN scorecards_candidate candidate ON candidate.id = application.candidate_id
    WHERE met.id = %s
"""


class AlreadySubmitted(ScoringError):
    code = "submitted"

    def __init__(self) -> None:
        super().__init__("This scorecard was already submitted.")


class NotOpenToYou(ScoringError):
    code = "closed"

    def __init__(
        self,
        sentence: str = "This interview was cancelled or moved, so its scorecard is closed.",
    ) -> None:
        super().__init__(sentence)


class Erased(NotOpenToYou):
    code = "erased"

    def __init__(self) -> None:
        super().__init__("The candidate was erased, so this scorecard takes nothing any more.")


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
    draft = Draft(lock_draft(scorecard, by), [change.field for change in changes])
    results = [draft.apply(change) for change in changes]
    draft.save()
    draft.tell(by)
    return results


def lock_card(scorecard: Scorecard) -> Scorecard:
    """The scorecard as it is now, locked until commit; and the commit waits for the disk."""
    _wait_for_the_disk()
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    # Read after the lock: who held it may have cancelled the interview or moved it to a new plan.
    card.interview = Interview.objects.select_related("round__plan", "application__candidate").get(
        pk=card.interview_id
    )
    return card


def lock_draft(scorecard: Scorecard, by: User) -> Scorecard:
    """The locked scorecard, if its author may still write in it."""
    card = lock_card(scorecard)
    return _open_to(by, card, erased=card.interview.application.candidate.erased_at)


def lock_own_draft(pk: UUID, by: User) -> Scorecard:
    """The same from its id, for what is done every few seconds. By hand, because building these
    statements takes longer than running them. Somebody else's scorecard does not exist here, and
    is not locked."""
    _wait_for_the_disk()
    found = list(Scorecard.objects.raw(LOCK_OWN, [pk, by.pk]))
    if not found:
        raise Scorecard.DoesNotExist
    card = found[0]
    with connection.cursor() as cursor:
        cursor.execute(WHERE_IT_STANDS, [card.interview_id])
        candidate, erased, state, round_id, plan, set_version = cursor.fetchone()
    if candidate == by.pk:
        raise Scorecard.DoesNotExist
    card.interview = Interview(
        pk=card.interview_id,
        interviewer=by,
        state=state,
        round=OpeningRound(pk=round_id, plan_id=plan, set_version_id=set_version),
    )
    return _open_to(by, card, erased=erased)


def _wait_for_the_disk() -> None:
    """Whatever the server's setting is, nothing is told to be saved before it is."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")


def _open_to(by: User, card: Scorecard, *, erased: datetime | None) -> Scorecard:
    if erased is not None:
        raise Erased
    if card.submitted_at is not None:
        raise AlreadySubmitted
    if not can_score(by, card):
        raise NotOpenToYou
    return card


def open_card(card: Scorecard) -> list[str]:
    """The first change opens the scorecard, and with it freezes how the opening is judged."""
    card.opened_at = timezone.now()
    freeze_plan(card.interview.round.plan)
    return ["opened_at"]


class Draft:
    """A locked scorecard while changes are applied to it, and which columns they touched."""

    def __init__(self, card: Scorecard, fields: Iterable[str]) -> None:
        self.card = card
        self.card_columns: list[str] = []
        self.touched: set[str] = set()
        self.opening = False
        questions = {field.partition(":")[2] for field in fields}
        self.asked = _asked(card.interview.round.set_version_id)
        named = [UUID(question) for question in self.asked.keys() & questions]
        self.answers = {
            str(answer.question_version_id): answer
            for answer in card.answers.filter(question_version__in=named)
        }

    def apply(self, change: Change) -> Result:
        try:
            record, kind, value = self._accepted(change)
        except NotStorable as error:
            return Result(change.field, Outcome.REJECTED, code=error.code, message=str(error))
        current, rev = stored(record, kind)
        if value == current:
            return Result(change.field, Outcome.NOOP, rev, current)
        if change.base != rev:
            return Result(change.field, Outcome.CONFLICT, rev, current)
        columns = put(record, kind, value)
        if isinstance(record, Answer):
            question = str(record.question_version_id)
            self.answers[question] = record
            self.touched.add(question)
        else:
            self.card_columns += columns
        return Result(change.field, Outcome.APPLIED, rev + 1, value)

    def current(self, field: str) -> tuple[object, int]:
        """The value of a field of this scorecard, and its revision."""
        return stored(self._record(field), field.partition(":")[0])

    def refusal(self, change: Change) -> str:
        """Why the value can't be stored; empty when it can."""
        try:
            self._accepted(change)
        except NotStorable as error:
            return str(error)
        return ""

    def save(self) -> None:
        if not (self.card_columns or self.touched):
            return
        # One statement for all of them, the new and the old ones.
        Answer.objects.bulk_create(
            [self.answers[question] for question in self.touched],
            update_conflicts=True,
            unique_fields=["scorecard", "question_version"],
            update_fields=ANSWER_COLUMNS,
        )
        self.opening = self.card.opened_at is None
        columns = open_card(self.card) if self.opening else []
        self.card.revision += 1
        self.card.saved_at = timezone.now()
        self.card.save(update_fields=[*self.card_columns, *columns, "revision", "saved_at"])

    def tell(self, by: User) -> None:
        """Last: the trail's lock is held until commit."""
        if self.opening:
            trail.record(actor=by, verb="scorecard.opened", obj=self.card)

    def _accepted(self, change: Change) -> tuple[Scorecard | Answer, str, object]:
        kind, _, question = change.field.partition(":")
        record = self._record(change.field)
        items = self.asked[question].get(kind, ()) if question else ()
        return record, kind, checked(kind, change.value, items=items)

    def _record(self, field: str) -> Scorecard | Answer:
        kind, _, question = field.partition(":")
        # By the whole name: “scratch:” would be private notes under another one.
        if field in CARD_KINDS:
            return self.card
        if kind in QUESTION_KINDS and question in self.asked:
            return self.answers.get(question) or Answer(
                scorecard=self.card, question_version_id=UUID(question)
            )
        raise NotStorable("unknown_field", "This scorecard has no such field.")


@lru_cache(maxsize=500)
def _asked(set_version: UUID) -> dict[str, dict[str, list[str]]]:
    """The questions of a round with the ids of what can be ticked in each. Kept in memory: what a
    published set asks never changes, nor do the versions of questions in it."""
    versions = QuestionVersion.objects.filter(set_items__set_version=set_version)
    return {
        str(version.pk): {
            kind: [item["id"] for item in getattr(version, kind)] for kind in ("probes", "signals")
        }
        for version in versions.only("probes", "strong_signals", "weak_signals")
    }
