"""Today: the next interview, what is owed, what waits for a decision."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from scorecards.models import Interview
from scorecards.summaries.today import overdue, today, when
from scorecards.workflow.debriefs import cast_vote
from scorecards.workflow.ended_interviews import mark_not_held
from scorecards.workflow.interviews import cancel_interview
from scorecards.workflow.rollups import refresh_rollup
from tests import build

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture
def person(panel):
    return panel.people.outsider


def plan(panel, person, starts_at, name: str) -> Interview:
    return build.interview(build.application(panel.opening, name), person, starts_at=starts_at)


def names(tasks) -> list[str]:
    return [task.interview.application.candidate.name for task in tasks]


def test_next_later_and_owed(panel, person):
    plan(panel, person, NOON + timedelta(hours=4), "Later")
    plan(panel, person, NOON + timedelta(minutes=12), "Next")
    plan(panel, person, NOON + timedelta(days=1), "Tomorrow")
    plan(panel, person, NOON - timedelta(hours=2), "Owed since today")
    plan(panel, person, NOON - timedelta(days=3), "Owed for long")

    shown = today(person, NOON)

    assert names([shown.next]) == ["Next"]
    assert shown.next_in_words == "in 12 minutes"
    assert names(shown.later) == ["Later"]
    assert names(shown.to_submit) == ["Owed for long", "Owed since today"]
    assert (shown.interviews, shown.nothing) == (2, False)
    assert shown.in_brief == "2 interviews to come today, 2 scorecards to submit"


def test_an_interview_that_is_going_on_is_the_next_one(panel, person):
    plan(panel, person, NOON - timedelta(minutes=59), "Going on")

    shown = today(person, NOON)

    assert names([shown.next]) == ["Going on"]
    assert shown.next_in_words == "began 59 minutes ago"
    assert shown.to_submit == []


def test_today_is_a_day_of_the_viewers_zone(panel, person):
    plan(panel, person, NOON, "Next")
    plan(panel, person, NOON + timedelta(hours=13), "One in the night, in UTC")

    assert names(today(person, NOON).later) == []
    with timezone.override("America/Los_Angeles"):
        assert names(today(person, NOON).later) == ["One in the night, in UTC"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-90, "began 90 minutes ago"),
        (-1, "began 1 minute ago"),
        (0, "now"),
        (0.5, "in 1 minute"),
        (59, "in 59 minutes"),
        (60, "in 1 hour"),
        (200, "in 3 hours"),
        (24 * 60, "tomorrow"),
        (48 * 60, "Saturday 21 November"),
    ],
)
def test_when(minutes, words):
    assert when(NOON + timedelta(minutes=minutes), NOON) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "ended 0 minutes ago"),
        (59, "ended 59 minutes ago"),
        (60, "ended 1 hour ago"),
        (24 * 60 - 1, "ended 23 hours ago"),
        (24 * 60, "1 day overdue"),
        (72 * 60, "3 days overdue"),
    ],
)
def test_overdue(minutes, words):
    assert overdue(NOON, NOON + timedelta(minutes=minutes)) == words


def test_what_is_submitted_or_cancelled_is_no_debt(panel, person):
    build.submitted(plan(panel, person, NOON - timedelta(hours=3), "In"), [3, 3, 3])
    gone = plan(panel, person, NOON - timedelta(hours=2), "Gone")
    cancel_interview(interview=gone, by=panel.people.coordinator, reason="Withdrew.")

    shown = today(person, NOON)

    assert (shown.next, shown.to_submit, shown.nothing) == (None, [], True)


def test_ones_own_application_never_shows(panel, person):
    owed = plan(panel, person, NOON - timedelta(hours=2), "Myself")
    owed.application.candidate.user = person
    owed.application.candidate.save(update_fields=["user"])

    assert today(person, NOON).nothing
    assert today(person, NOON).in_brief == ""


def test_the_page(panel, sign_in):
    me = panel.people.interviewer
    me.time_zone = "Asia/Kolkata"
    me.save(update_fields=["time_zone"])
    build.answered(panel.mine, [3, 4, None])
    later = plan(panel, me, timezone.now() + timedelta(minutes=30), "Juniper Halloway")
    later.location = "Room Heron"
    later.save(update_fields=["location"])

    html = sign_in(me).get("/").content.decode()

    assert html.count("Asia/Kolkata") == 1
    assert "Next interview" in html
    assert "Room Heron" in html
    assert "Production 16 min" in html
    assert f'href="/scorecards/{later.scorecard.pk}/"' in html
    assert "All rated, needs your recommendation" in html
    assert f'href="/scorecards/{panel.mine.scorecard.pk}/submit/"' in html
    assert "To review" not in html
    with timezone.override("Asia/Kolkata"):
        assert f"{timezone.localtime(later.starts_at):%H:%M}</time></div>" in html


def test_an_area_that_is_come_back_to_is_named_once(panel, sign_in):
    first, second, third = panel.questions
    asked = build.question_set(first, third, second, name="Back and forth")
    panel.plan.rounds.update(set_version=asked)
    going_on = timezone.now() - timedelta(minutes=5)
    Interview.objects.filter(pk=panel.mine.pk).update(starts_at=going_on)

    html = sign_in(panel.people.interviewer).get("/").content.decode()

    assert html.count("Production 16 min") == 1


def test_the_debts_of_the_page(panel, sign_in):
    missing = plan(panel, panel.people.interviewer, NOON, "Missing some")
    card = build.answered(missing, [3, None, 3])
    card.answers.filter(rating__isnull=True).delete()

    html = sign_in(panel.people.interviewer).get("/").content.decode()

    assert "1 rating missing" in html
    assert "Not begun" in html


@pytest.mark.parametrize(
    ("name", "link", "button"),
    [
        ("recruiter", "/openings/new/", "Create an opening"),
        ("editor", "/questions/", "Open the question bank"),
        ("administrator", "/people/", "See who works here"),
        ("outsider", "/account/", "Set your time zone"),
    ],
)
def test_nothing_waits(panel, sign_in, name, link, button):
    html = sign_in(getattr(panel.people, name)).get("/").content.decode()

    assert "Nothing waits for you" in html
    assert re.search(rf'<a class="btn btn-primary" href="{link}">{button}</a>', html)
    assert "scorecard_" not in html


def test_who_may_not(client, db):
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert client.post("/").status_code == 405


def test_a_vote_to_cast_until_it_is_cast(panel):
    member = panel.people.committee
    for interview in (panel.mine, panel.theirs):
        build.submitted(interview, [3, 3, 3])
    refresh_rollup(panel.application)
    assert today(member, NOON).to_vote == []
    debrief = build.debrief(panel.application, panel.people.chair)

    assert today(member, NOON).to_vote == [debrief]
    assert "1 vote to cast" in today(member, NOON).in_brief
    assert today(panel.people.interviewer, NOON).to_vote == []
    assert today(panel.people.coordinator, NOON).to_vote == []
    cast_vote(debrief=debrief, by=member, recommendation="hire", rationale="Ran it.")
    assert today(member, NOON).to_vote == []


def test_what_did_not_take_place_waits_for_its_coordinator(panel):
    coordinator = panel.people.coordinator
    assert today(coordinator, NOON).to_plan == []
    mark_not_held(interview=panel.mine, by=panel.people.interviewer, missing="candidate")

    assert today(coordinator, NOON).to_plan == [panel.mine]
    assert today(coordinator, NOON).in_brief == "1 interview to plan again"
    assert today(panel.people.committee, NOON).to_plan == []
    panel.mine.refresh_from_db()
    cancel_interview(interview=panel.mine, by=coordinator, reason="")
    assert today(coordinator, NOON).to_plan == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(panel, sign_in, django_assert_num_queries, rows):
    me = panel.people.chair
    panel.opening.interviewers_may_decide = True
    panel.opening.save(update_fields=["interviewers_may_decide"])
    now = timezone.now()
    for row in range(rows):
        plan(panel, me, now + timedelta(minutes=5 + row), f"Next {row}")
        build.answered(plan(panel, me, now - timedelta(days=1 + row), f"Owed {row}"), [3, 3, None])
        done = plan(panel, panel.people.colleague, now - timedelta(days=2), f"Done {row}")
        build.submitted(done, [3, 3, 3])
        refresh_rollup(done.application)
    client = sign_in(me)
    client.get("/")

    with django_assert_num_queries(15):
        client.get("/")
