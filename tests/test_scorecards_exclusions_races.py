"""Leaving a question out while somebody else does something: what waits for what."""

import pytest
from django.db import transaction

from roles.workflow.questions import publish_draft, save_draft
from scorecards.models import Exclusion, RollupRecord
from scorecards.rollup import rollup
from scorecards.summaries.inputs import current_plan, rollup_input
from scorecards.workflow.exclusions import ChangedMeanwhile, set_excluded
from scorecards.workflow.rollups import record_values, refresh_rollup
from scorecards.workflow.submitting import submit_scorecard
from tests import build
from tests.visit import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exclude(panel):
    def excluded(place=1):
        return set_excluded(
            opening=panel.opening,
            question=panel.questions[place].question,
            by=panel.people.chair,
            excluded=True,
            reason="It leaked.",
            after=0,
        )

    return excluded


@pytest.fixture
def submit(panel):
    build.submitted(panel.theirs, [2, 4, 3])
    build.answered(panel.mine, [2, 4, 3])
    refresh_rollup(panel.application)

    def submitted():
        return submit_scorecard(
            scorecard=panel.mine.scorecard,
            by=panel.people.interviewer,
            recommendation="hire",
            summary="Owns it.",
            unworded_ok=True,
        )

    return submitted


def stored_and_fresh(application):
    given = rollup_input(application, current_plan(application))
    fresh = record_values(given, rollup(given.config, given.ratings))
    record = RollupRecord.objects.get(application=application)
    return {name: getattr(record, name) for name in fresh}, fresh


def test_a_card_that_is_handed_in_meanwhile(panel, exclude, submit):
    submission = Meanwhile(submit)
    with transaction.atomic():
        exclude()
        assert submission.start_until_blocked()
    assert submission.finish() is None
    stored, fresh = stored_and_fresh(panel.application)
    assert stored == fresh
    assert stored["score"] == "1/2"


def test_a_card_that_was_handed_in_first(panel, exclude, submit):
    excluding = Meanwhile(exclude)
    with transaction.atomic():
        submit()
        assert excluding.start_until_blocked()
    assert excluding.finish() is None
    stored, fresh = stored_and_fresh(panel.application)
    assert stored == fresh
    assert stored["score"] == "1/2"


@pytest.mark.parametrize("place", [1, 2])
def test_two_chairs_at_one_time(exclude, place):
    second = Meanwhile(lambda: exclude(place))
    with transaction.atomic():
        exclude()
        assert second.start_until_blocked()
    assert isinstance(second.finish(), ChangedMeanwhile)
    assert Exclusion.objects.count() == 1


def test_a_question_that_is_published_meanwhile(panel, exclude):
    question = panel.questions[1].question
    save_draft(question=question, by=panel.people.editor, prompt="What broke first?")
    publishing = Meanwhile(
        lambda: publish_draft(question=question, by=panel.people.editor, change="wording")
    )
    with transaction.atomic():
        exclude()
        assert publishing.start_until_blocked()
    assert publishing.finish() is None
    assert question.versions.filter(published_at__isnull=False).count() == 2
