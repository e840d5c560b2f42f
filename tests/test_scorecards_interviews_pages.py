"""The pages that assign and cancel interviews."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.models import Interview
from tests import build
from tests.test_scorecards_interviews import hand_in
from tests.visit import visit

pytestmark = pytest.mark.django_db
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def new(panel):
    return reverse("interview_new", args=[panel.application.pk])


@pytest.fixture
def data(panel):
    return {
        "round": panel.plan.rounds.get().pk,
        "interviewer": panel.people.outsider.pk,
        "starts_at": f"{TOMORROW:%Y-%m-%d}T10:00",
        "minutes": "",
        "location": "https://meet.example.com/abc",
    }


def test_new_page_assigns_and_comes_back(panel, page, new, data):
    people = panel.people
    people.coordinator.time_zone = "Asia/Tokyo"
    people.coordinator.save(update_fields=["time_zone"])
    response = page(people.coordinator, new, data, status=302)
    assert response["Location"] == new
    interview = Interview.objects.get(interviewer=people.outsider)
    assert (interview.minutes, interview.shadow) == (60, False)
    assert f"{interview.starts_at:%H:%M}" == "01:00"
    text = page(None, new).content.decode()
    assert "Otto Nobody has “Deep dive”." in text
    assert "Asia/Tokyo" in text
    assert ">10:00</time>" in text
    assert '<a href="https://meet.example.com/abc" rel="nofollow">' in text


def test_new_page_begins_with_a_free_round_after_the_last_interview(panel, page, new):
    second = panel.plan.rounds.create(
        position=2, name="Second", set_version=panel.set_version, minutes=30
    )
    Interview.objects.filter(pk=panel.theirs.pk).update(starts_at=TOMORROW)
    form = page(panel.people.coordinator, new).context["form"]
    assert form["round"].value() == second.pk
    assert form.initial["starts_at"] == TOMORROW + timedelta(minutes=60)


@pytest.mark.parametrize(
    "change, field",
    [
        ({"round": ""}, "round"),
        ({"round": "00000000-0000-0000-0000-000000000000"}, "round"),
        ({"interviewer": "x"}, "interviewer"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:59"}, "starts_at"),
        ({"minutes": "4"}, "minutes"),
        ({"minutes": "481"}, "minutes"),
        ({"location": "x" * 301}, "location"),
        ({"location": "a\0b"}, "location"),
    ],
)
def test_new_page_with_errors(panel, page, new, data, change, field):
    response = page(panel.people.coordinator, new, {**data, **change}, status=422)
    assert list(response.context["form"].errors) == [field]
    assert Interview.objects.count() == 2


def test_who_is_free_is_asked_without_assigning(panel, page, new, data):
    """What was typed stays; nobody is assigned, and nothing is called missing."""
    at = TOMORROW.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=14)
    Interview.objects.filter(pk=panel.theirs.pk).update(starts_at=at)
    asked = {**data, "starts_at": f"{at:%Y-%m-%d}T15:00", "look": "1"}
    del asked["interviewer"]
    response = page(panel.people.coordinator, new, asked)
    text = response.content.decode()
    assert "1 interview that week, busy 10:00–11:00" in text
    assert f"Busy times are those of {at:%A}, {at.day} {at:%B %Y}." in text
    form = response.context["form"]
    assert (form.errors, Interview.objects.count()) == ({}, 2)
    assert f'value="{at:%Y-%m-%d}T15:00"' in text
    assert 'value="https://meet.example.com/abc"' in text

    both = [panel.people.outsider.pk, panel.people.chair.pk]
    form = page(None, new, {**asked, "interviewer": both, "shadow": "on"}).context["form"]
    assert sorted(form["interviewer"].value(), key=str) == sorted(both, key=str)
    assert form["shadow"].value() is True


@pytest.mark.parametrize("change", [{"starts_at": "soon"}, {"minutes": "4"}])
def test_who_is_free_at_no_time(panel, page, new, data, change):
    response = page(panel.people.coordinator, new, {**data, **change, "look": "1"}, status=422)
    assert list(response.context["form"].errors) == list(change)
    assert f'value="{next(iter(change.values()))}"' in response.content.decode()
    assert Interview.objects.count() == 2


def test_new_page_says_why_somebody_is_refused(panel, page, new, data):
    people = panel.people
    trail.record_reads(
        reader=people.chair, objects=[hand_in(panel.mine)], scope=ReadEvent.Scope.WHOLE
    )
    response = page(people.coordinator, new, {**data, "interviewer": people.chair.pk}, status=422)
    assert b"may have read a scorecard" in response.content
    data["interviewer"] = people.colleague.pk
    response = page(None, new, data, status=422)
    assert list(response.context["form"].errors) == ["round"]


def test_new_page_does_not_offer_the_candidate(panel, page, new, data):
    panel.application.candidate.user = panel.people.outsider
    panel.application.candidate.save(update_fields=["user"])
    response = page(panel.people.coordinator, new)
    assert b"Otto Nobody" not in response.content
    page(None, new, data, status=422)


def test_new_page_asks_about_a_clash_without_saying_whose(panel, page, new, data):
    """The coordinator may know better. Whom they meet is not told."""
    other = build.opening(panel.set_version)
    elsewhere = build.application(other, "Secret Person")
    at = TOMORROW.replace(hour=10, minute=30, second=0, microsecond=0)
    build.interview(elsewhere, panel.people.outsider, starts_at=at)
    response = page(panel.people.coordinator, new, data, status=422)
    assert list(response.context["form"].errors) == ["clash_ok"]
    text = response.content.decode()
    assert "Otto Nobody has another interview then, 10:30–11:30." in text
    assert "1 interview that week, busy 10:30–11:30" in text
    assert "Secret" not in text
    assert Interview.objects.count() == 3
    page(None, new, {**data, "clash_ok": "on"}, status=302)
    text = page(None, new).content.decode()
    assert "Another interview then" in text
    assert "Secret" not in text


def test_new_page_asks_when_the_candidate_is_busy(panel, page, new, data):
    second = panel.plan.rounds.create(
        position=2, name="Second", set_version=panel.set_version, minutes=30
    )
    at = TOMORROW.replace(hour=9, minute=45, second=0, microsecond=0)
    build.interview(panel.application, panel.people.chair, round=second, starts_at=at)
    response = page(panel.people.coordinator, new, data, status=422)
    assert "The candidate has “Second” then, 09:45–10:45." in response.content.decode()


def test_new_page_assigns_a_panel_at_one_go_or_nobody(panel, page, new, data):
    people = panel.people
    both = {**data, "interviewer": [people.outsider.pk, people.chair.pk]}
    page(people.coordinator, new, both, status=302)
    made = Interview.objects.filter(interviewer__in=[people.outsider, people.chair])
    assert len({one.starts_at for one in made}) == 1
    assert made.count() == 2
    assert "Chiara Decider, Otto Nobody have “Deep dive”." in page(None, new).content.decode()
    both["interviewer"] = [people.recruiter.pk, people.chair.pk]
    both["starts_at"] = f"{TOMORROW:%Y-%m-%d}T15:00"
    response = page(None, new, both, status=422)
    assert list(response.context["form"].errors) == ["round"]
    assert not Interview.objects.filter(interviewer=people.recruiter).exists()


def test_no_clash_end_to_end(panel, page, new, data):
    at = TOMORROW.replace(hour=11, minute=0, second=0, microsecond=0)
    other = build.application(build.opening(panel.set_version))
    build.interview(other, panel.people.outsider, starts_at=at)
    page(panel.people.coordinator, new, data, status=302)
    text = page(None, new).content.lower()
    assert b"another interview then" not in text


def test_new_page_strangers(panel, page, new, client):
    people = panel.people
    assert page(None, new, status=302)["Location"].startswith("/sign-in/")
    page(people.outsider, new, status=404)
    for person in (people.interviewer, people.committee, people.chair):
        page(person, new, status=403)
    assert client.delete(new).status_code == 405


def test_no_assigning_in_a_closed_opening(panel, page, new, data):
    panel.opening.state = "closed"
    panel.opening.save(update_fields=["state"])
    page(panel.people.coordinator, new, data, status=403)


def test_new_page_says_what_the_planned_interviews_leave_open(panel, page, new):
    """Whether a scorecard is in or not; a shadow asks nothing."""
    unasked = build.area("debugging")
    panel.plan.areas.create(area=unasked)
    panel.plan.areas.filter(area=panel.areas[1]).update(min_raters=3)
    said = page(panel.people.coordinator, new).context["open"]
    assert said == [
        "2 interviewers ask about cost, and 3 are needed.",
        "Nobody will ask about debugging.",
    ]
    build.submitted(panel.mine, [3, 3, 3])
    assert page(None, new).context["open"] == said
    Interview.objects.filter(pk=panel.theirs.pk).update(shadow=True)
    assert page(None, new).context["open"] == [
        "Production is asked about by one interviewer only.",
        "1 interviewer asks about cost, and 3 are needed.",
        "Nobody will ask about debugging.",
    ]


@pytest.mark.parametrize("interviews", [1, 3])
def test_new_page_queries(panel, page, new, interviews, django_assert_num_queries):
    panel.theirs.scorecard.delete()
    panel.theirs.delete()
    for _ in range(interviews - 1):
        build.interview(panel.application, build.user())
    page(panel.people.coordinator, new)
    with django_assert_num_queries(22):
        page(None, new)


@pytest.fixture
def cancel(panel):
    return reverse("interview_cancel", args=[panel.mine.pk])


def test_cancel_page(panel, page, cancel):
    response = page(panel.people.coordinator, cancel, {"reason": "Ill."}, status=302)
    assert response["Location"] == f"/applications/{panel.application.pk}/"
    panel.mine.refresh_from_db()
    assert panel.mine.state == "cancelled"
    text = page(None, response["Location"]).content.decode()
    assert "Cancelled" in text
    assert f'action="{cancel}"' not in text


@pytest.mark.parametrize("reason", ["", " ", "a\0b", "x" * 1001])
def test_cancel_page_with_errors(panel, page, cancel, reason):
    response = page(panel.people.coordinator, cancel, {"reason": reason}, status=422)
    assert list(response.context["failed"].errors) == ["reason"]
    assert b'<details class="w-100" open>' in response.content
    panel.mine.refresh_from_db()
    assert panel.mine.state == "planned"


def test_cancel_page_too_late(panel, page, cancel):
    hand_in(panel.mine)
    page(panel.people.coordinator, cancel, {"reason": "Ill."}, status=302)
    response = page(None, reverse("application_detail", args=[panel.application.pk]))
    assert b"has submitted the scorecard, so the interview counts" in response.content


def test_cancel_page_strangers(panel, page, cancel):
    people, reason = panel.people, {"reason": "Ill."}
    page(people.outsider, cancel, reason, status=404)
    page(people.interviewer, cancel, reason, status=403)
    page(people.chair, cancel, reason, status=403)
    page(people.coordinator, cancel, status=405)
