"""Gate, level, bars and disagreement at their edges, by hand."""

import itertools
from fractions import Fraction
from math import inf, isclose

import pytest

from scorecards.rollup import (
    LADDER,
    Area,
    BarState,
    Case,
    Config,
    InvalidInput,
    Outcome,
    Question,
    Rating,
    compare,
    from_points,
    likely_range,
    rollup,
    say_outcome,
    to_points,
)
from scorecards.rollup.normal import CHI_SQUARE, beyond_chance, confident, phi
from scorecards.rollup.verdict import capped

F = Fraction


def panel(values: dict[str, dict[str, list[int]]], *, bars=None, weights=None, **settings) -> Case:
    """{person: {area: values}}; one question for each value, equal weights unless given."""
    areas = sorted({area for rated in values.values() for area in rated})
    questions = {f"{area}{n}": Question(area) for area in areas for n in range(9)}
    config = Config(
        {a: Area(F((weights or {}).get(a, 1)), (bars or {}).get(a)) for a in areas},
        questions,
        **settings,
    )
    rows = [
        Rating(person, f"{area}{n}", value)
        for person, rated in values.items()
        for area, given in rated.items()
        for n, value in enumerate(given)
    ]
    return Case(config, tuple(rows))


def test_confidence_is_exact_at_equality():
    # 6^2 * 16 = 576 = (8/5)^2 * 9 * (16 + 9)
    assert confident(F(6), F(9), F(16), F(8, 5))
    assert not confident(F(6), F(9), F(16), F(8, 5) + F(1, 10**30))
    assert confident(F(-6), F(9), F(16), F(8, 5))


def test_an_interview_by_one_person_is_as_reliable_as_the_literature_says():
    areas = {f"a{n}": Area(F(1)) for n in range(5)}
    config = Config(areas, {f"{a}{n}": Question(a) for a in areas for n in range(2)})
    people = ["ann", "bob", "cyd", "dee"]

    reliability = [
        rollup(config, [Rating(p, q, 3) for p in people[:n] for q in config.questions]).reliability
        for n in (1, 2, 3, 4)
    ]

    assert reliability[0] == F(44, 100)
    assert [round(float(value), 2) for value in reliability] == [0.44, 0.61, 0.70, 0.76]


def test_credibility_of_one_two_three_questions():
    # v = 1/2, 2/3, 3/4: bob's 0 against ann's 1 pulls the area to v_ann / (v_ann + 1/2).
    for count, expected in ((1, F(1, 2)), (2, F(4, 7)), (3, F(3, 5))):
        case = panel({"ann": {"a": [4] * count}, "bob": {"a": [1]}})
        assert rollup(*case).score == expected


def test_caps():
    table = {
        BarState.MET: Outcome.STRONG_HIRE,
        BarState.MET_NARROWLY: Outcome.HIRE,
        BarState.NOT_MET_NARROWLY: Outcome.LEANING_NO_HIRE,
        BarState.NOT_MET: Outcome.NO_HIRE,
    }
    for before, (state, cap) in itertools.product(LADDER, table.items()):
        assert capped(before, [state]) == LADDER[min(LADDER.index(before), LADDER.index(cap))]
    assert capped(Outcome.STRONG_HIRE, [BarState.MET_NARROWLY, BarState.NOT_MET]) == "no_hire"
    assert capped(Outcome.STRONG_NO_HIRE, [BarState.NOT_MET]) == "strong_no_hire"


def test_sides():
    assert [outcome.side for outcome in LADDER] == ["no_hire"] * 3 + ["hire"] * 3
    assert Outcome.INSUFFICIENT_EVIDENCE.side is None
    assert say_outcome(Outcome.LEANING_NO_HIRE) == "Leaning no hire"


def test_on_the_bar_is_the_hire_side_and_never_clear():
    result = rollup(*panel({p: {"a": [2, 3]} for p in ("ann", "bob")}))

    assert (result.outcome, result.margin, result.p_above_bar) == ("leaning_hire", 0, 0.5)
    assert result.full_scorecards_needed is None


def test_an_area_with_a_bar_needs_two_raters_unless_told():
    values = {"ann": {"a": [4], "b": [4]}, "bob": {"b": [4]}}

    alone = rollup(*panel(values, bars={"a": F(1, 2)}))

    assert alone.outcome == "insufficient_evidence"
    assert [(r.kind, r.area, r.have, r.need) for r in alone.missing_evidence] == [
        ("coverage", None, F(1, 2), F(4, 5)),
        ("raters", "a", 1, 2),
    ]
    assert rollup(*panel(values)).outcome != "insufficient_evidence"


def test_range_flags_at_half_the_scale_and_not_below():
    for second, flagged in ((3, True), (4, False)):
        # 5 points: 5 against 3 is half the scale, 5 against 4 a quarter.
        values = {"ann": {"a": [5], "b": [5]}, "bob": {"a": [second], "b": [5]}}
        case = panel(values, points=5, hire_bar=F(3, 8), strong_hire=F(3, 4))
        assert (rollup(*case).flagged == ("a",)) is flagged


def test_dissent_needs_the_margin():
    # T = 1/2. ann 1, bob 1/3: one step below the bar is 1/6 away.
    case = panel({"ann": {"a": [4]}, "bob": {"a": [2]}})
    assert rollup(*case).dissent == ("bob",)
    wide = panel({"ann": {"a": [4]}, "bob": {"a": [2]}}, dissent_margin=F(1, 5))
    assert rollup(*wide).dissent == ()
    edge = panel({"ann": {"a": [4]}, "bob": {"a": [2]}}, dissent_margin=F(1, 6))
    assert rollup(*edge).dissent == ("bob",)


def test_on_the_bar_agrees_with_the_hire_side():
    # ann is exactly on T = 1/3, bob above: both are the hire side, however small the margin.
    case = panel({"ann": {"a": [2]}, "bob": {"a": [4]}}, hire_bar=F(1, 3), dissent_margin=F(0))
    assert rollup(*case).dissent == ()


@pytest.mark.parametrize(
    ("bar", "state"),
    [
        (F(9, 10), "met"),
        (F(9, 10) + F(1, 10**9), "met_narrowly"),
        (F(1), "met_narrowly"),
    ],
)
def test_a_bar_is_clear_from_z_errors_on(bar, state):
    # Two people, one question: Var = (1/200 + 1/200 + 1/100) / 2, so one error is 1/10.
    case = panel(
        {"ann": {"a": [4]}, "bob": {"a": [4]}},
        bars={"a": bar},
        var_b=F(1, 200),
        var_d=F(1, 200),
        var_e=F(1, 100),
        z_lean=F(1),
    )
    assert rollup(*case).areas["a"].variance == F(1, 100)
    assert rollup(*case).bars == {"a": state}


@pytest.mark.parametrize(("margin", "needed"), [(F(44, 1000), 19), (F(43, 1000), 20)])
def test_up_to_twenty_scorecards_are_counted(margin, needed):
    # One area: V_one = .015 + .015 + .015, and .8416^2 * V (.0165 + V) <= .0165 margin^2.
    case = panel({"ann": {"a": [3]}, "bob": {"a": [3]}}, hire_bar=F(2, 3) - margin)
    assert rollup(*case).full_scorecards_needed == needed
    close = panel({"ann": {"a": [3]}, "bob": {"a": [3]}}, hire_bar=F(2, 3) - F(42, 1000))
    assert rollup(*close).full_scorecards_needed is None


def test_disagreement_never_moves_the_outcome():
    calm = rollup(*panel({"ann": {"a": [3, 3]}, "bob": {"a": [3, 3]}}))
    torn = rollup(*panel({"ann": {"a": [4, 4]}, "bob": {"a": [2, 2]}}))

    assert calm.score == torn.score
    assert calm.outcome == torn.outcome
    assert (calm.status, torn.status) == ("ready", "discuss_first")


def test_chi_square_points():
    assert len(CHI_SQUARE) == 20
    assert not beyond_chance(F("3.8415"), 1)
    assert beyond_chance(F("3.8415") + F(1, 10**12), 1)
    assert not beyond_chance(F(100), 0)
    assert beyond_chance(F("31.4105"), 25)
    assert not beyond_chance(F("31.4104"), 25)


def test_normal_distribution():
    assert phi(0.0) == 0.5
    assert isclose(phi(1.6448536269514722), 0.95, abs_tol=1e-12)
    assert 0 < phi(-8.0) < 1e-14
    assert (phi(-inf), phi(inf)) == (0.0, 1.0)


def test_likely_range_is_clipped_to_the_scale():
    low, high = likely_range(F(1, 2), F(1, 100))
    assert isclose(low, 0.5 - 0.12816)
    assert isclose(high, 0.5 + 0.12816)
    assert likely_range(F(0), F(1, 4))[0] == 0.0
    assert likely_range(F(1), F(1, 4))[1] == 1.0


@pytest.mark.parametrize(
    ("unit", "points", "shown"), [(F(1, 2), 4, F(5, 2)), (F(3, 8), 5, F(5, 2)), (F(1), 5, F(5))]
)
def test_points(unit, points, shown):
    assert to_points(unit, points) == shown
    assert from_points(shown, points) == unit


def test_comparison_is_on_common_areas():
    strong = panel({p: {"a": [4, 4], "b": [4, 4]} for p in ("ann", "bob", "cyd")})
    weak = panel({p: {"b": [1, 2], "c": [4, 4]} for p in ("ann", "bob", "cyd")})

    found = compare(strong, weak)

    assert (found.areas, found.first, found.second) == (("b",), 1, F(1, 6))
    assert found.p_first_higher > 0.95
    assert found.clearly_apart
    assert isclose(compare(weak, strong).p_first_higher, 1 - found.p_first_higher)
    assert compare(strong, strong).p_first_higher == 0.5
    assert compare(panel({"ann": {"a": [4]}}), panel({"ann": {"c": [4]}})) is None


def test_comparison_refuses_what_would_not_mean_the_same():
    one = panel({"ann": {"a": [4], "b": [4]}}, weights={"a": 1, "b": 2})

    with pytest.raises(InvalidInput, match="weighed differently"):
        compare(one, panel({"ann": {"a": [4], "b": [4]}}))
    with pytest.raises(InvalidInput, match="points"):
        compare(one, panel({"ann": {"a": [4], "b": [4]}}, weights={"a": 1, "b": 2}, points=5))
    assert compare(one, panel({"ann": {"a": [4], "b": [4]}}, weights={"a": 2, "b": 4}))
