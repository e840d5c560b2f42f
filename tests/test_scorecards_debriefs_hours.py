"""A debrief hour: lining up, moving, following, ending."""

import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards.models import DebriefHour, Decision
from scorecards.workflow.debrief_hours import (
    HourOver,
    HourUnderWay,
    NobodyInLine,
    close_hour,
    move_hour,
    open_hour,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.forms import filled_in
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def three(panel):
    """Ana and Bo have both scorecards in, Odalys lacks one, and of Cy nothing was heard."""
    panel.ana, panel.bo, panel.cy = (
        build.application(panel.opening, name) for name in ("Ana", "Bo", "Cy")
    )
    for application in (panel.ana, panel.bo):
        for person in (panel.people.interviewer, panel.people.colleague):
            build.submitted(build.interview(application, person), [3, 3, 3])
    build.submitted(panel.theirs, [3, 3, 3])
    for application in (panel.ana, panel.bo, panel.cy, panel.application):
        refresh_rollup(application)
    panel.new = reverse("hour_new", args=[panel.opening.pk])
    return panel


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def place(application) -> str:
    return f"place_{application.pk}"


def test_the_chair_lines_up_whom_there_is_a_review_of(three, page):
    opening = reverse("opening_detail", args=[three.opening.pk])
    assert three.new in page(three.people.chair, opening).content.decode()
    shown = page(None, three.new)
    assert filled_in(shown, three.new) == {
        place(three.ana): ["1"],
        place(three.bo): ["2"],
        place(three.application): [""],
        "minutes": ["60"],
    }
    assert "Odalys Brambleworth Not in: Ines Asker" in words(shown)
    sent = {place(three.bo): "1", place(three.application): "7", place(three.ana): "3"}
    assert "greater than or equal to 5" in words(
        page(None, three.new, sent | {"minutes": "4"}, status=422)
    )
    sent["minutes"] = "45"
    made = page(None, three.new, sent, status=302)
    hour = DebriefHour.objects.get()
    assert made["Location"] == reverse("hour_detail", args=[hour.pk])
    line = [str(one.application.candidate) for one in hour.items.order_by("position")]
    assert line == ["Bo", "Ana", "Odalys Brambleworth"]
    assert (hour.current, hour.minutes) == (three.bo, 45)
    assert made["Location"] in page(three.people.committee, opening).content.decode()


@pytest.mark.parametrize(
    "places, said",
    [
        ((), "Give at least one candidate a place."),
        (("2", "2"), "2 is Ana's place already."),
        (("0", "1"), "greater than or equal to 1"),
        (("x", "1"), "Enter a whole number."),
    ],
)
def test_a_line_that_can_not_be_comes_back(three, page, places, said):
    sent = dict(zip((place(three.ana), place(three.bo)), places, strict=False), minutes="60")
    assert said in words(page(three.people.chair, three.new, sent, status=422))
    assert not DebriefHour.objects.exists()


def test_whoever_is_decided_is_not_lined_up(three, page):
    for application, outcome in ((three.ana, "hire"), (three.bo, "more_evidence")):
        Decision.objects.create(
            application=application,
            number=1,
            decided_by=three.people.chair,
            outcome=outcome,
            rationale="r" * 80,
            departs=False,
            snapshot={"kept": True},
            digest="d",
        )
    names = list(filled_in(page(three.people.chair, three.new), three.new))
    assert names == [place(three.bo), place(three.application), "minutes"]


@pytest.fixture
def hour(three):
    made = open_hour(
        opening=three.opening, by=three.people.chair, line_up=[three.ana, three.bo, three.cy]
    )
    three.hour = made
    three.url = reverse("hour_detail", args=[made.pk])
    three.follow = reverse("hour_follow", args=[made.pk])
    three.move = reverse("hour_move", args=[made.pk])
    return three


def test_all_see_the_same_line_and_where_it_is(hour, page):
    for person in (hour.people.chair, hour.people.committee):
        assert "1 Ana now Not decided No debrief yet 2 Bo Not decided" in words(
            page(person, hour.url)
        )
    assert hour.move not in page(None, hour.url).content.decode()
    page(hour.people.chair, hour.move, {"to": hour.bo.pk}, status=302)
    text = words(page(hour.people.committee, hour.url))
    assert "1 Ana Not decided" in text
    assert "2 Bo now Not decided" in text


def test_the_chair_moves_to_the_debrief_where_there_is_one(hour, page):
    debrief = build.debrief(hour.bo, hour.people.chair)
    there = reverse("debrief_detail", args=[debrief.pk])
    assert "Next: Bo" in words(page(hour.people.chair, hour.url))
    assert page(None, hour.move, {"to": hour.bo.pk}, status=302)["Location"] == there
    shown = page(None, there)
    assert "Debrief hour, 2 of 3." in words(shown)
    assert filled_in(shown, hour.move) == {"to": [str(hour.cy.pk)]}
    moved = page(None, hour.move, {"to": hour.cy.pk}, status=302)
    assert moved["Location"] == hour.url
    text = words(page(hour.people.committee, reverse("debrief_follow", args=[debrief.pk])))
    assert "The chair moved to Cy. Read the review Debrief hour, 2 of 3." in text
    assert "Back to Bo" in words(page(hour.people.chair, hour.url))


@pytest.mark.parametrize("to", ["", "nonsense", "a\0b"])
def test_a_move_to_nowhere_comes_back(hour, page, to):
    refused = page(hour.people.chair, hour.move, {"to": to}, status=422)
    assert f'<a href="{hour.url}"><svg' in refused.content.decode(), "Refresh leads to the page."
    page(None, hour.move, {"to": hour.application.pk}, status=422)
    hour.hour.refresh_from_db()
    assert hour.hour.current == hour.ana


def test_the_fragment_changes_with_the_line(hour, client, page):
    tag = page(hour.people.committee, hour.follow)["ETag"]
    assert client.get(hour.follow, headers={"If-None-Match": tag}).status_code == 304
    move_hour(hour=hour.hour, to=hour.bo)
    again = client.get(hour.follow, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "2 Bo now" in words(again)


@pytest.mark.parametrize("lined_up", [1, 3])
def test_queries(three, page, lined_up, django_assert_num_queries):
    line = [three.ana, three.bo, three.cy][:lined_up]
    hour = build.hour(*line, by=three.people.chair)
    url = reverse("hour_follow", args=[hour.pk])
    page(three.people.committee, url)
    with django_assert_num_queries(4):
        page(None, url)


def test_it_ends_and_can_be_read(hour, page):
    url = reverse("hour_close", args=[hour.hour.pk])
    page(hour.people.chair, url, {}, status=302)
    assert "This debrief hour ended" in words(page(None, hour.url))
    assert hour.move not in page(None, hour.url).content.decode()
    assert "This debrief hour has ended." in words(
        page(None, page(None, hour.move, {"to": hour.bo.pk}, status=302)["Location"])
    )
    verbs = Event.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["debrief_hour.opened", "debrief_hour.closed"]
    with pytest.raises(HourOver):
        close_hour(hour=hour.hour, by=hour.people.chair)


def test_one_at_a_time(hour, page):
    with pytest.raises(HourUnderWay):
        open_hour(opening=hour.opening, by=hour.people.chair, line_up=[hour.ana])
    assert "A debrief hour is under way." in words(page(hour.people.chair, hour.new))
    sent = {place(hour.ana): "1", "minutes": "60"}
    assert "End it first." in words(page(None, hour.new, sent, status=422))
    close_hour(hour=hour.hour, by=hour.people.chair)
    with pytest.raises(NobodyInLine):
        open_hour(opening=hour.opening, by=hour.people.chair, line_up=[])
    page(None, hour.new, sent, status=302)
    assert DebriefHour.objects.count() == 2


def ago(hour, *, opened: int, moved: int) -> None:
    """Minutes since the hour began, and since the chair went where they are."""
    now = timezone.now()
    DebriefHour.objects.filter(pk=hour.pk).update(
        opened_at=now - timedelta(minutes=opened, seconds=5),
        moved_at=now - timedelta(minutes=moved, seconds=5),
    )


def test_how_long_it_took_and_what_is_left_for_each(hour, page):
    move_hour(hour=hour.hour, to=hour.bo)
    move_hour(hour=hour.hour, to=hour.ana)
    ago(hour.hour, opened=12, moved=12)
    text = words(page(hour.people.committee, hour.follow))
    assert "At Ana for 12 min. 47 of 60 min left, for 2 more: about 23 min each." in text
    assert "1 Ana now 12 min Not decided" in text
    move_hour(hour=hour.hour, to=hour.bo)
    move_hour(hour=hour.hour, to=hour.bo)
    text = words(page(None, hour.follow))
    assert "At Bo for less than 1 min. 47 of 60 min left, for 1 more: about 47 min each." in text
    assert "1 Ana 12 min Not decided" in text and "2 Bo now Not decided" in text
    ago(hour.hour, opened=12, moved=3)
    move_hour(hour=hour.hour, to=hour.ana)
    ago(hour.hour, opened=64, moved=2)
    text = words(page(None, hour.follow))
    assert "1 Ana now 14 min Not decided" in text and "2 Bo 3 min Not decided" in text
    assert "At Ana for 14 min. The 60 min are over by 5 min, and 2 more are in line." in text
    close_hour(hour=hour.hour, by=hour.people.chair)
    text = words(page(None, hour.url))
    assert "1 Ana 14 min Not decided" in text and "min left" not in text and "over" not in text


def test_the_page_of_the_debrief_says_it_too(hour, page):
    debrief = build.debrief(hour.ana, hour.people.chair)
    other = build.debrief(hour.bo, hour.people.chair)
    ago(hour.hour, opened=9, moved=9)
    for name in ("debrief_detail", "debrief_follow"):
        said = "At Ana for 9 min. 50 of 60 min left, for 2 more: about 25 min each."
        assert said in words(page(hour.people.chair, reverse(name, args=[debrief.pk])))
        assert "min left" not in words(page(None, reverse(name, args=[other.pk])))
