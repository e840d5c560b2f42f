"""A question set is put in order with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests import build
from tests.set_pages import asked, url

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_focus_stays_with_what_is_moved(page_as, width):
    editor = build.user("Edith Queller", "question_editor")
    bank = [build.question(slug) for slug in ("shipped", "outage", "price")]
    live = build.question_set(*bank, name="Deep dive").question_set
    page = page_as(editor, width=width)
    page.goto(url("edit", live))
    page.get_by_role("button", name="Move Price up").focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        page.wait_for_url("**at=up**")
    expect(page.get_by_role("listitem").filter(has_text="Price").first).to_contain_text("1")
    # At the top its way up is closed: the way down has the focus.
    expect(page.get_by_role("button", name="Move Price down")).to_be_focused()
    must = page.get_by_role("button", name="Required: Shipped")
    expect(must).to_have_attribute("aria-pressed", "true")
    must.press("Enter")
    expect(must).to_have_attribute("aria-pressed", "false")
    expect(must).to_be_focused()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert asked(live.versions.get(number=2)) == [
        ("price", 1, True),
        ("shipped", 1, False),
        ("outage", 1, True),
    ]
