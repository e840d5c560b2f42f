"""The review page in a browser: opening cells by keyboard, addresses, the way back, paper."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from scorecards.models import OpeningArea
from tests import build
from tests.browser import product
from tests.browser.axe import violations
from tests.review_cases import submission_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seated(live_server, panel):
    """Two cards that differ on production and agree on cost, an amendment, and one card to come."""
    OpeningArea.objects.filter(area__slug="production").update(bar="2.50")
    mine = build.submitted(panel.mine, [4, 4, 3], evidence='"We kept a kill switch."\nShort.')
    theirs = build.submitted(panel.theirs, [3, 1, 3], recommendation="no_hire")
    for card in (mine, theirs):
        submission_of(card)
    shipped = str(panel.questions[0].pk)
    content = {"questions": [{"question_version": shipped, "rating": 4}]}
    submission_of(theirs, number=2, content=content, reason="I had misread my notes.")
    tomorrow = timezone.now() + timedelta(days=1)
    build.interview(panel.application, build.user("Tessa Asker"), starts_at=tomorrow)
    panel.review = reverse("application_review", args=[panel.application.pk])
    return panel


def cell(page, area: str, person: str):
    return page.get_by_role("link", name=re.compile(f"^{area}, {person}:"))


def style(of, name: str) -> str:
    return of.evaluate("(one, name) => getComputedStyle(one)[name]", name)


def test_cells_open_by_keyboard_keep_focus_and_place_and_lead_back(page_as, seated):
    page = page_as(seated.people.chair, height=500)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(seated.review)
    page.evaluate("window.sameDocument = true")
    ines, colin = cell(page, "Production", "Ines Asker"), cell(page, "Production", "Colin Asker")
    evidence = page.locator("#evidence")

    with page.context.expect_page() as other:
        ines.click(modifiers=["ControlOrMeta"])
    expect(other.value.locator("#evidence")).to_be_visible()
    expect(evidence).to_have_count(0)

    ines.focus()
    page.keyboard.press("Enter")
    expect(ines).to_have_attribute("aria-expanded", "true")
    expect(ines).to_be_focused()
    expect(evidence).to_contain_text("We kept a kill switch.")
    opened = f"{seated.review}?area=production&by={seated.people.interviewer.pk}"
    expect(page).to_have_url(re.compile(re.escape(opened) + "#cell-production-"))

    page.keyboard.press("Tab")
    expect(colin).to_be_focused()
    page.keyboard.press("Enter")
    expect(colin).to_have_attribute("aria-expanded", "true")
    page.go_back()
    expect(ines).to_have_attribute("aria-expanded", "true")
    expect(ines).to_be_focused()
    page.go_back()
    expect(evidence).to_have_count(0)
    expect(ines).to_be_focused()
    assert page.url.endswith(seated.review)
    expect(page.locator(".ib-jump a[aria-current]")).to_have_count(1)

    page.get_by_role("checkbox", name="All agree on 1 area:").check()
    cell(page, "Production", "Ines Asker").press("Enter")
    expect(evidence).to_be_visible()
    expect(page.locator("#area-cost")).to_be_visible()
    cost = cell(page, "Cost", "Ines Asker")
    page.go_forward()
    expect(evidence).to_be_visible()
    page.get_by_role("checkbox", name="All agree on 1 area:").check()
    cost.scroll_into_view_if_needed()
    before = cost.bounding_box()["y"]
    cost.press("Enter")
    expect(cost).to_have_attribute("aria-expanded", "true")
    assert abs(cost.bounding_box()["y"] - before) <= 1
    cost.press("Enter")
    expect(evidence).to_have_count(0)
    assert page.evaluate("window.sameDocument")
    assert complaints == []


def test_an_address_opens_its_cell_without_scripts_and_below_the_bar(
    browser, live_server, page_as, seated
):
    signed_in = page_as(seated.people.chair)
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=signed_in.context.storage_state(),
    )
    page = context.new_page()
    page.goto(seated.review)
    cell(page, "Production", "Colin Asker").click()
    page.wait_for_url(re.compile(r"\?area=production&by="))

    expect(page.locator("#evidence")).to_contain_text("Amendment 2")
    colin = cell(page, "Production", "Colin Asker")
    expect(colin).to_be_focused()
    bar = page.locator(".ib-jump").bounding_box()
    assert colin.bounding_box()["y"] >= bar["y"] + bar["height"]
    colin.click()
    expect(page.locator("#evidence")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("theme", product.THEMES)
def test_no_violations_and_a_paper_that_has_it_all(page_as, seated, theme):
    page = page_as(seated.people.chair, theme=theme)
    page.goto(f"{seated.review}?area=production&by={seated.people.interviewer.pk}")
    page.locator("#whatif summary").click()
    page.get_by_role("checkbox", name="All agree on 1 area:").check()
    for width in (1440, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, violations(page)) == (width, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(seated.review)
    first = page.get_by_role("navigation", name="On this page").get_by_role("link").first
    expect(first).to_have_attribute("aria-current", "true")
    agreed, weights = page.locator("#area-cost"), page.locator("#whatif details table")
    expect(agreed).to_be_hidden()
    expect(weights).to_be_hidden()
    page.emulate_media(media="print")
    expect(agreed).to_be_visible()
    expect(weights).to_be_visible()
    expect(page.locator(".ib-jump")).to_be_hidden()
    expect(page.locator("#decision form")).to_be_hidden()
    expect(page.locator("#decision")).to_contain_text("No decision yet.")
    # A rating keeps its numeral and its edge where colour is gone.
    colin = cell(page, "Production", "Colin Asker")
    assert style(colin, "borderColor") == "rgb(0, 0, 0)"
    assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
    # Long parts break between their rows, short ones not at all.
    assert style(page.locator("#whatif"), "breakInside") == "auto"
    assert style(page.locator("#whatif tbody tr").first, "breakInside") == "avoid"
    assert style(page.locator("#areas"), "breakInside") == "avoid"
    page.goto(f"{seated.review}?area=production")
    assert style(page.locator("#areas"), "breakInside") == "auto"
