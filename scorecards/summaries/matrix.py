"""Areas x interviewers: who heard what in which area."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from interviewbank.ui.words import level_of
from scorecards.models import Answer, Interview, OpeningArea, Scorecard, Submission
from scorecards.rollup import (
    AreaResult,
    BarState,
    Rollup,
    distance_in_points,
    likely_range,
    to_points,
)

from .evidence import Heard, heard

BAR_WORDS = {
    BarState.MET: "met",
    BarState.MET_NARROWLY: "just met",
    BarState.NOT_MET_NARROWLY: "just missed",
    BarState.NOT_MET: "missed",
}


@dataclass
class Person:
    """An interviewer of this application; several interviews of one person are one column."""

    id: str
    name: str
    rounds: list[str] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    owing: int = 0
    read: bool = True
    dissents: bool = False
    points: Fraction | None = None

    @property
    def short(self) -> str:
        return self.name.split()[0]

    @property
    def cards(self) -> list[Scorecard]:
        return [one.scorecard for one in self.submissions if one.number == 1]


@dataclass(frozen=True)
class Cell:
    """One area as one person heard it. `points` is the mean of their ratings there, or None."""

    person: Person
    answers: tuple[Heard, ...]
    points: Fraction | None

    @property
    def counted(self) -> list[Heard]:
        return [one for one in self.answers if not one.left_out]

    @property
    def state(self) -> str:
        """rated, na (asked and not assessed), out (asked what is left out) or none (not asked)."""
        if self.points is not None:
            return "rated"
        if self.counted:
            return "na"
        return "out" if self.answers else "none"

    @property
    def shown(self) -> str:
        return "" if self.points is None else shown(self.points)

    @property
    def level(self) -> int | None:
        """The level of the scale that the mean rounds into."""
        return None if self.points is None else level_of(self.points)


@dataclass(frozen=True)
class AreaRow:
    slug: str
    name: str
    short_name: str
    result: AreaResult
    cells: tuple[Cell, ...]
    bar: Fraction | None
    score: Fraction | None
    low: float | None
    high: float | None

    @property
    def ratings(self) -> list[int]:
        return [one.rating for cell in self.cells for one in cell.counted if one.rating]

    @property
    def left_out(self) -> set[str]:
        """The ids of the question versions that were asked here and are left out."""
        return {one.question_id for cell in self.cells for one in cell.answers if one.left_out}

    @property
    def bar_words(self) -> str:
        return BAR_WORDS[self.result.bar_state] if self.result.bar_state else "not assessed"

    @property
    def narrow(self) -> bool:
        return bool(self.result.bar_state and self.result.bar_state.narrow)

    @property
    def contribution(self) -> Fraction:
        return distance_in_points(self.result.contribution)

    @property
    def range_words(self) -> str:
        """The lowest and highest mean of a person, in points, for "Disagreement, 2 to 4"."""
        means = sorted(to_points(mean) for mean in self.result.means.values())
        return f"{shown(means[0])} to {shown(means[-1])}" if means else ""


def shown(points: Fraction) -> str:
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.1f}"


def people_of(
    interviews: Iterable[Interview], submissions: Iterable[Submission], result: Rollup
) -> list[Person]:
    """One column each, in the order of their first interview; `interviews` are those that count."""
    found: dict[str, Person] = {}
    for interview in interviews:
        key = str(interview.interviewer_id)
        person = found.setdefault(key, Person(id=key, name=interview.interviewer.name))
        person.rounds.append(interview.round.name)
        person.owing += interview.scorecard.submitted_at is None
    for submission in submissions:
        author = str(submission.scorecard.interview.interviewer_id)
        if author in found:
            found[author].submissions.append(submission)
    for key, rated in result.interviewers.items():
        found[key].dissents = rated.dissents
        found[key].points = to_points(rated.score)
    return list(found.values())


def area_rows(
    *,
    opening_areas: Iterable[OpeningArea],
    answers: Iterable[Answer],
    people: list[Person],
    result: Rollup,
    left_out: Mapping[UUID, str],
) -> list[AreaRow]:
    """One row for each area of the plan, in its order; `left_out` maps questions to the reason."""
    by_place: dict[tuple[UUID, str], list[Answer]] = {}
    for answer in answers:
        place = (
            answer.question_version.question.area_id,
            str(answer.scorecard.interview.interviewer_id),
        )
        by_place.setdefault(place, []).append(answer)
    rows = []
    for counted in opening_areas:
        area = result.areas[counted.area.slug]
        cells = []
        for person in people:
            mean = area.means.get(person.id)
            cells.append(
                Cell(
                    person=person,
                    answers=tuple(
                        heard(answer, left_out.get(answer.question_version.question_id, ""))
                        for answer in by_place.get((counted.area_id, person.id), ())
                    ),
                    points=None if mean is None else to_points(mean),
                )
            )
        low, high = (None, None)
        if area.score is not None and area.variance is not None:
            low, high = (to_points(end) for end in likely_range(area.score, area.variance))
        rows.append(
            AreaRow(
                slug=counted.area.slug,
                name=counted.area.name,
                short_name=counted.area.short_name,
                result=area,
                cells=tuple(cells),
                bar=None if area.bar is None else to_points(area.bar),
                score=None if area.score is None else to_points(area.score),
                low=low,
                high=high,
            )
        )
    return rows
