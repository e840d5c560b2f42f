"""What was heard, ready to be shown: an answer beside the anchor of the version that was used."""

from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

from scorecards.models import Answer, Submission

# Characters: longer notes are folded, to about as much as a screen of cards has room for.
BEGINNING, FOLD_FROM = 900, 1_200
QUOTES = ('"', "“", "„", "«")


@dataclass(frozen=True)
class Line:
    """A line of notes. One that begins with a quotation mark is what the candidate said."""

    text: str
    quote: bool


@dataclass(frozen=True)
class Later:
    """What an amendment says of the same answer. It stands beside the answer and never counts."""

    submission: Submission
    rated: bool
    rating: int | None
    reason: str
    anchor: str
    lines: tuple[Line, ...]
    ticks: bool


@dataclass(frozen=True)
class Heard:
    """One answer in words. `rating` 1 to 4, or None with the reason in words. `left_out` says why
    the question counts for nobody of the opening; empty where it counts. `adds` is its printed part
    of what its area adds, in points."""

    question_id: str
    title: str
    prompt: str
    version: int
    slug: str
    scorecard_id: UUID
    rating: int | None
    reason: str
    anchor: str
    lines: tuple[Line, ...]
    signals: tuple[tuple[bool, str], ...]
    probes: tuple[str, ...]
    left_out: str = ""
    adds: Fraction | None = None
    later: tuple[Later, ...] = ()

    @property
    def shown(self) -> tuple[Line, ...]:
        """Where the words of several people stand side by side; the others are `rest`."""
        return fold(self.lines)[0]

    @property
    def rest(self) -> tuple[Line, ...]:
        return fold(self.lines)[1]


def fold(said: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Long notes as their beginning and the rest; a line is cut between words where it can be."""
    if sum(len(line.text) for line in said) <= FOLD_FROM:
        return said, ()
    room, shown, rest = BEGINNING, list[Line](), list[Line]()
    for line in said:
        cut = len(line.text)
        if cut > room:
            cut = max(line.text.rfind(" ", 0, room + 1), 0) or room
        if cut:
            shown.append(replace(line, text=line.text[:cut]))
        if cut < len(line.text):
            rest.append(replace(line, text=line.text[cut:].strip()))
        room = max(0, room - len(line.text))
    return tuple(shown), tuple(rest)


def lines(evidence: str) -> tuple[Line, ...]:
    return tuple(
        Line(text=text, quote=text.startswith(QUOTES))
        for text in (line.strip() for line in evidence.splitlines())
        if text
    )


def heard(answer: Answer, left_out: str = "") -> Heard:
    """`answer` comes with its question version."""
    version = answer.question_version
    strong = {item["id"]: item["text"] for item in version.strong_signals}
    weak = {item["id"]: item["text"] for item in version.weak_signals}
    probes = {item["id"]: item["text"] for item in version.probes}
    return Heard(
        question_id=str(version.pk),
        title=version.title,
        prompt=version.prompt,
        version=version.number,
        slug=version.question.slug,
        scorecard_id=answer.scorecard_id,
        rating=answer.rating,
        reason=answer.get_not_assessed_reason_display(),
        anchor=dict(version.anchors)[answer.rating] if answer.rating else "",
        lines=lines(answer.evidence),
        signals=(
            *((True, strong[key]) for key in answer.signals if key in strong),
            *((False, weak[key]) for key in answer.signals if key in weak),
        ),
        probes=tuple(probes[key] for key in answer.probes if key in probes),
        left_out=left_out,
    )
