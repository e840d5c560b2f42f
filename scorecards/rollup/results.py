"""What comes out. All scores are on the unit scale, 0 to 1; `to_points` makes points of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import sqrt

from scorecards.rollup.config import Config
from scorecards.rollup.ledger import Contribution, Ledger
from scorecards.rollup.normal import likely_range
from scorecards.rollup.outcomes import BarState, Outcome, Status
from scorecards.rollup.reasons import Discuss, Missing


@dataclass(frozen=True, slots=True)
class AreaResult:
    """One area of the config; without a rating all but the first four fields are empty.

    `weight` is its share of all area weights, `contribution` its part of score - hire bar,
    `means` each interviewer's own mean, `q` the disagreement statistic of section 6.
    """

    area: str
    weight: Fraction
    bar: Fraction | None
    raters_needed: int
    score: Fraction | None = None
    variance: Fraction | None = None
    contribution: Fraction = Fraction(0)
    means: Mapping[str, Fraction] = field(default_factory=dict)
    spread: Fraction | None = None
    q: Fraction | None = None
    flagged: bool = False
    bar_state: BarState | None = None

    @property
    def raters(self) -> int:
        """How many interviewers rated something in the area."""
        return len(self.means)

    @property
    def covered(self) -> bool:
        """Whether enough interviewers rated it for it to count as covered."""
        return self.raters >= self.raters_needed

    @property
    def gap(self) -> Fraction | None:
        """Score - bar, or None without either."""
        if self.score is None or self.bar is None:
            return None
        return self.score - self.bar


@dataclass(frozen=True, slots=True)
class InterviewerResult:
    """One person with a counted rating.

    `score` and `variance` are of their own ratings alone, over the areas that they rated;
    `expected` is the panel's score over those areas, `share` their part of all leaf weights,
    `contribution` their part of score - hire bar.
    """

    interviewer: str
    score: Fraction
    variance: Fraction
    expected: Fraction
    share: Fraction
    contribution: Fraction
    dissents: bool


@dataclass(frozen=True, kw_only=True)
class Rollup:
    """The core result, sections 2 to 6: all that is stored and all that a review page shows first.

    Without any counted rating the figures are None, `lo` and `hi` are 0 and 1, and there are no
    interviewers. Units: `score`, `lo`, `hi`, `spread`, `margin` on the unit scale (0..1, margin
    -1..1); `variance` > 0 on that scale squared; `coverage`, `reliability` and probabilities 0..1;
    `effective_interviewers` 1 up to their number; `full_scorecards_needed` 1..20, or None when 20
    would not do. `areas` holds every area of the config in its order, `interviewers` everybody with
    a counted rating by name.
    """

    config: Config = field(repr=False)
    outcome: Outcome
    outcome_before_bars: Outcome | None = None
    status: Status
    coverage: Fraction
    missing_evidence: tuple[Missing, ...] = ()
    discuss: tuple[Discuss, ...] = ()
    areas: Mapping[str, AreaResult]
    interviewers: Mapping[str, InterviewerResult] = field(default_factory=dict)
    score: Fraction | None = None
    variance: Fraction | None = None
    p_above_bar: float | None = None
    p_above_bar_own_spread: float | None = None
    reliability: Fraction | None = None
    effective_interviewers: Fraction | None = None
    full_scorecards_needed: int | None = None
    lo: Fraction = Fraction(0)
    hi: Fraction = Fraction(1)
    spread: Fraction | None = None
    panel_q: Fraction | None = None
    split: bool = False
    ledger: Ledger | None = field(default=None, repr=False, compare=False)

    @property
    def margin(self) -> Fraction | None:
        """Score - hire bar."""
        return None if self.score is None else self.score - self.config.hire_bar

    @property
    def se(self) -> float | None:
        """The standard error of the score, on the unit scale."""
        return None if self.variance is None else sqrt(self.variance)

    @property
    def likely_range(self) -> tuple[float, float] | None:
        """The 80 % range of the score, on the unit scale."""
        if self.score is None or self.variance is None:
            return None
        return likely_range(self.score, self.variance)

    @property
    def bars(self) -> Mapping[str, BarState]:
        """The state of every area that has a bar and a rating."""
        return {
            name: area.bar_state for name, area in self.areas.items() if area.bar_state is not None
        }

    @property
    def flagged(self) -> tuple[str, ...]:
        """The areas in which interviewers disagree, by name."""
        return tuple(sorted(name for name, area in self.areas.items() if area.flagged))

    @property
    def dissent(self) -> tuple[str, ...]:
        """The interviewers who are clearly on the other side of the hire bar, by name."""
        return tuple(name for name, person in self.interviewers.items() if person.dissents)

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """Every counted rating with its weight and its part of `margin`, sorted."""
        return () if self.ledger is None else self.ledger.contributions()

    @cached_property
    def fewest_steps(self) -> int | None:
        """The fewest one-step rating changes that carry the score across the hire bar, or None."""
        if self.ledger is None or self.margin is None:
            return None
        return self.ledger.fewest_steps(self.margin)
