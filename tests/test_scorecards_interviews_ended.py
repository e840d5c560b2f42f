"""“It did not take place” and “it was moved”: they end a debt and open nothing."""

import pytest

from interviewbank.audit.models import Event
from scorecards.models import Application, Interview, Scorecard
from scorecards.permissions import can_review
from scorecards.summaries.today import owed_by
from scorecards.workflow.ended_interviews import (
    NotEnded,
    NotOwed,
    Settled,
    mark_moved,
    mark_not_held,
    take_back,
)
from scorecards.workflow.interviews import AlreadySubmitted, assign_interviewer, cancel_interview
from scorecards.workflow.openings import freeze_plan
from scorecards.workflow.scoring import Change, NotOpenToYou, save_fields
from tests import build

pytestmark = pytest.mark.django_db


def plan_again(panel, interviewer, **extra):
    now = panel.mine.starts_at
    return assign_interviewer(
        application=panel.application,
        round=panel.plan.rounds.get(),
        interviewer=interviewer,
        starts_at=now,
        minutes=60,
        location="",
        by=panel.people.coordinator,
        **{"shadow": False, **extra},
    )


def test_not_held_ends_the_debt_and_says_who_was_missing(panel):
    me = panel.people.interviewer

    mark_not_held(interview=panel.mine, by=me, missing="candidate", note=" Waited 20 minutes. ")

    panel.mine.refresh_from_db()
    assert panel.mine.state == "no_show"
    assert panel.mine.state_reason == "The candidate was not there. Waited 20 minutes."
    assert list(owed_by(me)) == []
    event = Event.objects.latest("number")
    assert (event.verb, event.fields) == ("interview.not_held", ["state", "state_reason"])
    assert event.object_id == panel.mine.pk


def test_moved_ends_the_debt_without_a_note(panel):
    mark_moved(interview=panel.mine, by=panel.people.interviewer)

    panel.mine.refresh_from_db()
    assert (panel.mine.state, panel.mine.state_reason) == ("moved", "")
    assert list(owed_by(panel.people.interviewer)) == []
    assert Event.objects.latest("number").fields == ["state"]


def test_what_is_in_counts(panel):
    build.submitted(panel.mine, [3, 3, 3])

    with pytest.raises(AlreadySubmitted, match="You have submitted"):
        mark_not_held(interview=panel.mine, by=panel.people.interviewer, missing="me")


def test_what_is_ended_is_not_ended_again(panel):
    mark_moved(interview=panel.mine, by=panel.people.interviewer)
    with pytest.raises(NotOwed):
        mark_not_held(interview=panel.mine, by=panel.people.interviewer, missing="me")
    with pytest.raises(NotEnded):
        take_back(interview=panel.theirs, by=panel.people.colleague)


def test_a_draft_stays_and_is_closed_until_it_is_taken_back(panel):
    me, card = panel.people.interviewer, build.answered(panel.mine, [3, 4, None])
    field = f"rating:{panel.questions[0].pk}"
    mark_moved(interview=panel.mine, by=me, note="Tomorrow.")

    with pytest.raises(NotOpenToYou):
        save_fields(scorecard=card, by=me, changes=[Change(field, 0, 1)])
    assert [answer.rating for answer in card.answers.order_by("rating")] == [3, 4, None]
    assert Scorecard.objects.visible_to(me).get() == card

    take_back(interview=panel.mine, by=me)

    panel.mine.refresh_from_db()
    assert (panel.mine.state, panel.mine.state_reason) == ("planned", "")
    assert list(owed_by(me)) == [panel.mine]
    [result] = save_fields(scorecard=card, by=me, changes=[Change(field, 0, 1)])
    assert result.outcome == "applied"


@pytest.mark.parametrize("kind", ["chair", "committee"])
@pytest.mark.parametrize("begun", [True, False])
def test_it_opens_nothing_to_a_member(panel, kind, begun):
    """R3: saying so, looking at the others' and taking it back would be a way around it."""
    member = getattr(panel.people, kind)
    own = build.interview(panel.application, member)
    if begun:
        build.answered(own, [3, 3, 3])
    build.submitted(panel.theirs, [2, 2, 2])
    assert not can_review(member, panel.application)

    mark_not_held(interview=own, by=member, missing="candidate")
    assert not can_review(member, panel.application)
    assert not Application.objects.card_state_visible_to(member).exists()

    take_back(interview=own, by=member)
    mark_moved(interview=own, by=member)
    assert not can_review(member, panel.application)

    cancel_interview(interview=own, by=panel.people.coordinator, reason="So it was.")
    assert can_review(member, panel.application)
    with pytest.raises(Settled, match="planned this anew"):
        take_back(interview=own, by=member)


def test_it_opens_nothing_to_who_has_another_card_in(panel):
    """An interviewer with two rounds who handed in one of them."""
    me = panel.people.interviewer
    second = panel.plan.rounds.create(
        position=2, name="Second", set_version=panel.set_version, minutes=30
    )
    build.submitted(panel.mine, [3, 3, 3])
    other = build.interview(panel.application, me, round=second)

    mark_not_held(interview=other, by=me, missing="me")
    assert not can_review(me, panel.application)

    cancel_interview(interview=other, by=panel.people.coordinator, reason="Confirmed.")
    assert can_review(me, panel.application)


def test_a_coordinator_cancels_it_and_the_reason_stays(panel):
    mark_not_held(interview=panel.mine, by=panel.people.interviewer, missing="me", note="Ill.")

    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Confirmed.")

    panel.mine.refresh_from_db()
    assert panel.mine.state == "cancelled"
    assert panel.mine.state_reason == "The interviewer was not there. Ill."


@pytest.mark.parametrize("who", ["interviewer", "outsider"])
def test_planning_it_again_settles_it(panel, who):
    me = panel.people.interviewer
    mark_moved(interview=panel.mine, by=me)

    again = plan_again(panel, getattr(panel.people, who))

    panel.mine.refresh_from_db()
    assert panel.mine.state == "cancelled"
    with pytest.raises(Settled):
        take_back(interview=panel.mine, by=me)
    build.submitted(again, [3, 3, 3])
    assert can_review(again.interviewer, panel.application)


def test_a_shadow_replaces_nobody(panel):
    mark_moved(interview=panel.mine, by=panel.people.interviewer)

    plan_again(panel, panel.people.outsider, shadow=True)

    panel.mine.refresh_from_db()
    assert panel.mine.state == "moved"


@pytest.mark.parametrize(
    "closed", [{"state": "withdrawn"}, {"state": "closed"}, {"opening__state": "closed"}]
)
def test_it_stays_so_once_the_application_is_closed(panel, closed):
    mark_moved(interview=panel.mine, by=panel.people.interviewer)
    for name, value in closed.items():
        owner = panel.opening if name.startswith("opening") else panel.application
        owner.state = value
        owner.save(update_fields=["state"])

    with pytest.raises(Settled, match="is closed"):
        take_back(interview=panel.mine, by=panel.people.interviewer)


def test_an_unopened_one_of_an_earlier_plan_is_planned_again_by_the_coordinator(panel):
    mark_moved(interview=panel.mine, by=panel.people.interviewer)
    freeze_plan(panel.plan)
    newer = panel.opening.plans.create(number=2, reason="Other weights.")

    with pytest.raises(Settled, match="rounds have changed"):
        take_back(interview=panel.mine, by=panel.people.interviewer)

    newer.delete()
    take_back(interview=panel.mine, by=panel.people.interviewer)
    assert Interview.objects.get(pk=panel.mine.pk).state == "planned"
