"""Handing a scorecard in: once, with a connection, and only with all that was typed."""

import pytest
from playwright.sync_api import Page, expect

from scorecards.models import Scorecard, Submission
from tests import build
from tests.browser.axe import violations
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATEMENT = "Owns evaluation end to end."


@pytest.fixture
def page(panel, page_as) -> Page:
    """The submit page of a scorecard of which every question is rated, filled in."""
    card = build.answered(panel.mine, [3, 4, 2])
    page = page_as(panel.people.interviewer)
    page.goto(f"/scorecards/{card.pk}/submit/")
    page.get_by_text("Meets the bar on what I saw.").click()
    page.get_by_label("What should the committee know first?").fill(STATEMENT)
    page.get_by_label("I judged answers against the anchors").check()
    return page


def press(page: Page) -> None:
    page.get_by_test_id("submit").click()


def not_sent(page: Page):
    return page.get_by_test_id("not-sent")


def why(page: Page):
    return not_sent(page).locator("p:visible")


def keeps_all(page: Page) -> None:
    expect(page.get_by_label("What should the committee know first?")).to_have_value(STATEMENT)
    expect(page.locator('input[name="recommendation"][value="hire"]')).to_be_checked()
    assert Submission.objects.count() == 0


def test_nobody_is_recommended_beforehand(panel, page_as):
    page = page_as(panel.people.interviewer)
    page.goto(f"/scorecards/{panel.mine.scorecard.pk}/submit/")
    expect(page.locator('input[name="recommendation"]')).to_have_count(5)
    expect(page.locator('input[name="recommendation"]:checked')).to_have_count(0)
    widths = page.locator(".ib-choice").evaluate_all(
        "all => [...new Set(all.map(one => Math.round(one.getBoundingClientRect().width)))]"
    )
    assert len(widths) == 1


def test_it_is_sent_and_locked(page):
    press(page)
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-state", "locked")
    assert Submission.objects.get().number == 1
    assert Scorecard.objects.get(submitted_at__isnull=False).summary == STATEMENT


def test_pressed_twice_it_is_sent_once(page):
    sent = []
    posts = lambda one: one.method == "POST" and one.url.endswith("/submit/")  # noqa: E731
    page.on("request", lambda request: posts(request) and sent.append("POST"))
    page.get_by_test_id("submit").dblclick()
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-state", "locked")
    assert sent == ["POST"]
    assert Submission.objects.count() == 1


def test_without_a_connection_nothing_is_sent_and_nothing_is_lost(page):
    page.context.set_offline(True)
    press(page)
    expect(not_sent(page)).to_be_focused()
    expect(why(page)).to_contain_text("Not sent: there is no connection.")
    assert violations(page) == []
    keeps_all(page)
    page.context.set_offline(False)
    press(page)
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-state", "locked")


def test_signed_out_nothing_is_lost_and_one_can_sign_in_beside(page, panel):
    page.context.clear_cookies()
    press(page)
    expect(why(page)).to_contain_text("Not sent: you are signed out.")
    keeps_all(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    sign_in(opened.value, panel.people.interviewer.email)
    press(page)
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-state", "locked")


def test_a_server_in_trouble_takes_nothing_along(page):
    page.route("**/state/", lambda route: route.fulfill(status=503, body="Busy"))
    press(page)
    expect(why(page)).to_contain_text("Not sent: there is no connection.")
    keeps_all(page)


def test_what_is_missing_is_listed_and_needed(panel, page_as):
    build.answered(panel.mine, [3, 4, 2], evidence="")
    page = page_as(panel.people.interviewer)
    page.goto(f"/scorecards/{panel.mine.scorecard.pk}/submit/")
    expect(page.get_by_text("3 ratings without words.")).to_be_visible()
    press(page)
    expect(page.locator(".ib-errors")).to_be_focused()
    page.get_by_label("I have nothing to add to the ratings without words.").check()
    page.get_by_text("Below the bar on what I saw.").click()
    page.get_by_label("What should the committee know first?").fill(STATEMENT)
    page.get_by_label("I judged answers against the anchors").check()
    press(page)
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-state", "locked")
