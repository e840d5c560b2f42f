"""Opening a debrief, what is said in it, and closing it."""

import pytest

from interviewbank.audit.models import Event
from scorecards.models import Debrief, Decision
from scorecards.permissions import can_review, can_vote
from scorecards.querysets.debriefs import voters_of
from scorecards.workflow.debriefs import (
    CannotOpen,
    CardsMissing,
    DebriefClosed,
    RatedMeanwhile,
    add_note,
    close_debrief,
    open_debrief,
    set_panel_rating,
    stamp,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(panel):
    """Both scorecards are in."""
    for interview, ratings in ((panel.mine, [4, 3, 3]), (panel.theirs, [2, 2, 3])):
        build.submitted(interview, ratings)
    refresh_rollup(panel.application)
    return panel


def opened(panel, **more):
    return open_debrief(application=panel.application, by=panel.people.chair, **more)


def decided(panel, outcome: str) -> Decision:
    return Decision.objects.create(
        application=panel.application,
        number=1,
        decided_by=panel.people.chair,
        outcome=outcome,
        rationale="r" * 80,
        departs=False,
        snapshot={"kept": True},
        digest="d",
    )


def test_it_opens_when_all_cards_are_in(heard):
    debrief = opened(heard, exception_reason="Not needed.")

    assert (debrief.number, debrief.exception_reason, debrief.revealed_at) == (1, "", None)
    event = Event.objects.latest("number")
    assert (event.verb, event.fields, event.reason_digest) == ("debrief.opened", [], "")


def test_with_cards_missing_it_needs_a_reason(panel):
    build.submitted(panel.theirs, [2, 2, 3])
    with pytest.raises(CardsMissing, match="Say why the debrief can't wait"):
        opened(panel, exception_reason="  ")
    debrief = opened(panel, exception_reason="The offer runs out.")

    assert debrief.exception_reason == "The offer runs out."
    event = Event.objects.latest("number")
    assert event.fields == ["exception_reason"]
    assert "offer" not in str(event.__dict__)


def test_a_shadow_that_is_missing_is_not_waited_for(heard):
    build.interview(heard.application, build.user(), shadow=True)
    assert opened(heard).exception_reason == ""


def test_without_any_card_there_is_nothing_to_open(panel):
    with pytest.raises(CannotOpen, match="No scorecard is in yet"):
        opened(panel, exception_reason="Why not.")
    build.submitted(build.interview(panel.application, build.user(), shadow=True), [3, 3, 3])
    with pytest.raises(CannotOpen, match="No scorecard is in yet"):
        opened(panel, exception_reason="Why not.")


def test_one_is_open_at_a_time(heard):
    first = opened(heard)
    with pytest.raises(CannotOpen, match="open already"):
        opened(heard)
    close_debrief(debrief=first, by=heard.people.chair)
    with pytest.raises(CannotOpen, match="Another debrief follows"):
        opened(heard)


def test_another_follows_a_decision_for_more_evidence(heard):
    close_debrief(debrief=opened(heard), by=heard.people.chair)
    decided(heard, "more_evidence")
    second = opened(heard)
    assert second.number == 2
    close_debrief(debrief=second, by=heard.people.chair)
    with pytest.raises(CannotOpen, match="Another debrief follows"):
        opened(heard)


@pytest.mark.parametrize("outcome", ["hire", "no_hire"])
def test_none_follows_a_decision(heard, outcome):
    decided(heard, outcome)
    with pytest.raises(CannotOpen, match="is decided"):
        opened(heard)


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_none_for_an_application_that_ended(heard, state):
    heard.application.state = state
    heard.application.save(update_fields=["state"])
    with pytest.raises(CannotOpen, match="has ended"):
        opened(heard)


def test_closing_keeps_what_was_said(heard):
    debrief, by = opened(heard), heard.people.chair
    add_note(debrief=debrief, by=by, text=" On the whole. ")
    closed = close_debrief(debrief=debrief, by=by)

    assert closed.closed_at == closed.revealed_at is not None
    assert Event.objects.latest("number").fields == ["closed_at", "revealed_at"]
    with pytest.raises(DebriefClosed):
        add_note(debrief=debrief, by=by, text="Later.")
    with pytest.raises(DebriefClosed):
        set_panel_rating(debrief=debrief, by=by, area=heard.areas[0], rating=3)
    with pytest.raises(DebriefClosed):
        close_debrief(debrief=debrief, by=by)
    assert [note.text for note in Debrief.objects.get().notes.all()] == ["On the whole."]


def test_a_panel_rating_is_set_and_changed_and_enters_nothing(heard):
    debrief, by, area = opened(heard), heard.people.chair, heard.areas[0]
    before = heard.application.rollup.ratings_digest
    made = set_panel_rating(debrief=debrief, by=by, area=area, rating=3, note="Heard it all.")
    with pytest.raises(RatedMeanwhile):
        set_panel_rating(debrief=debrief, by=by, area=area, rating=2)
    again = set_panel_rating(debrief=debrief, by=by, area=area, rating=2, seen=stamp(made))

    assert (again.pk, again.rating, again.note) == (made.pk, 2, "")
    assert refresh_rollup(heard.application).ratings_digest == before
    event = Event.objects.latest("number")
    assert (event.verb, event.fields) == ("debrief.panel_rated", ["note", "rating"])
    assert "Heard" not in str(event.__dict__)


def names(application) -> list[str]:
    return sorted(voters_of(application).values_list("name", flat=True))


def test_who_votes(heard):
    """Committee and chair; not who interviewed, owes a scorecard, is the candidate or has gone."""
    interviewed, owing, gone, themselves = (build.user() for _ in range(4))
    for person in (interviewed, owing, gone, themselves):
        heard.opening.members.create(user=person, kind="committee")
    build.submitted(build.interview(heard.application, interviewed), [3, 3, 3])
    build.interview(heard.application, owing)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    heard.application.candidate.user = themselves
    heard.application.candidate.save(update_fields=["user"])

    assert names(heard.application) == ["Carl Reader", "Chiara Decider"]
    heard.opening.interviewers_may_decide = True
    heard.opening.save(update_fields=["interviewers_may_decide"])
    assert names(heard.application) == sorted(["Carl Reader", "Chiara Decider", interviewed.name])
    for person in (owing, gone, themselves):
        assert not can_vote(person, opened_once(heard))


def opened_once(panel) -> Debrief:
    return panel.application.debriefs.first() or opened(
        panel, exception_reason="One is still missing."
    )


def test_a_chair_who_is_a_member_twice_votes_once(heard):
    heard.opening.members.create(user=heard.people.chair, kind="committee")
    assert names(heard.application) == ["Carl Reader", "Chiara Decider"]


@pytest.mark.parametrize(
    "visibility, before, after",
    [("after_own", True, True), ("at_debrief", False, True), ("never", False, False)],
)
def test_what_the_debrief_opens_to_interviewers(heard, visibility, before, after):
    heard.opening.visibility = visibility
    heard.opening.save(update_fields=["visibility"])
    who = heard.people.interviewer

    assert can_review(who, heard.application) is before
    opened(heard)
    assert can_review(who, heard.application) is after
    assert Debrief.objects.visible_to(who).exists() is after


def test_at_the_debrief_whoever_owes_a_scorecard_sees_nothing(panel):
    panel.opening.visibility = "at_debrief"
    panel.opening.save(update_fields=["visibility"])
    build.submitted(panel.theirs, [2, 2, 3])
    opened(panel, exception_reason="It can't wait.")

    assert can_review(panel.people.interviewer, panel.application) is False
    assert can_review(panel.people.colleague, panel.application) is True
