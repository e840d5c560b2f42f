"""The pages of all members go where the chair of an hour goes, but never from words not sent."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scorecards.workflow.debrief_hours import move_hour
from scorecards.workflow.debriefs import close_debrief
from scorecards.workflow.rollups import refresh_rollup
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 10_000


@pytest.fixture
def two(panel):
    """Two debriefs in one line, the chair at the first."""
    panel.other = build.application(panel.opening, "Bram Oldtree")
    chair = panel.people.chair
    for application in (panel.application, panel.other):
        refresh_rollup(application)
    panel.first, panel.second = (
        build.debrief(one, chair) for one in (panel.application, panel.other)
    )
    panel.hour = build.hour(panel.application, panel.other, by=chair)
    return panel


@pytest.fixture
def page(two, page_as):
    page = page_as(two.people.committee)
    page.goto(address(two.first))
    expect(page.get_by_text("Debrief hour, 1 of 2.")).to_be_visible()
    return page


def address(debrief) -> str:
    return reverse("debrief_detail", args=[debrief.pk])


def test_the_page_goes_where_the_chair_goes(two, page):
    move_hour(hour=two.hour, to=two.other)
    page.wait_for_url(f"**{address(two.second)}", timeout=SOON)
    expect(page.get_by_role("heading", level=1)).to_have_text("Debrief: Bram Oldtree")
    page.go_back()
    page.wait_for_url(f"**{address(two.first)}")
    expect(page.locator("[data-follow-status]")).to_contain_text("appears by itself", timeout=SOON)


def test_it_stays_where_words_were_not_sent(two, page):
    page.locator("#whole summary").click()
    note = page.locator("#whole").get_by_label("Note")
    note.fill("Half a sen")
    move_hour(hour=two.hour, to=two.other)
    expect(page.locator("[data-follow-status]")).to_contain_text(
        "stays while you write", timeout=SOON
    )
    expect(page.get_by_role("link", name="Go there")).to_be_visible()
    expect(note).to_have_value("Half a sen")
    assert page.url.endswith(address(two.first))


def test_a_closed_debrief_is_left_too(two, page):
    close_debrief(debrief=two.first, by=two.people.chair)
    expect(page.get_by_text("The debrief is closed").first).to_be_visible(timeout=SOON)
    move_hour(hour=two.hour, to=two.other)
    page.wait_for_url(f"**{address(two.second)}", timeout=SOON)
