"""Ratings checked and collapsed to one cell for each interviewer in each area."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scorecards.rollup.checks import Faults
from scorecards.rollup.config import Rating
from scorecards.rollup.ledger import Row
from scorecards.rollup.plan import Plan


class Cell(NamedTuple):
    """What one interviewer said in one area, as far as the score depends on it.

    With u the whole-number question weights: `total` = sum u, `squares` = sum u^2,
    `marks` = sum u (value - 1).
    """

    interviewer: str
    total: int
    squares: int
    marks: int


Table = Mapping[str, tuple[Cell, ...]]
"""The cells of every area of the config, by interviewer name; areas without a rating are empty."""


def collect(plan: Plan, ratings: Iterable[Rating]) -> tuple[Table, tuple[Row, ...]]:
    """The cells, and the rows that count.

    Ratings in areas that the config does not have are checked and then left out. Raises
    `InvalidInput` for a duplicate, an unknown question or a value that is no whole number 1..K.
    """
    faults = Faults()
    seen: set[tuple[str, str]] = set()
    rows: list[Row] = []
    for index, rating in enumerate(ratings):
        interviewer, question, value = rating.interviewer, rating.question, rating.value
        place = plan.questions.get(question)
        key = (interviewer, question)
        if place is None or key in seen or (value is not None and not _valid(value, plan.steps)):
            _explain(faults, index, rating, plan, key in seen)
        elif value is not None and place[0] in plan.weights:
            rows.append(Row(interviewer, question, place[0], place[1], value))
        seen.add(key)
    for interviewer in {interviewer for interviewer, _ in seen}:
        faults.name("ratings.interviewer", interviewer)
    faults.raise_if_any()
    return tabulate(plan, rows), tuple(rows)


def tabulate(plan: Plan, rows: Iterable[Row]) -> Table:
    """The cells of these rows."""
    sums: dict[str, dict[str, list[int]]] = {area: {} for area in plan.weights}
    for interviewer, _question, area, weight, value in rows:
        cell = sums[area].get(interviewer)
        if cell is None:
            cell = sums[area][interviewer] = [0, 0, 0]
        cell[0] += weight
        cell[1] += weight * weight
        cell[2] += weight * (value - 1)
    return {
        area: tuple(Cell(name, *people[name]) for name in sorted(people))
        for area, people in sums.items()
    }


def _valid(value: object, steps: int) -> bool:
    return isinstance(value, int) and value is not True and 1 <= value <= steps + 1


def _explain(faults: Faults, index: int, rating: Rating, plan: Plan, repeated: bool) -> None:
    field = f"ratings[{index}]"
    who = f"{rating.interviewer!r} on {rating.question!r}"
    if rating.question not in plan.questions:
        faults.add(field, f"unknown question {rating.question!r}")
    if repeated:
        faults.add(field, f"a second rating by {who}")
    if rating.value is not None and not _valid(rating.value, plan.steps):
        scale = f"a whole number from 1 to {plan.steps + 1}, or null"
        faults.add(field, f"{who} must be {scale}, got {rating.value!r}")
