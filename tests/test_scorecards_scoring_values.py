"""What a field can hold: the longest and the strangest text, and what is refused."""

import pytest

from scorecards.models import Answer, Scorecard
from scorecards.workflow.scoring import Change, Outcome, save_fields
from tests import build

APPLIED, _, _, REJECTED = Outcome


@pytest.fixture
def card(panel) -> Scorecard:
    return panel.mine.scorecard


@pytest.fixture
def save(panel, card):
    """Save one field as its author; returns the result."""

    def one(field: str, value, base: int = 0):
        [result] = save_fields(
            scorecard=card, by=panel.people.interviewer, changes=[Change(field, base, value)]
        )
        return result

    return one


@pytest.fixture
def field(panel):
    """The name of a field of the first question."""
    return lambda kind: f"{kind}:{panel.questions[0].pk}"


def answer(card, question) -> Answer:
    return Answer.objects.get(scorecard=card, question_version=question)


BAD = [
    ("rating", 0, "wrong_type"),
    ("rating", 5, "wrong_type"),
    ("rating", True, "wrong_type"),
    ("rating", 3.0, "wrong_type"),
    ("rating", "3", "wrong_type"),
    ("rating", "skipped", "wrong_type"),
    ("rating", [3], "wrong_type"),
    ("evidence", None, "wrong_type"),
    ("evidence", 3, "wrong_type"),
    ("evidence", "a\0b", "nul"),
    ("evidence", "a\ud83db", "lone_surrogate"),
    ("evidence", "x" * 20_001, "too_long"),
    ("probes", "how", "wrong_type"),
    ("probes", [3], "wrong_type"),
    ("probes", ["unknown"], "unknown_item"),
    ("signals", ["how"], "unknown_item"),
    ("title", "x", "unknown_field"),
    ("scratch", "x", "unknown_field"),
    ("", "x", "unknown_field"),
]


@pytest.mark.parametrize(("kind", "value", "code"), BAD)
def test_what_cannot_be_stored_is_refused_and_blocks_nothing_else(
    panel, card, field, kind, value, code
):
    results = save_fields(
        scorecard=card,
        by=panel.people.interviewer,
        changes=[Change(field(kind), 0, value), Change("scratch", 0, "Kept.")],
    )

    assert [result.outcome for result in results] == [REJECTED, APPLIED]
    assert results[0].code == code
    assert results[0].message.endswith(".")
    card.refresh_from_db()
    assert card.scratch == "Kept."
    assert not card.answers.exists()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("summary", "x" * 4_001, "too_long"),
        ("scratch", "a\0", "nul"),
        ("recommendation", "leaning_hire", "wrong_type"),
        ("rating", 3, "unknown_field"),
        ("rating:not-a-question", 3, "unknown_field"),
        ("rating:00000000-0000-0000-0000-000000000000", 3, "unknown_field"),
        ("submitted_at", "now", "unknown_field"),
        ("rating:\0", 3, "unknown_field"),
    ],
)
def test_fields_that_are_not_there_and_values_that_do_not_fit(card, save, name, value, code):
    result = save(name, value)

    assert (result.outcome, result.code) == (REJECTED, code)
    card.refresh_from_db()
    assert (card.opened_at, card.revision) == (None, 0)


def test_a_question_of_another_round_is_no_field(panel, save):
    elsewhere = build.question("elsewhere")

    assert save(f"rating:{elsewhere.pk}", 3).code == "unknown_field"


# Right-to-left words, a combining mark apart from its letter, emoji of several code points.
ANY_LANGUAGE = "שלום עולם \u202bمرحبا\u202c e\u0301 👩🏽‍🔬🇩🇪 \u200f“quoted”\tend\r\n  \n"


def test_twenty_thousand_characters_come_back_byte_for_byte(panel, card, save, field):
    text = (ANY_LANGUAGE * 1_000)[:20_000]

    assert save(field("evidence"), text).outcome is APPLIED
    assert answer(card, panel.questions[0]).evidence.encode() == text.encode()
    assert len(text) == 20_000


def test_the_longest_summary_fits(card, save):
    assert save("summary", "é" * 4_000).outcome is APPLIED
