"""When the keys of the live scorecard do not act, and the sheet that lists them."""

import pytest
from playwright.sync_api import Page, expect

from tests import build
from tests.browser.axe import violations
from tests.browser.live_page import box, card_of_three, listen, notes, opened, radio, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(people):
    return card_of_three(people.interviewer)


@pytest.fixture
def live(people, card, page_as):
    return lambda: opened(page_as(people.interviewer), card, "shipped")


def sheet(page: Page):
    return page.get_by_role("dialog", name="Keys")


def test_n_writes_notes_and_escape_leaves_them(live):
    page = live()
    notes(page).fill("Before. ")
    notes(page).blur()
    page.keyboard.press("n")
    expect(notes(page)).to_be_focused()
    page.keyboard.type("1234 njk? ptgusw0/")
    expect(notes(page)).to_have_value("Before. 1234 njk? ptgusw0/")
    expect(radio(page, "open")).to_be_checked()
    page.keyboard.press("Escape")
    expect(notes(page)).not_to_be_focused()
    page.keyboard.press("2")
    expect(radio(page, 2)).to_be_checked()
    expect(notes(page)).to_have_value("Before. 1234 njk? ptgusw0/")


@pytest.mark.parametrize("where", ["/scorecards/{card}/?q=shipped", "/interviews/{met}/rehearse/"])
def test_it_is_ready_once_the_keys_are(people, card, page_as, where):
    """Or else the n of whoever is fast would go nowhere, and the words after it would be keys."""
    page = page_as(people.interviewer)
    held = []
    page.route("**/live/keys.js", lambda route: held.append(route))  # noqa: PLW0108
    address = where.format(card=card.pk, met=card.interview_id)
    with page.expect_event("requestfinished", lambda one: one.url.endswith("/live/values.js")):
        page.goto(address, wait_until="commit")
    until(page, lambda: len(held) == 1)
    expect(page.locator("form[data-scorecard]")).not_to_have_attribute("data-live", "")
    held[0].continue_()
    page.locator("form[data-live]").wait_for()
    page.keyboard.press("n")
    page.keyboard.type("1234 njk? ptgusw0/")
    expect(notes(page)).to_have_value("1234 njk? ptgusw0/")
    expect(radio(page, "open")).to_be_checked()


def test_keys_are_letters_in_the_private_notes(live):
    page = live()
    page.get_by_text("Private notes, for you alone").click()
    private = page.get_by_label("Private notes of the whole interview")
    private.focus()
    page.keyboard.type("3 u j")
    expect(private).to_have_value("3 u j")
    expect(radio(page, "open")).to_be_checked()


def test_the_sheet_lists_the_keys_and_gives_the_focus_back(live):
    page = live()
    box(page, "Weak one").focus()
    for key in ("?", "/"):
        page.keyboard.press(key)
        expect(sheet(page)).to_be_visible()
        expect(page.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("3")
        page.keyboard.press("j")
        expect(sheet(page)).to_be_visible()
        page.keyboard.press("Escape" if key == "?" else key)
        expect(sheet(page)).to_be_hidden()
        expect(box(page, "Weak one")).to_be_focused()
    expect(radio(page, "open")).to_be_checked()
    listed = page.locator("[data-keys-sheet] dt").all_text_contents()
    assert "".join(listed).replace(" ", "") == "12340njkpswutg?"


def test_the_sheet_opens_by_hand_and_closes_elsewhere(live):
    page = live()
    page.get_by_text("all keys").click()
    expect(sheet(page)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Close").click()
    expect(sheet(page)).to_be_hidden()
    page.get_by_text("all keys").click()
    page.get_by_role("heading", level=1).click()
    expect(sheet(page)).to_be_hidden()


def test_keys_of_the_browser_are_left_alone(live):
    page = live()
    for chord in ("Control+3", "Alt+2", "Meta+1", "Control+j", "Alt+p"):
        page.keyboard.press(chord)
    expect(radio(page, "open")).to_be_checked()
    expect(box(page, "Probe one?")).not_to_be_checked()
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text("Shipped")


def test_a_key_that_is_held_down_acts_once(live):
    page = live()
    page.keyboard.down("p")
    page.keyboard.down("p")
    page.keyboard.up("p")
    expect(box(page, "Probe one?")).to_be_checked()
    expect(box(page, "Probe two?")).not_to_be_checked()


def test_keys_that_are_switched_off(people, live):
    type(people.interviewer).objects.update(single_keys=False)
    page = live()
    listen(page)
    for key in "1234jnpswutg?/":
        page.keyboard.press(key)
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text("Shipped")
    expect(sheet(page)).to_be_hidden()
    assert page.evaluate("heard") == []
    page.get_by_text("Keys are off", exact=True).click()
    expect(sheet(page)).to_contain_text("Single keys are off, so none of these acts.")
    expect(page.get_by_role("link", name="Turn them on in your account")).to_have_attribute(
        "href", "/account/"
    )
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()


def test_nothing_acts_behind_a_dialog(live):
    page = live()
    page.evaluate(
        """() => {
            const dialog = document.createElement("dialog");
            dialog.textContent = "Wait.";
            document.body.append(dialog);
            dialog.showModal();
        }"""
    )
    page.keyboard.press("3")
    expect(radio(page, "open")).to_be_checked()


def test_keys_of_a_submitted_scorecard(people, card, page_as):
    build.submitted(card.interview, [3, 2, 4])
    page = page_as(people.interviewer)
    page.goto(f"/scorecards/{card.pk}/?q=shipped")
    for key in "1nps0u":
        page.keyboard.press(key)
    expect(radio(page, 3)).to_be_checked()
    expect(box(page, "Probe one?")).not_to_be_checked()
    page.keyboard.press("j")
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text("Outage")
    page.keyboard.press("?")
    listed = page.locator("[data-keys-sheet] dt").all_text_contents()
    assert "".join(listed).replace(" ", "") == "jk?"
    assert violations(page) == []
