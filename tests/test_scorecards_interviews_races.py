"""Two people at one time: what waits for what."""

from dataclasses import replace

import pytest
from django.db import transaction

from scorecards.workflow.interviews import (
    AlreadyCandidate,
    AlreadySubmitted,
    add_candidate,
    cancel_interview,
)
from scorecards.workflow.openings import LastCoordinator, add_member, remove_member
from scorecards.workflow.plans import fingerprint, revise_plan, terms_of
from scorecards.workflow.scoring import Change, save_fields
from tests import build
from tests.visit import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_scorecard_that_is_opened_meanwhile_keeps_its_round(panel):
    """The revision waits for the scorecard that is being opened, and neither blocks the other."""
    terms = terms_of(panel.plan)
    revision = Meanwhile(
        lambda: revise_plan(
            opening=panel.opening,
            by=panel.people.coordinator,
            seen=fingerprint(panel.plan),
            terms=replace(terms, rounds=[replace(terms.rounds[0], minutes=75)]),
            reason="Longer.",
        )
    )
    with transaction.atomic():
        save_fields(
            scorecard=panel.mine.scorecard,
            by=panel.people.interviewer,
            changes=[Change("scratch", 0, "Began.")],
        )
        assert revision.start_until_blocked()
    assert revision.finish() is None
    panel.mine.refresh_from_db()
    panel.theirs.refresh_from_db()
    assert panel.mine.round.plan.number == 1
    assert panel.theirs.round.plan.number == 2


def test_an_interview_is_not_cancelled_under_a_submission(panel):
    cancelling = Meanwhile(
        lambda: cancel_interview(
            interview=panel.mine, by=panel.people.coordinator, reason="Too late."
        )
    )
    with transaction.atomic():
        build.submitted(panel.mine, [3, 3, 3])
        assert cancelling.start_until_blocked()
    assert isinstance(cancelling.finish(), AlreadySubmitted)
    panel.mine.refresh_from_db()
    assert panel.mine.state == "planned"


def test_one_candidate_is_added_once(panel):
    def add():
        return add_candidate(
            opening=panel.opening, by=panel.people.coordinator, name="Bao", email="b@example.org"
        )

    second = Meanwhile(add)
    with transaction.atomic():
        add()
        assert second.start_until_blocked()
    assert isinstance(second.finish(), AlreadyCandidate)


def test_two_coordinators_do_not_remove_each_other(panel):
    people = panel.people
    first = panel.opening.members.get(kind="coordinator")
    second = add_member(
        opening=panel.opening, user=people.recruiter, kind="coordinator", by=people.coordinator
    )
    removal = Meanwhile(lambda: remove_member(member=second, by=people.coordinator))
    with transaction.atomic():
        remove_member(member=first, by=people.recruiter)
        assert removal.start_until_blocked()
    assert isinstance(removal.finish(), LastCoordinator)
    assert panel.opening.members.get(kind="coordinator").user == people.recruiter
