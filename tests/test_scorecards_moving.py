"""An interview at another time or place; and the times that clocks skip or repeat."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards.forms.times import PlannedTimeField, twice
from scorecards.models import Interview
from scorecards.workflow.interviews import AlreadySubmitted, NotPlanned, OtherPlan, cancel_interview
from scorecards.workflow.moving import move_interview
from tests import build
from tests.forms import filled_in
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db
LATER = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=3)


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def move(panel):
    def moved(interview=None, **extra):
        values = {"starts_at": LATER, "minutes": 45, "location": " Room Elm "}
        return move_interview(
            interview=interview or panel.mine,
            by=panel.people.coordinator,
            **{**values, **extra},
        )

    return moved


@pytest.mark.parametrize("begun", [False, True])
def test_another_time_is_a_new_interview(panel, page, move, begun):
    """With a draft as without: that there is one is its author's to know."""
    if begun:
        build.answered(panel.mine, [2, 2, 2], evidence="Paged at two.")
    made = move()
    panel.mine.refresh_from_db()
    assert panel.mine.state == "cancelled"
    assert (made.state, made.starts_at, made.minutes) == ("planned", LATER, 45)
    assert (made.location, made.interviewer, made.round) == (
        "Room Elm",
        panel.people.interviewer,
        panel.mine.round,
    )
    assert made.scorecard.opened_at is None
    if begun:
        url = reverse("interview_prepare", args=[panel.mine.pk])
        assert b"Paged at two." in page(panel.people.interviewer, url).content
    assert [event.verb for event in Event.objects.all()] == ["interview.replanned"]


def test_another_place_keeps_the_interview(panel, move):
    same = move(starts_at=panel.mine.starts_at, minutes=60)
    assert (same.pk, same.location, same.state) == (panel.mine.pk, "Room Elm", "planned")
    move(starts_at=panel.mine.starts_at, minutes=60)
    assert [event.verb for event in Event.objects.all()] == ["interview.place_changed"]


def test_refused(panel, move):
    build.submitted(panel.theirs, [3, 3, 3])
    with pytest.raises(AlreadySubmitted):
        move(panel.theirs)
    panel.opening.plans.update(frozen_at=timezone.now())
    panel.opening.plans.create(number=2, reason="Changed.")
    with pytest.raises(OtherPlan):
        move()
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Ill.")
    with pytest.raises(NotPlanned):
        move()


def test_page(panel, page):
    people, url = panel.people, reverse("interview_move", args=[panel.mine.pk])
    detail = reverse("application_detail", args=[panel.application.pk])
    assert url in page(people.coordinator, detail).content.decode()
    assert b"Times in UTC" in page(None, url).content
    data = {"starts_at": f"{LATER:%Y-%m-%dT%H:%M}", "minutes": "45", "location": "Room Elm"}
    response = page(None, url, {**data, "minutes": "4"}, status=422)
    assert list(response.context["form"].errors) == ["minutes"]
    busy = build.application(build.opening(panel.set_version))
    build.interview(busy, people.interviewer, starts_at=LATER)
    response = page(None, url, data, status=422)
    assert list(response.context["form"].errors) == ["clash_ok"]
    page(None, url, {**data, "clash_ok": "on"}, status=302)
    assert Interview.objects.filter(application=panel.application, starts_at=LATER).exists()


def test_another_place_by_the_page_asks_about_no_clash(panel, page):
    """The page shows no seconds, and they are no other time."""
    busy = build.application(build.opening(panel.set_version))
    build.interview(busy, panel.people.interviewer, starts_at=panel.mine.starts_at)
    url = reverse("interview_move", args=[panel.mine.pk])
    shown = page(panel.people.coordinator, url)
    page(None, url, {**filled_in(shown, url), "location": "Room Elm"}, status=302)
    panel.mine.refresh_from_db()
    assert (panel.mine.location, panel.mine.state) == ("Room Elm", "planned")


def test_a_coordinator_who_owes_a_scorecard_moves_their_own_only(panel, page):
    """That it can't be moved would say that it is in."""
    coordinator = panel.people.coordinator
    own = build.interview(panel.application, coordinator)
    page(coordinator, reverse("interview_move", args=[own.pk]))
    url = reverse("interview_move", args=[panel.mine.pk])
    before = masked(page(None, url, status=403))
    build.submitted(panel.mine, [3, 3, 3])
    assert masked(page(None, url, status=403)) == before


def test_strangers(panel, page):
    people, url = panel.people, reverse("interview_move", args=[panel.mine.pk])
    page(people.outsider, url, status=404)
    for person in (people.interviewer, people.chair):
        page(person, url, status=403)
    panel.opening.state = "closed"
    panel.opening.save(update_fields=["state"])
    page(people.coordinator, url, status=403)


# Times


def typed(text, zone="Europe/Berlin"):
    with timezone.override(ZoneInfo(zone)):
        at = PlannedTimeField().clean(text)
        return at.astimezone(UTC), twice(at)


def test_a_time_is_read_in_the_zone_of_whoever_types():
    assert typed("2026-07-01T10:00") == (datetime(2026, 7, 1, 8, tzinfo=UTC), "")
    assert typed("2026-07-01T10:00", "Asia/Tokyo")[0] == datetime(2026, 7, 1, 1, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(forms.ValidationError) as refused:
        typed("2027-03-28T02:30")
    assert refused.value.messages == [
        "02:30 does not exist on that day in Europe/Berlin: the clocks go forward over it, to "
        "03:30. Choose another time."
    ]


def test_of_a_time_that_comes_twice_the_first_is_meant():
    at, said = typed("2026-10-25T02:30")
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert said.startswith("02:30 comes twice on that day in Europe/Berlin")


@pytest.mark.parametrize("text", ["soon", "2026-02-30T10:00", "2026-13-01T10:00", "10:00"])
def test_what_is_no_time(text):
    with pytest.raises(forms.ValidationError, match="Enter a valid"):
        typed(text)
