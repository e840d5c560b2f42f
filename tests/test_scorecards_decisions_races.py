"""Two at one time: two chairs, and a chair and an interviewer who changes their mind."""

import pytest
from django.db import transaction

from scorecards.models import Decision, Submission
from scorecards.workflow.amending import amend_scorecard
from scorecards.workflow.decisions import DecidedMeanwhile, UnreadSubmissions, record_decision
from tests import build
from tests.decided import RATIONALE, both_in, read_all
from tests.visit import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def decide(panel, by):
    record_decision(
        application=panel.application, by=by, outcome="hire", rationale=RATIONALE, after=0
    )


def amend(panel):
    amend_scorecard(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        values={"summary": "On second thought, thin."},
        reason="I misread my notes.",
        after=1,
    )


@pytest.fixture
def room(panel):
    both_in(panel)
    read_all(panel.application, panel.people.chair)
    return panel


def test_of_two_chairs_one_records_and_the_other_is_told(room):

    other = build.user("Clara Decider")
    read_all(room.application, other)
    second = Meanwhile(lambda: decide(room, other))
    with transaction.atomic():
        decide(room, room.people.chair)
        assert second.start_until_blocked()
    assert isinstance(second.finish(), DecidedMeanwhile)
    assert [one.decided_by for one in Decision.objects.all()] == [room.people.chair]


def test_an_amendment_waits_until_the_decision_is_recorded(room):

    late = Meanwhile(lambda: amend(room))
    with transaction.atomic():
        decide(room, room.people.chair)
        assert late.start_until_blocked()
    assert late.finish() is None
    assert Submission.objects.filter(number=2).count() == 1
    assert "On second thought" not in str(Decision.objects.get().snapshot)


def test_a_decision_waits_for_an_amendment_and_then_wants_it_read(room):
    chair = Meanwhile(lambda: decide(room, room.people.chair))
    with transaction.atomic():
        amend(room)
        assert chair.start_until_blocked()
    assert isinstance(chair.finish(), UnreadSubmissions)
    assert not Decision.objects.exists()
