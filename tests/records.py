"""Records that never change, and how to say that a change of them is refused."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from interviewbank.audit import trail
from scorecards.models import Debrief, Decision, Exclusion, OpeningPlan, Submission, Vote
from tests import build

REASONS = "Both interviewers heard in detail how the outage was handled; cost was thin but enough."


@contextmanager
def refused(why: str = "is refused"):
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        yield


def kept(panel):
    """The panel with one row of each kind that never changes."""
    people = panel.people
    card = build.submitted(panel.theirs, [3, 2, None], evidence="What was heard.")
    Submission.objects.create(
        scorecard=card,
        number=1,
        content='{"a":1}',
        salt="salt",
        digest="d1",
        submitted_at=card.submitted_at,
    )
    Decision.objects.create(
        application=panel.application,
        number=1,
        decided_by=people.chair,
        outcome="no_hire",
        rationale=REASONS,
        dissent="One saw it differently.",
        departs=False,
        snapshot={"result": {"outcome": "no_hire"}},
        digest="d2",
    )
    Exclusion.objects.create(
        opening=panel.opening,
        question=panel.questions[0].question,
        number=1,
        excluded=True,
        reason="It was misread.",
        created_by=people.chair,
    )
    debrief = Debrief.objects.create(
        application=panel.application, number=1, opened_by=people.chair
    )
    Vote.objects.create(
        debrief=debrief, member=people.chair, recommendation="hire", rationale="Ran it alone."
    )
    Debrief.objects.filter(pk=debrief.pk).update(
        revealed_at=timezone.now(), closed_at=timezone.now()
    )
    with transaction.atomic():
        trail.record(actor=people.chair, verb="decision.recorded", obj=panel.application)
    OpeningPlan.objects.filter(pk=panel.plan.pk).update(frozen_at=timezone.now())
    return panel
