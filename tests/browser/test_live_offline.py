"""Without a connection everything goes on, and afterwards it is all on the server."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from scorecards.models import Answer, Scorecard

from .conftest import sign_in
from .live_page import (
    answer_ops,
    entries,
    evidence,
    expect_state,
    go_to,
    notes,
    opened,
    rate,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture
def card(panel) -> Scorecard:
    return panel.mine.scorecard


@pytest.fixture
def page(panel, page_as, card):
    return opened(page_as(panel.people.interviewer), card)


def test_offline_for_ten_minutes_and_back(panel, page_as, card):
    page = page_as(panel.people.interviewer)
    page.clock.install(time=NOON)
    opened(page, card)
    page.context.set_offline(True)

    def pass_time(milliseconds, *, kept):
        # The clock of the page does not wait for the disk, which would look as if it had failed.
        until(page, lambda: len(entries(page)) == kept)
        page.clock.run_for(milliseconds)

    rate(page, 3)
    notes(page).fill("Rolled back within the hour.")
    pass_time(60_000, kept=2)
    expect_state(page, "device", "On this device only, waiting for connection (2)")
    page.get_by_role("button", name="Next: Outage").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell me about outage.")
    rate(page, 2, "outage")
    page.get_by_text("How did you know?").click()
    pass_time(60_000, kept=4)
    go_to(page, 3)
    notes(page, "price").fill("שלום 👩🏽‍🔬 e\u0301")
    pass_time(480_000, kept=5)
    expect_state(page, "device", "waiting for connection (5)")
    expect(page.get_by_text("Keep going.").first).to_be_visible()
    expect(page.get_by_role("button", name="Submit when online")).to_be_disabled()
    assert not Answer.objects.exists()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    page.context.set_offline(False)
    expect_state(page, "saved", "Saved 12:1")
    kept = {answer.question_version.question.slug: answer for answer in Answer.objects.all()}
    assert (kept["shipped"].rating, kept["shipped"].evidence) == (3, "Rolled back within the hour.")
    assert (kept["outage"].rating, kept["outage"].probes) == (2, ["how"])
    assert kept["price"].evidence == "שלום 👩🏽‍🔬 e\u0301"
    assert entries(page) == []


def test_queued_segments_have_a_dot(page):
    page.context.set_offline(True)
    rate(page, 4)
    expect_state(page, "device")

    first, second = (page.locator(f".ib-seg >> nth={place}") for place in (0, 1))
    expect(first.locator(".q")).to_be_visible()
    expect(first).to_have_accessible_name("1 Shipped not sent yet, 4 Outstanding")
    expect(second.locator(".q")).to_be_hidden()
    page.context.set_offline(False)
    expect(first.locator(".q")).to_be_hidden()


def test_each_question_keeps_its_own_words_and_back_goes_back(page):
    notes(page).fill("First.")
    go_to(page, 2)
    notes(page, "outage").fill("Second.")
    go_to(page, 1)
    expect(notes(page)).to_have_value("First.")
    page.go_back()
    expect(notes(page, "outage")).to_have_value("Second.")
    expect(page.locator('[aria-current="step"]')).to_have_accessible_name("2 Outage Not rated yet")
    expect(page.get_by_role("button", name="Previous: Shipped")).to_be_visible()
    page.get_by_role("button", name="Previous: Shipped").click()
    expect(page.get_by_role("button", name="Previous: Shipped")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_private_notes_are_the_same_at_each_question(page, card):
    page.get_by_text("Private notes", exact=False).first.click()
    page.locator("#scratch").fill("Ask about pay.")
    go_to(page, 3)
    page.get_by_text("Private notes", exact=False).first.click()
    expect(page.locator("#scratch")).to_have_value("Ask about pay.")
    expect_state(page, "saved")
    card.refresh_from_db()
    assert card.scratch == "Ask about pay."


def test_after_a_reload_what_was_not_sent_is_shown_and_sent(page, card):
    page.context.route("**/ops/", lambda route: route.abort())
    notes(page).press_sequentially("Typed before")
    rate(page, 3)
    expect_state(page, "device")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    expect(notes(page)).to_have_value("Typed before")
    expect(page.get_by_test_id("rating-shipped-3")).to_be_checked()
    expect_state(page, "device")
    notes(page).press("End")
    page.keyboard.type(", and after.")
    page.context.unroute("**/ops/")
    expect_state(page, "saved")
    assert evidence() == "Typed before, and after."


def test_leaving_with_something_unsent_asks(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    rate(page, 3)
    expect_state(page, "device")
    page.get_by_role("button", name="Save and go back to Today").click()
    until(page, lambda: asked == ["beforeunload"])
    page.context.set_offline(False)
    expect_state(page, "saved")
    page.get_by_role("button", name="Save and go back to Today").click()
    page.wait_for_url("/")
    assert len(asked) == 1


def test_without_a_connection_nothing_leads_away_from_the_questions(page):
    notes(page).fill("All of it is saved.")
    expect_state(page, "saved", "Saved")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and go back to Today").click()
    expect(page.get_by_text("No connection. All that you wrote is saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Submit when online")).to_be_disabled()
    expect_state(page, "saved", "Saved")
    go_to(page, 3)
    expect(page.get_by_role("button", name="Next: review and submit")).to_be_disabled()

    page.context.set_offline(False)
    expect(page.get_by_text("No connection.")).to_be_hidden()
    page.get_by_role("button", name="Next: review and submit").click()
    page.wait_for_url("**/submit/")


def test_it_looks_by_itself_whether_the_server_is_back(panel, page_as, card):
    page = page_as(panel.people.interviewer)
    page.clock.install(time=NOON)
    opened(page, card)
    rate(page, 3)
    expect_state(page, "saved", "Saved 12:0")
    page.context.route("**/state/", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.keyboard.press("g")
    expect(page.get_by_text("No connection. All that you wrote is saved.")).to_be_visible()
    page.context.unroute("**/state/")
    band = page.get_by_text("No connection.")
    until(page, lambda: page.clock.run_for(1_000) or band.is_hidden())
    assert page.url.endswith(f"/scorecards/{card.pk}/")


def test_a_browser_that_keeps_nothing_is_not_said_to(panel, page_as, card):
    page = page_as(panel.people.interviewer)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('Blocked.'); }")
    opened(page, card)
    expect(page.get_by_text("This browser keeps no copy.")).to_be_visible()
    page.context.set_offline(True)
    notes(page).fill("On this page only.")
    expect_state(page, "device", "On this page only, keep it open, waiting for connection (1)")
    expect(page.get_by_text("What you type is sent when the connection is back.")).to_be_visible()
    assert "kept on this device" not in page.locator("body").inner_text()

    page.context.set_offline(False)
    expect_state(page, "saved")
    answer_ops(page, status=401, json={"error": "signed_out"})
    notes(page).fill("On this page still.")
    expect_state(page, "signed-out", "Signed out, keep this page open")
    assert "kept on this device" not in page.locator("body").inner_text()


def test_review_waits_for_what_is_being_typed(page):
    notes(page).press_sequentially("Just now")
    page.get_by_role("button", name="Review and submit", exact=True).click()
    page.wait_for_url("**/submit/")
    assert evidence() == "Just now"


def test_typing_before_the_script_is_there(panel, page_as, card):
    page = page_as(panel.people.interviewer)
    held = []
    page.route("**/live/page.js", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"/scorecards/{card.pk}/", wait_until="commit")
    notes(page).fill("Faster than the network.")
    rate(page, 2)
    until(page, lambda: len(held) == 1)
    held[0].continue_()

    expect_state(page, "saved", "Saved ")
    kept = Answer.objects.get()
    assert (kept.rating, kept.evidence) == (2, "Faster than the network.")


@pytest.mark.parametrize("part", ["page", "queue"])
def test_where_the_script_never_comes_the_line_does_not_say_saved(panel, page_as, card, part):
    page = page_as(panel.people.interviewer)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route(f"**/live/{part}.js", lambda route: route.abort())
    page.goto(f"/scorecards/{card.pk}/", wait_until="networkidle")
    expect_state(page, "saved", "Nothing written yet")
    notes(page).press_sequentially("Typed into the plain form.")
    expect_state(page, "saving", "Not saved yet")
    page.evaluate("location.assign('/')")
    until(page, lambda: asked == ["beforeunload"])

    page.get_by_role("button", name="Save", exact=True).click()
    expect_state(page, "saved", "Saved")
    assert evidence() == "Typed into the plain form."
    assert len(asked) == 1


def test_another_person_in_the_same_browser(panel, page, card):
    page.context.set_offline(True)
    notes(page).fill("Mine alone.")
    expect_state(page, "device")
    page.context.set_offline(False)
    page.context.route("**/ops/", lambda route: route.abort())
    today = page.context.new_page()
    today.goto("/")
    today.locator(".ib-user summary").click()
    today.get_by_role("button", name="Sign out").click()
    expect(today.get_by_text("One change is not sent yet.")).to_be_visible()
    today.get_by_role("button", name="Sign out anyway").click()
    today.wait_for_url("**/sign-in/**")
    sign_in(today, panel.people.colleague.email)
    expect(page.get_by_text("Somebody else is signed in").first).to_be_visible()
    sent = []
    page.on("request", lambda one: sent.append(one.url) if "/ops/" in one.url else None)
    page.context.unroute("**/ops/")

    opened(today, panel.theirs.scorecard)
    expect(notes(today)).to_have_value("")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("document.title === 'interviewbank'")
    expect(notes(page)).to_be_hidden()
    expect(page.get_by_text("Odalys Brambleworth")).to_be_hidden()
    expect_state(page, "signed-out", "Somebody else is signed in")
    assert [entry["user"] for entry in entries(page)] == [str(panel.people.interviewer.pk)]
    assert (sent, evidence()) == ([], "")
