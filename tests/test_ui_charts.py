"""The charts: where marks lie, what they say, and that they are safe."""

import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbank.ui import charts

SCORES = st.floats(min_value=1, max_value=4)


def parts(markup: str, cls: str) -> list[ElementTree.Element]:
    """The shapes of one class; fails when the markup is not well formed."""
    return [
        element
        for element in ElementTree.fromstring(markup).iter()
        if element.get("class", "").split()[:1] == [cls]
    ]


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "").rstrip("%"))


def test_strip_has_a_ring_for_each_rating_and_splits_the_range_at_the_bar():
    markup = charts.strip([3, 2, 3], 2.6, 2.2, 3.0, Decimal("2.50"))
    assert len(parts(markup, "c-dot")) == 3
    (below,), (above,) = parts(markup, "c-int-below"), parts(markup, "c-int-above")
    (bar,) = parts(markup, "c-bar")
    assert number(below, "x") + number(below, "width") == pytest.approx(number(bar, "x1"), abs=0.02)
    assert number(above, "x") == pytest.approx(number(bar, "x1"), abs=0.02)
    assert number(bar, "x1") == pytest.approx(50)


def test_strip_says_its_figures():
    label = 'aria-label="Ratings 2, 3, 3; score 2.60; likely range 2.20 to 3.00; bar 2.50"'
    assert label in charts.strip([3, 2, 3], 2.6, 2.2, 3.0, 2.5)
    assert 'aria-label="Not assessed"' in charts.strip([])
    assert 'aria-hidden="true"' in charts.strip([3], label="")


def test_strip_without_a_bar_has_one_gray_range():
    markup = charts.strip([3], 3, 2.5, 3.5)
    assert len(parts(markup, "c-int")) == 1
    assert not parts(markup, "c-bar")


def test_strip_above_the_bar_has_no_part_below():
    assert not parts(charts.strip([4], 3.6, 3.2, 4.0, 2.5), "c-int-below")


def test_strip_keeps_a_long_row_of_rings_together():
    rings = parts(charts.strip([3] * 12), "c-dot")
    places = [number(ring, "cx") for ring in rings]
    assert max(places) - min(places) == pytest.approx(40)
    assert {number(ring, "cy") for ring in rings} == {-4.5, 4.5}
    assert len({(number(ring, "cx"), number(ring, "cy")) for ring in rings}) == 12
    assert "cy" not in charts.strip([3] * 4).split("c-dot", 1)[1].split("/>")[0]


@given(st.lists(st.integers(1, 4)), SCORES, SCORES, SCORES, SCORES)
def test_strip_is_well_formed_and_inside(ratings, score, a, b, bar):
    markup = charts.strip(ratings, score, min(a, b), max(a, b), bar)
    for element in ElementTree.fromstring(markup).iter():
        if element.get("x", "").endswith("%"):
            assert 0 <= number(element, "x") <= 100


STEPS = [("Production", "0.12"), ("Cost", "-1/25"), ("Agents", Decimal("0.05"))]


def test_waterfall_starts_at_the_bar_and_ends_at_the_score():
    fall = charts.waterfall(STEPS, Decimal("2.50"))
    assert fall.score == Fraction("2.63")
    assert [step.adds for step in fall.steps] == [
        Fraction("0.12"),
        Fraction("-0.04"),
        Fraction("0.05"),
    ]
    assert 'aria-label="Cost −0.04"' in fall.steps[1].svg
    (up,), (down,) = parts(fall.steps[0].svg, "c-pos"), parts(fall.steps[1].svg, "c-neg")
    assert number(up, "x") + number(up, "width") == pytest.approx(
        number(down, "x") + number(down, "width"), abs=0.02
    )
    (bar,) = parts(fall.base, "c-bar")
    assert number(up, "x") == pytest.approx(number(bar, "x1"), abs=0.01)


def test_waterfall_names_are_escaped():
    fall = charts.waterfall([('<b onclick="x">', 0.1)])
    assert "<b" not in fall.steps[0].svg


def test_waterfall_without_steps_is_the_bar_alone():
    fall = charts.waterfall([])
    assert fall.score == fall.bar == Fraction(5, 2)
    assert "2.50" in fall.axis


@given(st.lists(st.tuples(st.just("x"), st.floats(-1, 1)), max_size=8))
def test_waterfall_axis_has_few_ticks_and_names_the_bar(steps):
    words = [text.text for text in parts(charts.waterfall(steps).axis, "c-lab")]
    assert "2.50" in words
    assert len(words) <= 20
    assert len(set(words)) == len(words)


def test_waterfall_axis_keeps_the_bar_on_a_phone():
    labels = parts(charts.waterfall(STEPS).axis, "c-lab")
    (bar,) = [label for label in labels if label.text == "2.50"]
    assert "c-alt" not in bar.get("class", "")


def test_gauge_stacks_close_marks_and_puts_the_flip_on_top():
    markup = charts.gauge(3.04, 2.79, 3.27, [(3.0, False), (3.0, True), (3.01, True), (2.5, True)])
    marks = [
        (float(svg.get("y", "")), svg[0].get("class"))
        for svg in ElementTree.fromstring(markup).iter()
        if len(svg) and svg[0].get("class", "").startswith("c-wi")
    ]
    assert len(marks) == 4
    assert min(marks)[1] == "c-wi c-wi-x"
    assert len({y for y, _ in marks}) == 3


def test_gauge_takes_the_cuts_of_the_plan():
    markup = charts.gauge(3, cuts=(Decimal("2"), Decimal("2.75"), Decimal("3.5")))
    assert [text.text for text in parts(markup, "c-lab")].count("2.75") == 1
    assert "cuts at 2.00, 2.75, 3.50" in markup


def test_gauge_without_a_score():
    assert 'aria-label="No score yet"' in charts.gauge(None)
    assert not parts(charts.gauge(None), "c-est")


def test_cells_tell_three_things_apart():
    markup = charts.cells([("Production", "13/4"), ("Cost", None), ("Agents", charts.NOT_IN_ROLE)])
    assert re.findall(r'data-r="(\w+)">([\d.]*)<', markup) == [
        ("3", "3.3"),
        ("na", ""),
        ("none", ""),
    ]
    assert 'aria-label="Production 3.3, Cost not assessed, Agents not part of the role"' in markup


def test_cells_names_are_escaped():
    assert "<b>" not in charts.cells([("<b>", 3)])


@pytest.mark.parametrize(
    ("arguments", "widths"),
    [((3, 4), [75, 0]), ((3, 4, 3), [75, 25]), ((5, 4), [100, 0]), ((1, 0), [0, 0])],
)
def test_meter_never_exceeds_the_whole(arguments, widths):
    markup = charts.meter(*arguments)
    shown = [number(part, "width") for cls in ("m-here", "m-2") for part in parts(markup, cls)]
    assert shown == widths
