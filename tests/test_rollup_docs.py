"""The worked example of docs/rollup.md is what the roll-up says about its own input."""

import json
import re
from pathlib import Path

import pytest

from scorecards.rollup import (
    explain,
    hundredths,
    likely_range,
    printed,
    read_case,
    rollup,
    sentence,
    to_points,
)

TEXT = (Path(__file__).parents[1] / "docs" / "rollup.md").read_text("utf-8")
LABELS = {
    "production": "Production experience",
    "evaluation": "Evaluation rigor",
    "cost": "Cost",
}


@pytest.fixture(scope="module")
def case():
    return read_case(json.loads(re.search(r"```json\n(.*?)```", TEXT, re.S).group(1)))


def test_the_sentence(case):
    assert f"> {sentence(rollup(*case), LABELS)}\n" in TEXT


def test_the_table_of_ratings(case):
    ratings = {(row.interviewer, row.question): row.value for row in case.ratings}
    for name in ("Ines", "Colin", "Mara"):
        cells = re.search(rf"^\| {name} \|(.*)\|$", TEXT, re.M).group(1).split("|")
        shown = [int(cell) if cell.strip().isdigit() else None for cell in cells]
        assert shown == [ratings.get((name, q)) for q in ("p1", "p2", "e1", "e2", "c1")]


def test_the_figures(case):
    result = rollup(*case)
    scores = {name: printed(hundredths(to_points(a.score))) for name, a in result.areas.items()}
    low, high = (f"{to_points(end):.2f}" for end in likely_range(result.score, result.variance))

    assert scores == {"production": "3.36", "evaluation": "3.00", "cost": "2.50"}
    assert f"likely range of the score is {low} to {high}\n(80%)" in TEXT
    for part in explain(*case).by_area:
        assert re.search(rf"^\| {LABELS[part.area]} \|.*\| {re.escape(part.text)} \|$", TEXT, re.M)
