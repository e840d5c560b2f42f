"""Of an erased candidate nothing new is kept: no note, no vote, no decision."""

import pytest

from scorecards.models import Decision
from scorecards.summaries.debrief_hours import choices
from scorecards.workflow import erasing
from scorecards.workflow.debriefs import (
    CannotOpen,
    DebriefClosed,
    VotesRevealed,
    add_note,
    cast_vote,
    open_debrief,
)
from scorecards.workflow.decisions import Erased, record_decision
from scorecards.workflow.rollups import refresh_rollup
from tests import build

WORDS = "Every interviewer heard the same outage, told in the same order, with what it cost whom."


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


@pytest.fixture
def room(panel):
    """All cards are in, a debrief is open, a vote is hidden."""
    for interview in (panel.mine, panel.theirs):
        build.submitted(interview, [3, 3, 3])
    refresh_rollup(panel.application)
    panel.debrief = build.debrief(panel.application, panel.people.chair)
    vote(panel, "committee")
    return panel


def vote(room, who: str) -> None:
    by = getattr(room.people, who)
    cast_vote(debrief=room.debrief, by=by, recommendation="hire", rationale="Ran it.")


def erase(room) -> None:
    candidate = room.application.candidate
    erasing.request_erasure(candidate=candidate, by=room.people.administrator, reason="Asked.")
    erasing.erase(candidate=candidate, by=room.people.recruiter)
    room.application.refresh_from_db()


def test_an_open_debrief_ends_with_the_erasure(room):
    erase(room)

    room.debrief.refresh_from_db()
    assert room.debrief.closed_at == room.debrief.revealed_at is not None
    assert [one.rationale for one in room.debrief.votes.all()] == [""]
    with pytest.raises(DebriefClosed):
        add_note(debrief=room.debrief, by=room.people.chair, text="More.")
    with pytest.raises(VotesRevealed):
        vote(room, "chair")


def test_nothing_is_opened_or_decided_afterwards(room, sign_in):
    room.debrief.closed_at = room.debrief.revealed_at = room.debrief.opened_at
    room.debrief.save()
    Decision.objects.create(
        application=room.application,
        number=1,
        decided_by=room.people.chair,
        outcome="more_evidence",
        rationale=WORDS,
        departs=False,
        snapshot={"a": 1},
        digest="d",
    )
    room.application.state = "decided"
    room.application.save()
    assert [one.application for one in choices(room.opening, room.people.chair)]
    erase(room)

    assert choices(room.opening, room.people.chair) == []
    with pytest.raises(CannotOpen, match="was erased"):
        open_debrief(application=room.application, by=room.people.chair)
    with pytest.raises(Erased, match="Nothing more is decided"):
        record_decision(
            application=room.application, by=room.people.chair, outcome="hire", rationale=WORDS
        )
    page = sign_in(room.people.chair).get(f"/applications/{room.application.pk}/review/")
    assert "Record a decision" not in page.content.decode()
