"""The plain form of the live scorecard.

It only reads what was sent. What can be stored is decided by the workflow, field by field, so that
one bad value holds up none of the others and is the same through every door.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django import forms

from interviewbank.ui.words import RATING_WORDS
from scorecards.models import Answer, Scorecard
from scorecards.summaries.scoring import Asked
from scorecards.workflow.fields import QUESTION_KINDS, field_name, stored
from scorecards.workflow.scoring import Change, Outcome, Result

KINDS = {
    "rating": "Rating",
    "evidence": "Notes",
    "probes": "Follow-up probes",
    "signals": "Signals",
    "scratch": "Private notes",
}
LABELS = {**KINDS, "summary": "Statement", "recommendation": "Your own recommendation"}
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Entry:
    """A field as the page shows it. `base` is the revision that a save is based on; `was` tells
    whether the value was touched since. `theirs` is what stands in its way, of revision `seen`."""

    kind: str
    value: object
    base: int
    was: str
    error: str = ""
    theirs: object = None
    seen: int | None = None

    @property
    def label(self) -> str:
        return KINDS[self.kind]

    @property
    def clashes(self) -> bool:
        return self.seen is not None

    @property
    def joinable(self) -> bool:
        return self.kind != "rating"


def fingerprint(value: object) -> str:
    """Short enough for a hidden input; line ends count as one, since browsers rewrite them."""
    if isinstance(value, str):
        value = _single_line_ends(value)
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def _single_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Prose(forms.Field):
    """Text as it was typed: nothing stripped, and no `maxlength`, which would cut a paste short."""

    widget = forms.Textarea

    def to_python(self, value: str | None) -> str:
        return _single_line_ends(value or "")


class Token(forms.Field):
    """A word that only picks a branch; one that is unknown picks none."""

    widget = forms.HiddenInput

    def to_python(self, value: str | None) -> str:
        return value or ""


class RatingField(forms.Field):
    def to_python(self, value: str | None) -> int | str | None:
        return int(value) if value in ("1", "2", "3", "4") else value or None


class Ticks(forms.Field):
    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        return sorted(value or [])


class Revision(forms.Field):
    """None where the field was not on the page. What is no number agrees with no revision."""

    widget = forms.HiddenInput

    def to_python(self, value: str | None) -> int | None:
        if not value:
            return None
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1


class LiveForm(forms.Form):
    """One question. Beside each field stand `base_…`, `was_…` and, once two versions of it met,
    `seen_…` and the choice `keep_…`."""

    go = Token(required=False)
    rating = RatingField(required=False)
    evidence = Prose(required=False)
    probes = Ticks(required=False)
    signals = Ticks(required=False)
    scratch = Prose(required=False)

    def __init__(self, data: Mapping, *, asked: Asked, card: Scorecard) -> None:
        super().__init__(data)
        self.records = _records(asked, card)
        for kind in KINDS:
            self.fields[f"base_{kind}"] = Revision(required=False)
            self.fields[f"seen_{kind}"] = Revision(required=False)
            self.fields[f"was_{kind}"] = Token(required=False)
            self.fields[f"keep_{kind}"] = Token(required=False)

    def changes(self) -> list[Change]:
        """What was touched. A field that was left alone is not compared with anything."""
        return [change for kind in KINDS if (change := self._change(kind))]

    def _change(self, kind: str) -> Change | None:
        base, value = self.cleaned_data[f"base_{kind}"], self.cleaned_data[kind]
        keep = self.cleaned_data[f"keep_{kind}"]
        untouched = fingerprint(value) == self.cleaned_data[f"was_{kind}"]
        # No tick at all is sent as nothing; of any other field that means it was not on the page.
        absent = base is None or (kind not in self.data and not isinstance(value, list))
        if absent or untouched or keep == THEIRS:
            return None
        if keep in (MINE, BOTH):
            seen = self.cleaned_data[f"seen_{kind}"]
            base = -1 if seen is None else seen
            current, rev = stored(self.records[kind], kind)
            # Nothing is joined with a version that nobody was shown: that is a conflict again.
            if keep == BOTH and base == rev:
                value = joined(current, value)
        return Change(field_name(kind, self.records[kind]), base, value)

    def entries(
        self, fresh: Mapping[str, Entry], changes: Iterable[Change], results: Iterable[Result]
    ) -> dict[str, Entry]:
        """The page again: what was refused stands there as it was typed, the rest as it is now."""
        shown = dict(fresh)
        for change, result in zip(changes, results, strict=True):
            kind = change.field.partition(":")[0]
            was = self.cleaned_data[f"was_{kind}"]
            typed = replace(fresh[kind], value=change.value, base=change.base, was=was)
            if result.outcome is Outcome.REJECTED:
                shown[kind] = replace(typed, error=result.message)
            elif result.outcome is Outcome.CONFLICT:
                shown[kind] = replace(typed, theirs=result.current, seen=result.rev)
        return shown


def joined(theirs: object, mine: object) -> object:
    """Both versions of a text, one below the other, or of ticks."""
    if isinstance(theirs, list) and isinstance(mine, list):
        return sorted({*theirs, *mine})
    if str(mine) in str(theirs):
        return theirs
    return mine if str(theirs) in str(mine) else f"{theirs}\n\n{mine}"


def _records(asked: Asked, card: Scorecard) -> dict[str, Answer | Scorecard]:
    return {kind: asked.answer if kind in QUESTION_KINDS else card for kind in KINDS}


def entries(asked: Asked, card: Scorecard) -> dict[str, Entry]:
    """The fields of the page as they are stored."""
    shown = {}
    for kind, record in _records(asked, card).items():
        value, rev = stored(record, kind)
        shown[kind] = Entry(kind=kind, value=value, base=rev, was=fingerprint(value))
    return shown


def blank_entries() -> dict[str, Entry]:
    """The fields of a question that the script fills in, from what it knows of all of them."""
    empty: dict[str, object] = {"rating": None, "probes": [], "signals": []}
    return {kind: Entry(kind, empty.get(kind, ""), base=0, was="") for kind in KINDS}


def in_words(asked: Asked, kind: str, value: object) -> str:
    """A value as text, to be read beside another one."""
    if kind == "rating":
        if isinstance(value, int):
            return f"{value} {RATING_WORDS[value]}"
        return f"Not assessed: {Answer.NotAssessed(value).label.lower()}" if value else "No rating"
    if isinstance(value, list):
        texts = {
            item["id"]: item["text"] for item in (*asked.version.probes, *asked.version.signals)
        }
        return "\n".join(texts[item] for item in value) or "No ticks"
    return str(value) or "Empty"
