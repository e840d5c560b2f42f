"""Whoever owes a scorecard learns nothing from the list: not from a row, an order, a filter, a
count, a waiting time or a file, whatever the others did. Byte for byte."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Interview
from scorecards.workflow.rollups import refresh_rollup
from tests import build, candidates
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db
LIST = reverse("application_list")
CSV = reverse("application_export", args=["csv"])
QUERIES = (
    "",
    "sort=score",
    "sort=-spread",
    "sort=coverage",
    "tab=interviewing",
    "tab=ready",
    "tab=decided",
    "tab=closed",
    "recommendation=strong_no_hire&q=odalys",
    "recommendation=pending",
    "flag=apart",
)
FILES = ("", "sort=score", "recommendation=strong_no_hire")


@pytest.fixture
def room(panel):
    """Beside the candidate of the panel there are others who have been met."""
    Interview.objects.update(starts_at=timezone.now() - timedelta(hours=30))
    refresh_rollup(panel.application)
    for name in ("Strong", "Thin", "Torn", "Weak"):
        candidates.met(panel.opening, f"{name} Quill", candidates.CARDS[name])
    return panel


def others_do(panel, what: str) -> None:
    """One is in, all are in, decided, closed."""
    build.submitted(panel.theirs, [1, 1, 1], recommendation="strong_no_hire")
    if what != "one":
        for ratings in ([1, 4, 1], [4, 1, 4]):
            build.submitted(build.interview(panel.application, build.user()), ratings)
    refresh_rollup(panel.application)
    if what == "decided":
        candidates.decided(panel.application, panel.people.chair, "no_hire")
    if what in ("withdrawn", "closed"):
        type(panel.application).objects.filter(pk=panel.application.pk).update(state=what)


def everything(client, person) -> dict[str, bytes]:
    visit(client, person, LIST)
    seen = {query: masked(client.get(f"{LIST}?{query}")) for query in QUERIES}
    for query in FILES:
        response = client.get(f"{CSV}?{query}")
        seen[f"csv {query}"] = b"".join(response.streaming_content)
    return seen


@pytest.mark.parametrize("what", ["one", "all", "decided", "withdrawn"])
def test_nothing_shows_to_an_interviewer_who_owes(room, client, what):
    before = everything(client, room.people.interviewer)
    assert b"Hidden until you submit" in before["sort=score"]
    assert b"Odalys" in before["tab=interviewing"]
    others_do(room, what)

    assert everything(client, room.people.interviewer) == before


@pytest.mark.parametrize(
    "kind, what", [("chair", "decided"), ("committee", "all"), ("coordinator", "decided")]
)
def test_nothing_shows_to_a_member_who_owes(room, client, kind, what):
    """They see the others' rows, with scores; of this one no more than that they owe a card."""
    person = getattr(room.people, kind)
    build.interview(room.application, person, starts_at=timezone.now() - timedelta(hours=20))
    before = everything(client, person)
    assert b"Odalys" in before["tab=interviewing"] and b"Odalys" in before["sort=score"]
    assert b"Odalys" not in before["tab=ready"] + before["tab=decided"]
    others_do(room, what)

    assert everything(client, person) == before


def test_the_order_says_something_to_who_owes_nothing(room, client):
    """The proof can fail: for the committee all of it changes."""
    before = everything(client, room.people.committee)
    others_do(room, "all")
    after = everything(client, room.people.committee)

    assert before["sort=score"] != after["sort=score"]
    assert before["flag=apart"] != after["flag=apart"]
    assert before["csv "] != after["csv "]


def test_a_shadow_is_as_blind(room, client):
    shadow = build.user("Sam Shadow")
    build.interview(room.application, shadow, shadow=True)
    before = everything(client, shadow)
    others_do(room, "all")

    assert everything(client, shadow) == before


def test_the_row_opens_with_the_own_scorecard(room, client):
    others_do(room, "one")
    build.submitted(room.mine, [1, 1, 1])
    refresh_rollup(room.application)
    page = visit(client, room.people.interviewer, f"{LIST}?recommendation=strong_no_hire").content

    assert b"Odalys" in page and b"1.00" in page


def test_who_is_the_candidate_sees_no_row(room, client):
    room.application.candidate.user = room.people.chair
    room.application.candidate.save()
    for page in everything(client, room.people.chair).values():
        assert b"Odalys" not in page


def test_the_own_wait_is_the_own_interview(room, client):
    """It is the viewer's own scorecard that the candidate waits for: since the interview ended."""
    page = visit(client, room.people.interviewer, LIST).content.decode()

    assert "1\u00a0d" in page and "for your scorecard" in page


def test_a_scorecard_that_is_not_due_keeps_nobody_waiting(room, client):
    Interview.objects.update(starts_at=timezone.now() + timedelta(hours=30))
    page = visit(client, room.people.interviewer, LIST).content.decode()

    assert "for your scorecard" not in page and "Hidden until you submit" in page
