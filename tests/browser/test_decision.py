"""The decision in a real browser: asked for, recorded, commented on, printed and taken along."""

import re

import pytest
from playwright.sync_api import Page, expect

from scorecards.models import Decision
from scorecards.packet import first_difference
from tests.browser.axe import violations
from tests.decided import RATIONALE, both_in, read_all

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at_all_widths(page: Page) -> None:
    for width in (1440, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def fill_in(page: Page, outcome: str) -> None:
    group = page.get_by_role("group", name="What the committee decides")
    group.get_by_text(outcome, exact=True).click()
    page.get_by_label(re.compile(r"^\s*Rationale")).fill(RATIONALE)


def test_a_decision_from_the_form_to_the_record(page_as, panel):
    both_in(panel)
    read_all(panel.application, panel.people.chair)
    page = page_as(panel.people.chair)
    page.goto(f"/applications/{panel.application.pk}/review/")
    for choice in (
        page.get_by_role("group", name="What the committee decides").get_by_role("radio").all()
    ):
        expect(choice).not_to_be_checked()

    fill_in(page, "No hire")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator(".ib-errors")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("departs from the scorecards")
    page.get_by_label(re.compile("Why it departs")).fill("The team was closed yesterday.")
    page.get_by_role("button", name="Record the decision").click()

    record = page.get_by_role("region", name="Decision", exact=True)
    expect(record).to_contain_text("The decision departs from it: The team was closed yesterday.")
    expect(page.get_by_role("button", name="Record the decision")).to_be_hidden()
    page.get_by_text("Add a comment").click()
    page.get_by_label(re.compile(r"^\s*Comment")).fill("Asked again on the phone. " + "x" * 300)
    page.get_by_role("button", name="Add the comment").click()
    expect(record).to_contain_text("Asked again on the phone.")
    assert record.evaluate("one => one.scrollWidth <= one.clientWidth"), "what has no space breaks"
    at_all_widths(page)


def test_the_packet_to_look_at_print_and_keep(page_as, panel, tmp_path):
    both_in(panel)
    read_all(panel.application, panel.people.chair)
    page = page_as(panel.people.chair)
    page.goto(f"/applications/{panel.application.pk}/review/")
    fill_in(page, "Hire")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("link", name="Open the packet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Odalys Brambleworth")

    page.set_viewport_size({"width": 703, "height": 1024})
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Download as JSON")).to_be_hidden()
    fits = "document.querySelector('.next-page').getBoundingClientRect().top"
    assert page.evaluate(fits) <= 1024, "answer, areas, sum and what-ifs are the first sheet"
    page.emulate_media(media="screen")

    for name in ("Download as a page", "Download as JSON"):
        with page.expect_download() as started:
            page.get_by_role("link", name=name).click()
        started.value.save_as(tmp_path / started.value.suggested_filename)
    short = str(Decision.objects.get().pk)[:8]
    assert first_difference((tmp_path / f"packet-{short}-1.json").read_bytes().decode()) is None
    opened_from_the_disk(page, tmp_path / f"packet-{short}-1.html")


def opened_from_the_disk(page: Page, path) -> None:
    """Without a server and without scripts; nothing else is asked for."""
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{path}")
    expect(page.get_by_role("heading", name="What the scorecards say")).to_be_visible()
    at_all_widths(page)
    assert asked == [f"file://{path}"]
    assert page.locator(".ib-packet").evaluate("one => getComputedStyle(one).maxWidth") != "none"
