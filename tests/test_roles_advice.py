"""Advice on the words of a question: what it notices, and where it is silent."""

import pytest
import yaml

from roles import advice
from tests.shipped import FIXTURES

LINES = [{"id": letter, "text": f"What about {letter}?"} for letter in "abc"]
FINE = {
    "prompt": "Tell me about the first month after you put an AI feature live.",
    "anchor_1": "Tells of a launch and of nothing that happened afterwards.",
    "anchor_2": "Names one failure that users reported, and how they patched it.",
    "anchor_3": "Read real traffic, sorted the failures and changed two things.",
    "anchor_4": "All of 3, and gives the figures before and after with their cost.",
    "probes": LINES,
    "strong_signals": LINES,
    "weak_signals": LINES,
}


def test_nothing_to_say():
    assert advice.advise(FINE) == {}


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        (
            {"anchor_4": "All of 3, and has a really strong sense of measurement."},
            "anchor_4",
            "“Really strong” is a grade, not a behaviour. Say what they would do or tell you.",
        ),
        ({"anchor_2": "A good answer about what users reported."}, "anchor_2", "“Good” is a grade"),
        ({"anchor_1": "Gives a weak answer\nwithout any detail."}, "anchor_1", "“Weak” is a"),
        ({"anchor_3": "Has an EXCELLENT grasp of real traffic."}, "anchor_3", "“EXCELLENT” is"),
        ({"anchor_1": "Tells nothing."}, "anchor_1", "2 words can be heard in many ways."),
        ({"anchor_3": FINE["anchor_2"]}, "anchor_3", "It says nearly the same as level 2."),
        (
            {"anchor_4": FINE["anchor_3"] + " Gives figures too, with the cost of each of them."},
            "anchor_4",
            "It says nearly the same as level 3.",
        ),
        (
            {"anchor_4": FINE["anchor_3"].replace("two things", "three things")},
            "anchor_4",
            "It says nearly the same as level 3.",
        ),
        (
            {"prompt": "word " * 61},
            "prompt",
            "61 words take 24 seconds to read aloud. Cut it to 60, or move a part into the probes.",
        ),
        ({"prompt": "What broke? Who noticed it?"}, "prompt", "It asks 2 questions."),
        (
            {"prompt": "It broke. What do you do first, and how do you tell users?"},
            "prompt",
            "“and how” begins a second question.",
        ),
        ({"probes": LINES[:2]}, "probes", "2 probes so far. Write at least 3."),
        ({"strong_signals": LINES[:1]}, "strong_signals", "1 strong signal so far."),
        ({"weak_signals": []}, "weak_signals", "No weak signal yet."),
        ({"weak_signals": [*LINES[:2], {"id": "", "text": " "}]}, "weak_signals", "2 weak signals"),
    ],
)
def test_what_it_notices(changes, field, expected):
    found = advice.advise(FINE | changes)
    assert list(found) == [field]
    assert found[field][0].startswith(expected)


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "word " * 60},
        {"prompt": "An agent worked for hours, and what it found is too long. What do you do?"},
        {"anchor_3": "Ships once the answers are good enough for the release."},
        {"anchor_3": "Strengthens the tests by what real traffic showed."},
        {"anchor_4": ""},
    ],
)
def test_where_it_is_silent(changes):
    assert advice.advise(FINE | changes) == {}


def test_two_remarks_on_one_field():
    assert len(advice.advise(FINE | {"prompt": "word? " * 61})["prompt"]) == 2


def test_an_empty_question_is_not_nagged_about_its_anchors():
    assert set(advice.advise({})) == {"probes", "strong_signals", "weak_signals"}


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("", "0 words, about 0 seconds to read aloud"),
        ("Why", "1 word, about 0 seconds to read aloud"),
        ("word " * 35, "35 words, about 14 seconds to read aloud"),
    ],
)
def test_reading_time(prompt, expected):
    assert advice.reading_time(prompt) == expected


def test_the_shipped_bank_gets_no_advice():
    paths = sorted((FIXTURES / "bank" / "questions").rglob("*.yaml"))
    assert len(paths) >= 60
    assert {path.stem: found for path in paths if (found := advice.advise(words(path)))} == {}


def words(path):
    text = yaml.safe_load(path.read_text())
    anchors = {f"anchor_{level}": anchor for level, anchor in text.pop("anchors").items()}
    return text | anchors
