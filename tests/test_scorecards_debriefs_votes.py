"""Votes: hidden until all are in or the chair shows them, and fixed from then on."""

import pytest
from django.db import connection, transaction

from interviewbank.audit.models import Event
from scorecards.models import Debrief, Vote
from scorecards.workflow.debriefs import (
    AlreadyShown,
    NotAVoter,
    VotesRevealed,
    cast_vote,
    close_debrief,
    reveal_votes,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.visit import Meanwhile


@pytest.fixture
def room(panel):
    """A debrief with two voters: the committee and the chair."""
    for interview in (panel.mine, panel.theirs):
        build.submitted(interview, [3, 3, 3])
    refresh_rollup(panel.application)
    panel.debrief = build.debrief(panel.application, panel.people.chair)
    return panel


def cast(room, who: str, recommendation: str = "hire", rationale: str = "Ran it for years."):
    return cast_vote(
        debrief=room.debrief,
        by=getattr(room.people, who),
        recommendation=recommendation,
        rationale=rationale,
    )


def shown(room) -> bool:
    room.debrief.refresh_from_db()
    return room.debrief.revealed_at is not None


def reveals() -> int:
    return Event.objects.filter(verb="debrief.revealed").count()


def visible(room, who: str) -> set[str]:
    person = getattr(room.people, who)
    return {vote.member.name for vote in Vote.objects.visible_to(person)}


@pytest.mark.django_db
def test_the_last_vote_shows_them_all(room):
    cast(room, "committee")
    assert not shown(room)
    assert visible(room, "committee") == {"Carl Reader"}
    assert visible(room, "chair") == visible(room, "interviewer") == set()
    assert not Event.objects.filter(object_type="scorecards.vote").exists()
    cast(room, "chair", "no_hire")
    assert shown(room)
    assert reveals() == 1
    both = {"Carl Reader", "Chiara Decider"}
    assert visible(room, "committee") == visible(room, "chair") == both
    assert visible(room, "interviewer") == both
    assert visible(room, "coordinator") == visible(room, "outsider") == set()


@pytest.mark.django_db
def test_a_vote_may_change_until_it_is_shown(room):
    first = cast(room, "committee")
    again = cast(room, "committee", "no_hire", " Heard more. ")
    assert (again.pk, again.recommendation, again.rationale) == (
        first.pk,
        "no_hire",
        "Heard more.",
    )
    cast(room, "chair")
    with pytest.raises(VotesRevealed):
        cast(room, "committee", "hire")
    assert Vote.objects.get(pk=first.pk).recommendation == "no_hire"


@pytest.mark.django_db
def test_the_chair_shows_them_early(room):
    cast(room, "committee")
    reveal_votes(debrief=room.debrief, by=room.people.chair)
    assert shown(room)
    with pytest.raises(VotesRevealed):
        cast(room, "chair")
    with pytest.raises(AlreadyShown):
        reveal_votes(debrief=room.debrief, by=room.people.chair)
    assert reveals() == 1


@pytest.mark.django_db
def test_closing_shows_them_too(room):
    cast(room, "committee")
    close_debrief(debrief=room.debrief, by=room.people.chair)
    assert shown(room)
    assert visible(room, "chair") == {"Carl Reader"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["interviewer", "coordinator", "outsider"])
def test_others_do_not_vote(room, who):
    with pytest.raises(NotAVoter):
        cast(room, who)
    assert not Vote.objects.exists()


@pytest.mark.django_db
def test_a_voter_who_left_is_not_waited_for(room):
    third = build.user("Theo Third")
    seat = room.opening.members.create(user=third, kind="committee")
    cast(room, "committee")
    cast(room, "chair")
    assert not shown(room)
    seat.delete()
    cast(room, "chair", "strong_hire")
    assert shown(room)


@pytest.mark.django_db
def test_a_vote_is_hidden_from_its_member_who_owes_a_scorecard(room):
    cast(room, "committee")
    build.interview(room.application, room.people.committee)
    assert visible(room, "committee") == set()


@pytest.mark.django_db(transaction=True)
def test_the_last_two_at_once_show_them_once(room):
    other = Meanwhile(lambda: cast(room, "committee"))
    with transaction.atomic():
        cast(room, "chair")
        assert other.start_until_blocked()
    assert other.finish() is None
    assert shown(room)
    assert reveals() == 1
    assert Vote.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_races_the_chair_is_refused_aloud(room):
    late = Meanwhile(lambda: cast(room, "committee"))
    with transaction.atomic():
        reveal_votes(debrief=room.debrief, by=room.people.chair)
        assert late.start_until_blocked()
    assert isinstance(late.finish(), VotesRevealed)
    assert not Vote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_came_first_is_in(room):
    chair = Meanwhile(lambda: reveal_votes(debrief=room.debrief, by=room.people.chair))
    with transaction.atomic():
        cast(room, "committee")
        assert chair.start_until_blocked()
    assert chair.finish() is None
    assert shown(room)
    assert Vote.objects.get().member == room.people.committee


@pytest.mark.django_db(transaction=True)
def test_two_chairs_show_them_once(room):
    second = Meanwhile(lambda: reveal_votes(debrief=room.debrief, by=room.people.chair))
    with transaction.atomic():
        reveal_votes(debrief=Debrief.objects.get(), by=room.people.chair)
        assert second.start_until_blocked()
    assert isinstance(second.finish(), AlreadyShown)
    assert reveals() == 1
    assert connection.in_atomic_block is False
