"""Section 7 against brute force: weights, transfers, shares, leaving out, fragility."""

import itertools
import random
from dataclasses import replace
from fractions import Fraction
from math import prod, sqrt

from hypothesis import assume, given
from hypothesis import strategies as st

from scorecards.rollup import Area, Case, Config, Question, Rating, analyse, rollup
from tests.rollup_cases import PROPERTY, assessed, counted, panels, with_weights

EPSILON = Fraction(1, 10**9)


def on_hire_side(case: Case) -> bool:
    return rollup(*case).score >= case.config.hire_bar


def offsets_of(case: Case) -> dict[str, Fraction]:
    """d_a of the assessed areas."""
    areas = rollup(*case).areas.items()
    return {name: a.score - case.config.hire_bar for name, a in areas if a.score is not None}


def weights_of(case: Case) -> dict[str, Fraction]:
    return {name: area.weight for name, area in case.config.areas.items()}


@PROPERTY
@given(assessed(max_people=4, max_questions=3), st.data())
def test_no_weights_inside_the_box_flip_the_side(case, data):
    rho, hire = analyse(*case).weight_tolerance, on_hire_side(case)
    assume(rho > 0)
    inside = min(rho, 1 - EPSILON) * (1 - EPSILON)
    factors = [
        1 + inside * data.draw(st.sampled_from([-1, Fraction(-1, 3), 0, 1]))
        for _ in case.config.areas
    ]

    moved = {
        name: weight * factor
        for (name, weight), factor in zip(weights_of(case).items(), factors, strict=True)
    }

    assert on_hire_side(with_weights(case, moved)) == hire


@PROPERTY
@given(assessed(max_people=4, max_questions=3))
def test_weights_just_outside_the_box_flip_the_side(case):
    rho, hire, offsets = analyse(*case).weight_tolerance, on_hire_side(case), offsets_of(case)
    assume(rho + EPSILON < 1)
    against = {
        name: weight * (1 + (rho + EPSILON) * (-1 if (offsets.get(name, 0) > 0) == hire else 1))
        for name, weight in weights_of(case).items()
    }

    assert on_hire_side(with_weights(case, against)) != hire


@PROPERTY
@given(assessed(max_people=4, max_questions=3))
def test_the_side_flips_beyond_an_unclipped_end_and_not_before(case):
    hire, weights = on_hire_side(case), weights_of(case)
    for name, interval in analyse(*case).weight_intervals.items():
        if interval.low > EPSILON:
            below = with_weights(case, weights | {name: interval.low - EPSILON})
            above = with_weights(case, weights | {name: interval.low + EPSILON})
            assert on_hire_side(below) != hire
            assert on_hire_side(above) == hire
        if interval.high is None:
            heavy = with_weights(case, weights | {name: weights[name] * 10**9})
            assert on_hire_side(heavy) == hire
        else:
            above = with_weights(case, weights | {name: interval.high + EPSILON})
            assert on_hire_side(above) != hire
            if interval.high > EPSILON:
                below = with_weights(case, weights | {name: interval.high - EPSILON})
                assert on_hire_side(below) == hire


def least_share_by_brute_force(weights, offsets, hire):
    """The least share over every order of emptying areas onto every target that reaches T."""
    best = None
    for target in offsets:
        for order in itertools.permutations([name for name in offsets if name != target]):
            left, moved = abs(sum(weights[name] * d for name, d in offsets.items())), Fraction(0)
            for name in order:
                gain = (offsets[name] - offsets[target]) * (1 if hire else -1)
                if gain > 0 and left <= weights[name] * gain:
                    moved, left = moved + left / gain, Fraction(0)
                    break
                left, moved = left - weights[name] * gain, moved + weights[name]
            if left == 0 and (best is None or moved < best):
                best = moved
    return best


@PROPERTY
@given(assessed(max_areas=4, max_people=3, max_questions=2))
def test_transfer_is_the_least_that_lands_on_the_bar(case):
    offsets, hire = offsets_of(case), on_hire_side(case)
    total = sum(weights_of(case)[name] for name in offsets)
    weights = {name: weights_of(case)[name] / total for name in offsets}
    transfer = analyse(*case).least_transfer

    if transfer is None:
        assert all(d >= 0 for d in offsets.values()) if hire else max(offsets.values()) < 0
    elif sum(weights[name] * d for name, d in offsets.items()) == 0:
        assert transfer == 0
    else:
        assert transfer == least_share_by_brute_force(weights, offsets, hire)


@PROPERTY
@given(assessed(max_areas=6, max_people=3, max_questions=2), st.integers(0, 2**32))
def test_share_matches_random_weightings(case, seed):
    offsets, hire, draws = list(offsets_of(case).values()), on_hire_side(case), 2000
    assume(any(offsets))
    chance, floats = random.Random(seed), [float(d) for d in offsets]
    kept = 0
    for _ in range(draws):
        total = sum(chance.expovariate(1.0) * d for d in floats)
        kept += (total >= 0) == hire

    share = float(analyse(*case).share_same_side)

    # Five standard errors, and a little for shares so small that no draw hits them.
    assert abs(kept / draws - share) <= 5 * sqrt(share * (1 - share) / draws) + 5 / draws


def test_share_of_two_areas_is_the_length_of_an_interval():
    # +1/6 against -1/2: the side holds while the first has at least 3/4 of the weight.
    case = assessed_pair(3, 1)

    assert analyse(*with_weights(case, {"a": Fraction(9), "b": Fraction(1)})).share_same_side == (
        Fraction(1, 4)
    )
    assert analyse(*with_weights(case, {"a": Fraction(1), "b": Fraction(1)})).share_same_side == (
        Fraction(3, 4)
    )


def test_on_the_bar_every_weight_is_at_the_end_of_its_interval():
    # +1/6 and -1/6 in balance: S = 0 is the hire side, and any move against it flips.
    intervals = analyse(*assessed_pair(3, 2)).weight_intervals

    assert (intervals["a"].low, intervals["a"].high) == (1, None)
    assert (intervals["b"].low, intervals["b"].high) == (0, 1)


@PROPERTY
@given(panels(max_people=5))
def test_leaving_out_is_a_roll_up_of_the_rest(case):
    config, analysis = case.config, analyse(*case)
    people = {row.interviewer for row in counted(case)}

    assert set(analysis.without_interviewer) == people
    for name, what_if in analysis.without_interviewer.items():
        rest = rollup(config, [row for row in case.ratings if row.interviewer != name])
        assert (what_if.outcome, what_if.score) == (rest.outcome, rest.score)

    assert set(analysis.without_area) == (set(config.areas) if len(config.areas) > 1 else set())
    for name, what_if in analysis.without_area.items():
        areas = {other: area for other, area in config.areas.items() if other != name}
        rest = rollup(replace(config, areas=areas), case.ratings)
        assert (what_if.outcome, what_if.score) == (rest.outcome, rest.score)


@PROPERTY
@given(panels(max_people=5))
def test_flips_are_outcomes_on_the_other_side(case):
    side, analysis = rollup(*case).outcome.side, analyse(*case)

    for flips, what_ifs in (
        (analysis.flips_without_interviewer, analysis.without_interviewer),
        (analysis.flips_without_area, analysis.without_area),
    ):
        other = {"hire": "no_hire", "no_hire": "hire", None: "nothing"}[side]
        assert list(flips) == sorted(n for n, w in what_ifs.items() if w.outcome.side == other)


@PROPERTY
@given(assessed(max_areas=2, max_people=2, max_questions=2))
def test_fragility_is_minimal(case):
    rows, hire = counted(case), on_hire_side(case)
    bar, steps = case.config.hire_bar, case.config.points - 1
    weights = {(e.interviewer, e.question): e.weight for e in rollup(*case).contributions}
    leaves = [weights[row.interviewer, row.question] for row in rows]
    every = range(1, case.config.points + 1)
    assume(prod(len(every) for _ in rows) <= 4**6)

    least = None
    for values in itertools.product(every, repeat=len(rows)):
        score = sum(c * Fraction(v - 1, steps) for c, v in zip(leaves, values, strict=True))
        if (score >= bar) != hire:
            moves = sum(abs(v - row.value) for v, row in zip(values, rows, strict=True))
            least = moves if least is None else min(least, moves)

    assert analyse(*case).fragility == least == rollup(*case).fewest_steps


def test_nothing_assessed_has_what_ifs_on_areas_only():
    case = assessed_pair(None, None)

    analysis = analyse(*case)

    assert {w.outcome for w in analysis.without_area.values()} == {"insufficient_evidence"}
    assert analysis.without_interviewer == {}
    assert (analysis.weight_tolerance, analysis.fragility) == (None, None)


def assessed_pair(first: int | None, second: int | None) -> Case:
    """Two areas of equal weight with one question each, rated the same by two people."""
    config = Config(
        {"a": Area(Fraction(1)), "b": Area(Fraction(1))}, {"p": Question("a"), "q": Question("b")}
    )
    rows = [(who, question) for who in ("ann", "bob") for question in ("p", "q")]
    return Case(config, tuple(Rating(w, q, first if q == "p" else second) for w, q in rows))
