"""What others notice of a question that is left out: readers all of it, who is blind nothing."""

import re
from functools import partial
from html import unescape

import pytest
from django.urls import reverse

from scorecards.models import Submission
from scorecards.workflow.exclusions import set_excluded
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db

WHY = "Half of the candidates misread it."


@pytest.fixture
def rated(panel):
    build.submitted(panel.theirs, [2, 4, 3], evidence="They rolled it back at once.")
    panel.other = build.application(panel.opening, "Bram Oldtree")
    for person in (build.user(), build.user()):
        build.submitted(build.interview(panel.other, person), [2, 4, 3])
    for application in (panel.application, panel.other):
        refresh_rollup(application)
    panel.outage = panel.questions[1].question
    panel.list = reverse("exclusion_list", args=[panel.opening.pk])
    panel.new = reverse("exclusion_new", args=[panel.opening.pk])
    panel.chosen = f"{panel.new}?question={panel.outage.pk}"
    return panel


@pytest.fixture
def page(client):
    return partial(visit, client)


def exclude(panel, **more):
    return set_excluded(
        **{
            "opening": panel.opening,
            "question": panel.outage,
            "by": panel.people.chair,
            "excluded": True,
            "reason": WHY,
            "after": 0,
            **more,
        }
    )


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_review_says_what_is_left_out(rated, page):
    url = reverse("application_review", args=[rated.application.pk])
    exclude(rated)
    response = page(rated.people.committee, f"{url}?area=production")
    text = words(response)
    assert "1 question left out" in text
    assert f"Outage (Production): {WHY} 1 rating of it does not count." in text
    assert "left out, does not count" in text
    assert "2 of 2 ratings made" in text
    assert [row.ratings for row in response.context["review"].areas] == [[2], [3]]
    assert "They rolled it back at once." in text


def test_review_of_an_area_that_is_wholly_left_out(rated, page):
    exclude(rated, question=rated.questions[2].question)
    response = page(rated.people.committee, reverse("application_review", args=[rated.other.pk]))
    cells = [cell.state for row in response.context["review"].areas for cell in row.cells]
    assert cells == ["rated", "rated", "out", "out"]
    assert "left out. Show evidence" in response.content.decode()


def test_review_says_nothing_after_taking_back_in(rated, page):
    url = reverse("application_review", args=[rated.application.pk])
    before = masked(page(rated.people.committee, url))
    exclude(rated)
    assert masked(page(None, url)) != before
    exclude(rated, excluded=False, after=1)
    assert masked(page(None, url)) == before


def test_a_blind_interviewer_notices_nothing(rated, page):
    """Byte for byte, of everything that they reach."""
    card = rated.mine.scorecard
    urls = [
        reverse("today"),
        reverse("application_list"),
        reverse("opening_list"),
        reverse("scorecard_live", args=[card.pk]),
        reverse("scorecard_submit", args=[card.pk]),
    ]
    before = [masked(page(rated.people.interviewer, url)) for url in urls]
    exclude(rated)
    assert [masked(page(None, url)) for url in urls] == before


def test_a_submission_reads_as_it_was_handed_in(rated, page):
    submission = Submission.objects.create(
        scorecard=rated.theirs.scorecard,
        number=1,
        content="{}",
        salt="s",
        digest="d",
        submitted_at=rated.theirs.scorecard.submitted_at,
    )
    url = reverse("submission_detail", args=[submission.pk])
    before = masked(page(rated.people.colleague, url))
    exclude(rated)
    assert masked(page(None, url)) == before


def test_a_chair_who_owes_a_scorecard_learns_nothing(rated, page):
    """Of the candidate whose card they owe: the pages say the same, whatever is handed in."""
    chair = rated.people.chair
    build.interview(rated.application, chair)
    before = masked(page(chair, rated.chosen))
    assert b"Odalys" not in before
    build.submitted(rated.mine, [1, 1, 1])
    refresh_rollup(rated.application)
    assert masked(page(None, rated.chosen)) == before


def test_a_chair_who_is_the_candidate_sees_nothing_of_it(rated, page):
    rated.other.candidate.user = rated.people.chair
    rated.other.candidate.save()
    assert b"Oldtree" not in page(rated.people.chair, rated.chosen).content
