"""The live scorecard in a browser: what its tests look at and do."""

import re
from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from scorecards.models import Answer, Scorecard
from tests import build, sessions

PROBES = [{"id": one, "text": f"Probe {one}?"} for one in ("one", "two")]
STRONG = [{"id": one, "text": f"Strong {one}"} for one in ("s-one", "s-two")]
WEAK = [{"id": "w-one", "text": "Weak one"}]

ENTRIES = """() => new Promise((resolve) => {
  const request = indexedDB.open("interviewbank-live", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("entries").objectStore("entries").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result); };
  };
})"""


def signed_in(page: Page, person, address: str) -> Page:
    """Without the sign-in page, which is tried elsewhere and takes its time."""
    client = Client()
    sessions.sign_in(client, person)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": address}
    page.context.add_cookies([cookie])
    return page


def card_of_three(person) -> Scorecard:
    """A scorecard of three questions, with two probes, two strong signals and a weak one each."""
    area = build.area("production")
    words = {"probes": PROBES, "strong_signals": STRONG, "weak_signals": WEAK}
    asked = [build.question(slug, in_area=area, **words) for slug in ("shipped", "outage", "price")]
    opening = build.opening(build.question_set(*asked, name="Deep dive"), areas=[area])
    return build.interview(build.application(opening), person).scorecard


def opened(page: Page, card, slug: str = "") -> Page:
    page.goto(f"/scorecards/{card.pk}/" + (f"?q={slug}" if slug else ""))
    expect(page.locator("form[data-live]")).to_be_attached()
    return page


def status(page: Page):
    return page.get_by_test_id("save-status")


def expect_state(page: Page, state: str, words: str = "") -> None:
    expect(status(page)).to_have_attribute("data-state", state)
    if words:
        expect(status(page)).to_contain_text(words)


def notes(page: Page, slug: str = "shipped"):
    return page.get_by_test_id(f"evidence-{slug}")


def radio(page: Page, value, slug: str = "shipped"):
    return page.get_by_test_id(f"rating-{slug}-{value}")


def box(page: Page, name: str):
    return page.get_by_role("checkbox", name=name)


def rate(page: Page, level: int | str, slug: str = "shipped") -> None:
    page.locator(f'[data-testid="rating-{slug}-{level}"] + label').click()


def go_to(page: Page, number: int) -> None:
    page.get_by_role("link", name=re.compile(rf"^{number}\b")).click()


def entries(page: Page) -> list[dict]:
    return page.evaluate(ENTRIES)


def evidence(slug: str = "shipped") -> str:
    found = Answer.objects.filter(question_version__question__slug=slug).first()
    return found.evidence if found else ""


def answer_ops(page: Page | BrowserContext, **how) -> list:
    """Saves are answered like this from now on; returns the operations of each request."""
    asked: list = []

    def fulfil(route):
        asked.append(route.request.post_data_json["ops"])
        route.fulfill(**how)

    page.route("**/ops/", fulfil)
    return asked


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


def until(page: Page, holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        page.wait_for_timeout(10)
    raise AssertionError("It did not happen.")
