"""The keys of the live scorecard: each does what the page's own controls do, when it may."""

import pytest
from playwright.sync_api import Page, expect

from tests import build
from tests.browser.axe import violations
from tests.browser.live import settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROBES = [{"id": one, "text": f"Probe {one}?"} for one in ("one", "two")]
STRONG = [{"id": one, "text": f"Strong {one}"} for one in ("s-one", "s-two")]
WEAK = [{"id": "w-one", "text": "Weak one"}]


@pytest.fixture
def live(people, page_as):
    """The page of the first of three questions, with two probes, two strong signals and a weak."""
    area = build.area("production")
    words = {"probes": PROBES, "strong_signals": STRONG, "weak_signals": WEAK}
    asked = [build.question(slug, in_area=area, **words) for slug in ("shipped", "outage", "price")]
    opening = build.opening(build.question_set(*asked, name="Deep dive"), areas=[area])
    card = build.interview(build.application(opening), people.interviewer).scorecard

    pages = []

    def opened(**viewport) -> Page:
        page = page_as(people.interviewer, **viewport)
        page.goto(f"/scorecards/{card.pk}/?q=shipped")
        page.locator("form[data-live]").wait_for()
        pages.append(page)
        return page

    yield opened
    for page in pages:
        settle(page)


def radio(page: Page, value, slug: str = "shipped"):
    return page.get_by_test_id(f"rating-{slug}-{value}")


def notes(page: Page, slug: str = "shipped"):
    return page.get_by_test_id(f"evidence-{slug}")


def box(page: Page, name: str):
    return page.get_by_role("checkbox", name=name)


def sheet(page: Page):
    return page.get_by_role("dialog", name="Keys")


def listened(page: Page) -> list:
    """The names and values of what changes from now on, as whoever saves hears it."""
    page.evaluate(
        """() => {
            window.heard = [];
            for (const kind of ["input", "change"]) {
                document.addEventListener(kind, ({ target }) => heard.push(
                    `${kind} ${target.name} ${target.value} ${target.checked}`));
            }
        }"""
    )


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
def test_a_number_rates_and_stays(live, key):
    page = live()
    listened(page)
    page.keyboard.press(key)
    expect(radio(page, key)).to_be_checked()
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text("Shipped")
    assert page.evaluate("heard") == [f"input rating {key} true", f"change rating {key} true"]
    expect(page.locator("[data-keys-said]")).to_contain_text(f"Rated {key} ")


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


def test_keys_are_letters_in_the_private_notes(live):
    page = live()
    page.get_by_text("Private notes, for you alone").click()
    private = page.get_by_label("Private notes of the whole interview")
    private.focus()
    page.keyboard.type("3 u j")
    expect(private).to_have_value("3 u j")
    expect(radio(page, "open")).to_be_checked()


def test_p_ticks_the_next_probe(live):
    page = live()
    listened(page)
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
    listened(page)
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


def test_g_goes_to_review(live):
    page = live()
    page.keyboard.press("3")
    page.keyboard.press("g")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review and submit")


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
    listened(page)
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
