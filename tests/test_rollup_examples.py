"""The worked examples, field by field."""

import json
from pathlib import Path

import pytest

from scorecards.rollup import as_json, read_case, rollup, write_case

EXAMPLES = json.loads(Path(__file__).with_name("test_rollup_examples.json").read_text("utf-8"))
FREELY_WORDED = ("missing_evidence", "discuss")


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name):
    expected = EXAMPLES[name]["expected"]

    result = as_json(*read_case(EXAMPLES[name]["input"]))

    assert list(result) == list(expected)
    for field, value in expected.items():
        if field in FREELY_WORDED:
            assert len(result[field]) == len(value), field
        else:
            assert result[field] == value, field
    assert json.loads(json.dumps(result)) == result


@pytest.mark.parametrize("name", EXAMPLES)
def test_written_input_reads_back(name):
    case = read_case(EXAMPLES[name]["input"])

    again = read_case(json.loads(json.dumps(write_case(*case))))

    assert again.config == case.config
    assert rollup(*again) == rollup(*case)


def test_reasons_name_what_they_are_about_in_the_given_order():
    case = EXAMPLES["24 bar with one rater, the other area unassessed"]["input"]
    missing = rollup(*read_case(case)).missing_evidence

    assert [(reason.kind, reason.have, reason.need, reason.area) for reason in missing] == [
        ("interviewers", 1, 2, None),
        ("coverage", 0, missing[1].need, None),
        ("raters", 1, 2, "production"),
        ("raters", 0, 1, "evaluation"),
    ]


def test_discussion_names_bars_before_disagreements():
    discuss = rollup(*read_case(EXAMPLES["30 missed narrowly"]["input"])).discuss

    assert [(reason.kind, reason.area) for reason in discuss] == [
        ("bar_narrow", "evaluation"),
        ("area_disagrees", "evaluation"),
    ]
