"""What a page of a debrief asks for again and again."""

import re
from functools import partial
from html import unescape

import pytest
from django.urls import reverse

from scorecards.workflow.debriefs import add_note, cast_vote, close_debrief
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.visit import visit

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 28
FOLLOW_QUERIES = 12


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def room(panel):
    for interview in (panel.mine, panel.theirs):
        build.submitted(interview, [4, 4, 3])
    refresh_rollup(panel.application)
    panel.debrief = build.debrief(panel.application, panel.people.chair)
    panel.url = reverse("debrief_detail", args=[panel.debrief.pk])
    panel.follow = reverse("debrief_follow", args=[panel.debrief.pk])
    return panel


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize("rows", [1, 3])
def test_page_queries_do_not_grow(room, page, rows, django_assert_num_queries):
    grow(room, rows)
    page(room.people.chair, room.url)
    with django_assert_num_queries(PAGE_QUERIES):
        page(None, room.url)


@pytest.mark.parametrize("rows", [1, 3])
def test_following_is_cheap_whether_something_changed_or_not(
    room, client, page, rows, django_assert_num_queries
):
    grow(room, rows)
    tag = page(room.people.committee, room.follow)["ETag"]
    with django_assert_num_queries(FOLLOW_QUERIES):
        page(None, room.follow)
    with django_assert_num_queries(FOLLOW_QUERIES):
        assert client.get(room.follow, headers={"If-None-Match": tag}).status_code == 304


def grow(room, rows):
    """So many notes in each place, votes, and candidates in the line."""
    line = [room.application]
    for number in range(rows):
        member = build.user()
        room.opening.members.create(user=member, kind="committee")
        add_note(debrief=room.debrief, by=member, area=room.areas[0], text=f"Note {number}.")
        add_note(debrief=room.debrief, by=member, text=f"Note {number}.")
        cast_vote(debrief=room.debrief, by=member, recommendation="hire", rationale="So.")
        other = build.application(room.opening)
        refresh_rollup(other)
        line.append(other)
    build.hour(*line, by=room.people.chair)


def test_the_fragment_says_what_changed_and_only_then(room, client, page):
    first = page(room.people.committee, room.follow)
    ask = partial(client.get, room.follow)
    same = ask(headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    add_note(debrief=room.debrief, by=room.people.chair, area=room.areas[1], text="Fresh.")
    after = ask(headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != first["ETag"]
    assert "Fresh." in words(after)
    assert "<form" not in after.content.decode()
    assert "no-store" in after["Cache-Control"]
    close_debrief(debrief=room.debrief, by=room.people.chair)
    assert 'data-phase="closed"' in ask().content.decode()


def test_the_fragment_says_that_the_figures_are_old(room, client, page):
    shown = page(room.people.committee, room.url)
    url = unescape(re.search(r'data-follow="([^"]+)"', shown.content.decode())[1])
    assert "changed since you opened" not in words(page(None, url))
    build.submitted(build.interview(room.application, build.user()), [1, 1, 1])
    refresh_rollup(room.application)
    assert "The scorecards or how they are judged changed" in words(page(None, url))
    assert "changed since" not in words(page(None, room.follow))


def test_the_review_follows_the_debrief_while_it_is_on(room, client, page):
    url = reverse("application_review", args=[room.application.pk])
    shown = page(room.people.committee, url)
    assert "A debrief is under way; 0 of 2 have voted. Refresh" in words(shown)
    follow = unescape(re.search(r'data-follow="([^"]+)"', shown.content.decode())[1])
    cast_vote(debrief=room.debrief, by=room.people.chair, recommendation="hire", rationale="So.")
    build.submitted(build.interview(room.application, build.user()), [1, 1, 1])
    refresh_rollup(room.application)
    part = page(None, follow).content.decode().partition('id="live-review"')[2]
    assert "1 of 2 have voted" in part
    assert f'changed since you opened this page.</mark> <a href="{url}">' in part
    assert "So." not in part
    areas = client.get(url, headers={"HX-Request": "true", "HX-Target": "areas"})
    assert "data-follow" not in areas.content.decode()
    close_debrief(debrief=room.debrief, by=room.people.chair)
    assert "data-follow" not in page(None, url).content.decode()
    assert "The debrief is closed" in words(page(None, follow))


def test_signed_out_a_script_is_told_so(room, client):
    response = client.get(room.follow, headers={"Sec-Fetch-Dest": "empty"})
    assert response.status_code == 401
