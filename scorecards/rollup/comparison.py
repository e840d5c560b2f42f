"""Two candidates side by side, on the areas that both were rated in (section 7b)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from scorecards.rollup.cells import collect
from scorecards.rollup.checks import InvalidInput
from scorecards.rollup.form import Case
from scorecards.rollup.normal import phi
from scorecards.rollup.scoring import Blend, Composite, blend_all, compose

_CLEARLY = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both scores over the common areas, 0..1, and the probability that the first is higher."""

    areas: tuple[str, ...]
    first: Fraction
    second: Fraction
    p_first_higher: float

    @property
    def clearly_apart(self) -> bool:
        """Whether the probability of either order is .95 or more."""
        return max(self.p_first_higher, 1 - self.p_first_higher) >= _CLEARLY


def compare(first: Case, second: Case) -> Comparison | None:
    """Phi((M1 - M2) / sqrt(V1 + V2)) over the areas with a rating in both; None without any.

    The questions may differ. Raises `InvalidInput` where the two would not mean the same: other
    points, other variances, or other ratios between the weights of the common areas.
    """
    blends = [
        blend_all(case.config.plan, collect(case.config.plan, case.ratings)[0])
        for case in (first, second)
    ]
    areas = tuple(name for name in first.config.areas if all(name in found for found in blends))
    _check_comparable(first, second, areas)
    if not areas:
        return None
    one, two = (
        _over(case, found, areas) for case, found in zip((first, second), blends, strict=True)
    )
    apart = float(one.score - two.score) / sqrt(one.variance + two.variance)
    return Comparison(areas, one.score, two.score, phi(apart))


def _over(case: Case, blends: Mapping[str, Blend], areas: tuple[str, ...]) -> Composite:
    return compose(case.config.plan, {name: blends[name] for name in areas})


def _check_comparable(first: Case, second: Case, areas: tuple[str, ...]) -> None:
    faults = [
        f"{name}: differs between the two"
        for name in ("points", "var_b", "var_d", "var_e")
        if getattr(first.config, name) != getattr(second.config, name)
    ]
    ratios = {first.config.areas[name].weight / second.config.areas[name].weight for name in areas}
    if len(ratios) > 1:
        faults.append("areas.weight: the common areas are weighed differently in the two")
    if faults:
        raise InvalidInput(tuple(faults))
