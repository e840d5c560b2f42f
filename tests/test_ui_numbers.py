"""Rounding and wording of numbers, which happens in one place."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbank.ui import numbers
from interviewbank.ui.templatetags import ib

EXACT = st.fractions(min_value=-5, max_value=5)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7, 3), "2.33"),
        ("7/3", "2.33"),
        (Decimal("2.505"), "2.51"),
        (2.5, "2.50"),
        (Fraction(-1, 25), "−0.04"),
        (Fraction(-1, 200), "−0.01"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(199, 200), "1.00"),
        (0, "0.00"),
    ],
)
def test_fixed_two_decimals(value, text):
    assert numbers.fixed(value) == text


@given(EXACT)
def test_fixed_is_within_half_a_hundredth(value):
    shown = Fraction(numbers.fixed(value).replace("−", "-"))
    assert abs(shown - value) <= Fraction(1, 200)


@given(EXACT)
def test_fixed_is_symmetric(value):
    assert numbers.fixed(value).strip("−") == numbers.fixed(-value).strip("−")


@pytest.mark.parametrize(
    ("value", "text"), [("0.12", "+0.12"), ("-1/25", "−0.04"), ("0", "0.00"), ("1/1000", "0.00")]
)
def test_signed(value, text):
    assert numbers.signed(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(7, 8), "88%"),
        ("0.9951", "over 99%"),
        (1, "100%"),
        (0, "0%"),
        (Fraction(1, 300), "under 1%"),
        (Fraction(1, 200), "1%"),
    ],
)
def test_percent_keeps_some_apart_from_none_and_all(share, text):
    assert numbers.percent(share) == text


@pytest.mark.parametrize("formatted", [ib.points, ib.signed, ib.percent])
@pytest.mark.parametrize("missing", [None, ""])
def test_filters_show_a_dash_for_nothing(formatted, missing):
    assert formatted(missing) == "–"


def test_points_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="Invalid literal"):
        ib.points("strong")


@pytest.mark.parametrize(
    ("score", "level"),
    [("1", "1"), ("149/100", "1"), (1.5, "2"), (Decimal("2.5"), "3"), ("7/2", "4"), (None, "na")],
)
def test_level_a_cut_belongs_to_the_level_above(score, level):
    assert ib.level(score) == level


def test_level_takes_the_cuts_of_the_plan():
    assert ib.level(2.6, (Decimal("2.00"), Decimal("2.75"), Decimal("3.50"))) == "2"
