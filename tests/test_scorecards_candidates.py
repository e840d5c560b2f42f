"""Candidates: added to an opening, shown to those who plan their interviews."""

from functools import partial

import pytest
from django.urls import reverse

from interviewbank.audit.models import Event
from scorecards.models import Application, Candidate, Decision
from scorecards.workflow.interviews import AlreadyCandidate, OwnApplication, add_candidate
from scorecards.workflow.openings import add_member
from tests import build
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(panel):
    def added(**extra):
        values = {
            "opening": panel.opening,
            "by": panel.people.coordinator,
            "name": "Bao Winterberry",
            "email": "bao@example.org",
        }
        return add_candidate(**{**values, **extra})

    return added


def test_add_candidate(panel, add):
    application = add(name=" Bao Winterberry ", accommodations=" Captions. ")
    candidate = application.candidate
    assert (candidate.name, candidate.email) == ("Bao Winterberry", "bao@example.org")
    assert (candidate.accommodations, candidate.user) == ("Captions.", None)
    assert (application.opening, application.state) == (panel.opening, "active")
    assert application.rollup.outcome == "insufficient_evidence"
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.fields) == (
        "application.created",
        application.pk,
        [],
    )


def test_the_same_address_twice_in_one_opening(panel, add):
    add()
    with pytest.raises(AlreadyCandidate):
        add(name="Somebody Else", email="BAO@example.org ")
    assert panel.opening.applications.count() == 2


def test_the_same_colleague_twice_in_one_opening(panel, add):
    add(user=panel.people.outsider)
    with pytest.raises(AlreadyCandidate):
        add(user=panel.people.outsider, email="other@example.org")


def test_an_address_of_another_opening_shows_nothing(panel, add):
    """A row of its own: the coordinator is no member there."""
    other = build.opening(areas=panel.areas)
    known = build.application(other, "Bao Winterberry")
    application = add(email=known.candidate.email)
    assert application.candidate != known.candidate
    assert Candidate.objects.filter(email=known.candidate.email).count() == 2


def test_a_candidate_of_an_opening_that_one_belongs_to_is_the_same_person(panel, add):
    other = build.opening(areas=panel.areas, members=[(panel.people.coordinator, "committee")])
    known = build.application(other, "Bao Winterberry", accommodations="Captions.")
    assert add(email=known.candidate.email).candidate == known.candidate


@pytest.mark.parametrize(
    "typed", [{"name": "Bao W."}, {"accommodations": "None."}, {"email": "b@example.org"}]
)
def test_what_was_typed_is_never_overwritten(panel, add, typed):
    other = build.opening(areas=panel.areas, members=[(panel.people.coordinator, "coordinator")])
    known = build.application(other, "Bao Winterberry", accommodations="Captions.")
    application = add(**{"email": known.candidate.email, **typed})
    assert application.candidate != known.candidate
    assert all(getattr(application.candidate, name) == value for name, value in typed.items())


def test_nobody_adds_themselves(panel, add):
    coordinator = panel.people.coordinator
    for extra in ({"user": coordinator}, {"email": coordinator.email.upper()}):
        with pytest.raises(OwnApplication):
            add(**extra)


def test_a_coordinator_does_not_learn_that_they_are_a_candidate(panel, add):
    """R6: the error would tell. An address that only they connect with themselves goes through."""
    mine = panel.application.candidate
    mine.user = panel.people.coordinator
    mine.save(update_fields=["user"])
    assert add(email=mine.email).candidate != mine


# Pages


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def new(panel):
    return reverse("candidate_new", args=[panel.opening.pk])


@pytest.fixture
def detail(panel):
    return reverse("application_detail", args=[panel.application.pk])


DATA = {"name": "Bao Winterberry", "email": "bao@example.org"}


def test_new_candidate(panel, page, new):
    page(panel.people.coordinator, new)
    response = page(None, new, DATA, status=302)
    application = Application.objects.get(candidate__name="Bao Winterberry")
    assert response["Location"] == f"/applications/{application.pk}/"


@pytest.mark.parametrize(
    "data, field",
    [
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "cora.scheduler@example.com"}, "email"),
        ({"email": "odalys.brambleworth@example.org"}, "email"),
        ({"accommodations": "x" * 2001}, "accommodations"),
        ({"user": "nobody"}, "user"),
    ],
)
def test_new_candidate_with_errors(panel, page, new, data, field):
    response = page(panel.people.coordinator, new, {**DATA, **data}, status=422)
    assert list(response.context["form"].errors) == [field]
    assert Candidate.objects.count() == 1


def test_new_candidate_strangers(panel, page, new, client):
    assert page(None, new, status=302)["Location"].startswith("/sign-in/")
    page(panel.people.outsider, new, status=404)
    page(panel.people.administrator, new, status=403)
    page(panel.people.chair, new, DATA, status=403)
    assert client.delete(new).status_code == 405


def test_no_candidate_for_an_opening_that_is_not_open(panel, page, new):
    panel.opening.state = "on_hold"
    panel.opening.save(update_fields=["state"])
    page(panel.people.coordinator, new, status=403)


def test_detail_strangers(panel, page, detail, client):
    assert page(None, detail, status=302)["Location"].startswith("/sign-in/")
    page(panel.people.outsider, detail, status=404)
    page(panel.people.administrator, detail, status=404)
    page(panel.people.interviewer, detail, status=403)
    assert client.post(detail).status_code == 405


def test_detail_tells_coordinators_what_they_have_to_provide(panel, page, detail):
    candidate = panel.application.candidate
    candidate.accommodations = "Captions in calls."
    candidate.save(update_fields=["accommodations"])
    text = page(panel.people.coordinator, detail).content.decode()
    assert "Captions in calls." in text
    assert candidate.email in text
    for person in (panel.people.committee, panel.people.chair):
        text = page(person, detail).content.decode()
        assert "Odalys Brambleworth" in text
        assert "Captions in calls." not in text
        assert candidate.email not in text


def test_detail_hides_the_application_from_its_candidate(panel, page, detail):
    """R6 beats membership."""
    panel.application.candidate.user = panel.people.coordinator
    panel.application.candidate.save(update_fields=["user"])
    page(panel.people.coordinator, detail, status=404)


def test_detail_links_the_review_where_it_may_be_read(panel, page, detail):
    review = reverse("application_review", args=[panel.application.pk]).encode()
    assert review in page(panel.people.chair, detail).content
    assert review not in page(panel.people.coordinator, detail).content
    build.interview(panel.application, panel.people.chair)
    assert review not in page(panel.people.chair, detail).content


def test_detail_names_a_decision_to_who_owes_nothing(panel, page, detail):
    Application.objects.update(state="decided")
    assert b"<span>Decided</span>" in page(panel.people.coordinator, detail).content
    build.interview(panel.application, panel.people.coordinator)
    assert b"Decided" not in page(None, detail).content
    Application.objects.update(state="withdrawn")
    assert b"<span>Withdrawn</span>" in page(None, detail).content


@pytest.mark.parametrize("interviews", [1, 3])
def test_detail_queries(panel, page, detail, interviews, django_assert_num_queries):
    panel.theirs.scorecard.delete()
    panel.theirs.delete()
    for _ in range(interviews - 1):
        build.interview(panel.application, build.user())
    page(panel.people.coordinator, detail)
    with django_assert_num_queries(16):
        page(None, detail)


def test_a_decided_application_still_takes_interviews(panel, page):
    """The decision may have asked for more evidence."""
    Application.objects.update(state="decided")
    url = reverse("interview_new", args=[panel.application.pk])
    page(panel.people.coordinator, url)
    Application.objects.update(state="withdrawn")
    page(None, url, status=403)
    assert not Decision.objects.exists()


def test_members_who_are_added_later_see_the_candidate(panel, page, detail):
    people = panel.people
    page(people.outsider, detail, status=404)
    add_member(
        opening=panel.opening, user=people.outsider, kind="coordinator", by=people.coordinator
    )
    page(None, detail)
