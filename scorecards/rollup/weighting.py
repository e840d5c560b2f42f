"""How much the answer depends on the weights (section 7): exact, no sampling.

Every function takes the raw weights of the assessed areas and their offsets d = area score - hire
bar, at least one of each. The side is "hire" when S = sum w d >= 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Interval:
    """The raw weights of one area, the others fixed, for which the side holds.

    `low` >= 0 belongs to it; above `high` the side changes, None means that no weight is too high.
    """

    low: Fraction
    high: Fraction | None


def tolerance(weights: Numbers, offsets: Numbers) -> Fraction:
    """rho, 0..1: every weight may change by up to this share, independently, and the side holds."""
    size = sum((weights[name] * abs(offset) for name, offset in offsets.items()), Fraction(0))
    return abs(_sum(weights, offsets)) / size if size else Fraction(1)


def intervals(weights: Numbers, offsets: Numbers) -> dict[str, Interval]:
    """For each area the raw weights that keep the side, the other weights fixed."""
    total = _sum(weights, offsets)
    return {name: _interval(weights[name], offset, total) for name, offset in offsets.items()}


def _interval(weight: Fraction, offset: Fraction, total: Fraction) -> Interval:
    if not offset:
        return Interval(Fraction(0), None)
    root = weight - total / offset
    if (offset > 0) == (total >= 0):
        return Interval(max(Fraction(0), root), None)
    return Interval(Fraction(0), root)


def least_transfer(weights: Numbers, offsets: Numbers) -> Fraction | None:
    """The smallest share of all weight, 0..1, to move onto the worst area so that S becomes 0.

    Worst means worst for the side; taking from the best area first is optimal, because each share
    moved changes S by the difference of the two offsets. None when no weighting flips the side.
    """
    total = _sum(weights, offsets)
    hire = total >= 0
    target = min(offsets.values()) if hire else max(offsets.values())
    if target >= 0 if hire else target < 0:
        return None
    left, moved = abs(total), Fraction(0)
    for name in sorted(offsets, key=lambda name: (offsets[name], name), reverse=hire):
        gain = abs(offsets[name] - target)
        if left <= weights[name] * gain:
            moved += left / gain if left else 0
            break
        left -= weights[name] * gain
        moved += weights[name]
    return moved / sum(weights.values())


def share_same_side(weights: Numbers, offsets: Numbers) -> Fraction:
    """The share of all weightings, 0..1, that keep the side; weightings uniform on the simplex.

    Exact volume of a simplex cut by a half space. Source: G. Varsi, The multidimensional content
    of the frustum of the simplex, Pacific Journal of Mathematics 46 (1973).
    """
    if not any(offsets.values()):
        return Fraction(1)
    hire_share = _share_at_or_above(list(offsets.values()))
    return hire_share if _sum(weights, offsets) >= 0 else 1 - hire_share


def _share_at_or_above(offsets: list[Fraction]) -> Fraction:
    """Volume share of {sum w d >= 0}, by Varsi's recursion over the offsets of either sign."""
    below = [offset for offset in offsets if offset < 0]
    volumes = [Fraction(1)] + [Fraction(0)] * len(below)
    for up in (offset for offset in offsets if offset >= 0):
        for place, down in enumerate(below, start=1):
            volumes[place] = (down * volumes[place] - up * volumes[place - 1]) / (down - up)
    return volumes[-1]


def _sum(weights: Numbers, offsets: Numbers) -> Fraction:
    return sum((weights[name] * offset for name, offset in offsets.items()), Fraction(0))
