"""What each single rating carries: its leaf weight c and its part of score - hire bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Contribution:
    """One counted rating and its part in the result.

    `weight` is c_iq, above 0, and all of them sum to 1. `amount` = weight * (y - hire bar) on the
    unit scale, and all of them sum to score - hire bar, exactly. Source: rollup.md 2 and 8.
    """

    interviewer: str
    question: str
    area: str
    value: int
    weight: Fraction
    amount: Fraction


class Row(NamedTuple):
    """A counted rating; `weight` is the question's whole-number weight inside its area."""

    interviewer: str
    question: str
    area: str
    weight: int
    value: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ratings with the integers that give their leaf weights: c = grain * weight / base.

    `grains` is by (area, interviewer). Kept in this form because a page asks for contributions and
    a list of candidates does not.
    """

    rows: tuple[Row, ...]
    grains: Mapping[tuple[str, str], int]
    base: int
    steps: int
    hire_bar: Fraction

    def contributions(self) -> tuple[Contribution, ...]:
        """One per counted rating, by area, question and interviewer name."""
        bar, bar_unit = self.hire_bar.numerator * self.steps, self.hire_bar.denominator
        scale = self.base * self.steps * bar_unit
        found = []
        for interviewer, question, area, weight, value in sorted(self.rows, key=_place):
            grain = self.grains[area, interviewer] * weight
            amount = Fraction(grain * ((value - 1) * bar_unit - bar), scale)
            share = Fraction(grain, self.base)
            found.append(Contribution(interviewer, question, area, value, share, amount))
        return tuple(found)


def _place(row: Row) -> tuple[str, str, str]:
    return row.area, row.question, row.interviewer
