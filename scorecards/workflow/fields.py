"""The fields of a scorecard: what each can hold, and in which columns that is kept.

A field of a question is named `<kind>:<question version>`, one of the card by its kind alone. Each
has a revision of its own in `<kind>_rev`.
"""

from collections.abc import Collection, Sequence

from scorecards.models import Answer, Recommendation, Scorecard
from scorecards.models.scorecards import MAX_EVIDENCE, MAX_SUMMARY

QUESTION_KINDS = ("rating", "evidence", "probes", "signals")
ANSWER_COLUMNS = [
    "not_assessed_reason",
    *QUESTION_KINDS,
    *(f"{kind}_rev" for kind in QUESTION_KINDS),
]
CARD_KINDS = ("scratch", "summary", "recommendation")
RATINGS = (1, 2, 3, 4)


class ScoringError(Exception):
    """Why something can't be done to a scorecard, as a sentence for people.

    `code` says it to programs, and `fields` which fields it is about.
    """

    code = ""
    fields: Sequence[str] = ()


class NotStorable(ScoringError):
    """A value that no field of this kind can hold."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def field_name(kind: str, record: Scorecard | Answer) -> str:
    return f"{kind}:{record.question_version_id}" if isinstance(record, Answer) else kind


def stored(record: Scorecard | Answer, kind: str) -> tuple[object, int]:
    """The value of a field as it is on the wire, and its revision."""
    if isinstance(record, Answer) and kind == "rating":
        value: object = record.rating or record.not_assessed_reason or None
    elif kind == "recommendation":
        value = getattr(record, kind) or None
    else:
        value = getattr(record, kind)
    return value, getattr(record, f"{kind}_rev")


def put(record: Scorecard | Answer, kind: str, value: object) -> list[str]:
    """Set a field to a checked value, one revision on. Returns the columns that changed."""
    columns = [kind, f"{kind}_rev"]
    setattr(record, columns[1], getattr(record, columns[1]) + 1)
    if isinstance(record, Answer) and kind == "rating":
        record.rating = value if isinstance(value, int) else None
        record.not_assessed_reason = value if isinstance(value, str) else ""
        return [*columns, "not_assessed_reason"]
    setattr(record, kind, "" if value is None else value)
    return columns


def checked(kind: str, value: object, *, items: Collection[str] = ()) -> object:
    """The value as it will be stored, or NotStorable. `items` are the ids that can be ticked."""
    if kind == "rating":
        return _one_of(value, *RATINGS, *Answer.NotAssessed.values)
    if kind == "recommendation":
        return _one_of(value, *Recommendation.values)
    if kind in ("probes", "signals"):
        return _ticks(value, items)
    return _text(value, MAX_SUMMARY if kind == "summary" else MAX_EVIDENCE)


def _one_of(value: object, *choices: object) -> object:
    # The type as well: True and 1.0 equal 1, and are no ratings.
    if value is None or (type(value) in (int, str) and value in choices):
        return value
    raise NotStorable("wrong_type", "This is none of the choices. Choose one of them.")


def _ticks(value: object, items: Collection[str]) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise NotStorable("wrong_type", "These ticks can't be read. Tick them again.")
    if not set(value) <= set(items):
        raise NotStorable("unknown_item", "One of these ticks is not part of the question.")
    return sorted(set(value))


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise NotStorable("wrong_type", "This is no text.")
    if "\0" in value:
        raise NotStorable(
            "nul",
            "The text holds a NUL character, which can't be stored. Remove it and save again.",
        )
    if not _is_whole(value):
        raise NotStorable(
            "lone_surrogate",
            "The text holds half of a character, which can't be stored. "
            "It is often a broken emoji: remove it and save again.",
        )
    if len(value) > limit:
        raise NotStorable(
            "too_long",
            f"The text has {len(value):,} characters and {limit:,} fit. "
            "Shorten it and save again; nothing was cut off.",
        )
    return value


def _is_whole(text: str) -> bool:
    """JSON can carry half of a character, a lone surrogate; UTF-8 can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
