"""How long a roll-up takes, against the plainest thing that could be done with the same ratings.

    python tests/benchmarks/rollup.py

The floor is their weighted mean in floats: no checks, no error, no levels, no exactness. It is
measured in the same run, so that a ratio means the same on a slow machine and on a busy one.
"""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from timeit import repeat

sys.path.insert(0, str(Path(__file__).parents[2]))

from scorecards.rollup import Area, Case, Config, Question, Rating, analyse, explain, rollup

SIZES = {"6 x 25": (6, 5, 5), "12 x 60": (12, 6, 10)}
"""Interviewers x questions: people, areas, questions in each area."""


@dataclass(frozen=True)
class Aim:
    """The most that one function may take at one size; None sets no limit."""

    milliseconds: float
    floors: float | None = None


AIMS = {("6 x 25", "core"): Aim(1.0, 60.0), ("12 x 60", "core and analysis"): Aim(60.0)}


def panel(people: int, areas: int, each: int) -> Case:
    """A full loop with two bars, unequal weights and one rating in twenty not assessed."""
    chance = random.Random(1)
    bar = Fraction(1, 2)
    config = Config(
        {f"a{a}": Area(Fraction(1 + a % 3), bar if a < 2 else None) for a in range(areas)},
        {f"a{a}.{q}": Question(f"a{a}") for a in range(areas) for q in range(each)},
    )
    return Case(
        config,
        tuple(
            Rating(f"p{p}", question, chance.choice([*[2, 3, 3, 4, 3] * 4, None]))
            for p in range(people)
            for question in config.questions
        ),
    )


def plain_mean(case: Case) -> Callable[[], float]:
    """The floor."""
    weights = {
        name: float(question.weight * case.config.areas[question.area].weight)
        for name, question in case.config.questions.items()
    }

    def mean() -> float:
        total = weight = 0.0
        for rating in case.ratings:
            if rating.value is not None:
                share = weights[rating.question]
                total += share * rating.value
                weight += share
        return total / weight

    return mean


def milliseconds(work: Callable[[], object], number: int) -> float:
    """The best of fifteen rounds: what the work takes when nothing else is in its way."""
    return min(repeat(work, number=number, repeat=15)) / number * 1000


def main() -> int:
    """Print one line per figure; 1 when an aim is missed."""
    missed = 0
    print(f"{'panel':8} {'what':18} {'ms':>8} {'x floor':>8}   aim")
    for size, shape in SIZES.items():
        case = panel(*shape)
        floor = milliseconds(plain_mean(case), 200)
        print(f"{size:8} {'floor':18} {floor:8.4f} {1:8.1f}")
        for name, work in {
            "config": lambda case=case: Config(case.config.areas, case.config.questions),
            "core": lambda case=case: rollup(*case),
            "analysis": lambda case=case: analyse(*case),
            "core and analysis": lambda case=case: (rollup(*case), analyse(*case)),
            "explanation": lambda case=case: explain(*case),
        }.items():
            took = milliseconds(work, 10)
            said, good = verdict(AIMS.get((size, name)), took, took / floor)
            missed += not good
            print(f"{size:8} {name:18} {took:8.3f} {took / floor:8.1f}   {said}")
    return 1 if missed else 0


def verdict(aim: Aim | None, took: float, floors: float) -> tuple[str, bool]:
    """The aim in words, and whether it is met."""
    if aim is None:
        return "", True
    good = took <= aim.milliseconds and (aim.floors is None or floors <= aim.floors)
    limits = f"at most {aim.milliseconds:g} ms"
    if aim.floors is not None:
        limits += f" and {aim.floors:g} x floor"
    return f"{limits}: {'met' if good else 'MISSED'}", good


if __name__ == "__main__":
    sys.exit(main())
