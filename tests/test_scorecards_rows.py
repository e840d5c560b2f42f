"""Which rows exist for whom, asked of the querysets themselves: pages may hide a fault in them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from scorecards.models import (
    Answer,
    Application,
    Debrief,
    Interview,
    Opening,
    RollupRecord,
    Scorecard,
    Vote,
)
from scorecards.summaries.records import record_of
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


def test_the_record_of_a_decision_keeps_no_hidden_vote(heard):
    chair = heard.people.chair
    debrief = build.debrief(heard.application, chair)
    Vote.objects.create(debrief=debrief, member=chair, recommendation="hire")
    assert [one["votes"] for one in record_of(heard.application, chair)["debriefs"]] == [[]]
    Debrief.objects.update(revealed_at=timezone.now())
    (kept,) = record_of(heard.application, chair)["debriefs"]
    assert [vote["recommendation"] for vote in kept["votes"]] == ["hire"]


@pytest.mark.parametrize(
    "visibility, state, readable, outcome",
    [
        ("after_own", "open", True, True),
        ("at_debrief", "open", False, False),
        ("never", "open", False, False),
        ("never", "closed", False, True),
    ],
)
def test_what_an_interviewer_reads_as_the_opening_allows(
    heard, visibility, state, readable, outcome
):
    """`colleague` has submitted; `interviewer` owes a scorecard, and so reads nothing ever."""
    Opening.objects.update(visibility=visibility, state=state)
    for person, may in ((heard.people.colleague, True), (heard.people.interviewer, False)):
        found = Application.objects
        assert found.assessed_visible_to(person).exists() == (readable and may)
        assert found.outcome_visible_to(person).exists() == (outcome and may)


def test_owing_another_scorecard_hides_the_outcome_too(heard):
    """Submitted one, owes one: of the same candidate, in a closed opening that shows nothing."""
    Opening.objects.update(visibility="never", state="closed")
    colleague = heard.people.colleague
    assert Application.objects.outcome_visible_to(colleague).exists()
    Interview.objects.filter(pk=heard.theirs.pk).update(state="moved")
    build.interview(heard.application, colleague)
    assert not Application.objects.outcome_visible_to(colleague).exists()


def test_an_interviewer_reads_nothing_without_a_submission_of_their_own(heard):
    Interview.objects.filter(pk=heard.mine.pk).update(
        state="cancelled", state_changed_at=timezone.now()
    )
    interviewer = heard.people.interviewer
    assert Application.objects.visible_to(interviewer).exists()
    assert not Application.objects.assessed_visible_to(interviewer).exists()


def test_a_candidate_is_out_of_sight_fourteen_days_after_the_submission(heard):
    colleague = heard.people.colleague
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for days, seen in ((13, True), (15, False)):
            long_ago = timezone.now() - timedelta(days=days)
            Scorecard.objects.filter(pk=heard.theirs.scorecard.pk).update(submitted_at=long_ago)
            Interview.objects.update(state="held")
            assert Application.objects.visible_to(colleague).exists() == seen
            assert Interview.objects.visible_to(colleague).exists() == seen


def test_interviews_are_ones_own_or_all_of_a_schedule(heard):
    people, seen = heard.people, Interview.objects
    assert set(seen.visible_to(people.interviewer)) == {heard.mine}
    assert set(seen.visible_to(people.coordinator)) == {heard.mine, heard.theirs}
    assert not seen.visible_to(people.outsider).exists()
