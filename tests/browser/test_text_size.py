"""Text twice as large, as people set it in their browser: all of a page still fits the window."""

import json

import pytest

from .conftest import ARGUMENTS, chromium_path
from .live_page import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser, live_server, panel, tmp_path):
    """A browser whose text is 32 pixels high where others have 16."""
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"webkit": {"webprefs": {"default_font_size": 32}}}))
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=chromium_path(browser.browser_type),
        args=ARGUMENTS,
        base_url=live_server.url,
    )
    yield signed_in(context.pages[0], panel.people.interviewer, live_server.url)
    context.close()


def test_pages_of_an_interviewer_fit_with_text_twice_as_large(page, panel):
    card, found = f"/scorecards/{panel.mine.scorecard.pk}/", []
    prepare = f"/interviews/{panel.mine.pk}/prepare/"
    for address in ("/", card, f"{card}submit/", prepare, "/account/"):
        page.goto(address)
        for width in (1440, 820, 390):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [(address, width, wide)] if wide > width else []

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert found == []
