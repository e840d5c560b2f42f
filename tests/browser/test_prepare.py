"""Preparing and rehearsing in a browser: the keys and the clock work, and nothing is sent."""

import pytest
from playwright.sync_api import expect

from scorecards.models import Answer, Interview
from tests import build
from tests.browser.axe import violations
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def requests_of():
    """What a page asks of the server from now on, but for files."""

    def listened(page) -> list[str]:
        sent: list[str] = []
        page.on(
            "request",
            lambda one: "/static/" in one.url or sent.append(f"{one.method} {one.url}"),
        )
        return sent

    return listened


def test_a_rehearsal_works_like_the_scorecard_and_sends_nothing(panel, page_as, requests_of):
    page = page_as(panel.people.interviewer)
    page.goto(f"/interviews/{panel.mine.pk}/rehearse/")
    page.locator("[data-live]").wait_for()
    sent = requests_of(page)
    status = page.get_by_test_id("save-status")

    page.keyboard.press("3")
    expect(page.get_by_test_id("rating-shipped-3")).to_be_checked()
    page.keyboard.press("n")
    page.keyboard.type("Practised this.")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell me about outage.")
    page.keyboard.press("k")
    expect(page.get_by_test_id("rating-shipped-3")).to_be_checked()
    expect(page.get_by_test_id("evidence-shipped")).to_have_value("Practised this.")
    expect(status).to_contain_text("Rehearsal: nothing is saved or counted")
    page.get_by_role("button", name="Pause the clock").click()
    expect(page.get_by_role("button", name="Let the clock go on")).to_be_visible()

    assert sent == []
    kept = page.evaluate("async () => (await indexedDB.databases()).map((one) => one.name)")
    assert kept == ["interviewbank-clock"]  # its pauses, by a random id
    page.reload()
    page.locator("[data-live]").wait_for()
    expect(page.get_by_test_id("evidence-shipped")).to_have_value("")
    page.get_by_role("button", name="End the rehearsal").last.click()
    page.wait_for_url("**/prepare/")
    assert Answer.objects.count() == 0
    assert Interview.objects.count() == 2


def test_saying_that_it_was_moved_and_back_by_keyboard(panel, page_as):
    page = page_as(panel.people.interviewer, width=390)
    page.goto("/")
    page.get_by_role("link", name="Odalys Brambleworth: we did not meet").click()
    moved = page.get_by_role("group").filter(has_text="It was moved")
    moved.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("To Friday at ten.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You said that it was moved.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="It took place after all").click()
    expect(page.get_by_text("The interview counts again")).to_be_visible()
    assert Interview.objects.get(pk=panel.mine.pk).state == "planned"


def test_ending_a_session_while_somebody_types_in_it(panel, open_page):
    """The other browser notices at its next save, and keeps what is typed."""
    there, here = open_page(), open_page()
    for page in (there, here):
        sign_in(page, panel.people.interviewer.email)
    there.goto(f"/scorecards/{panel.mine.scorecard.pk}/")
    there.locator("[data-live]").wait_for()
    here.goto("/account/")
    here.get_by_role("button", name="Sign out all others").click()
    expect(here.get_by_text("You are signed out everywhere else.")).to_be_visible()

    there.get_by_test_id("evidence-shipped").fill("Typed after the session had ended.")
    expect(there.get_by_test_id("save-status")).to_contain_text("Signed out")
    expect(there.get_by_test_id("evidence-shipped")).to_have_value(
        "Typed after the session had ended."
    )
    assert Answer.objects.count() == 0


def test_the_paper_breaks_between_questions_only(panel, page_as):
    """Every question begins and ends on one sheet of A4."""
    questions = [build.question(f"long-{n}") for n in range(5)]
    panel.plan.rounds.update(set_version=build.question_set(*questions, name="Long"))
    page = page_as(panel.people.interviewer)
    page.goto(f"/interviews/{panel.mine.pk}/print/")
    page.emulate_media(media="print")

    assert (
        page.locator(".ib-paper section").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).breakInside)"
        )
        == ["avoid"] * 6
    )
    assert page.locator(".ib-no-print").is_hidden()
