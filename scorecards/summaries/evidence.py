"""What was heard, ready to be shown: an answer beside the anchor of the version that was used."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from scorecards.models import Answer, Submission

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
