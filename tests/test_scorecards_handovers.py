"""An area that was not reached: handed over by its interviewer, to whoever comes later the
coordinator's request."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards.models import Application, Handover, Interview
from tests import build
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db
REQUEST = b"The coordinator asks you to cover cost too."


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def later(panel):
    """`colleague` meets the candidate tomorrow; `interviewer` rated production and not cost."""
    tomorrow = timezone.now() + timedelta(days=1)
    Interview.objects.filter(pk=panel.theirs.pk).update(starts_at=tomorrow)
    build.submitted(panel.mine, [3, None, None])
    return panel.theirs


@pytest.fixture
def new(panel):
    return reverse("handover_new", args=[panel.mine.pk])


def prepare(interview):
    return reverse("interview_prepare", args=[interview.pk])


def withdraw():
    return reverse("handover_withdraw", args=[Handover.objects.get().pk])


def test_hand_over_and_take_back(panel, page, later, new):
    people = panel.people
    text = page(people.interviewer, prepare(panel.mine)).content.decode()
    assert 'name="area" value="cost"' in text
    assert 'name="area" value="production"' not in text
    page(None, new, {"area": "cost"}, status=302)
    assert b"Handed over." in page(None, prepare(panel.mine)).content
    for url in (prepare(later), reverse("today")):
        content = page(people.colleague, url).content
        assert REQUEST in content
        assert b"Ines" not in content
    page(people.interviewer, withdraw(), {}, status=302)
    assert REQUEST not in page(people.colleague, prepare(later)).content
    assert [event.verb for event in Event.objects.order_by("number")] == [
        "handover.made",
        "handover.taken_back",
    ]


def test_the_later_interviewer_learns_nothing_else(panel, page, later, new):
    """The same page, whoever handed it over, and however many did."""
    people = panel.people
    Handover.objects.create(interview=panel.mine, area=panel.areas[1])
    one = masked(page(people.colleague, prepare(later)))
    Handover.objects.all().delete()
    for person in (people.outsider, people.chair):
        other = build.interview(panel.application, person)
        build.submitted(other, [1, None, None])
        Handover.objects.create(interview=other, area=panel.areas[1])
    assert masked(page(None, prepare(later))) == one


def test_the_coordinator_sees_by_whom(panel, page, later):
    people = panel.people
    Handover.objects.create(interview=panel.mine, area=panel.areas[1])
    detail = reverse("application_detail", args=[panel.application.pk])
    assert b"By Ines Asker." in page(people.coordinator, detail).content
    assert b"Not reached, handed over" not in page(people.chair, detail).content


def test_a_coordinator_who_owes_a_scorecard_sees_no_handover(panel, page, later):
    """It would say that one is in."""
    person = panel.people.coordinator
    build.interview(panel.application, person, starts_at=timezone.now() + timedelta(days=1))
    detail = reverse("application_detail", args=[panel.application.pk])
    before = masked(page(person, detail))
    Handover.objects.create(interview=panel.mine, area=panel.areas[1])
    assert masked(page(None, detail)) == before


def test_taken_back_until_the_later_interview_begins(panel, page, later):
    Handover.objects.create(interview=panel.mine, area=panel.areas[1])
    Interview.objects.filter(pk=later.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    page(panel.people.interviewer, withdraw(), {}, status=302)
    assert b"be taken back any more" in page(None, prepare(panel.mine)).content
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("area, words", [("production", b"was not left out"), ("cost", b"already")])
def test_refused(panel, page, later, new, area, words):
    Handover.objects.create(interview=panel.mine, area=panel.areas[1])
    page(panel.people.interviewer, new, {"area": area}, status=302)
    assert words in page(None, prepare(panel.mine)).content
    assert Handover.objects.count() == 1


def test_an_unknown_area(panel, page, later, new):
    response = page(panel.people.interviewer, new, {"area": "nothing"}, status=422)
    assert list(response.context["failed"].errors) == ["area"]


def test_nothing_of_an_ended_application(panel, page, later, new):
    Application.objects.filter(pk=panel.application.pk).update(state="withdrawn")
    page(panel.people.interviewer, new, {"area": "cost"}, status=302)
    assert b"nobody comes later" in page(None, prepare(panel.mine)).content
    assert not Handover.objects.exists()


def test_nothing_of_a_shadow(panel, page, new):
    Interview.objects.filter(pk=panel.mine.pk).update(shadow=True)
    build.submitted(panel.mine, [3, None, None])
    assert b"Not reached" not in page(panel.people.interviewer, prepare(panel.mine)).content


def test_before_it_is_submitted_and_by_others(panel, page, new):
    people = panel.people
    build.answered(panel.mine, [3, None, None])
    page(people.interviewer, new, {"area": "cost"}, status=403)
    page(people.colleague, new, {"area": "cost"}, status=404)
    Handover.objects.create(interview=panel.mine, area=panel.areas[1])
    page(people.coordinator, withdraw(), {}, status=404)
    page(people.coordinator, new, {"area": "cost"}, status=403)
