"""From the unit scale to points of the rating scale."""

from fractions import Fraction
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
