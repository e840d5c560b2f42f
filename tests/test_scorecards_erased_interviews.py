"""Nothing more is planned or said about a candidate who was decided and then erased."""

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Application
from scorecards.permissions import can_assign
from scorecards.workflow import erasing
from scorecards.workflow.closing import ClosingError, end_application
from scorecards.workflow.interviews import ErasedCandidate, assign_interviewer


@pytest.fixture
def erased(panel, settings, tmp_path):
    """Decided, so that the erasure does not close the application."""
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    Application.objects.filter(pk=panel.application.pk).update(state="decided")
    people, candidate = panel.people, panel.application.candidate
    erasing.request_erasure(candidate=candidate, by=people.administrator, reason="They asked.")
    erasing.erase(candidate=candidate, by=people.recruiter)
    return Application.objects.get(pk=panel.application.pk)


def test_nobody_is_assigned(panel, erased):
    assert erased.state == "decided"
    assert not can_assign(panel.people.coordinator, erased)
    with pytest.raises(ErasedCandidate):
        assign_interviewer(
            application=erased,
            round=panel.plan.rounds.get(),
            interviewer=panel.people.outsider,
            starts_at=timezone.now(),
            minutes=60,
            location="A call with Odalys",
            shadow=False,
            by=panel.people.coordinator,
        )


def test_no_reason_is_added(panel, erased):
    with pytest.raises(ClosingError, match="was erased"):
        end_application(
            application=erased, by=panel.people.coordinator, state="closed", reason="Odalys left."
        )


@pytest.mark.parametrize("name", ["interview_new", "application_end"])
def test_its_pages_are_not_open(panel, erased, sign_in, name):
    client = sign_in(panel.people.coordinator)
    assert client.get(reverse(name, args=[erased.pk])).status_code == 403
