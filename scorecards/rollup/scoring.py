"""Score and error of sections 2 and 4, on whole numbers; one fraction at the end of each sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from scorecards.rollup.cells import Cell, Table
from scorecards.rollup.plan import Plan


class Blend(NamedTuple):
    """One area's cells combined.

    `leans` and `pulls` are in the order of the cells: v_ia / sum v = pull / `pull`, and a question
    of weight u has lean * u / `pull` of the area. A_a = `marks` / (steps * `pull`).
    `own` = sum pull^2 and `error` = sum of squares * lean^2 are the parts of formula 4.
    """

    cells: tuple[Cell, ...]
    leans: list[int]
    pulls: list[int]
    pull: int
    marks: int
    own: int
    error: int


def blend(plan: Plan, cells: tuple[Cell, ...]) -> Blend:
    """Weigh the interviewers of one area by v = n / (n + kappa), n = total^2 / squares."""
    kappa, kappa_unit = plan.var_e, plan.var_b + plan.var_d
    damped = [kappa_unit * cell.total * cell.total + kappa * cell.squares for cell in cells]
    common = lcm(*damped)
    leans = [cell.total * (common // damp) for cell, damp in zip(cells, damped, strict=True)]
    shared = gcd(*leans)
    leans = [lean // shared for lean in leans]
    pulls, marks, own, error = [], 0, 0, 0
    for cell, lean in zip(cells, leans, strict=True):
        pull = lean * cell.total
        pulls.append(pull)
        marks += lean * cell.marks
        own += pull * pull
        error += cell.squares * lean * lean
    return Blend(cells, leans, pulls, sum(pulls), marks, own, error)


def area_score(plan: Plan, area: Blend) -> Fraction:
    """A_a, 0..1."""
    return Fraction(area.marks, plan.steps * area.pull)


def area_variance(plan: Plan, area: Blend) -> Fraction:
    """Formula 4 on the area's own leaf weights, above 0."""
    noise = (plan.var_b + plan.var_d) * area.own + plan.var_e * area.error
    return Fraction(noise, plan.unit * area.pull * area.pull)


@dataclass(frozen=True, slots=True)
class Composite:
    """The areas combined. A leaf weight is scales[area] * lean * u / `base`.

    `people` holds the leaf weights of each interviewer, summed, over `base`.
    """

    score: Fraction
    variance: Fraction
    base: int
    scales: Mapping[str, int]
    people: Mapping[str, int]

    @property
    def effective_interviewers(self) -> Fraction:
        """1 / sum of squared interviewer shares: 1 up to the number of interviewers."""
        return Fraction(self.base**2, sum(share * share for share in self.people.values()))


def blend_all(plan: Plan, table: Table) -> dict[str, Blend]:
    """The blends of the areas that have a rating."""
    return {area: blend(plan, cells) for area, cells in table.items() if cells}


def compose(plan: Plan, blends: Mapping[str, Blend]) -> Composite:
    """Score and variance over the assessed areas; there must be one."""
    common = lcm(*(area.pull for area in blends.values()))
    base = common * sum(plan.weights[name] for name in blends)
    scales: dict[str, int] = {}
    people: dict[str, int] = {}
    marks = noise = 0
    for name, area in blends.items():
        scale = scales[name] = plan.weights[name] * (common // area.pull)
        marks += scale * area.marks
        noise += scale * scale * (plan.var_d * area.own + plan.var_e * area.error)
        for cell, pull in zip(area.cells, area.pulls, strict=True):
            people[cell.interviewer] = people.get(cell.interviewer, 0) + scale * pull
    noise += plan.var_b * sum(share * share for share in people.values())
    return Composite(
        score=Fraction(marks, plan.steps * base),
        variance=Fraction(noise, plan.unit * base * base),
        base=base,
        scales=scales,
        people=people,
    )
