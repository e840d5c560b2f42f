"""What tests of the live scorecard share."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from scorecards.models import Scorecard
from tests import build

PROBES = [{"id": one, "text": f"Probe {one}?"} for one in ("one", "two")]
STRONG = [{"id": one, "text": f"Strong {one}"} for one in ("s-one", "s-two")]
WEAK = [{"id": "w-one", "text": "Weak one"}]


def card_of_three(person) -> Scorecard:
    """A scorecard of three questions, with two probes, two strong signals and a weak one each."""
    area = build.area("production")
    words = {"probes": PROBES, "strong_signals": STRONG, "weak_signals": WEAK}
    asked = [build.question(slug, in_area=area, **words) for slug in ("shipped", "outage", "price")]
    opening = build.opening(build.question_set(*asked, name="Deep dive"), areas=[area])
    return build.interview(build.application(opening), person).scorecard


def opener(page_as, person, address: str) -> Iterator[Callable[..., Page]]:
    """Opens pages of a scorecard; in the end waits until what was entered in them is saved."""
    pages = []

    def opened(**viewport) -> Page:
        page = page_as(person, **viewport)
        page.goto(address)
        page.locator("form[data-live]").wait_for()
        pages.append(page)
        return page

    yield opened
    for page in pages:
        settle(page)


def settle(page: Page) -> None:
    """No request may outlive its test."""
    if not page.is_closed() and page.locator("form[data-live]").count():
        status = page.get_by_test_id("save-status")
        expect(status).to_have_attribute("data-state", "saved")


def radio(page: Page, value, slug: str = "shipped"):
    return page.get_by_test_id(f"rating-{slug}-{value}")


def notes(page: Page, slug: str = "shipped"):
    return page.get_by_test_id(f"evidence-{slug}")


def box(page: Page, name: str):
    return page.get_by_role("checkbox", name=name)


def listen(page: Page) -> None:
    """Notes in `heard` the names and values of what changes, as whoever saves hears it."""
    page.evaluate(
        """() => {
            window.heard = [];
            for (const kind of ["input", "change"]) {
                document.addEventListener(kind, ({ target }) => heard.push(
                    `${kind} ${target.name} ${target.value} ${target.checked}`));
            }
        }"""
    )
