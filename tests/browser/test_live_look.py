"""How the live scorecard looks: what fits, what is large enough, what is never covered."""

import pytest
from playwright.sync_api import Page, expect

from tests import build
from tests.browser import product
from tests.browser.axe import violations
from tests.browser.live_page import opened, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWO_LINES = "Names what was measured, what it meant to users, and what was changed."
PROMPT = "Think of the last system that you put before real users. What did you not expect? " * 2


def items(prefix: str, words: list[str]) -> list[dict]:
    return [{"id": f"{prefix}-{place}", "text": text} for place, text in enumerate(words)]


@pytest.fixture
def card(people):
    """A scorecard of seven questions, each as long as questions of the bank are."""
    short, long = "Gives dates unasked", "How many people used it on an ordinary working day?"
    words = {
        "prompt": PROMPT,
        "probes": items("probe", [long, long, long, short]),
        "strong_signals": items("strong", [short] * 4),
        "weak_signals": items("weak", [short] * 3),
        **{f"anchor_{level}": TWO_LINES for level in (1, 2, 3, 4)},
    }
    areas = [build.area(slug) for slug in ("production", "evaluation")]
    asked = [build.question(f"q{n}", in_area=areas[n > 3], **words) for n in range(1, 8)]
    opening = build.opening(build.question_set(*asked, name="Deep dive"), areas=areas)
    made = build.interview(build.application(opening, "Juniper Halloway"), people.interviewer)
    return made.scorecard


@pytest.fixture
def live(people, card, page_as):
    return lambda **viewport: opened(page_as(people.interviewer, **viewport), card, "q1")


def place(page: Page, selector: str) -> dict:
    return page.locator(selector).first.bounding_box()


def test_a_question_fits_the_screen(live):
    page = live()
    assert page.evaluate("document.documentElement.scrollHeight") == 900
    dock = place(page, ".ib-dock")
    for part in (".ib-ask", ".ib-levels", "#evidence", "[data-signals=weak]"):
        found = place(page, part)
        assert found["y"] + found["height"] <= dock["y"], part
    assert dock["y"] + dock["height"] == 900
    assert place(page, "#evidence")["height"] >= 120
    expect(page.get_by_text("The candidate may ask to read this.")).to_be_visible()
    expect(page.get_by_text("They are deleted when you submit.")).to_be_visible()


def test_the_bar_stands_between_two_and_three_in_ink(live):
    page = live()
    page.keyboard.press("4")
    bar = page.locator(".ib-lv[data-bar]")
    expect(bar.locator("input")).to_have_value("3")
    look = bar.evaluate(
        "bar => { const s = getComputedStyle(bar, '::before'); return s.borderLeftStyle }"
    )
    assert look == "dashed"
    # No colour judges the candidate while they can see the screen.
    rated = page.locator(".ib-seg[aria-current] .ib-rate")
    expect(rated).to_have_attribute("data-r", "4")
    ground = "rate => getComputedStyle(rate).backgroundColor"
    assert rated.evaluate(ground) == "rgba(0, 0, 0, 0)"
    chosen = page.locator(".btn-check:checked + .ib-level")
    assert chosen.evaluate(ground) == "rgb(23, 24, 26)"


def small_targets(page: Page) -> list[str]:
    """What is pressed during an interview and is lower or narrower than 44 pixels."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
            "label.ib-level, label.ib-pick, .ib-seg[href], .ib-dock .btn, .ib-thumb > *, "
            + ".ib-timer .btn, .ib-live-bar > .btn")]
            .filter(one => one.checkVisibility())
            .map(one => [one.textContent.trim() || one.ariaLabel, one.getBoundingClientRect()])
            .filter(([, rect]) => rect.height < 43.5 || rect.width < 43.5)
            .map(([name, rect]) => `${name} ${rect.width} x ${rect.height}`)"""
    )


def covered(page: Page) -> list[str]:
    """Goes through the page by Tab: what has the focus and is under a bar, or outside."""
    found = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const one = document.activeElement;
                const main = one.closest("main");
                if (!main) return one === document.body ? "end" : null;
                const { top, bottom, height } = one.getBoundingClientRect();
                const from = document.querySelector(".ib-live-top").getBoundingClientRect().bottom;
                const to = document.querySelector(".ib-dock").getBoundingClientRect().top;
                const fits = height <= to - from;
                const seen = fits ? top >= from - 1 && bottom <= to + 1 : top < to && bottom > from;
                return seen ? null : `${one.id} ${top}-${bottom} of ${from}-${to}`;
            }"""
        )
        if place == "end":
            return found
        found += [place] if place else []
    return found


@pytest.mark.parametrize(("width", "height"), [(820, 700), (390, 844)])
def test_what_is_touched_is_large_and_what_has_the_focus_is_seen(live, width, height):
    page = live(width=width, height=height)
    assert small_targets(page) == []
    assert covered(page) == []


def test_the_thumb_rates_from_anywhere(live):
    page = live(width=390, height=844)
    keys = page.locator(".ib-thumb > *")
    height = "one => Math.round(one.getBoundingClientRect().height)"
    assert [key.evaluate(height) for key in keys.all()] == [48] * 5
    page.locator("#evidence").scroll_into_view_if_needed()
    keys.nth(2).click()
    expect(page.get_by_test_id("rating-q1-3")).to_be_checked()
    expect(page.get_by_test_id("rating-q1-3")).to_have_accessible_name(f"3 Solid {TWO_LINES}")
    assert keys.nth(2).evaluate("key => getComputedStyle(key).backgroundColor") == "rgb(23, 24, 26)"
    expect(keys.nth(4)).to_have_accessible_name("0, not assessed: go to the reasons")
    keys.nth(4).click()
    expect(page.get_by_test_id("rating-q1-not_reached")).to_be_focused()
    expect(page.get_by_text("Not reached")).to_be_in_viewport()
    page.keyboard.press("Space")
    assert keys.nth(4).evaluate("key => getComputedStyle(key).backgroundColor") == "rgb(23, 24, 26)"
    expect(page.locator(".ib-seg").first).to_have_accessible_name("1 Q1 Not assessed")


def test_a_telephone_without_scripts_says_how_to_save(people, card, browser, live_server):
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    page = signed_in(context.new_page(), people.interviewer, live_server.url)
    page.goto(f"/scorecards/{card.pk}/")
    page.locator("#evidence").fill("By hand.")
    expect(page.get_by_text("Saved when you press Save, Previous or Next.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_test_id("save-status")).to_contain_text("Saved")
    context.close()
    assert card.answers.get().evidence == "By hand."


def test_bars_let_a_low_window_scroll(live):
    """Text at 400 % on a laptop is a window of 320 x 256."""
    page = live(width=320, height=256)
    page.locator("#evidence").scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.locator(".ib-live-bar")).not_to_be_in_viewport()


def pages(card) -> dict[str, str]:
    return {"live": f"/scorecards/{card.pk}/?q=q2", "submit": f"/scorecards/{card.pk}/submit/"}


def test_pages_fit_every_width_and_are_accessible(people, card, live):
    page = live()
    found = {}

    def look(name: str, address: str) -> None:
        for theme in product.THEMES:
            page.emulate_media(color_scheme=theme)
            page.goto(address)
            for width in (*product.WIDTHS, 320):
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found[name, width] = "scrolls sideways"
            if wrong := violations(page):
                found[name, theme] = wrong
            page.set_viewport_size({"width": 1440, "height": 900})

    for name, address in pages(card).items():
        look(name, address)
    build.submitted(card.interview, [3, 2, 4, None, 1, 2, 3])
    look("locked", pages(card)["live"])
    assert found == {}


def test_nothing_moves_and_nothing_flashes(live):
    page = live()
    page.keyboard.press("t")
    page.keyboard.press("3")
    moving = page.evaluate("document.getAnimations().filter(one => one.playState === 'running')")
    assert moving == []


def test_on_paper_the_bars_stay_in_their_place(live):
    page = live()
    page.emulate_media(media="print")
    expect(page.locator(".ib-dock")).to_be_hidden()
    assert (
        page.locator(".ib-live-top").evaluate("one => getComputedStyle(one).position") == "static"
    )


def test_colours_of_the_system_keep_the_choice_visible(live):
    page = live()
    page.emulate_media(forced_colors="active")
    page.keyboard.press("3")
    width = page.locator(".btn-check:checked + .ib-level").evaluate(
        "card => parseFloat(getComputedStyle(card).outlineWidth)"
    )
    assert width >= 2
