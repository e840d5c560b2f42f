"""Which rows exist for whom, asked of the querysets themselves: pages may hide a fault in them."""

import pytest

from scorecards.models import Answer, Debrief, RollupRecord, Vote
from scorecards.workflow.rollups import refresh_rollup
from tests import build

SEEN_BY = {"chair", "committee", "colleague"}


@pytest.fixture
def heard(panel):
    """`interviewer` has a draft, `colleague` has submitted."""
    build.answered(panel.mine, [1, 2, 3], evidence="A draft.")
    build.submitted(panel.theirs, [3, 3, 3])
    refresh_rollup(panel.application)
    return panel


def who_sees(panel, model) -> set[str]:
    return {
        name for name, one in vars(panel.people).items() if model.objects.visible_to(one).exists()
    }


def test_answers_are_the_submitted_ones_of_readable_applications(heard):
    assert who_sees(heard, Answer) == SEEN_BY
    seen = Answer.objects.visible_to(heard.people.chair)
    assert set(seen.values_list("scorecard", flat=True)) == {heard.theirs.scorecard.pk}


def test_rollups_are_those_of_readable_applications(heard):
    assert who_sees(heard, RollupRecord) == SEEN_BY


def test_debriefs_are_those_of_readable_applications(heard):
    build.debrief(heard.application, heard.people.chair)
    assert who_sees(heard, Debrief) == SEEN_BY


def test_a_hidden_vote_is_its_members(heard):
    debrief = build.debrief(heard.application, heard.people.chair)
    Vote.objects.create(debrief=debrief, member=heard.people.chair, recommendation="hire")
    assert who_sees(heard, Vote) == {"chair"}


def test_the_candidate_sees_no_row(heard):
    heard.application.candidate.user = heard.people.chair
    heard.application.candidate.save(update_fields=["user"])
    for model in (Answer, RollupRecord):
        assert who_sees(heard, model) == SEEN_BY - {"chair"}
