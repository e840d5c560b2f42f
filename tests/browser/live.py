"""What tests of the live scorecard share."""

from playwright.sync_api import Page, expect


def settle(page: Page) -> None:
    """Waits until what was entered is saved: no request may outlive its test."""
    if not page.is_closed() and page.locator("form[data-live]").count():
        status = page.get_by_test_id("save-status")
        expect(status).to_have_attribute("data-state", "saved")
