"""The invariants of the core, on generated panels: numbers 1 to 8 and 11 of the specification."""

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from scorecards.rollup import (
    LADDER,
    BarState,
    Case,
    Outcome,
    Rating,
    analyse,
    as_json,
    explain,
    rollup,
)
from tests.rollup_cases import (
    NAMES,
    PROPERTY,
    assessed,
    complete,
    counted,
    panels,
    with_value,
    with_weights,
)

BAR_LADDER = list(reversed(BarState))


def rank(outcome: Outcome) -> int:
    """Place on the ladder; insufficient evidence stays what it is, whatever the values."""
    return -1 if outcome is Outcome.INSUFFICIENT_EVIDENCE else LADDER.index(outcome)


def pick(data, items):
    """One of the items, by an index that shrinks to the first."""
    return items[data.draw(st.integers(0, len(items) - 1))]


@PROPERTY
@given(assessed(), st.data())
def test_raising_a_rating_never_lowers_anything(case, data):
    low = [row for row in counted(case) if row.value < case.config.points]
    assume(low)
    row = pick(data, low)
    raised = with_value(case, row, data.draw(st.integers(row.value + 1, case.config.points)))

    before, after = rollup(*case), rollup(*raised)

    assert after.score > before.score
    assert (after.variance, after.coverage) == (before.variance, before.coverage)
    assert after.missing_evidence == before.missing_evidence
    assert after.effective_interviewers == before.effective_interviewers
    assert after.p_above_bar >= before.p_above_bar
    assert rank(after.outcome) >= rank(before.outcome)
    assert rank(after.outcome_before_bars) >= rank(before.outcome_before_bars)
    assert after.bars.keys() == before.bars.keys()
    for name, state in before.bars.items():
        assert BAR_LADDER.index(after.bars[name]) >= BAR_LADDER.index(state)


@PROPERTY
@given(panels(), st.randoms(use_true_random=False))
def test_order_is_irrelevant(case, chance):
    config, ratings = case
    shuffled = list(ratings)
    chance.shuffle(shuffled)
    areas, questions = list(config.areas.items()), list(config.questions.items())
    chance.shuffle(areas)
    chance.shuffle(questions)
    mixed = replace(config, areas=dict(areas), questions=dict(questions))

    assert repr(rollup(config, shuffled)) == repr(rollup(config, ratings))
    assert explain(config, shuffled) == explain(config, ratings)

    first, second = as_json(config, ratings), as_json(mixed, shuffled)
    for reasons in ("missing_evidence", "discuss"):  # their order is that of the config
        assert sorted(first.pop(reasons, ())) == sorted(second.pop(reasons, ()))
    assert first == second


@PROPERTY
@given(panels(max_people=5), st.permutations(NAMES[:5]))
def test_new_names_for_people_change_names_only(case, names):
    new = dict(zip(NAMES, names, strict=False))
    renamed = [replace(row, interviewer=new[row.interviewer]) for row in case.ratings]

    before, after = as_json(*case), as_json(case.config, renamed)

    assert len(before["missing_evidence"]) == len(after["missing_evidence"])
    assert len(before.pop("discuss", ())) == len(after.pop("discuss", ()))
    for field in ("contribution_by_interviewer", "loio"):
        assert {new[name]: x for name, x in before.pop(field, {}).items()} == after.pop(field, {})
    for field in ("dissent", "side_flips_without"):
        names_before = {new.get(name, name) for name in before.pop(field, ())}
        assert names_before == set(after.pop(field, ()))
    assert before == after


@PROPERTY
@given(panels(), st.fractions(Fraction(1, 50), 50))
def test_scaling_all_area_weights_changes_nothing(case, factor):
    scaled = with_weights(
        case, {name: area.weight * factor for name, area in case.config.areas.items()}
    )

    before, after = as_json(*case), as_json(*scaled)

    for name, (low, high) in before.pop("weight_intervals", {}).items():
        bounds = [str(Fraction(low) * factor), high and str(Fraction(high) * factor)]
        assert after["weight_intervals"][name] == bounds
    after.pop("weight_intervals", None)
    assert before == after


@PROPERTY
@given(panels(), st.fractions(Fraction(1, 50), 50), st.data())
def test_scaling_the_question_weights_of_an_area_changes_nothing(case, factor, data):
    area = pick(data, list(case.config.areas))
    questions = {
        name: replace(question, weight=question.weight * factor)
        if question.area == area
        else question
        for name, question in case.config.questions.items()
    }

    assert as_json(replace(case.config, questions=questions), case.ratings) == as_json(*case)


@PROPERTY
@given(assessed())
def test_score_and_weights_keep_their_bounds(case):
    result = rollup(*case)
    ys = [Fraction(row.value - 1, case.config.points - 1) for row in counted(case)]

    assert min(ys) <= result.score <= max(ys)
    assert 0 <= result.lo <= result.score <= result.hi <= 1
    assert sum(entry.weight for entry in result.contributions) == 1
    assert all(entry.weight > 0 for entry in result.contributions)
    assert len(result.contributions) == len(ys)
    assert 1 <= result.effective_interviewers <= len(result.interviewers)
    assert sum(person.share for person in result.interviewers.values()) == 1
    assert 0 <= result.spread <= 1
    low, high = result.likely_range
    assert 0 <= low <= float(result.score) <= high <= 1


@PROPERTY
@given(panels())
def test_not_assessed_equals_absent(case):
    absent = Case(case.config, tuple(counted(case)))

    assert rollup(*absent) == rollup(*case)
    assert analyse(*absent) == analyse(*case)
    assert explain(*absent) == explain(*case)


@PROPERTY
@given(complete())
def test_a_complete_panel_is_the_plain_weighted_mean(case):
    config, points = case.config, case.config.points
    people = {row.interviewer for row in case.ratings}
    total = weight = Fraction(0)
    for name, area in config.areas.items():
        inside = sum(q.weight for q in config.questions.values() if q.area == name)
        for row in case.ratings:
            question = config.questions[row.question]
            if question.area == name:
                share = area.weight * question.weight / inside / len(people)
                total += share * Fraction(row.value - 1, points - 1)
                weight += share

    assert rollup(*case).score == total / weight


@PROPERTY
@given(complete(max_people=4))
def test_the_same_panel_again_halves_the_variance(case):
    twins = tuple(replace(row, interviewer=f"{row.interviewer} again") for row in case.ratings)

    once, twice = rollup(*case), rollup(case.config, case.ratings + twins)

    assert twice.score == once.score
    assert twice.variance == once.variance / 2
    assert twice.effective_interviewers == 2 * once.effective_interviewers


@PROPERTY
@given(assessed(equal_questions=True, max_people=6), st.data())
def test_a_rating_no_worse_than_the_rest_never_lowers_its_area(case, data):
    config, people = case.config, NAMES[:7]
    taken = {(row.interviewer, row.question) for row in counted(case)}
    free = [(who, q) for who in people for q in config.questions if (who, q) not in taken]
    who, question = pick(data, free)
    area = config.questions[question].area
    before = rollup(config, counted(case))
    standing = before.areas[area]
    least = max(standing.score or 0, standing.means.get(who, 0))
    values = [v for v in range(1, config.points + 1) if Fraction(v - 1, config.points - 1) >= least]

    after = rollup(config, [*counted(case), Rating(who, question, pick(data, values))])

    assert standing.score is None or after.areas[area].score >= standing.score
    assert after.coverage >= before.coverage


@PROPERTY
@given(panels())
def test_pure_and_repeatable(case):
    ratings = list(case.ratings)
    areas, questions = dict(case.config.areas), dict(case.config.questions)
    state = random.getstate()

    first = (rollup(case.config, ratings), analyse(case.config, ratings), as_json(*case))
    second = (rollup(case.config, ratings), analyse(case.config, ratings), as_json(*case))

    assert first == second
    assert ratings == list(case.ratings)
    assert (case.config.areas, case.config.questions) == (areas, questions)
    assert random.getstate() == state
