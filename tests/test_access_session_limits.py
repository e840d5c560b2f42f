"""A session ends after long silence and after a week, and never in the middle of an interview."""

import pytest
from django.urls import reverse

from interviewbank.access import session_limits
from interviewbank.access.session_limits import SEEN, STARTED, is_over
from scorecards.workflow.rollups import refresh_rollup
from tests import build

HOUR, DAY = 3600, 24 * 3600
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    "started, seen, over",
    [
        (0, 0, False),
        (11 * HOUR, 11 * HOUR, False),
        (12 * HOUR + 1, 12 * HOUR + 1, True),
        (6 * DAY, 11 * HOUR, False),
        (7 * DAY + 1, 3 * HOUR, True),
        (7 * DAY + 1, 60, False),
        (30 * DAY, 2 * HOUR - 1, False),
    ],
)
def test_when_a_session_is_over(started, seen, over):
    """All in seconds before now."""
    assert is_over({STARTED: NOW - started, SEEN: NOW - seen}, NOW) is over


def test_a_session_from_before_these_limits_begins_now():
    assert not is_over({}, NOW)


def age(client, *, started: float, seen: float) -> None:
    session = client.session
    session[STARTED] -= started
    session[SEEN] -= seen
    session.save()


def state_of(client, panel) -> int:
    url = reverse("scorecard_state", args=[panel.mine.scorecard.pk])
    return client.get(url, headers={"accept": "application/json"}).status_code


def test_silence_signs_out(panel, sign_in):
    client = sign_in(panel.people.interviewer)
    assert state_of(client, panel) == 200
    age(client, started=13 * HOUR, seen=13 * HOUR)

    assert state_of(client, panel) == 401
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_an_interview_goes_on_when_the_week_is_over(panel, sign_in):
    client = sign_in(panel.people.interviewer)
    state_of(client, panel)
    age(client, started=8 * DAY, seen=HOUR)
    assert state_of(client, panel) == 200

    age(client, started=0, seen=3 * HOUR)
    assert state_of(client, panel) == 401


def test_a_request_notes_that_it_was_seen_every_five_minutes_only(panel, sign_in):
    client = sign_in(panel.people.interviewer)
    state_of(client, panel)
    first = client.session[SEEN]
    state_of(client, panel)
    assert client.session[SEEN] == first

    age(client, started=0, seen=session_limits.NOTED_EVERY + 1)
    state_of(client, panel)
    assert client.session[SEEN] >= first


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(panel, sign_in):
    """A debrief that was left open asks every two seconds."""
    client = sign_in(panel.people.chair)
    build.submitted(panel.theirs, [3, 3, 3])
    refresh_rollup(panel.application)
    debrief = build.debrief(panel.application, panel.people.chair)
    assert client.get(reverse("debrief_detail", args=[debrief.pk])).status_code == 200
    follow = reverse("debrief_follow", args=[debrief.pk])
    age(client, started=11 * HOUR, seen=11 * HOUR)
    seen = client.session[SEEN]
    assert client.get(follow).status_code == 200
    assert client.session[SEEN] == seen

    age(client, started=2 * HOUR, seen=2 * HOUR)
    assert client.get(follow).status_code == 302
