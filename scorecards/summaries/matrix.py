"""Areas x interviewers: who heard what in which area."""

from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from interviewbank.ui.words import level_of
from scorecards.models import Interview, Scorecard, Submission
from scorecards.rollup import AreaResult, BarState, distance_in_points, to_points

from .evidence import Heard

BAR_WORDS = {
    BarState.MET: "met",
    BarState.MET_NARROWLY: "just met",
    BarState.NOT_MET_NARROWLY: "just missed",
    BarState.NOT_MET: "missed",
}


@dataclass
class Person:
    """An interviewer of this application; several interviews of one person are one column.

    `points` is their own score, `adds` their printed part of score - hire bar; `asks` are the areas
    that their open interviews will ask about. `short` is what no other column is called.
    """

    id: str
    name: str
    short: str = ""
    rounds: list[str] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    open: list[Interview] = field(default_factory=list)
    asks: set[UUID] = field(default_factory=set)
    read: bool = True
    dissents: bool = False
    points: Fraction | None = None
    adds: Fraction | None = None
    later_call: str = ""

    @property
    def cards(self) -> list[Scorecard]:
        return [one.scorecard for one in self.submissions if one.number == 1]

    @property
    def owing(self) -> int:
        return len(self.open)


@dataclass(frozen=True)
class Cell:
    """One area as one person heard it. `points` is the mean of their ratings there, or None;
    `later` the mean with their amendments, which `amended` says is another. `anchor` is its id on
    the page."""

    anchor: str
    person: Person
    answers: tuple[Heard, ...]
    points: Fraction | None
    expected: bool = False
    amended: bool = False
    later: Fraction | None = None

    @property
    def counted(self) -> list[Heard]:
        return [one for one in self.answers if not one.left_out]

    @property
    def unrated(self) -> list[Heard]:
        """What was asked, counts, and has no rating."""
        return [one for one in self.counted if one.rating is None]

    @property
    def why_unrated(self) -> str:
        """An optional question may be left without a reason."""
        return ", ".join(dict.fromkeys(one.reason.lower() or "left blank" for one in self.unrated))

    @property
    def state(self) -> str:
        """rated, na (asked and not assessed), out (asked what is left out), open (a card that is
        still to come asks it) or none (not asked)."""
        if self.points is not None:
            return "rated"
        if self.counted:
            return "na"
        if self.answers:
            return "out"
        return "open" if self.expected else "none"

    @property
    def shown(self) -> str:
        return "" if self.points is None else shown(self.points)

    @property
    def later_shown(self) -> str:
        return "not assessed" if self.later is None else shown(self.later)

    @property
    def level(self) -> int | None:
        """The level of the scale that the mean rounds into."""
        return None if self.points is None else level_of(self.points)


@dataclass(frozen=True)
class AreaRow:
    """`adds` is its printed part of score - hire bar, `later` its score with amendments."""

    slug: str
    name: str
    short_name: str
    result: AreaResult
    cells: tuple[Cell, ...]
    bar: Fraction | None
    score: Fraction | None
    low: float | None
    high: float | None
    adds: Fraction | None = None
    later: Fraction | None = None

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
    def missed(self) -> bool:
        return self.result.gap is not None and self.result.gap < 0

    @property
    def amended(self) -> bool:
        """Whether an amendment gives the area another score."""
        return self.later is not None and self.later != self.score

    @property
    def heat(self) -> Fraction:
        """Spread x weight: how much of the answer hangs on the disagreement."""
        return (self.result.spread or Fraction(0)) * self.result.weight

    @property
    def unanimous(self) -> bool:
        """Two or more rated it, all alike, and nothing else about it needs a look."""
        settled = self.result.covered and not (self.narrow or self.missed or self.amended)
        return settled and self.result.raters > 1 and not self.result.spread

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
