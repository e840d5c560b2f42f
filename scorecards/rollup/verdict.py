"""Gate, level and bars (sections 3 and 5): from cells to an outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorecards.rollup.cells import Table
from scorecards.rollup.config import Config
from scorecards.rollup.normal import confident
from scorecards.rollup.outcomes import LADDER, BarState, Outcome
from scorecards.rollup.reasons import Missing, MissingKind
from scorecards.rollup.scoring import (
    Blend,
    Composite,
    area_score,
    area_variance,
    blend_all,
    compose,
)

CAPS = {
    BarState.MET: Outcome.STRONG_HIRE,
    BarState.MET_NARROWLY: Outcome.HIRE,
    BarState.NOT_MET_NARROWLY: Outcome.LEANING_NO_HIRE,
    BarState.NOT_MET: Outcome.NO_HIRE,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and what it rests on; without a rating there is no composite and no level."""

    outcome: Outcome
    before_bars: Outcome | None
    coverage: Fraction
    missing: tuple[Missing, ...]
    bars: Mapping[str, BarState]
    blends: Mapping[str, Blend]
    composite: Composite | None


def judge(config: Config, table: Table, blends: Mapping[str, Blend] | None = None) -> Verdict:
    """The outcome over the areas of this table; `blends` when the caller has them already.

    Never raises on a table of `collect`. Leaving out a person or an area is a smaller table.
    """
    if blends is None:
        blends = blend_all(config.plan, table)
    coverage, missing = gate(config, table)
    if not blends:
        return Verdict(Outcome.INSUFFICIENT_EVIDENCE, None, coverage, missing, {}, {}, None)
    composite = compose(config.plan, blends)
    before = level(config, composite.score, composite.variance)
    bars = {
        name: bar_state(config, blends[name], bar)
        for name in table
        if (bar := config.areas[name].bar) is not None and name in blends
    }
    outcome = Outcome.INSUFFICIENT_EVIDENCE if missing else capped(before, bars.values())
    return Verdict(outcome, before, coverage, missing, bars, blends, composite)


def gate(config: Config, table: Table) -> tuple[Fraction, tuple[Missing, ...]]:
    """Coverage, 0..1, and what is missing; on the pattern of ratings alone, never their values."""
    plan = config.plan
    missing = []
    people = len({cell.interviewer for cells in table.values() for cell in cells})
    if people < config.min_interviewers:
        missing.append(Missing(MissingKind.INTERVIEWERS, people, config.min_interviewers))
    weights = plan.weights
    covered = sum(
        weights[name] for name, cells in table.items() if len(cells) >= plan.raters_needed[name]
    )
    coverage = Fraction(covered, sum(weights[name] for name in table))
    if coverage < config.min_coverage:
        missing.append(Missing(MissingKind.COVERAGE, coverage, config.min_coverage))
    for name, cells in table.items():
        if config.areas[name].bar is not None and len(cells) < plan.raters_needed[name]:
            missing.append(
                Missing(MissingKind.RATERS, len(cells), plan.raters_needed[name], area=name)
            )
    return coverage, tuple(missing)


def level(config: Config, score: Fraction, variance: Fraction) -> Outcome:
    """The level before the bars: which side, and how sure."""
    margin = score - config.hire_bar
    hire = margin >= 0
    if not confident(margin, variance, config.var_true, config.z_lean):
        return Outcome.LEANING_HIRE if hire else Outcome.LEANING_NO_HIRE
    extreme = score >= config.strong_hire if hire else score <= config.strong_no
    if extreme and confident(margin, variance, config.var_true, config.z_strong):
        return Outcome.STRONG_HIRE if hire else Outcome.STRONG_NO_HIRE
    return Outcome.HIRE if hire else Outcome.NO_HIRE


def bar_state(config: Config, area: Blend, bar: Fraction) -> BarState:
    """Where an area's score stands against its bar; clear when beyond z_lean errors."""
    gap = area_score(config.plan, area) - bar
    clear = gap * gap >= config.z_lean**2 * area_variance(config.plan, area)
    if gap >= 0:
        return BarState.MET if clear else BarState.MET_NARROWLY
    return BarState.NOT_MET if clear else BarState.NOT_MET_NARROWLY


def capped(before: Outcome, bars: Iterable[BarState]) -> Outcome:
    """The level after every bar's cap."""
    return min((before, *(CAPS[state] for state in bars)), key=LADDER.index)
