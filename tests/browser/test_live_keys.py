"""The keys of the live scorecard: each does what the page's own controls do."""

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import box, card_of_three, listen, notes, opened, radio

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(people):
    return card_of_three(people.interviewer)


@pytest.fixture
def live(people, card, page_as):
    return lambda: opened(page_as(people.interviewer), card, "shipped")


def test_a_number_rates_and_stays(live):
    page = live()
    listen(page)
    for key in "1234":
        page.keyboard.press(key)
        expect(radio(page, key)).to_be_checked()
        expect(page.locator("[data-keys-said]")).to_contain_text(f"Rated {key} ")
    page.keyboard.press("4")
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text("Shipped")
    assert page.evaluate("heard") == [
        f"{kind} rating {key} true" for key in "1234" for kind in ("input", "change")
    ]


def test_zero_goes_to_the_reasons_and_chooses_none(live):
    page = live()
    page.keyboard.press("3")
    page.keyboard.press("0")
    expect(radio(page, "not_reached")).to_be_focused()
    expect(radio(page, 3)).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(radio(page, "no_evidence")).to_be_checked()
    page.keyboard.press("2")
    expect(radio(page, 2)).to_be_checked()


def test_radios_answer_to_arrows(live):
    page = live()
    radio(page, 1).focus()
    page.keyboard.press("ArrowRight")
    expect(radio(page, 2)).to_be_checked()
    expect(radio(page, 2)).to_be_focused()


def test_j_and_k_move_through_the_questions(live):
    page = live()
    current = page.locator(".ib-seg[aria-current]")
    for key, title in (("k", "Shipped"), ("j", "Outage"), ("j", "Price"), ("j", "Price")):
        page.keyboard.press(key)
        expect(current).to_contain_text(title)
    expect(page.locator("[data-keys-said]")).to_have_text("This is the last question.")
    page.keyboard.press("k")
    expect(current).to_contain_text("Outage")
    expect(notes(page, "outage")).to_be_visible()


def test_what_was_rated_is_kept_when_one_moves_on(live):
    page = live()
    page.keyboard.press("4")
    page.keyboard.press("j")
    expect(radio(page, 1, "outage")).not_to_be_checked()
    page.keyboard.press("1")
    page.keyboard.press("k")
    expect(radio(page, 4)).to_be_checked()
    page.reload()
    expect(radio(page, 4)).to_be_checked()


def test_p_ticks_the_next_probe(live):
    page = live()
    listen(page)
    page.keyboard.press("p")
    expect(box(page, "Probe one?")).to_be_checked()
    expect(box(page, "Probe two?")).not_to_be_checked()
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(box(page, "Probe two?")).to_be_checked()
    expect(box(page, "Probe one?")).to_be_checked()
    assert page.evaluate("heard.filter(one => one.startsWith('change'))") == [
        "change probes one true",
        "change probes two true",
    ]


def test_s_and_w_go_to_the_signals(live):
    page = live()
    for key, name in (("s", "Strong s-one"), ("s", "Strong s-two"), ("s", "Strong s-one")):
        page.keyboard.press(key)
        expect(box(page, name)).to_be_focused()
    page.keyboard.press("w")
    expect(box(page, "Weak one")).to_be_focused()
    page.keyboard.press("Space")
    expect(box(page, "Weak one")).to_be_checked()


def test_u_takes_back_one_step_after_the_other(live):
    page = live()
    page.keyboard.press("2")
    page.get_by_text("Says what one hears at 4.").click()
    page.keyboard.press("p")
    listen(page)
    page.keyboard.press("u")
    expect(box(page, "Probe one?")).not_to_be_checked()
    page.keyboard.press("u")
    expect(radio(page, 2)).to_be_checked()
    page.keyboard.press("u")
    expect(radio(page, "open")).to_be_checked()
    page.keyboard.press("u")
    expect(page.locator("[data-keys-said]")).to_have_text("Nothing to undo.")
    assert page.evaluate("heard.filter(one => one.startsWith('change'))") == [
        "change probes one false",
        "change rating 2 true",
        "change rating  true",
    ]


def test_u_goes_back_to_the_question_that_it_undoes(live):
    page = live()
    for key in "3j1uu":
        page.keyboard.press(key)
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text("Shipped")
    expect(radio(page, "open")).to_be_checked()
    page.keyboard.press("j")
    expect(radio(page, "open", "outage")).to_be_checked()


def test_g_goes_to_review(live):
    page = live()
    page.keyboard.press("3")
    page.keyboard.press("g")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review and submit")
