"""The candidates list and the comparison in a browser: by keys, by mouse, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from scorecards.summaries import applications
from tests import build, candidates
from tests.browser.axe import violations
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chair(transactional_db):
    """Who sees five candidates: Half, Solid, Strong, Thin and Torn; Weak is somebody else's."""
    areas = [build.area("production"), build.area("cost")]
    questions = [build.question(in_area=area) for area in (areas[0], *areas)]
    person = build.user("Chiara Decider")
    opening = build.opening(
        build.question_set(*questions), areas=areas, members=[(person, "chair")]
    )
    for name in ("Solid", "Strong", "Thin", "Torn"):
        candidates.met(opening, f"{name} Quill", candidates.CARDS[name])
    candidates.met(opening, "Half Quill", [[4, 4, 4]], open_cards=1)
    return person


def opened(page: Page) -> Page:
    page.goto("/candidates/?sort=name")
    return page


def test_keys_select_and_compare(page_as, chair):
    page = opened(page_as(chair))
    bar = page.locator("[data-selected]")
    expect(bar).to_have_text("Tick two to five candidates")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    for key in ("j", "j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(bar).to_have_text("2 selected")
    expect(page.get_by_role("checkbox", name="Select Solid Quill")).to_be_checked()
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two candidates, same scale")
    expect(page.get_by_text("Strong Quill is clearly ahead of Solid Quill.")).to_be_visible()
    page.go_back()
    expect(bar).to_have_text("2 selected")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-selected]")).not_to_have_text("2 selected")


def test_the_list_of_keys_opens_and_closes(page_as, chair):
    page = opened(page_as(chair))
    keys = page.locator("[data-keys] p")
    expect(keys).to_have_text(re.compile("x select.*c compare"))
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_visible()


def test_names_are_hidden_and_a_figure_leads_to_its_words(page_as, chair):
    page = opened(page_as(chair, width=390, theme="dark"))
    for name in ("Solid", "Strong"):
        page.get_by_role("checkbox", name=f"Select {name} Quill").check()
    page.get_by_role("button", name="Compare side by side").click()
    page.get_by_role("link", name="Hide names").click()
    expect(page.get_by_role("columnheader", name="Candidate A")).to_be_visible()
    expect(page.get_by_text("Quill")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("link", name="Cost, Candidate A: 4.00. Show evidence").click()
    expect(page).to_have_url(re.compile("/review/.area=cost#area-cost$"))
    expect(page.get_by_text("What was heard.").first).to_be_visible()


def test_the_comparison_is_printed(page_as, chair):
    page = opened(page_as(chair))
    for name in ("Solid", "Strong"):
        page.get_by_role("checkbox", name=f"Select {name} Quill").check()
    page.get_by_role("button", name="Compare side by side").click()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")

    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("row", name="What was heard")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).page") == "wide"


def test_ticks_go_along_to_the_next_page(page_as, chair, monkeypatch):
    monkeypatch.setattr(applications, "PAGE_SIZE", 2)
    page = opened(page_as(chair, width=390))
    bar = page.locator("[data-selected]")
    page.get_by_role("checkbox", name="Select Solid Quill").check()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("checkbox", name="Solid Quill")).to_be_checked()
    page.get_by_role("checkbox", name="Select Strong Quill").check()
    expect(bar).to_have_text("2 selected")
    page.get_by_label("Filter by name").fill("torn")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(bar).to_have_text("2 selected")
    page.get_by_role("checkbox", name="Select Torn Quill").check()
    page.get_by_role("checkbox", name="Solid Quill").uncheck()
    page.reload()
    expect(bar).to_have_text("2 selected")
    assert violations(page) == []
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two candidates, same scale")
    page.get_by_role("link", name="Choose others").click()
    expect(bar).to_have_text("2 selected")
    page.get_by_role("link", name="Clear the selection").click()
    expect(bar).to_have_text("Tick two to five candidates")


def test_without_javascript(browser, live_server, chair):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, chair.email)
    opened(page)
    page.get_by_label("Look here", exact=True).select_option("none")
    page.get_by_label("Order", exact=True).select_option("-score")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("tbody th a")).to_have_text(["Solid Quill", "Strong Quill"])
    page.get_by_role("checkbox", name="Select Solid Quill").check()
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose two to five candidates")
    page.get_by_role("link", name="Choose in the list of candidates").click()
    expect(page.get_by_role("checkbox", name="Select Solid Quill")).to_be_checked()
    context.close()
