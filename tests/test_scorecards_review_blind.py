"""R3 at every address: until their own scorecard is in, what an interviewer reaches about an
application is the same to the byte, whatever the others did."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.access.policy import RULES
from scorecards.models import Interview, OpeningMember
from scorecards.urls import urlpatterns
from scorecards.workflow.amending import amend_scorecard
from scorecards.workflow.debriefs import add_note, cast_vote, close_debrief, open_debrief
from scorecards.workflow.rollups import refresh_rollup
from scorecards.workflow.submitting import submit_scorecard
from tests import build
from tests.pages import masked
from tests.review_cases import submission_of
from tests.walk import Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "areas"}
# A rehearsal makes a candidate of its own each time.
READABLE = [
    one
    for one in urlpatterns
    if "GET" in RULES[one.name].methods and one.name != "interview_rehearse"
]


def submitted(panel):
    build.answered(panel.theirs, [4, 1, 4], evidence="What only they heard.")
    submit_scorecard(
        scorecard=panel.theirs.scorecard,
        by=panel.people.colleague,
        recommendation="strong_hire",
        summary="What only they think.",
        unworded_ok=True,
    )


def amended(panel):
    amend_scorecard(
        scorecard=panel.theirs.scorecard,
        by=panel.people.colleague,
        values={f"rating:{panel.questions[1].pk}": 4},
        reason="What only they know.",
        after=1,
    )


def debriefed(panel):
    panel.debrief = open_debrief(
        application=panel.application,
        by=panel.people.chair,
        exception_reason="The offer of another company ends today.",
    )
    add_note(debrief=panel.debrief, by=panel.people.chair, text="Split on production.")
    for member in (panel.people.chair, panel.people.committee):
        cast_vote(debrief=panel.debrief, by=member, recommendation="hire", rationale="It carries.")


def closed(panel):
    close_debrief(debrief=panel.debrief, by=panel.people.chair)


DEEDS = [(submitted,), (amended, debriefed), (closed,)]


def addresses(panel) -> list[str]:
    """Every address of a page that one can know or guess; an object that is not there yet has an
    id that nothing has."""
    card = panel.theirs.scorecard
    objects = {
        "applications": [panel.application],
        "openings": [panel.opening],
        "interviews": [panel.mine, panel.theirs],
        "scorecards": [panel.mine.scorecard, card],
        "submissions": [card.submissions.first(), card.submissions.last()],
        "debriefs": [panel.application.debriefs.first()],
    }
    found = []
    for pattern in READABLE:
        route = str(pattern.pattern)
        if "uuid" not in route:
            found.append(reverse(pattern.name, args=["csv"] if "<str:kind>" in route else []))
            continue
        for obj in objects.get(route.split("/", maxsplit=1)[0], [None]):
            found.append(reverse(pattern.name, args=[obj.pk if obj else uuid4()]))
    cell = f"?area=cost&by={panel.people.colleague.pk}"
    return [*found, reverse("application_review", args=[panel.application.pk]) + cell]


@pytest.fixture
def see(panel):
    person = Person(panel.people.interviewer)

    def look():
        """By order of the addresses, since an id that is not there yet differs from the later."""
        pages = []
        for address in addresses(panel):
            name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", address)
            for headers in ({}, HTMX) if "review" in address else ({},):
                answer = person.client.get(address, headers=headers)
                pages.append((name, answer.status_code, masked(answer)))
        return pages

    return look


@pytest.mark.parametrize("role", ["interviewer", "chair", "coordinator"])
def test_every_address_is_the_same_to_the_byte(panel, see, role):
    # R3 beats every grant, so the interviewer is a member of the opening as well.
    if role != "interviewer":
        OpeningMember.objects.create(
            opening=panel.opening, user=panel.people.interviewer, kind=role
        )
    refresh_rollup(panel.application)
    # Far from a full minute or day, so that the clock on the page stands still meanwhile.
    Interview.objects.update(starts_at=timezone.now() - timedelta(days=2))
    before = see()
    assert {status for _, status, _ in before} >= {200, 403, 404}

    for deeds in DEEDS:
        for deed in deeds:
            deed(panel)
        after = see()
        differ = [one for one, other in zip(before, after, strict=True) if one != other]
        assert (deed.__name__, [name for name, *_ in differ]) == (deed.__name__, [])


def test_once_their_own_is_in_the_same_addresses_tell(panel, see):
    """Without this the test above could not fail."""
    for deed in (submitted, amended):
        deed(panel)
    before = see()
    submission_of(build.submitted(panel.mine, [3, 3, 3]))
    differ = [one for one, other in zip(see(), before, strict=True) if one != other]

    assert {name for name, *_ in differ} >= {
        "/applications/…/review/",
        "/applications/…/review/?area=cost&by=…",
        "/candidates/",
        "/submissions/…/",
    }
    assert any(b"With amendments" in page for _, _, page in differ)
