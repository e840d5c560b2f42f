"""Every page, in both themes, on a desk and on a phone: no violation that axe knows of, and nothing
that the browser complains about, such as what the content security policy refuses. And none scrolls
sideways, at any width."""

import pytest
from playwright.sync_api import expect

from interviewbank.access.policy import RULES
from tests.browser import product
from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AXE_WIDTHS = (1440, 390)


def test_accessibility(browser, live_server):
    product.load()
    found = {}
    with product.visitor(browser, live_server.url) as visitor:
        for place in product.places():
            page = visitor.go(place)
            for width in product.WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found[place.name, width] = product.too_wide(page, width)
                for theme in product.THEMES if width in AXE_WIDTHS else ():
                    page.emulate_media(color_scheme=theme)
                    if wrong := violations(page, colours_only=theme != product.THEMES[0]):
                        found[place.name, width, theme] = wrong
    assert found == {}
    assert visitor.complaints == []


def test_two_versions(browser, live_server):
    """The page on which one chooses after writing in two places."""
    product.load()
    place = next(place for place in product.places() if place.name == "scorecard_live-answered")
    with product.visitor(browser, live_server.url) as visitor:
        page = visitor.page_of(place.who)
        product.plain(page)
        visitor.go(place)
        notes, save = (
            page.get_by_label("Notes", exact=True),
            page.get_by_role("button", name="Save"),
        )
        other = page.context.new_page()
        other.goto(place.address)
        other.get_by_label("Notes", exact=True).fill("Written on the other device.")
        other.get_by_role("button", name="Save", exact=True).last.click()
        expect(other.get_by_test_id("save-status")).to_contain_text("Saved")
        notes.fill("Written here.")
        save.last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This was changed in two places")
        for width in AXE_WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for theme in product.THEMES:
                page.emulate_media(color_scheme=theme)
                assert violations(page) == []


def test_violations_are_found(open_page):
    """The check checks something."""
    page = open_page()
    page.goto("/sign-in/")
    page.get_by_label("Password", exact=True).evaluate("field => field.labels[0].remove()")
    assert "label" in {rule for rule, _ in violations(page)}
    page.locator("h1").evaluate("heading => { heading.style.color = '#eee' }")
    assert {rule for rule, _ in violations(page, colours_only=True)} == {"color-contrast"}


def test_complaints_are_heard(browser, live_server):
    """The check checks something."""
    with product.visitor(browser, live_server.url) as visitor:
        page = visitor.go(product.Place("account_login"))
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>Red</p>')")
        page.evaluate("fetch('/nowhere/')")
        page.reload()
    assert [text for text in visitor.complaints if "style-src" in text]
    assert [text for text in visitor.complaints if "404" in text]


def test_every_page_is_visited(db):
    product.load()
    visited = {place.url_name for place in product.places()}
    readable = {name for name, rule in RULES.items() if "GET" in rule.methods}
    assert visited == readable - product.NO_PAGE
