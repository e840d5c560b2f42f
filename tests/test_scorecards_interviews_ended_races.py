"""What an interviewer says of an interview, while somebody does something else with it."""

import pytest
from django.db import transaction

from scorecards.models import Interview
from scorecards.workflow.ended_interviews import Settled, mark_moved, mark_not_held, take_back
from scorecards.workflow.interviews import AlreadySubmitted, assign_interviewer
from tests import build
from tests.visit import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def plan_again(panel) -> Interview:
    return assign_interviewer(
        application=panel.application,
        round=panel.plan.rounds.get(),
        interviewer=panel.people.interviewer,
        starts_at=panel.mine.starts_at,
        minutes=60,
        location="",
        shadow=False,
        by=panel.people.coordinator,
    )


def test_it_is_not_taken_back_under_its_replacement(panel):
    me = panel.people.interviewer
    mark_moved(interview=panel.mine, by=me)
    taking_back = Meanwhile(lambda: take_back(interview=panel.mine, by=me))
    with transaction.atomic():
        again = plan_again(panel)
        assert taking_back.start_until_blocked()

    assert isinstance(taking_back.finish(), Settled)
    states = Interview.objects.filter(interviewer=me).values_list("pk", "state")
    assert dict(states) == {panel.mine.pk: "cancelled", again.pk: "planned"}


def test_it_is_not_ended_under_a_submission(panel):
    me = panel.people.interviewer
    ending = Meanwhile(lambda: mark_not_held(interview=panel.mine, by=me, missing="me"))
    with transaction.atomic():
        build.submitted(panel.mine, [3, 3, 3])
        assert ending.start_until_blocked()

    assert isinstance(ending.finish(), AlreadySubmitted)
    panel.mine.refresh_from_db()
    assert panel.mine.state == "planned"
