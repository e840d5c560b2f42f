"""Every bad input raises, names its field, and never gets guessed at; sound input is read as is."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.rollup import (
    Area,
    Case,
    Config,
    InvalidInput,
    Question,
    Rating,
    analyse,
    config_hash,
    explain,
    ratings_hash,
    read_case,
    read_cases,
    rollup,
    write_case,
)
from tests.rollup_cases import PROPERTY, panels

AREAS = {"cost": Area(Fraction(1))}
QUESTIONS = {"c1": Question("cost"), "c2": Question("cost")}
GOOD = Config(AREAS, QUESTIONS)


def faults_of(function, *given_):
    """What it complains about; fails when it does not."""
    with pytest.raises(InvalidInput) as caught:
        function(*given_)
    return list(caught.value.faults)


@pytest.mark.parametrize("value", [0, 5, -1, True, False, 2.0, "3", Fraction(2), [1]])
def test_a_rating_that_is_no_whole_number_on_the_scale(value):
    for function in (rollup, analyse, explain):
        lines = faults_of(function, GOOD, [Rating("ann", "c1", 2), Rating("ann", "c2", value)])
        assert len(lines) == 1
        assert lines[0].startswith("ratings[1]: 'ann' on 'c2' must be a whole number from 1 to 4")


def test_five_is_a_rating_on_five_points():
    assert rollup(replace(GOOD, points=5), [Rating("ann", "c1", 5)]).score == 1


@pytest.mark.parametrize("second", [3, 2, None])
def test_a_second_rating_is_a_duplicate_even_when_not_assessed(second):
    rows = [Rating("ann", "c1", 3), Rating("bob", "c1", 3), Rating("ann", "c1", second)]

    assert faults_of(rollup, GOOD, rows) == ["ratings[2]: a second rating by 'ann' on 'c1'"]


def test_an_unknown_question_even_when_not_assessed():
    assert faults_of(rollup, GOOD, [Rating("ann", "c9", None)]) == [
        "ratings[0]: unknown question 'c9'"
    ]


def test_ratings_in_other_areas_are_checked_and_ignored():
    config = replace(GOOD, questions=QUESTIONS | {"a1": Question("agents")})
    rows = [Rating("ann", "c1", 3)]

    assert rollup(config, [*rows, Rating("bob", "a1", 1)]).interviewers.keys() == {"ann"}
    assert "must be a whole number" in faults_of(rollup, config, [Rating("bob", "a1", 9)])[0]


@pytest.mark.parametrize(
    ("areas", "field"),
    [
        ({}, "areas"),
        ({"cost": Area(Fraction(0))}, "areas.cost.weight"),
        ({"cost": Area(Fraction(-1))}, "areas.cost.weight"),
        ({"cost": Area(float("nan"))}, "areas.cost.weight"),
        ({"cost": Area(float("inf"))}, "areas.cost.weight"),
        ({"cost": Area(True)}, "areas.cost.weight"),
        ({"cost": Area(None)}, "areas.cost.weight"),
        ({"cost": Area(1, Fraction(11, 10))}, "areas.cost.bar"),
        ({"cost": Area(1, Fraction(-1, 10))}, "areas.cost.bar"),
        ({"cost": Area(1, None, 0)}, "areas.cost.min_raters"),
        ({"cost": Area(1, None, Fraction(3, 2))}, "areas.cost.min_raters"),
    ],
)
def test_bad_areas(areas, field):
    assert [line.split(":")[0] for line in faults_of(Config, areas, QUESTIONS)] == [field]


@pytest.mark.parametrize("weight", [0, -2, "1/0", "abc", "1e9", "", " 1", "1_0", None, True])
def test_bad_question_weights(weight):
    lines = faults_of(Config, AREAS, {"c1": Question("cost", weight)})

    assert [line.split(":")[0] for line in lines] == ["questions.c1.weight"]


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"points": 3}, "points"),
        ({"points": 6}, "points"),
        ({"points": "4.5"}, "points"),
        ({"points": True}, "points"),
        ({"hire_bar": Fraction(5, 6)}, "hire_bar"),
        ({"hire_bar": Fraction(1, 6)}, "hire_bar"),
        ({"hire_bar": Fraction(3, 2)}, "hire_bar"),
        ({"strong_no": Fraction(-1, 6)}, "strong_no"),
        ({"strong_hire": Fraction(7, 6)}, "strong_hire"),
        ({"var_b": 0}, "var_b"),
        ({"var_d": -1}, "var_d"),
        ({"var_e": "0"}, "var_e"),
        ({"var_true": 0.0}, "var_true"),
        ({"z_lean": 0}, "z_lean"),
        ({"z_lean": 2}, "z_lean"),
        ({"min_interviewers": 0}, "min_interviewers"),
        ({"min_coverage": Fraction(5, 4)}, "min_coverage"),
        ({"range_flag": -1}, "range_flag"),
        ({"dissent_margin": "x"}, "dissent_margin"),
    ],
)
def test_bad_settings(settings, field):
    with pytest.raises(InvalidInput) as caught:
        Config(AREAS, QUESTIONS, **settings)

    assert [line.split(":")[0] for line in caught.value.faults] == [field]


def test_all_faults_are_named_at_once():
    lines = faults_of(lambda: Config({"cost": Area(0, 2)}, {"c1": Question("cost", 0)}, points=7))

    assert [line.split(":")[0] for line in lines] == [
        "areas.cost.weight",
        "areas.cost.bar",
        "questions.c1.weight",
        "points",
    ]


def form(**changes):
    """A sound case with changes; a value of ... removes the key."""
    case = {
        "areas": {"cost": {"weight": "1"}},
        "questions": {"c1": {"area": "cost"}},
        "ratings": [["ann", "c1", 3]],
    } | changes
    return {key: value for key, value in case.items() if value is not ...}


@pytest.mark.parametrize(
    ("case", "fields"),
    [
        (form(areas=...), ["areas"]),
        (form(questions=...), ["questions"]),
        (form(ratings=...), ["ratings"]),
        (form(extra=1), ["extra"]),
        (form(settings={"hire_barr": 1}), ["settings.hire_barr"]),
        (form(settings={"plan": 1}), ["settings.plan"]),
        (form(settings={"areas": {}}), ["settings.areas"]),
        (form(settings=None), ["settings"]),
        (form(settings={"hire_bar": None}), ["settings.hire_bar"]),
        (form(areas={"cost": {"weight": 1, "barr": 1}}), ["areas.cost.barr"]),
        (form(areas={"cost": {}}), ["areas.cost.weight"]),
        (form(areas={"cost": 3}), ["areas.cost"]),
        (form(areas={}), ["areas"]),
        (form(areas=[]), ["areas"]),
        (form(questions={"c1": {}}), ["questions.c1.area"]),
        (form(questions={"c1": {"area": 5}}), ["questions.c1.area"]),
        (form(questions={"c1": {"area": "cost", "weight": None}}), ["questions.c1.weight"]),
        (form(ratings={}), ["ratings"]),
        (form(ratings=[["ann", "c1"]]), ["ratings[0]"]),
        (form(ratings=[["ann", "c1", 3, 4]]), ["ratings[0]"]),
        (form(ratings=[[1, "c1", 3]]), ["ratings[0]"]),
        (form(ratings=[["ann", ["c1"], 3]]), ["ratings[0]"]),
        (form(ratings=["abc"]), ["ratings[0]"]),
        (form(ratings=[["ann", "c1", 9], ["ann", "c1", None]]), ["ratings[0]", "ratings[1]"]),
        (form(areas={"cost": {"weight": 0}}, extra=1), ["extra", "areas.cost.weight"]),
        ([], ["case"]),
        (None, ["case"]),
        ("areas", ["case"]),
    ],
)
def test_bad_forms(case, fields):
    assert [line.split(":")[0] for line in faults_of(read_case, case)] == fields


def test_one_line_per_fault_whatever_the_names_hold():
    lines = faults_of(read_case, form(**{"a\nb\ud800": 1}))

    assert lines == [r"a\nb\ud800: unknown key"]


def test_a_mapping_of_cases_names_the_case_and_an_empty_one_is_a_fault():
    assert faults_of(read_cases, {"one": form(), "two": form(extra=1)}) == [
        "two: extra: unknown key"
    ]
    assert faults_of(read_cases, {}) == ["file: holds no case"]
    assert list(read_cases({"one": form()})) == ["one"]
    assert isinstance(read_cases(form()), Case)


def test_numbers_mean_what_is_written():
    written = {"hire_bar": 0.5, "var_b": 0.1, "min_interviewers": "2", "strong_hire": "0.9"}
    config = read_case(form(settings=written, areas={"cost": {"weight": "7/2", "bar": 1}})).config

    assert (config.hire_bar, config.var_b, config.strong_hire) == (
        Fraction(1, 2),
        Fraction(1, 10),
        Fraction(9, 10),
    )
    assert config.min_interviewers == 2
    assert config.areas["cost"] == Area(Fraction(7, 2), Fraction(1), None)


@PROPERTY
@given(panels())
def test_written_cases_read_back(case):
    again = read_case(write_case(*case))

    assert again.config == case.config
    assert set(again.ratings) == set(case.ratings)


@PROPERTY
@given(panels(max_people=4), st.randoms(use_true_random=False))
def test_hashes_see_values_and_not_order(case, chance):
    rows = [row for row in case.ratings if row.value is not None]
    chance.shuffle(rows)
    areas = dict(sorted(case.config.areas.items(), reverse=True))

    assert ratings_hash(rows) == ratings_hash(case.ratings)
    assert config_hash(replace(case.config, areas=areas)) == config_hash(case.config)
    assert config_hash(replace(case.config, points=9 - case.config.points)) != (
        config_hash(case.config)
    )
    if rows:
        other = [replace(rows[0], value=1 + rows[0].value % case.config.points), *rows[1:]]
        assert ratings_hash(other) != ratings_hash(rows)
        assert ratings_hash(rows[1:]) != ratings_hash(rows)


@PROPERTY
@given(panels(), st.data())
def test_any_fault_in_a_sound_panel_raises(case, data):
    spoil = data.draw(
        st.sampled_from(
            [
                Rating("zoe", "no such question", 1),
                Rating("zoe", next(iter(case.config.questions)), case.config.points + 1),
                Rating("zoe", next(iter(case.config.questions)), 0),
                Rating("zoe", next(iter(case.config.questions)), True),
                *case.ratings[:1],
            ]
        )
    )
    place = data.draw(st.integers(0, len(case.ratings)))
    rows = [*case.ratings[:place], spoil, *case.ratings[place:]]

    for function in (rollup, analyse, explain):
        assert len(faults_of(function, case.config, rows)) == 1
