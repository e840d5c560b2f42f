"""What a packet holds, field by field. Anything missing, unknown or of another type is a fault.

A dict is an object with exactly these keys, a list one with items of its one shape, a `Map` an
object with free keys, a tuple a choice.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from scorecards.packet.canonical import FORMAT, VERSION

NOTHING = type(None)


class Map(NamedTuple):
    of: Any


class Only(NamedTuple):
    """One of these values."""

    values: tuple[object, ...]


class When(NamedTuple):
    """A time with its zone, as text."""


MOMENT = When()
MOMENT_OR_NOT = (MOMENT, type(None))
RATING = Only((1, 2, 3, 4))
OUTCOME = Only(("hire", "no_hire", "more_evidence"))
CALLS = ("strong_no_hire", "no_hire", "hire", "strong_hire", "cannot_say")
TEXT_OR_NOT = (str, NOTHING)
COUNT_OR_NOT = (int, NOTHING)
WORDS = [{"id": str, "text": str}]

DECISION = {
    "id": str,
    "number": int,
    "outcome": OUTCOME,
    "departs": bool,
    "decided_at": MOMENT,
    "rationale": str,
    "dissent": str,
    "override_reason": str,
    "exception_reason": str,
    "again_reason": str,
}
PLAN = {
    "number": int,
    "reason": str,
    "frozen_at": MOMENT_OR_NOT,
    "settings": Map(str),
    "areas": [
        {
            "slug": str,
            "name": str,
            "short_name": str,
            "weight": str,
            "weight_rationale": str,
            "bar": TEXT_OR_NOT,
            "min_raters": COUNT_OR_NOT,
        }
    ],
}
QUESTION = {
    "id": str,
    "slug": str,
    "area": str,
    "number": int,
    "title": str,
    "prompt": str,
    "anchors": [str],
    "probes": WORDS,
    "strong_signals": WORDS,
    "weak_signals": WORDS,
}
ANSWER = {
    "question": str,
    "rating": (RATING, NOTHING),
    "not_assessed_reason": Only(("", "not_reached", "no_evidence", "not_applicable")),
    "evidence": str,
    "probes": [str],
    "signals": [str],
}
SUBMISSION = {
    "id": str,
    "number": int,
    "submitted_at": MOMENT,
    "after_reveal": bool,
    "reason": str,
    "salt": str,
    "digest": str,
    "changes": (Map(object), NOTHING),
}
INTERVIEW = {
    "id": str,
    "scorecard": str,
    "interviewer": str,
    "round": str,
    "question_set": str,
    "set_version": int,
    "starts_at": MOMENT,
    "minutes": int,
    "shadow": bool,
    "state": Only(("planned", "held", "moved", "cancelled", "no_show")),
    "state_reason": str,
    "submitted_at": MOMENT_OR_NOT,
    "recommendation": Only(("", *CALLS)),
    "summary": str,
    "answers": [ANSWER],
    "submissions": [SUBMISSION],
}
DEBRIEF = {
    "number": int,
    "opened_by": str,
    "opened_at": MOMENT,
    "exception_reason": str,
    "revealed_at": MOMENT_OR_NOT,
    "closed_at": MOMENT_OR_NOT,
    "notes": [{"area": TEXT_OR_NOT, "author": str, "text": str, "at": MOMENT}],
    "panel_ratings": [{"area": str, "rating": RATING, "note": str, "by": str, "at": MOMENT}],
    "votes": [{"member": str, "recommendation": Only(CALLS), "rationale": str, "at": MOMENT}],
}
RECORD = {
    "application": str,
    "candidate": str,
    "decided_by": str,
    "decider_interviewed": bool,
    "formula_version": int,
    "opening": {
        "id": str,
        "title": str,
        "role": str,
        "level": str,
        "visibility": str,
        "interviewers_may_decide": bool,
        "retention": Only(("6_months", "12_months", "24_months", "by_hand")),
    },
    "plan": PLAN,
    "people": Map(str),
    "questions": [QUESTION],
    "interviews": [INTERVIEW],
    "exclusions": [
        {
            "number": int,
            "question": str,
            "excluded": bool,
            "reason": str,
            "by": str,
            "at": MOMENT,
        }
    ],
    "debriefs": [DEBRIEF],
    "earlier": [
        {
            "number": int,
            "outcome": OUTCOME,
            "rationale": str,
            "decided_by": str,
            "decided_at": MOMENT,
            "digest": str,
        }
    ],
    "result": Map(object),
}
PACKET = {
    "format": Only((FORMAT,)),
    "version": Only((VERSION,)),
    "digest": str,
    "decision": DECISION,
    "record": RECORD,
}


def faults(value: object, shape: Any, path: str) -> Iterator[str]:
    """Where the value is not of the shape, one sentence each."""
    match shape:
        case tuple() if isinstance(shape, Map):
            yield from _map(value, shape, path)
        case tuple() if isinstance(shape, Only):
            if not any(value == one and type(value) is type(one) for one in shape.values):
                yield f"{path} must be {' or '.join(map(repr, shape.values))}"
        case tuple() if isinstance(shape, When):
            yield from _moment(value, path)
        case tuple():
            if not any(not list(faults(value, one, path)) for one in shape):
                yield f"{path} has the wrong type"
        case dict():
            yield from _object(value, shape, path)
        case list():
            yield from _list(value, shape[0], path)
        case _:
            # A bool is an int to Python, and no number here.
            if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
                yield f"{path} has the wrong type"


def _moment(value: object, path: str) -> Iterator[str]:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        yield f"{path} must be a time with its zone"


def _map(value: object, shape: Map, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} must be an object"
        return
    for key, entry in value.items():
        yield from faults(entry, shape.of, f"{path}.{key}")


def _object(value: object, shape: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} must be an object"
        return
    prefix = f"{path}." if path else ""
    yield from (f"{prefix}{key} is missing" for key in shape if key not in value)
    yield from (f"{prefix}{key} is unknown" for key in value if key not in shape)
    for key in shape.keys() & value.keys():
        yield from faults(value[key], shape[key], f"{prefix}{key}")


def _list(value: object, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path} must be a list"
        return
    for place, entry in enumerate(value):
        yield from faults(entry, shape, f"{path}[{place}]")
