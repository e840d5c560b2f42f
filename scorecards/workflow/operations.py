"""The operations of the live client: each counts exactly once, however often it is sent.

An operation is a change with an id that the device gave. Its outcome is recorded in the transaction
that applies it, so that a device whose answer got lost sends it again and learns what became of it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from interviewbank.access.models import User
from scorecards.models import AnswerOp, Scorecard
from scorecards.permissions import can_score
from scorecards.summaries.operations import revisions
from scorecards.summaries.scoring import read_sheet

from .fields import ScoringError
from .scoring import (
    AlreadySubmitted,
    Change,
    Draft,
    Erased,
    NotOpenToYou,
    Outcome,
    Result,
    lock_card,
    lock_own_draft,
)
from .submitting import (
    ChangedElsewhere,
    RecommendationMissing,
    SummaryMissing,
    check_ratings,
    hand_in,
)

SUBMIT = "submit"


@dataclass(frozen=True)
class Op(Change):
    op: str


@dataclass(frozen=True)
class Saved:
    """What became of each operation, and the scorecard's revision afterwards."""

    revision: int
    results: list[Result]


class OpReused(ScoringError):
    code = "op_reused"

    def __init__(self) -> None:
        super().__init__("The same operation was sent before with another value.")


class PledgeMissing(ScoringError):
    code = "pledge_missing"

    def __init__(self) -> None:
        super().__init__("Tick that you judged the answers against the anchors.")


@transaction.atomic
def save_ops(*, pk: UUID, by: User, device: str, ops: Sequence[Op]) -> Saved:
    """Apply what is new, in order, and repeat what is on record. `pk` is the scorecard's."""
    card = lock_own_draft(pk, by)
    sent = card.ops.filter(op__in={one.op for one in ops})
    known = {str(row.op): row for row in sent.only("op", "digest", "outcome", "rev", "code")}
    draft = Draft(card, [one.field for one in ops])
    results, made = [], []
    for one in ops:
        digest = _digest(card, [one.field, one.value])
        row = known.get(one.op)
        if row is None:
            result = draft.apply(one)
            known[one.op] = _row(card, device, one, digest, result)
            made.append(known[one.op])
        elif row.digest == digest:
            result = _recorded(draft, one, row)
        else:
            reused = OpReused()
            result = Result(
                one.field, Outcome.REJECTED, row.rev, code=reused.code, message=str(reused)
            )
        results.append(result)
    draft.save()
    AnswerOp.objects.bulk_create(made)
    draft.tell(by)
    return Saved(card.revision, results)


def _row(card: Scorecard, device: str, one: Op, digest: str, result: Result) -> AnswerOp:
    lost = result.outcome is Outcome.CONFLICT and one.field != "scratch"
    return AnswerOp(
        scorecard=card,
        op=one.op,
        device=device,
        # A name that is no field can be anything, even what no column can hold.
        field="" if result.code == "unknown_field" else one.field,
        base=one.base,
        rev=result.rev,
        outcome=result.outcome,
        code=result.code,
        digest=digest,
        value=_canonical(one.value) if lost else "",
    )


def _recorded(draft: Draft, one: Op, row: AnswerOp) -> Result:
    """The outcome of the first time. A conflict comes with what stands in its way now, so that a
    choice can be based on it."""
    outcome = Outcome(row.outcome)
    if outcome is Outcome.CONFLICT:
        current, rev = draft.current(one.field)
        return Result(one.field, outcome, rev, current)
    message = ""
    if outcome is Outcome.REJECTED:
        message = draft.refusal(one) or "This could not be stored when it was first sent."
    return Result(one.field, outcome, row.rev, code=row.code, message=message)


@transaction.atomic
def submit_by_op(
    *,
    scorecard: Scorecard,
    by: User,
    op: str,
    device: str,
    expected: Mapping[str, int],
    unworded_ok: bool,
    pledge: bool,
) -> Scorecard:
    """Hand the scorecard in as the device has it; `expected` are the revisions of its fields.

    The same operation again finds the scorecard submitted, by it, and gets the same answer.
    """
    card = lock_card(scorecard)
    if card.interview.application.candidate.erased_at is not None:
        raise Erased
    if not can_score(by, card):
        raise NotOpenToYou
    digest = _digest(card, [SUBMIT, dict(expected), unworded_ok, pledge])
    row = card.ops.filter(op=op).first()
    if card.submitted_at is not None:
        if row is not None and row.digest == digest:
            return card
        raise AlreadySubmitted
    if row is not None:
        raise OpReused
    sheet = read_sheet(card)
    known = revisions(sheet)
    changed = [name for name in {**known, **expected} if known.get(name) != expected.get(name)]
    if changed:
        raise ChangedElsewhere(changed)
    if not card.recommendation:
        raise RecommendationMissing
    if not card.summary.strip():
        raise SummaryMissing
    check_ratings(sheet, unworded_ok=unworded_ok)
    if not pledge:
        raise PledgeMissing
    AnswerOp.objects.create(
        scorecard=card,
        op=op,
        device=device,
        field=SUBMIT,
        base=card.revision,
        rev=card.revision + 1,
        outcome=AnswerOp.Outcome.APPLIED,
        digest=digest,
    )
    return hand_in(sheet, by, card.recommendation, card.summary).scorecard


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _digest(card: Scorecard, content: object) -> str:
    """SHA-256 of the canonical JSON, with the scorecard's id as salt."""
    return hashlib.sha256((str(card.pk) + _canonical(content)).encode()).hexdigest()


def forget_losers(before: datetime) -> int:
    """Delete what lost a conflict, of scorecards that were submitted before then. How many."""
    return (
        AnswerOp.objects.filter(scorecard__submitted_at__lt=before)
        .exclude(value="")
        .update(value="")
    )
