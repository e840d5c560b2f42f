"""What axe finds wrong on a page. The script is part of the package: no network."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a theme can change; all else is the same in both.
COLOURS = ["color-contrast", "link-in-text-block"]
OPTIONS = {"resultTypes": ["violations"], "preload": False}


def violations(page: Page, *, colours_only: bool = False) -> list[tuple[str, str]]:
    """The rule and the beginning of the element of each."""
    rules = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": TAGS}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options)", OPTIONS | {"runOnly": rules})["violations"]
    return [(one["id"], node["html"][:120]) for one in found for node in one["nodes"]]
