"""What would change the answer: section 7 of the roll-up's specification in words. There are no
other what-ifs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scorecards.rollup import (
    LADDER,
    Analysis,
    Outcome,
    Rollup,
    WhatIf,
    hundredths,
    printed,
    rollup,
    say_missing,
    to_points,
)

from .inputs import RollupInput

Labels = Mapping[str, str]


@dataclass(frozen=True)
class WhatIfRow:
    """One change to the inputs and what follows from it; `points` of the scale. `person` or `area`
    is who or what is left out, `why` says how another answer comes about."""

    words: str
    outcome: Outcome
    points: Fraction | None
    flips: bool
    why: str = ""
    person: str = ""
    area: str = ""

    @property
    def thin(self) -> bool:
        """Too little evidence would be left to say; that is no other answer."""
        return self.outcome is Outcome.INSUFFICIENT_EVIDENCE


@dataclass(frozen=True)
class WeightRow:
    """One area: its weight as the plan has it, its share of all, and between which weights the
    answer stays on its side while the others stay as they are."""

    area: str
    name: str
    weight: Fraction
    share: Fraction
    low: Fraction
    high: Fraction | None

    @property
    def free(self) -> bool:
        """No weight of this area turns the answer."""
        return self.low == 0 and self.high is None


@dataclass(frozen=True)
class Weights:
    """Over the assessed areas; all figures are shares 0..1. `worst` is where the weight would have
    to go."""

    tolerance: Fraction
    same_side: Fraction
    transfer: Fraction | None
    worst: str
    worst_name: str
    rows: list[WeightRow]


def what_if_rows(
    given: RollupInput, result: Rollup, analysis: Analysis, labels: Labels
) -> list[WhatIfRow]:
    """Leaving one interviewer or one area out, in the order of `labels`; what would change the
    answer comes first."""
    people = analysis.without_interviewer
    rows = [
        _row(given, result, people[name], labels, person=name) for name in labels if name in people
    ]
    rows += [
        _row(given, result, what, labels, area=name) for name, what in analysis.without_area.items()
    ]
    return sorted(rows, key=lambda row: (not row.flips, not row.thin))


def _row(
    given: RollupInput,
    result: Rollup,
    what: WhatIf,
    labels: Labels,
    *,
    person: str = "",
    area: str = "",
) -> WhatIfRow:
    changed = what.outcome is not result.outcome
    why = ""
    if changed and result.outcome is not Outcome.INSUFFICIENT_EVIDENCE:
        why = " ".join(_why(result, rollup(*_without(given, person, area)), labels))
    return WhatIfRow(
        words=f"Leave out {labels[person or area]}",
        outcome=what.outcome,
        points=None if what.score is None else to_points(what.score),
        flips=changed and what.outcome is not Outcome.INSUFFICIENT_EVIDENCE,
        why=why,
        person=person,
        area=area,
    )


def _without(given: RollupInput, person: str, area: str) -> tuple:
    areas = {name: one for name, one in given.config.areas.items() if name != area}
    ratings = [one for one in given.ratings if one.interviewer != person]
    return replace(given.config, areas=areas), ratings


def _why(before: Rollup, after: Rollup, labels: Labels) -> Iterator[str]:
    """What makes the answer another one: too little evidence, the score, or the areas' bars."""
    if after.missing_evidence:
        yield from (say_missing(reason, labels) for reason in after.missing_evidence)
        return
    if after.score is None or before.score is None or after.outcome_before_bars is None:
        return
    bar = printed(hundredths(to_points(after.config.hire_bar)))
    was, now = before.score >= before.config.hire_bar, after.score >= after.config.hire_bar
    if was != now:
        yield f"The score {'rises to' if now else 'falls below'} the hire bar of {bar}."
    elif (level := before.outcome_before_bars) and level is not after.outcome_before_bars:
        yield _how_clear(level, after.outcome_before_bars)
    for name in {**before.bars, **after.bars}:
        if name not in after.bars:
            yield f"The bar of {labels[name]} goes with it."
        elif before.bars.get(name) is not after.bars[name]:
            yield _bar_changes(after, name, labels)


def _how_clear(before: Outcome, after: Outcome) -> str:
    """Two levels on one side of the hire bar."""
    if after in (Outcome.LEANING_HIRE, Outcome.LEANING_NO_HIRE):
        return "The score is then too close to the hire bar to be clear."
    if after in (LADDER[0], LADDER[-1]):
        return "The score is then strong enough for the strong answer."
    if before in (LADDER[0], LADDER[-1]):
        return "The score is then no longer strong enough for the strong answer."
    return "The score is then clear of the hire bar."


def _bar_changes(after: Rollup, name: str, labels: Labels) -> str:
    area = after.areas[name]
    score, bar = (printed(hundredths(to_points(x or Fraction(0)))) for x in (area.score, area.bar))
    narrow = after.bars[name].narrow
    verb = "misses" if area.gap is not None and area.gap < 0 else "meets"
    return f"{labels[name]} is then {score} and {verb} its bar of {bar}" + (
        ", only just." if narrow else "."
    )


def weights_of(result: Rollup, analysis: Analysis, labels: Labels) -> Weights | None:
    """How much the side depends on the weights; None where nothing is assessed."""
    tolerance, same_side = analysis.weight_tolerance, analysis.share_same_side
    if tolerance is None or same_side is None or result.margin is None:
        return None
    scores = {name: area.score for name, area in result.areas.items() if area.score is not None}
    pick = min if result.margin >= 0 else max
    worst = pick(scores, key=lambda name: scores[name])
    return Weights(
        tolerance=tolerance,
        same_side=same_side,
        transfer=analysis.least_transfer,
        worst=worst,
        worst_name=labels[worst],
        rows=[
            WeightRow(
                area=name,
                name=labels[name],
                weight=result.config.areas[name].weight,
                share=result.areas[name].weight,
                low=interval.low,
                high=interval.high,
            )
            for name, interval in analysis.weight_intervals.items()
        ],
    )
