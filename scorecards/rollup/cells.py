"""Ratings checked and collapsed to one cell for each interviewer in each area."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, NoReturn

from scorecards.rollup.checks import Faults, InvalidInput
from scorecards.rollup.config import Rating
from scorecards.rollup.plan import Plan

Row = tuple[str, str, str, int, int]
"""A counted rating: interviewer, question, area, value, and the question's whole-number weight.

A bare tuple, because a submit makes hundreds of them.
"""


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


def collect(plan: Plan, ratings: Iterable[Rating]) -> tuple[Table, list[Row]]:
    """The cells, and the rows that count, in one pass over the ratings.

    Ratings in areas that the config does not have are checked and then left out. Raises
    `InvalidInput` for a duplicate, an unknown question or a value that is no whole number 1..K.
    """
    ratings = tuple(ratings)
    rows: list[Row] = []
    sums: dict[str, dict[str, list[int]]] = {area: {} for area in plan.weights}
    sound = len({(rating.interviewer, rating.question) for rating in ratings}) == len(ratings)
    top = plan.steps + 1
    for rating in ratings:
        place, value = plan.questions.get(rating.question), rating.value
        if place is None or not (value is None or _valid(value, top)):
            sound = False
            continue
        area, weight = place
        if value is None or area not in sums:
            continue
        interviewer, people = rating.interviewer, sums[area]
        rows.append((interviewer, rating.question, area, value, weight))
        cell = people.get(interviewer)
        if cell is None:
            cell = people[interviewer] = [0, 0, 0]
        cell[0] += weight
        cell[1] += weight * weight
        cell[2] += weight * (value - 1)
    if not sound:
        _raise_faults(plan, ratings)
    return {
        area: tuple(Cell(name, *people[name]) for name in sorted(people))
        for area, people in sums.items()
    }, rows


def _valid(value: object, top: int) -> bool:
    return type(value) is int and 0 < value <= top  # a bool is no rating


def _raise_faults(plan: Plan, ratings: tuple[Rating, ...]) -> NoReturn:
    """Name everything that is wrong; apart from `collect`, which runs on every submit."""
    faults = Faults()
    seen: set[tuple[str, str]] = set()
    for index, rating in enumerate(ratings):
        field, key = f"ratings[{index}]", (rating.interviewer, rating.question)
        who = f"{rating.interviewer!r} on {rating.question!r}"
        if rating.question not in plan.questions:
            faults.add(field, f"unknown question {rating.question!r}")
        if key in seen:
            faults.add(field, f"a second rating by {who}")
        if rating.value is not None and not _valid(rating.value, plan.steps + 1):
            scale = f"a whole number from 1 to {plan.steps + 1}, or null"
            faults.add(field, f"{who} must be {scale}, got {rating.value!r}")
        seen.add(key)
    raise InvalidInput(tuple(faults.lines))
