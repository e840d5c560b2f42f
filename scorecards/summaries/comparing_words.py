"""What was heard of compared candidates where they lie furthest apart. Two queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from interviewbank.access.models import User
from roles.models import EvaluationArea
from scorecards.models import Answer, Submission

from . import evidence
from .comparing import Cell, Comparing
from .comparing import Line as Row
from .exclusions import exclusion_columns

# Characters; the evidence, one link away, has all of it.
LONGEST = 280


@dataclass(frozen=True)
class Words:
    """A line of somebody's notes for each column, in their order; None where there is none.
    `submissions` are those of others that the lines are from."""

    area: EvaluationArea
    heard: list[evidence.Line | None]
    submissions: list[Submission]


def words_of(found: Comparing, viewer: User) -> Words | None:
    """None when no area may be compared."""
    row = max(found.lines, key=lambda one: one.difference, default=None)
    if row is None:
        return None
    picked = [_typical(cell, answers) for cell, answers in _with_notes(row, viewer)]
    cards = {answer.scorecard_id for answer in picked if answer}
    return Words(
        area=row.area,
        heard=[_first(answer) if answer else None for answer in picked],
        submissions=list(
            Submission.objects.visible_to(viewer)
            .filter(scorecard__in=cards, number=1)
            .exclude(scorecard__interview__interviewer=viewer)
        ),
    )


def _with_notes(row: Row, viewer: User) -> Iterable[tuple[Cell, list[Answer]]]:
    """Each cell of the row with the rated answers that say why."""
    here: dict[UUID, list[Answer]] = {cell.column.application.pk: [] for cell in row.cells}
    answers = (
        Answer.objects.visible_to(viewer)
        .counted()
        .filter(
            scorecard__interview__application__in=here,
            question_version__question__area=row.area,
            rating__isnull=False,
        )
        .annotate(**exclusion_columns())
        .select_related("scorecard__interview", "question_version")
        .order_by("scorecard__interview__starts_at", "question_version__title", "pk")
    )
    for answer in answers:
        if answer.evidence.strip() and not answer.excluded:
            here[answer.scorecard.interview.application_id].append(answer)
    return ((cell, here[cell.column.application.pk]) for cell in row.cells)


def _typical(cell: Cell, answers: list[Answer]) -> Answer | None:
    """The one whose rating is nearest the score: words that flatter or damn would mislead. Of
    several, one that quotes the candidate."""
    if cell.score is None:
        return None
    score = cell.score
    return min(
        answers,
        key=lambda one: (abs((one.rating or 0) - score), not _first(one).quote),
        default=None,
    )


def _first(answer: Answer) -> evidence.Line:
    """The first quote, or else the first line of the notes; shortened between words."""
    said = evidence.lines(answer.evidence)
    line = next((one for one in said if one.quote), said[0])
    if len(line.text) <= LONGEST:
        return line
    cut = line.text.rfind(" ", 0, LONGEST)
    return replace(line, text=line.text[: cut if cut > 0 else LONGEST] + "…")
