"""Until one's own scorecards are in, no page differs by what the others did (R3), to the byte."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from interviewbank.audit.models import ReadEvent
from scorecards.models import Application, Interview, OpeningMember
from scorecards.workflow.decisions import record_decision
from scorecards.workflow.interviews import assign_interviewer, cancel_interview
from scorecards.workflow.rollups import refresh_rollup
from scorecards.workflow.scoring import Change, save_fields
from scorecards.workflow.submitting import submit_scorecard
from tests import build
from tests.scoring_forms import filled_in


def opened(panel):
    save_fields(
        scorecard=panel.theirs.scorecard,
        by=panel.people.colleague,
        changes=[Change(f"rating:{panel.questions[0].pk}", 0, 4)],
    )


def submitted(panel):
    build.answered(panel.theirs, [4, 4, 4])
    submit_scorecard(
        scorecard=panel.theirs.scorecard,
        by=panel.people.colleague,
        recommendation="strong_hire",
        summary="Hire.",
        unworded_ok=True,
    )


def read_by_the_chair(panel):
    submitted(panel)
    ReadEvent.objects.create(
        reader=panel.people.chair,
        object_type="scorecards.submission",
        object_id=panel.theirs.scorecard.submissions.get().pk,
        scope="whole",
    )


def decided(panel):
    read_by_the_chair(panel)
    record_decision(
        application=panel.application,
        by=panel.people.chair,
        outcome="more_evidence",
        rationale="One more conversation about what a request costs, before anybody decides. " * 2,
        exception_reason="The offer of another company ends today.",
    )


def cancelled(panel):
    cancel_interview(interview=panel.theirs, by=panel.people.coordinator, reason="Ill.")


def one_more(panel):
    assign_interviewer(
        application=panel.application,
        round=panel.plan.rounds.get(),
        interviewer=panel.people.outsider,
        starts_at=timezone.now(),
        minutes=60,
        location="",
        shadow=False,
        by=panel.people.coordinator,
    )


DEEDS = [opened, submitted, read_by_the_chair, decided, cancelled, one_more]
ROLES = ["interviewer", "chair", "coordinator"]
CASES = [
    *((deed, role, "after_own") for deed in DEEDS for role in ROLES),
    *((decided, "interviewer", visibility) for visibility in ("never", "at_debrief")),
]


@pytest.fixture
def see(panel, sign_in):
    """All that the interviewer's pages show, without what is random in every answer."""
    client = sign_in(panel.people.interviewer)
    card = panel.mine.scorecard

    def pages(addresses=("/", f"/scorecards/{card.pk}/", f"/scorecards/{card.pk}/submit/")):
        seen = [client.get(address) for address in addresses]
        live = client.get(f"/scorecards/{card.pk}/?q=outage")
        seen += [
            live,
            client.post(f"/scorecards/{card.pk}/?q=outage", filled_in(live, rating="7")),
            client.post(f"/scorecards/{card.pk}/submit/", {"revision": card.revision}),
        ]
        return [
            (
                answer.status_code,
                sorted((key, value) for key, value in answer.items() if key != "X-Request-Id"),
                re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content),
            )
            for answer in seen
        ]

    return pages


@pytest.mark.parametrize(("deed", "role", "visibility"), CASES)
def test_the_pages_are_the_same_to_the_byte(panel, see, deed, role, visibility):
    # R3 beats every grant, so the interviewer is a member of the opening as well.
    if role != "interviewer":
        OpeningMember.objects.create(
            opening=panel.opening, user=panel.people.interviewer, kind=role
        )
    panel.opening.visibility = visibility
    panel.opening.save(update_fields=["visibility"])
    refresh_rollup(panel.application)
    # Far from a full minute or day, so that the clock on the page stands still meanwhile.
    Interview.objects.filter(pk=panel.mine.pk).update(starts_at=timezone.now() - timedelta(days=2))
    before = see()

    deed(panel)

    assert see() == before


def test_the_proof_can_fail(panel, see):
    """One's own submission changes the pages, so the comparison compares something."""
    before = see(("/",))
    build.submitted(panel.mine, [3, 3, 3])

    assert see(("/",)) != before


def test_after_ones_own_the_review_opens(panel, sign_in):
    submitted(panel)
    build.submitted(panel.mine, [3, 3, 3])

    assert Application.objects.assessed_visible_to(panel.people.interviewer).exists()
    html = sign_in(panel.people.interviewer).get(f"/scorecards/{panel.mine.scorecard.pk}/")
    assert "See all" in html.content.decode()
