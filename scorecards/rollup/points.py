"""From the unit scale to points of the rating scale, and to two printed decimals that add up."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import TypeVar

_Number = TypeVar("_Number", Fraction, float)


def to_points(unit: _Number, points: int = 4) -> _Number:
    """A score of 0..1 as 1..`points`; a fraction stays exact. Source: 1 + (K - 1) M."""
    return 1 + (points - 1) * unit


def from_points(value: Fraction, points: int = 4) -> Fraction:
    """A score or a bar in points, 1..`points`, on the unit scale."""
    return (value - 1) / (points - 1)


def distance_in_points(unit: _Number, points: int = 4) -> _Number:
    """A difference of scores, such as a contribution, in points: (K - 1) times."""
    return (points - 1) * unit


def hundredths(value: Fraction) -> int:
    """Rounded to whole hundredths, halves up: moving score and bar alike never changes a gap."""
    return floor(value * 100 + Fraction(1, 2))


def printed(count: int, *, signed: bool = False) -> str:
    """Hundredths as text with two decimals; `signed` adds a plus; the minus is a real minus."""
    sign = "−" if count < 0 else "+" if signed and count > 0 else ""
    whole, rest = divmod(abs(count), 100)
    return f"{sign}{whole}.{rest:02d}"


def round_parts(parts: Sequence[Fraction], total: int) -> list[int]:
    """Parts as whole hundredths that sum to `total` hundredths, each within one of the truth.

    Largest remainder: all are rounded down, and what is left goes to the largest remainders, on a
    tie to the earlier part. `total` is the printed total, the rounded sum of the parts or the
    difference of two printed figures. Raises ValueError for parts that are not there.
    """
    if not parts:
        raise ValueError("no parts to round")
    floors = [floor(part * 100) for part in parts]
    everyone, some = divmod(total - sum(floors), len(parts))
    order = sorted(range(len(parts)), key=lambda place: floors[place] - parts[place] * 100)
    for place in order[:some]:
        floors[place] += 1
    return [count + everyone for count in floors]
