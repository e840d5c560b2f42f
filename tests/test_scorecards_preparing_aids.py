"""The questions on paper, the calendar entry, the rehearsal."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Answer, Interview
from scorecards.summaries.calendars import calendar_entry
from tests import build
from tests.matrix import fingerprint

pytestmark = pytest.mark.django_db


def url(name: str, interview: Interview) -> str:
    return reverse(f"interview_{name}", args=[interview.pk])


@pytest.fixture
def mine(panel) -> Interview:
    """Tomorrow, at a place."""
    Interview.objects.filter(pk=panel.mine.pk).update(
        starts_at=timezone.now() + timedelta(days=1), location="Room Heron"
    )
    panel.mine.refresh_from_db()
    return panel.mine


def page_of(sign_in, person, name: str, interview: Interview) -> str:
    return sign_in(person).get(url(name, interview)).content.decode()


def test_the_paper(panel, mine, sign_in):
    html = page_of(sign_in, panel.people.interviewer, "print", mine)

    assert html.count("Says what one hears at 1.") == 3
    assert html.count("Not reached") == 3
    assert html.count("Strong no hire") == 1
    assert "Odalys Brambleworth" in html


def test_the_paper_of_a_set_names_nobody(panel, sign_in):
    address = reverse("question_set_print", args=[panel.set_version.question_set_id])

    html = sign_in(panel.people.editor).get(address).content.decode()

    assert "Tell me about outage." in html
    assert "Odalys" not in html
    assert "<dd></dd>" in html


def test_the_calendar_entry(panel, sign_in):
    made = panel.mine
    made.starts_at = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    made.location = "Höhe 3, Raum „Elm“; zweite Tür\\links, und dann immer geradeaus bis ans Ende"
    made.save()
    panel.people.interviewer.time_zone = "Asia/Tokyo"
    panel.people.interviewer.save(update_fields=["time_zone"])

    before = timezone.now().replace(microsecond=0)
    response = sign_in(panel.people.interviewer).get(url("calendar", made))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    assert "Odalys" not in text
    assert text.endswith("END:VCALENDAR\r\n")
    raw = response.content.split(b"\r\n")
    assert max(len(line) for line in raw) <= 75
    assert b"\n" not in b"".join(raw)
    lines = text.replace("\r\n ", "").split("\r\n")
    assert "DTSTART:20261124T233000Z" in lines
    assert "DTEND:20261125T003000Z" in lines
    assert "STATUS:CONFIRMED" in lines
    (stamp,) = (line.partition(":")[2] for line in lines if line.startswith("DTSTAMP:"))
    written = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert before <= written <= timezone.now()
    assert f"URL:http://testserver/scorecards/{made.scorecard.pk}/" in lines
    role = panel.opening.role
    assert f"SUMMARY:Interview: {role}\\, senior\\, Deep dive" in lines
    assert (
        "LOCATION:Höhe 3\\, Raum „Elm“\\; zweite Tür\\\\links\\, und dann immer geradeaus bis ans "
        "Ende" in lines
    )


def test_a_cancelled_entry_says_so_and_has_no_place_to_go(panel):
    panel.mine.state = "moved"

    text = calendar_entry(panel.mine, scorecard_url="https://x/a", prepare_url="https://x/b")

    assert "STATUS:CANCELLED\r\n" in text
    assert "LOCATION" not in text


def test_a_rehearsal_writes_nothing(panel, mine, sign_in):
    client = sign_in(panel.people.interviewer)
    client.get("/account/")
    before = fingerprint()
    third = panel.questions[2].question.slug

    with CaptureQueriesContext(connection) as queries:
        html = client.get(url("rehearse", mine)).content.decode()
    assert not [one for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert "Robin Example" in html
    assert "Odalys" not in html
    assert "Rehearsal: nothing is saved or counted" in html
    assert "data-rehearsal" in html
    assert str(mine.scorecard.pk) not in html

    data = {"go": "next", "rating": "4", "evidence": "Typed.", "base_rating": "0"}
    response = client.post(url("rehearse", mine), data, follow=True)
    assert "This is a rehearsal: what you typed was not saved." in response.content.decode()
    assert response.redirect_chain[-1][0].endswith("?q=outage")
    last = client.post(url("rehearse", mine) + f"?q={third}", data)
    assert last["Location"] == url("prepare", mine)
    assert client.get(url("rehearse", mine) + "?q=nonsense").status_code == 404
    assert Answer.objects.count() == 0
    assert fingerprint() == before


@pytest.mark.parametrize("name", ["prepare", "print", "calendar", "rehearse"])
@pytest.mark.parametrize("questions", [1, 3])
def test_queries(panel, mine, sign_in, django_assert_num_queries, name, questions):
    counts = {"prepare": 7, "print": 7, "calendar": 3, "rehearse": 6}
    asked = build.question_set(*panel.questions[:questions], name=f"Set of {questions}")
    panel.plan.rounds.update(set_version=asked)
    client = sign_in(panel.people.interviewer)
    client.get("/account/")

    with django_assert_num_queries(counts[name]):
        client.get(url(name, mine))
