"""The search finds what one may see, and nothing tells of the rest."""

from functools import partial

import pytest
from django.urls import reverse

from scorecards.models import Interview
from tests import build
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db
URL = reverse("search")


@pytest.fixture
def page(client):
    return partial(visit, client)


def found(response):
    return {
        group.name: [(hit.words, hit.url) for hit in group.hits]
        for group in response.context["groups"]
    }


def test_a_member_finds_the_candidate_and_the_opening(panel, page):
    response = page(panel.people.coordinator, URL + "?q=BRAMBLE")
    detail = reverse("application_detail", args=[panel.application.pk])
    assert found(response) == {"Candidates": [("Odalys Brambleworth", detail)]}
    opening = reverse("opening_detail", args=[panel.opening.pk])
    assert found(page(None, URL + "?q=applied")) == {"Openings": [(panel.opening.title, opening)]}


def test_an_interviewer_finds_their_own_interview(panel, page):
    prepare = reverse("interview_prepare", args=[panel.mine.pk])
    response = page(panel.people.interviewer, URL + "?q=oda")
    assert found(response) == {"Candidates": [("Odalys Brambleworth", prepare)]}
    page(None, prepare)


@pytest.mark.parametrize("person", ["outsider", "recruiter", "editor", "administrator"])
def test_what_is_invisible_looks_like_what_does_not_exist(panel, page, person):
    """R9: the same page but for the words that were typed."""
    who = getattr(panel.people, person)
    known = masked(page(who, URL + "?q=Brambleworth"))
    assert b"Nothing found" in known
    assert known == masked(page(None, URL + "?q=Xxxxxxxxxxxx")).replace(
        b"Xxxxxxxxxxxx", b"Brambleworth"
    )


def test_nobody_finds_their_own_application(panel, page):
    """R6."""
    candidate = panel.application.candidate
    candidate.user = panel.people.chair
    candidate.save(update_fields=["user"])
    assert found(page(panel.people.chair, URL + "?q=Odalys")) == {}


def test_an_address_finds_nobody(panel, page):
    for person in (panel.people.coordinator, panel.people.chair):
        assert found(page(person, URL + "?q=odalys.brambleworth@")) == {}


def test_the_bank_is_for_those_who_read_it(panel, page):
    for person in (panel.people.editor, panel.people.recruiter):
        response = page(person, URL + "?q=outage")
        detail = reverse("question_detail", args=[panel.questions[1].question_id])
        assert found(response) == {"Questions": [("Outage", detail)]}
        assert list(found(page(None, URL + "?q=deep"))) == ["Question sets"]
    assert found(page(panel.people.chair, URL + "?q=outage")) == {}
    assert found(page(panel.people.administrator, URL + "?q=outage")) == {}


def test_people_are_for_administrators(panel, page):
    response = page(panel.people.administrator, URL + "?q=ines")
    person = reverse("person_detail", args=[panel.people.interviewer.pk])
    assert found(response) == {"People": [("Ines Asker", person)]}
    assert found(page(panel.people.coordinator, URL + "?q=ines")) == {}


def test_the_page_is_the_same_whether_others_submitted(panel, page):
    build.interview(panel.application, panel.people.chair)
    before = masked(page(panel.people.chair, URL + "?q=o"))
    build.submitted(panel.mine, [4, 4, 4])
    Interview.objects.filter(pk=panel.theirs.pk).update(state="cancelled")
    assert masked(page(None, URL + "?q=o")) == before


def test_ten_and_then_the_list(panel, page):
    for number in range(11):
        build.application(panel.opening, f"Zed {number:02}")
    response = page(panel.people.coordinator, URL + "?q=zed")
    assert len(found(response)["Candidates"]) == 10
    assert b'href="/candidates/?q=zed"' in response.content


def test_nothing_asked_and_nonsense(panel, page):
    response = page(panel.people.coordinator, URL)
    assert (response.context["groups"], b"Nothing found" in response.content) == ([], False)
    assert found(page(None, URL + "?q=%25_%27%5C")) == {}
    page(None, URL + "?q=a%00b", status=422)
    page(None, URL + "?q=" + "x" * 121, status=422)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(panel, page, rows, django_assert_num_queries):
    for number in range(rows - 1):
        build.application(panel.opening, f"Odalys {number}")
    page(panel.people.coordinator, URL + "?q=odalys")
    with django_assert_num_queries(5):
        page(None, URL + "?q=odalys")
