"""What each single rating carries: its leaf weight c and its part of score - hire bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scorecards.rollup.cells import Row
from scorecards.rollup.scoring import Blend, Composite


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


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ratings with the integers that give their leaf weights: c = grain * weight / base.

    `grains` is by (area, interviewer). Kept in this form because a page asks for contributions and
    a list of candidates does not.
    """

    rows: Sequence[Row]
    grains: Mapping[tuple[str, str], int]
    base: int
    steps: int
    hire_bar: Fraction

    def contributions(self) -> tuple[Contribution, ...]:
        """One per counted rating, by area, question and interviewer name."""
        bar, bar_unit = self.hire_bar.numerator * self.steps, self.hire_bar.denominator
        scale = self.base * self.steps * bar_unit
        found = []
        for row in sorted(self.rows, key=_place):
            interviewer, question, area, value, _ = row
            amount = Fraction(self._step(row) * ((value - 1) * bar_unit - bar), scale)
            share = Fraction(self._step(row), self.base)
            found.append(Contribution(interviewer, question, area, value, share, amount))
        return tuple(found)

    def fewest_steps(self, margin: Fraction) -> int | None:
        """The fewest one-step rating changes that carry the score across the hire bar, or None.

        The hire side must fall strictly below the bar, the other side must reach it. A step moves
        the score by the rating's leaf weight whatever its value, so the heaviest first is optimal.
        In units of 1 / (base * steps) a step is a whole number, so the distance may be rounded up
        to one. Source: rollup.md 7, fragility.
        """
        distance = margin * self.base * self.steps
        hire = distance >= 0
        left = floor(distance) + 1 if hire else ceil(-distance)
        taken = 0
        for row in sorted(self.rows, key=self._step, reverse=True):
            step = self._step(row)
            value = row[3]
            room = value - 1 if hire else self.steps + 1 - value
            wanted = -(-left // step)  # rounded up
            if wanted <= room:
                return taken + wanted
            taken += room
            left -= room * step
        return None

    def _step(self, row: Row) -> int:
        interviewer, _, area, _, weight = row
        return self.grains[area, interviewer] * weight


def keep_ledger(
    blends: Mapping[str, Blend],
    composite: Composite,
    rows: Sequence[Row],
    steps: int,
    hire_bar: Fraction,
) -> Ledger:
    """The ledger of one result."""
    grains = {
        (name, cell.interviewer): composite.scales[name] * lean
        for name, blend in blends.items()
        for cell, lean in zip(blend.cells, blend.leans, strict=True)
    }
    return Ledger(rows, grains, composite.base, steps, hire_bar)


def _place(row: Row) -> tuple[str, str, str]:
    interviewer, question, area, _, _ = row
    return area, question, interviewer
