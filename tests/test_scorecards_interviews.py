"""Interviews: assigned, refused, cancelled."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import Event, ReadEvent
from scorecards.models import Submission
from scorecards.workflow.interviews import (
    AlreadyAssigned,
    AlreadySubmitted,
    InactivePerson,
    InterviewsThemselves,
    NotPlanned,
    OtherPlan,
    WasShownSubmissions,
    assign_interviewer,
    cancel_interview,
)
from tests import build

pytestmark = pytest.mark.django_db
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def assign(panel):
    def assigned(interviewer=None, **extra):
        values = {
            "application": panel.application,
            "round": panel.plan.rounds.first(),
            "interviewer": interviewer or panel.people.outsider,
            "starts_at": TOMORROW,
            "minutes": 45,
            "location": " Room Heron ",
            "shadow": False,
            "by": panel.people.coordinator,
        }
        return assign_interviewer(**{**values, **extra})

    return assigned


def hand_in(interview):
    card = build.submitted(interview, [3, 3, 3])
    return Submission.objects.create(
        scorecard=card, number=1, content="{}", digest="d", submitted_at=card.submitted_at
    )


def test_assign(panel, assign):
    interview = assign(shadow=True)
    interview.refresh_from_db()
    assert (interview.interviewer, interview.state) == (panel.people.outsider, "planned")
    assert (interview.starts_at, interview.minutes) == (TOMORROW, 45)
    assert (interview.location, interview.shadow) == ("Room Heron", True)
    assert (interview.scorecard.opened_at, interview.scorecard.revision) == (None, 0)
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.actor) == (
        "interview.assigned",
        interview.pk,
        panel.people.coordinator,
    )


def test_assign_twice_to_one_round(panel, assign):
    with pytest.raises(AlreadyAssigned):
        assign(panel.people.interviewer)
    refused = pytest.raises(IntegrityError, match="scorecards_interview_assigned_once")
    with refused, transaction.atomic():
        build.interview(panel.application, panel.people.interviewer)
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Ill.")
    assert assign(panel.people.interviewer).state == "planned"


def test_assign_a_round_of_another_opening_or_an_earlier_plan(panel, assign):
    other = build.opening(panel.set_version)
    with pytest.raises(OtherPlan):
        assign(round=other.plans.get().rounds.get())
    earlier = panel.plan.rounds.get()
    type(panel.plan).objects.filter(pk=panel.plan.pk).update(frozen_at=timezone.now())
    panel.opening.plans.create(number=2, reason="Changed.")
    with pytest.raises(OtherPlan):
        assign(round=earlier)


def test_assign_somebody_deactivated(panel, assign):
    panel.people.outsider.is_active = False
    with pytest.raises(InactivePerson):
        assign()


def test_assign_the_candidate(panel, assign):
    """R6."""
    panel.application.candidate.user = panel.people.outsider
    with pytest.raises(InterviewsThemselves):
        assign()


@pytest.mark.parametrize("scope", list(ReadEvent.Scope))
def test_assign_who_was_shown_a_submission(panel, assign, scope):
    """R5. Interviews planned before are fine."""
    people = panel.people
    before = assign(people.chair)
    trail.record_reads(reader=people.chair, objects=[hand_in(panel.mine)], scope=scope)
    cancel_interview(interview=before, by=people.coordinator, reason="Moved.")
    with pytest.raises(WasShownSubmissions, match="Chiara Decider"):
        assign(people.chair)
    assert assign(people.committee).state == "planned"


def test_the_review_page_bars_who_looked_at_it(panel, assign, sign_in):
    """R5. On it stand the ratings of each and what they say first."""
    people = panel.people
    review = reverse("application_review", args=[panel.application.pk])
    sign_in(people.committee).get(review)
    hand_in(panel.mine)
    sign_in(people.chair).get(review)
    with pytest.raises(WasShownSubmissions, match="Chiara Decider"):
        assign(people.chair)
    assert assign(people.committee).state == "planned", "there was nothing to see yet"


def test_cancelling_ones_own_to_look_at_figures_bars(panel, assign):
    """The list of candidates shows a committee member figures, and notes no reading."""
    people = panel.people
    own = {person: assign(person) for person in (people.chair, people.outsider)}
    for person, interview in own.items():
        cancel_interview(interview=interview, by=people.coordinator, reason="Fell ill.")
        assert assign(person).state == "planned", "nobody has heard anything yet"
    hand_in(panel.mine)
    for interview in panel.application.interviews.taking_place().filter(interviewer__in=own):
        cancel_interview(interview=interview, by=people.coordinator, reason="Fell ill again.")
    with pytest.raises(WasShownSubmissions, match="Chiara Decider"):
        assign(people.chair)
    assert assign(people.outsider).state == "planned", "who is on no committee saw nothing"


def test_reading_ones_own_submission_bars_nobody(panel, assign):
    submission = hand_in(panel.mine)
    trail.record_reads(
        reader=panel.people.interviewer, objects=[submission], scope=ReadEvent.Scope.WHOLE
    )
    second = panel.plan.rounds.create(
        position=2, name="Second", set_version=panel.set_version, minutes=30
    )
    assert assign(panel.people.interviewer, round=second).state == "planned"


def test_reading_about_another_candidate_bars_nobody(panel, assign):
    other = build.application(panel.opening)
    submission = hand_in(build.interview(other, panel.people.colleague))
    trail.record_reads(reader=panel.people.chair, objects=[submission], scope=ReadEvent.Scope.WHOLE)
    assert assign(panel.people.chair).state == "planned"


def test_cancel(panel):
    interview = cancel_interview(
        interview=panel.mine, by=panel.people.coordinator, reason="The candidate is ill."
    )
    interview.refresh_from_db()
    assert interview.state == "cancelled"
    assert timezone.now() - interview.state_changed_at < timedelta(minutes=1)
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.fields) == (
        "interview.cancelled",
        interview.pk,
        ["state"],
    )
    assert event.reason_digest
    with pytest.raises(NotPlanned):
        cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Again.")


def test_cancel_what_was_submitted(panel):
    hand_in(panel.mine)
    with pytest.raises(AlreadySubmitted):
        cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="No.")
    panel.mine.refresh_from_db()
    assert panel.mine.state == "planned"
