"""The candidates list: rows, tabs, filters, order, pages."""

import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Interview, Scorecard
from scorecards.workflow.rollups import refresh_rollup
from tests import build, candidates
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(panel):
    """The panel's own candidate goes: here everybody is met by people who have handed in."""
    Scorecard.objects.all().delete()
    Interview.objects.all().delete()
    panel.application.delete()
    panel.everybody = candidates.room(panel.opening)
    return panel


@pytest.fixture
def listed(client):
    """The page of somebody, and its names in order."""

    def page(person, status=200, **query):
        response = visit(client, person, reverse("application_list", query=query), status=status)
        return response

    return page


def names(response) -> list[str]:
    found = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)', response.content.decode())
    return [unescape(name).split()[0] for name in found]


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def tabs(response) -> dict[str, int]:
    return {tab.label: tab.count for tab in response.context["listing"].tabs}


def test_a_row_says_score_range_recommendation_and_flag(room, listed):
    text = words(listed(room.people.committee, q="Torn"))

    # SE of two interviewers is .1299 (.015/2 + .015/4 + .030 x 3/16): 1.2816 x .1299 x 3 = .50
    assert "2 of 2 2.5 2.5 2.50 2.00 to 3.00 Leaning hire" in text
    assert "Disagreement: Cost, Production under 1 h for a decision" in text


def test_a_row_with_too_little_evidence_says_no_score(room, listed):
    text = words(listed(room.people.committee, q="Thin"))

    assert "2 of 2 4.0 – Insufficient evidence Coverage 50%" in text


def test_tabs_count_what_they_show(room, listed):
    page = partial(listed, room.people.chair)
    shown = page()

    assert tabs(shown) == {
        "All active": 6,
        "Interviewing": 1,
        "Ready for decision": 5,
        "Decided": 0,
        "Withdrawn or closed": 0,
    }
    assert names(page(tab="interviewing")) == ["Half"]
    assert sorted(names(page(tab="ready"))) == ["Solid", "Strong", "Thin", "Torn", "Weak"]


def test_tabs_count_under_the_filters(room, listed):
    found = tabs(listed(room.people.chair, recommendation="hire"))

    assert (found["All active"], found["Ready for decision"]) == (1, 1)


@pytest.mark.parametrize(
    "query, found",
    [
        ({"recommendation": "strong_hire"}, ["Strong"]),
        ({"recommendation": "insufficient_evidence"}, ["Thin"]),
        ({"recommendation": "pending"}, ["Half"]),
        ({"flag": "apart"}, ["Torn"]),
        ({"flag": "evidence"}, ["Thin"]),
        ({"flag": "none"}, ["Solid", "Strong", "Weak"]),
        ({"flag": "below"}, []),
        ({"q": "ST"}, ["Strong"]),
        ({"level": "senior", "flag": "none", "q": "o"}, ["Solid", "Strong"]),
        ({"level": "junior"}, []),
    ],
)
def test_filters(room, listed, query, found):
    assert names(listed(room.people.committee, sort="name", **query)) == found


def test_filters_by_role_and_opening(room, listed):
    other = build.opening(
        areas=room.areas, members=[(room.people.chair, "chair")], title="Another opening"
    )
    refresh_rollup(build.application(other, "Odd Quill"))
    page = partial(listed, room.people.chair)

    assert names(page(opening=other.pk)) == ["Odd"]
    assert names(page(role=other.role.slug)) == ["Odd"]
    assert len(names(page(role=room.opening.role.slug))) == 6
    assert "Opening: Another opening" in words(page(opening=other.pk))


def test_flags_by_bars(room, listed):
    """With bars the gravest comes first; what the filter finds is what the row says."""
    room.plan.areas.filter(area=room.areas[1]).update(bar="3.00")
    for one in room.everybody.values():
        refresh_rollup(one)
    page = partial(listed, room.people.chair, sort="name")

    assert names(page(flag="below")) == ["Torn", "Weak"]
    assert names(page(flag="narrow")) == ["Solid"]
    assert "Below its bar: Cost" in words(page(q="Torn"))
    assert "Bar just met: Cost" in words(page(q="Solid"))


@pytest.mark.parametrize(
    "sort, found",
    [
        ("score", ["Strong", "Solid", "Torn", "Weak", "Half", "Thin"]),
        ("-score", ["Weak", "Torn", "Solid", "Strong", "Half", "Thin"]),
        ("coverage", ["Thin", "Half", "Solid", "Strong", "Torn", "Weak"]),
        ("spread", ["Torn", "Half", "Solid", "Strong", "Thin", "Weak"]),
        ("name", ["Half", "Solid", "Strong", "Thin", "Torn", "Weak"]),
        ("-name", ["Weak", "Torn", "Thin", "Strong", "Solid", "Half"]),
    ],
)
def test_order_with_ties_by_name(room, listed, sort, found):
    """Without a verdict there is no score, so it comes last whichever way."""
    assert names(listed(room.people.committee, sort=sort)) == found


def test_order_by_waiting(room, listed):
    """Handed in one hour after the other; what still waits for scorecards waits for no decision."""
    now = timezone.now()
    for hours, name in enumerate(["Weak", "Torn", "Solid", "Strong", "Thin"], 23):
        cards = Scorecard.objects.filter(interview__application=room.everybody[name])
        backdate(cards, now - timedelta(hours=hours, minutes=5))
    page = partial(listed, room.people.committee)

    assert names(page()) == ["Thin", "Strong", "Solid", "Torn", "Weak", "Half"]
    assert names(page(sort="-waiting")) == ["Weak", "Torn", "Solid", "Strong", "Thin", "Half"]
    text = words(page())
    assert text.count("for a decision") == 5
    assert "23 h for a decision" in text and "1 d for a decision" in text


def backdate(cards, at) -> None:
    """Past the trigger that keeps what was handed in."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cards.update(submitted_at=at)
        cursor.execute("SET session_replication_role = origin")
