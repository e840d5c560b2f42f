"""The page to submit keeps what is typed on it as the live scorecard does: on the device first."""

import pytest
from playwright.sync_api import Page, expect

from scorecards.models import AnswerOp, Scorecard, Submission
from scorecards.workflow.scoring import Change, save_fields
from tests import build
from tests.browser.axe import violations
from tests.browser.live_page import entries, evidence, expect_state, notes, opened, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Owns evaluation end to end."


@pytest.fixture
def card(panel) -> Scorecard:
    return build.answered(panel.mine, [3, 4, 2])


@pytest.fixture
def page(panel, card, page_as) -> Page:
    page = page_as(panel.people.interviewer)
    # What another device saves before the page has asked would be on it already.
    with page.expect_response("**/state/"):
        return review(page, card)


@pytest.fixture
def elsewhere(panel, card):
    """Another device of the interviewer saves this field."""

    def save(field: str, value, base: int = 0) -> None:
        change = Change(field, base, value)
        save_fields(scorecard=card, by=panel.people.interviewer, changes=[change])

    return save


def review(page: Page, card) -> Page:
    page.goto(f"/scorecards/{card.pk}/submit/")
    page.locator("form[data-live]").wait_for()
    return page


def summary(page: Page):
    return page.get_by_label("What should the committee know first?")


def recommend(page: Page) -> None:
    page.get_by_text("Meets the bar on what I saw.").click()


def hand_in(page: Page) -> None:
    page.get_by_label("I judged answers against the anchors").check()
    page.get_by_test_id("submit").click()


def why(page: Page):
    return page.get_by_test_id("not-sent").locator("p:visible")


def test_what_is_typed_is_saved_and_the_line_says_when(page, card):
    expect_state(page, "saved")
    summary(page).fill(WORDS)
    recommend(page)
    expect_state(page, "saved", "Saved ")
    card.refresh_from_db()
    assert (card.summary, card.recommendation) == (WORDS, "hire")
    line = page.locator('[data-testid="save-status"] > span:not([data-spoken])')
    said = line.text_content()
    page.reload()
    page.locator("form[data-live]").wait_for()
    expect_state(page, "saved")
    assert line.text_content() == said
    assert entries(page) == []


def test_after_a_crash_it_is_all_there(page, card):
    page.context.route("**/ops/", lambda route: route.abort())
    summary(page).press_sequentially("Typed before")
    recommend(page)
    expect_state(page, "device", "On this device only, waiting for connection (2)")
    again = page.context.new_page()
    page.close()
    review(again, card)

    expect(summary(again)).to_have_value("Typed before")
    expect(again.locator('input[name="recommendation"][value="hire"]')).to_be_checked()
    expect_state(again, "device")
    summary(again).press("End")
    again.keyboard.type(", and after.")
    again.context.unroute("**/ops/")
    expect_state(again, "saved")
    card.refresh_from_db()
    assert (card.summary, card.recommendation) == ("Typed before, and after.", "hire")


def test_a_reason_for_a_missing_rating_is_saved_at_once(panel, page_as, elsewhere):
    elsewhere(f"rating:{panel.questions[0].pk}", None)
    page = review(page_as(panel.people.interviewer), panel.mine.scorecard)
    row = page.locator("#q-shipped")
    expect(row).to_have_attribute("data-missing", "")
    row.get_by_role("combobox").select_option("not_reached")
    expect(row).not_to_have_attribute("data-missing", "")
    expect_state(page, "saved", "Saved ")
    answer = panel.mine.scorecard.answers.get(question_version=panel.questions[0])
    assert answer.not_assessed_reason == "not_reached"
    recommend(page)
    summary(page).fill(WORDS)
    hand_in(page)
    expect_state(page, "locked")


def test_two_devices_wrote_the_statement(page, elsewhere):
    elsewhere("summary", "From the tablet.")
    summary(page).fill("From the laptop.")
    expect_state(page, "conflict", "Two versions, choose")
    clash = page.get_by_test_id("conflict")
    expect(clash).to_contain_text("From the tablet.")
    assert violations(page) == []
    recommend(page)
    hand_in(page)
    expect(why(page)).to_contain_text("Not sent: something here waits for you.")
    clash.get_by_role("button", name="Keep both").click()
    expect(summary(page)).to_have_value("From the tablet.\n\nFrom the laptop.")
    hand_in(page)
    expect_state(page, "locked")
    assert AnswerOp.objects.get(outcome="conflict").value == '"From the laptop."'
    assert "From the tablet.\\n\\nFrom the laptop." in Submission.objects.get().content


def test_answers_of_a_tab_that_is_gone_are_sent_from_here(panel, page_as, card):
    live = opened(page_as(panel.people.interviewer), card, "shipped")
    live.context.route("**/ops/", lambda route: route.abort())
    notes(live).fill("Not sent yet.")
    expect_state(live, "device")
    page = live.context.new_page()
    live.close()
    live.context.unroute("**/ops/")
    review(page, card)
    until(page, lambda: evidence() == "Not sent yet.")
    expect(why(page)).to_contain_text("This page does not show your newest ratings and notes.")
    page.get_by_role("link", name="Show the newest").click()
    expect(why(page)).to_have_count(0)


def test_a_tab_that_is_open_writes_until_this_one_takes_over(panel, page_as, card):
    live = opened(page_as(panel.people.interviewer), card, "shipped")
    page = review(live.context.new_page(), card)
    expect_state(page, "locked", "Open in another tab")
    expect(summary(page)).to_have_js_property("readOnly", True)
    hand_in(page)
    expect(why(page)).to_contain_text("Not sent: this scorecard is open in another tab.")
    page.get_by_role("button", name="Edit here instead").first.click()
    expect_state(page, "saved")
    summary(page).fill(WORDS)
    expect_state(page, "saved", "Saved ")


def test_a_rating_from_elsewhere_is_read_before_it_is_submitted(panel, page, elsewhere):
    summary(page).fill(WORDS)
    recommend(page)
    elsewhere(f"rating:{panel.questions[0].pk}", 1)
    hand_in(page)
    expect(why(page)).to_contain_text("This page does not show your newest ratings and notes.")
    assert not Submission.objects.exists()
    page.get_by_role("link", name="Show the newest").click()
    expect(page.locator("#q-shipped [data-r='1']")).to_be_visible()
    expect(summary(page)).to_have_value(WORDS)
    hand_in(page)
    expect_state(page, "locked")


def test_a_change_at_the_last_moment_is_not_overwritten(page, elsewhere):
    """Between the last look and the form: the server refuses, and the page asks which to keep."""
    summary(page).fill(WORDS)
    recommend(page)
    expect_state(page, "saved", "Saved ")
    held = []
    page.route("**/submit/", lambda route: held.append(route))  # noqa: PLW0108
    hand_in(page)
    until(page, lambda: len(held) == 1)
    elsewhere("summary", "From the tablet.", 1)
    held[0].continue_()
    expect_state(page, "conflict")
    expect(page.get_by_test_id("conflict")).to_contain_text(WORDS)
    expect(page.get_by_test_id("conflict")).to_contain_text("From the tablet.")
    assert not Submission.objects.exists()


def test_a_text_that_is_too_long_is_set_aside(page, card):
    summary(page).fill("x" * 4_001)
    expect_state(page, "quarantine", "The text has 4,001 characters and 4,000 fit.")
    hand_in(page)
    expect(why(page)).to_contain_text("mend the text that can't be stored")
    page.get_by_role("button", name="Statement").click()
    expect(summary(page)).to_be_focused()
    summary(page).fill("x" * 4_000)
    expect_state(page, "saved")
    card.refresh_from_db()
    assert len(card.summary) == 4_000
