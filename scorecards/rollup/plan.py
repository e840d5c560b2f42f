"""A config brought to whole numbers once, so that a roll-up needs few fractions."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm


@dataclass(frozen=True, slots=True)
class Plan:
    """The config in integers: each group over its own common denominator, that drops out.

    `var_b`, `var_d`, `var_e` are over `unit`; kappa = var_e / (var_b + var_d) needs no denominator
    of its own. `full_variance` is the V of one complete scorecard (two questions in every area).
    """

    weights: Mapping[str, int]
    questions: Mapping[str, tuple[str, int]]
    raters_needed: Mapping[str, int]
    steps: int
    var_b: int
    var_d: int
    var_e: int
    unit: int
    full_variance: Fraction


def compile_plan(
    *,
    weights: Mapping[str, Fraction],
    questions: Mapping[str, tuple[str, Fraction]],
    raters_needed: Mapping[str, int],
    points: int,
    variances: tuple[Fraction, Fraction, Fraction],
) -> Plan:
    """The integers of a checked config; `variances` are those of b, d and e."""
    unit = lcm(*(variance.denominator for variance in variances))
    var_b, var_d, var_e = (int(variance * unit) for variance in variances)
    whole = _whole(weights)
    total = sum(whole.values())
    squares = Fraction(sum(weight * weight for weight in whole.values()), total * total)
    return Plan(
        weights=whole,
        questions=_question_weights(questions),
        raters_needed=raters_needed,
        steps=points - 1,
        var_b=var_b,
        var_d=var_d,
        var_e=var_e,
        unit=unit,
        full_variance=variances[0] + squares * (variances[1] + variances[2] / 2),
    )


def _question_weights(questions: Mapping[str, tuple[str, Fraction]]) -> dict[str, tuple[str, int]]:
    by_area: dict[str, dict[str, Fraction]] = {}
    for name, (area, weight) in questions.items():
        by_area.setdefault(area, {})[name] = weight
    return {
        name: (area, weight)
        for area, weights in by_area.items()
        for name, weight in _whole(weights).items()
    }


def _whole(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """The smallest whole numbers in the same ratio."""
    common = lcm(*(weight.denominator for weight in weights.values()))
    scaled = {name: int(weight * common) for name, weight in weights.items()}
    shared = gcd(*scaled.values())
    return {name: weight // shared for name, weight in scaled.items()}
