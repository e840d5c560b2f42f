"""Saving field by field: what is applied, what is refused, and that nothing is overwritten."""

import pytest
from django.db import DatabaseError, transaction

from interviewbank.audit.models import Event
from scorecards.models import Answer, Interview, Scorecard
from scorecards.workflow.interviews import cancel_interview
from scorecards.workflow.scoring import (
    AlreadySubmitted,
    Change,
    NotOpenToYou,
    Outcome,
    save_fields,
)
from tests import build
from tests.visit import Meanwhile

APPLIED, NOOP, CONFLICT, REJECTED = Outcome


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


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_rating(panel, card, save, field, rating):
    result = save(field("rating"), rating)

    assert (result.outcome, result.rev, result.current) == (APPLIED, 1, rating)
    kept = answer(card, panel.questions[0])
    assert (kept.rating, kept.not_assessed_reason, kept.rating_rev) == (rating, "", 1)


@pytest.mark.parametrize("reason", ["not_reached", "no_evidence", "not_applicable"])
def test_not_assessed_replaces_the_rating(panel, card, save, field, reason):
    save(field("rating"), 3)

    assert save(field("rating"), reason, base=1).outcome is APPLIED
    kept = answer(card, panel.questions[0])
    assert (kept.rating, kept.not_assessed_reason, kept.rating_rev) == (None, reason, 2)


def test_rating_taken_back(panel, card, save, field):
    save(field("rating"), 3)
    save(field("rating"), None, base=1)

    kept = answer(card, panel.questions[0])
    assert (kept.rating, kept.not_assessed_reason) == (None, "")


def test_fields_of_the_card(card, save):
    assert save("summary", "Owns evaluation.").outcome is APPLIED
    assert save("scratch", "Ask about pay.").outcome is APPLIED
    assert save("recommendation", "hire").outcome is APPLIED

    card.refresh_from_db()
    assert (card.summary, card.scratch, card.recommendation) == (
        "Owns evaluation.",
        "Ask about pay.",
        "hire",
    )
    assert (card.summary_rev, card.scratch_rev, card.recommendation_rev) == (1, 1, 1)
    assert card.revision == 3
    assert save("recommendation", None, base=1).outcome is APPLIED
    card.refresh_from_db()
    assert card.recommendation == ""


def test_ticks_are_kept_sorted_and_once(panel, card, save, field):
    result = save(field("signals"), ["vague", "named", "vague"])

    assert result.current == ["named", "vague"]
    assert answer(card, panel.questions[0]).signals == ["named", "vague"]
    assert save(field("probes"), ["how"]).outcome is APPLIED


def test_the_same_value_again(card, save, field):
    save(field("rating"), 3)
    result = save(field("rating"), 3, base=0)

    assert (result.outcome, result.rev) == (NOOP, 1)
    card.refresh_from_db()
    assert card.revision == 1


def test_an_older_base_conflicts_and_changes_nothing(panel, card, save, field):
    save(field("evidence"), "Typed on the laptop.")
    result = save(field("evidence"), "Typed on the tablet.", base=0)

    assert (result.outcome, result.rev, result.current) == (CONFLICT, 1, "Typed on the laptop.")
    assert answer(card, panel.questions[0]).evidence == "Typed on the laptop."
    card.refresh_from_db()
    assert card.revision == 1


def test_a_conflict_holds_up_no_other_field(panel, card, save, field):
    save(field("rating"), 3)
    results = save_fields(
        scorecard=card,
        by=panel.people.interviewer,
        changes=[
            Change(field("rating"), 0, 1),
            Change(field("evidence"), 0, "Words."),
            Change(field("evidence"), 1, "More words."),
        ],
    )

    assert [result.outcome for result in results] == [CONFLICT, APPLIED, APPLIED]
    kept = answer(card, panel.questions[0])
    assert (kept.rating, kept.evidence, kept.evidence_rev) == (3, "More words.", 2)


def test_the_first_change_opens_the_card_and_freezes_the_plan(panel, card, save, field):
    save(field("rating"), 3)

    card.refresh_from_db()
    panel.plan.refresh_from_db()
    assert card.opened_at is not None
    assert panel.plan.frozen_at is not None
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.actor) == (
        "scorecard.opened",
        card.pk,
        panel.people.interviewer,
    )
    opened, frozen = card.opened_at, panel.plan.frozen_at

    save(field("rating"), 2, base=1)

    card.refresh_from_db()
    panel.plan.refresh_from_db()
    assert (card.opened_at, panel.plan.frozen_at) == (opened, frozen)
    assert Event.objects.count() == 1


def test_a_change_that_is_refused_opens_nothing(panel, card, save, field):
    save(field("rating"), 9)
    save(field("evidence"), "")

    card.refresh_from_db()
    panel.plan.refresh_from_db()
    assert (card.opened_at, panel.plan.frozen_at) == (None, None)
    assert not Event.objects.exists()


def test_a_submitted_card_takes_nothing(panel, save, field):
    build.submitted(panel.mine, [3, 3, 3])

    with pytest.raises(AlreadySubmitted):
        save(field("evidence"), "Too late.", base=0)


def test_a_cancelled_interview_takes_nothing(panel, card, save, field):
    save(field("rating"), 3)
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Moved on.")

    with pytest.raises(NotOpenToYou):
        save(field("rating"), 2, base=1)
    assert answer(card, panel.questions[0]).rating == 3


def test_only_the_author_writes(panel, card, field):
    for person in (panel.people.colleague, panel.people.chair, panel.people.administrator):
        with pytest.raises(NotOpenToYou):
            save_fields(scorecard=card, by=person, changes=[Change(field("rating"), 0, 4)])
    assert not card.answers.exists()


def test_a_held_interview_is_still_open(panel, save, field):
    Interview.objects.filter(pk=panel.mine.pk).update(state="held")

    assert save(field("rating"), 3).outcome is APPLIED


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_what_is_stored(
    panel, card, django_assert_num_queries, save, field, count
):
    for question in panel.questions[:count]:
        save(f"rating:{question.pk}", 3)

    with django_assert_num_queries(8):
        save(field("rating"), 2, base=1)


@pytest.mark.parametrize(
    "values", [{"rating": 5}, {"rating": 3, "not_assessed_reason": "not_reached"}]
)
def test_the_database_refuses_the_same(panel, card, values):
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(scorecard=card, question_version=panel.questions[0], **values)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waited_for_the_cancellation_sees_it(panel, card, save, field):
    writing = Meanwhile(lambda: save(field("rating"), 3))
    with transaction.atomic():
        cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Ill.")
        assert writing.start_until_blocked()

    assert isinstance(writing.finish(), NotOpenToYou)
    assert not card.answers.exists()
