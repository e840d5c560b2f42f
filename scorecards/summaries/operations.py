"""A scorecard as the live client reads it: every field with its revision, and what lost."""

import json
from collections.abc import Iterator

from scorecards.models import Answer, AnswerOp, Interview, Scorecard
from scorecards.workflow.fields import CARD_KINDS, QUESTION_KINDS, field_name, stored

from .scoring import Sheet, read_sheet


def revisions(sheet: Sheet) -> dict[str, int]:
    """Every field of the scorecard with its revision, 0 where nothing was written."""
    return {name: rev for name, _, rev in _fields(sheet)}


def answers(sheet: Sheet) -> dict[str, dict]:
    """Every field of the scorecard with what is stored in it."""
    return {name: {"rev": rev, "value": value} for name, value, rev in _fields(sheet)}


def _fields(sheet: Sheet) -> Iterator[tuple[str, object, int]]:
    records: list[tuple[Scorecard | Answer, tuple[str, ...]]] = [(sheet.card, CARD_KINDS)]
    records += [(asked.answer, QUESTION_KINDS) for asked in sheet.questions]
    for record, kinds in records:
        for kind in kinds:
            yield field_name(kind, record), *stored(record, kind)


def losers(card: Scorecard) -> list[AnswerOp]:
    """Newest first."""
    return list(card.ops.exclude(value="").order_by("-at"))


def card_state(card: Scorecard) -> dict:
    """`card` comes with its interview, its round and the candidate."""
    return {
        "v": 1,
        "revision": card.revision,
        "state": _state(card),
        "saved_at": card.saved_at,
        "submitted_at": card.submitted_at,
        "answers": answers(read_sheet(card)),
        "losers": [
            {"op": row.op, "field": row.field, "value": json.loads(row.value), "at": row.at}
            for row in losers(card)
        ],
    }


def _state(card: Scorecard) -> str:
    if card.submitted_at is not None:
        return "submitted"
    return "draft" if card.interview.state in Interview.OWING else "closed"
