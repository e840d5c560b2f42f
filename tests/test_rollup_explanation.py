"""Every view adds up, exactly and as printed; the sentence says what the figures say."""

import json
import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.rollup import (
    Config,
    Outcome,
    explain,
    hundredths,
    printed,
    read_case,
    rollup,
    round_parts,
    sentence,
    to_points,
)
from tests.rollup_cases import PROPERTY, assessed, configs, panels

EXAMPLES = json.loads(Path(__file__).with_name("test_rollup_examples.json").read_text("utf-8"))
LABELS = {
    "production": "Production experience",
    "evaluation": "Evaluation rigor",
    "cost": "Cost",
    "failure": "Failure handling",
}


def example(start: str):
    """The worked example whose name begins so, rolled up."""
    name = next(name for name in EXAMPLES if name.startswith(start))
    return rollup(*read_case(EXAMPLES[name]["input"]))


def cents(text: str) -> int:
    """Printed points back as hundredths."""
    return round(float(text.replace("−", "-")) * 100)


@PROPERTY
@given(panels())
def test_every_view_sums_to_the_margin_exactly_and_as_printed(case):
    result, explanation = rollup(*case), explain(*case)
    views = {
        name: getattr(explanation, name)
        for name in ("by_area", "by_interviewer", "by_question", "by_rating")
    }

    if result.score is None:
        assert explanation.margin == 0
        assert set(views.values()) == {()}
        return
    assert explanation.margin == result.score - case.config.hire_bar
    for name, parts in views.items():
        assert sum(part.amount for part in parts) == explanation.margin, name
        assert sum(cents(part.text) for part in parts) == explanation.figures.margin, name


@PROPERTY
@given(panels(max_areas=4, max_people=4))
def test_views_are_sums_of_the_ratings(case):
    explanation = explain(*case)
    for view in ("area", "interviewer", "question"):
        sums: dict[str | None, Fraction] = defaultdict(Fraction)
        for part in explanation.by_rating:
            sums[getattr(part, view)] += part.amount
        parts = getattr(explanation, f"by_{view}")
        assert {getattr(part, view): part.amount for part in parts} == sums


@PROPERTY
@given(assessed(), st.data())
def test_a_contribution_is_weight_times_distance_from_the_bar(case, data):
    result = rollup(*case)
    entry = data.draw(st.sampled_from(result.contributions))

    y = Fraction(entry.value - 1, case.config.points - 1)
    assert entry.amount == entry.weight * (y - case.config.hire_bar)


@PROPERTY
@given(
    st.lists(st.fractions(-4, 4, max_denominator=997), min_size=1, max_size=12),
    st.integers(-2, 2),
)
def test_rounded_parts_sum_to_the_printed_total(parts, off):
    total = hundredths(sum(parts)) + off

    rounded = round_parts(parts, total)

    assert sum(rounded) == total
    if off == 0:
        assert all(abs(r - p * 100) < 1 for r, p in zip(rounded, parts, strict=True))


def test_remainders_go_to_the_largest_first():
    thirds = [Fraction(1, 3)] * 3

    assert round_parts(thirds, 100) == [34, 33, 33]
    assert round_parts([Fraction(129, 1000), Fraction(121, 1000)], 25) == [13, 12]
    assert round_parts([Fraction(-1, 3), Fraction(1, 3)], 0) == [-33, 33]
    with pytest.raises(ValueError, match="no parts"):
        round_parts([], 0)


@PROPERTY
@given(st.fractions(0, 1), configs(max_areas=1))
def test_moving_score_and_bar_alike_keeps_the_printed_gap(unit, config: Config):
    score = to_points(unit, config.points)

    assert hundredths(score + 1) - hundredths(score) == 100


@pytest.mark.parametrize(
    ("count", "plain", "signed"),
    [(304, "3.04", "+3.04"), (-7, "−0.07", "−0.07"), (0, "0.00", "0.00"), (-250, "−2.50", "−2.50")],
)
def test_printed(count, plain, signed):
    assert (printed(count), printed(count, signed=True)) == (plain, signed)


@PROPERTY
@given(assessed())
def test_the_printed_sentence_adds_up(case):
    result = rollup(*case)
    text = sentence(result)
    if result.outcome is Outcome.INSUFFICIENT_EVIDENCE:
        assert text.startswith("Insufficient evidence. ")
        assert "The score is" not in text
        return
    score, bar = re.search(r"score is (\d\.\d\d),.* hire bar of (\d\.\d\d)", text).groups()
    parts = re.search(r"hire bar of [^:]*: (.*?)\. [A-Z]", text).group(1).split(", ")
    assert cents(score) - cents(bar) == sum(cents(part.split(" ")[1]) for part in parts)
    distance = re.search(r"(above|below) the hire bar of \S+ by (\d\.\d\d)", text)
    if distance:
        sign = 1 if distance.group(1) == "above" else -1
        assert sign * cents(distance.group(2)) == cents(score) - cents(bar)


def test_sentence_of_a_clear_hire():
    assert sentence(example("01"), LABELS) == (
        "Hire. The score is 3.00, above the hire bar of 2.50 by 0.50: Production experience +0.15, "
        "Evaluation rigor +0.13, Cost +0.07, Failure handling +0.15. The chance that it is really "
        "above the hire bar is 97%, on evidence worth 4 interviewers. It would take 14 changes of "
        "a rating by one step to bring the score below the bar."
    )


def test_sentence_of_a_hire_that_a_bar_holds_back():
    assert sentence(example("07"), LABELS) == (
        "No hire. The score is 3.11, above the hire bar of 2.50 by 0.61: Production experience "
        "+0.30, Evaluation rigor +0.13, Cost −0.08, Failure handling +0.26. The score alone says "
        "hire, but Cost with 2.00 misses its bar of 2.50. The chance that it is really above the "
        "hire bar is 97%, on evidence worth 3 interviewers. For a hire, Cost would have to reach "
        "2.50."
    )


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("03", "The chance that it is really above the hire bar is less than 1%"),
        ("05", "Ratings from 0 interviewers; 2 needed. Only 0% of the area weight is covered"),
        ("11", "Insufficient evidence. Only 70% of the area weight is covered; 80% is needed."),
        ("17", "evidence worth 1.9 interviewers"),
        ("19", "Even 20 complete scorecards with this score would not make it clear."),
        ("21", "The same score from 4 complete scorecards would make it clear."),
        ("23", "misses its bar of 2.50, though not clearly. "),
        ("24", "Production experience has a bar and needs 2 raters; it has 1."),
        ("25", "The score is 2.50, exactly on the hire bar of 2.50: "),
        ("29", "The score alone says strong hire, but Failure handling with 3.81 does not clearly"),
        ("33", "It would take 1 change of a rating by one step to bring the score up to the bar."),
    ],
)
def test_sentence_says(start, said):
    assert said in sentence(example(start), LABELS)
