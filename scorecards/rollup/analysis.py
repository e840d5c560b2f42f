"""What would change the answer (section 7): exact what-ifs, for the page that shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scorecards.rollup.cells import Table, collect
from scorecards.rollup.config import Config, Rating
from scorecards.rollup.ledger import keep_ledger
from scorecards.rollup.outcomes import Outcome
from scorecards.rollup.scoring import Blend, area_score
from scorecards.rollup.verdict import Verdict, judge
from scorecards.rollup.weighting import (
    Interval,
    intervals,
    least_transfer,
    share_same_side,
    tolerance,
)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The outcome and the score, 0..1, after one change; no score when nothing is left."""

    outcome: Outcome
    score: Fraction | None


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The what-ifs of a page; there are no others.

    `without_interviewer` holds everybody with a counted rating, `without_area` all areas of the
    config when there is more than one. `flips_*` are those whose absence puts the outcome on the
    other side. The figures on weights are over the assessed areas: `weight_tolerance`,
    `least_transfer` and `share_same_side` are shares 0..1, `weight_intervals` are in the units of
    the weights as given. `fragility` is the fewest one-step rating changes that cross the hire
    bar. None where nothing is assessed, and for `least_transfer` and `fragility` when impossible.
    """

    without_interviewer: Mapping[str, WhatIf]
    without_area: Mapping[str, WhatIf]
    flips_without_interviewer: tuple[str, ...] = ()
    flips_without_area: tuple[str, ...] = ()
    weight_tolerance: Fraction | None = None
    weight_intervals: Mapping[str, Interval] = field(default_factory=dict)
    least_transfer: Fraction | None = None
    share_same_side: Fraction | None = None
    fragility: int | None = None


def analyse(config: Config, ratings: Iterable[Rating]) -> Analysis:
    """All of section 7 for the input of `rollup`, with the same errors; pure and exact."""
    table, rows = collect(config.plan, ratings)
    verdict = judge(config, table)
    people = _without_interviewer(config, table)
    areas = _without_area(config, table, verdict.blends)
    if verdict.composite is None:
        return Analysis(without_interviewer=people, without_area=areas)
    weights = {name: config.areas[name].weight for name in verdict.blends}
    offsets = {
        name: area_score(config.plan, blend) - config.hire_bar
        for name, blend in verdict.blends.items()
    }
    ledger = keep_ledger(
        verdict.blends, verdict.composite, rows, config.plan.steps, config.hire_bar
    )
    return Analysis(
        without_interviewer=people,
        without_area=areas,
        flips_without_interviewer=_flips(verdict.outcome, people),
        flips_without_area=_flips(verdict.outcome, areas),
        weight_tolerance=tolerance(weights, offsets),
        weight_intervals=intervals(weights, offsets),
        least_transfer=least_transfer(weights, offsets),
        share_same_side=share_same_side(weights, offsets),
        fragility=ledger.fewest_steps(verdict.composite.score - config.hire_bar),
    )


def _without_interviewer(config: Config, table: Table) -> dict[str, WhatIf]:
    people = sorted({cell.interviewer for cells in table.values() for cell in cells})
    found = {}
    for person in people:
        rest = {
            name: tuple(cell for cell in cells if cell.interviewer != person)
            for name, cells in table.items()
        }
        found[person] = _what_if(judge(config, rest))
    return found


def _without_area(config: Config, table: Table, blends: Mapping[str, Blend]) -> dict[str, WhatIf]:
    if len(table) == 1:
        return {}
    found = {}
    for left_out in table:
        rest = {name: cells for name, cells in table.items() if name != left_out}
        kept = {name: blend for name, blend in blends.items() if name != left_out}
        found[left_out] = _what_if(judge(config, rest, kept))
    return found


def _what_if(verdict: Verdict) -> WhatIf:
    return WhatIf(verdict.outcome, verdict.composite.score if verdict.composite else None)


def _flips(outcome: Outcome, what_ifs: Mapping[str, WhatIf]) -> tuple[str, ...]:
    """Those on the other side; insufficient evidence is no side, before as after."""
    return tuple(
        name
        for name in sorted(what_ifs)
        if outcome.side is not None
        and what_ifs[name].outcome.side is not None
        and what_ifs[name].outcome.side != outcome.side
    )
