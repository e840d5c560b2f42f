"""A browser, a tab or a page dies in the middle of a word. What was typed a quarter of a second
before is there afterwards, and nothing is there that was not typed.

KILLS=24 makes it the long form (`make torture`). Seen to fail with a store that writes late, which
is the last test.
"""

import os
import random
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.torture.typing import (
    STREAM,
    WATCH_WRITES,
    Typist,
    browser_processes,
    kill,
    tab_processes,
)

from .conftest import ARGUMENTS, chromium_path
from .live_page import entries, evidence, expect_state, notes, opened, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("KILLS", "3"))
FIELD = "evidence-shipped"
PUT = "put(entry) {"
LATE = f"async {PUT} await new Promise((done) => setTimeout(done, 1000));"


@pytest.fixture
def card(panel):
    return panel.mine.scorecard


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


@pytest.fixture
def start(browser, live_server, profile, panel, card):
    """Starts a browser on a profile that stays, at the scorecard; signed in anew, because the
    cookie of a session goes with its browser."""
    running = []

    def started() -> Page:
        context = browser.browser_type.launch_persistent_context(
            profile,
            executable_path=chromium_path(browser.browser_type),
            args=ARGUMENTS,
            base_url=live_server.url,
        )
        running.append(context)
        context.add_init_script(WATCH_WRITES)
        page = signed_in(context.pages[0], panel.people.interviewer, live_server.url)
        return at_work(page, lambda: opened(page, card))

    yield started
    for context in running:
        context.close()


def at_work(page: Page, open_it: Callable[[], object]) -> Page:
    """Opened, and what an earlier page left behind is loaded: then it asks what the server has."""
    with page.expect_response("**/state/"):
        open_it()
    return page


def type_into(page: Page, *, offline: bool, seconds: float = 0) -> Typist:
    """For so long, or as chance has it."""
    expect_state(page, "saved")
    page.context.set_offline(offline)
    typist = Typist(page, FIELD)
    typist.type_for(seconds or random.uniform(0.4, 2.5))
    return typist


def in_another_tab(crashed: Page, card) -> Page:
    """Of the same browser, with its connection back."""
    page = crashed.context.new_page()
    crashed.close()
    page.context.set_offline(False)
    return at_work(page, lambda: opened(page, card))


def check(page: Page, typist: Typist, died: float) -> None:
    """The page shows all that was promised, and the database gets what the page shows."""
    expect_state(page, "saved", "Saved")
    shown = notes(page).input_value()
    assert STREAM.startswith(shown)
    missing = typist.oldest_missing(died, len(shown))
    at_most = typist.lost_at_most(died)
    print(
        f"typed {typist.typed}, there {len(shown)}, "
        f"oldest missing {missing * 1000:.0f} of at most {at_most * 1000:.0f} ms"
    )
    assert typist.promised(died) <= len(shown) <= typist.typed
    assert (evidence(), entries(page)) == (shown, [])


def test_a_killed_browser(start, profile):
    page = start()
    for number in range(KILLS):
        alive = browser_processes(profile)
        typist = type_into(page, offline=number % 2 == 1)
        died = kill(alive)
        # And what came up since then.
        kill([*alive, *browser_processes(profile)])
        page = start()
        check(page, typist, died)


def test_a_crashed_tab(start, profile, card):
    page = start()
    alive = tab_processes(profile)
    typist = type_into(page, offline=True)
    died = kill(alive)
    check(in_another_tab(page, card), typist, died)


def test_a_reload_while_typing(start):
    page = start()
    page.on("dialog", lambda dialog: dialog.accept())
    typist = type_into(page, offline=False)
    died = time.monotonic()
    at_work(page, page.reload)
    check(page, typist, died)


def test_a_copy_that_is_written_late_is_found_missing(start, profile, card):
    page = start()

    def late(route):
        answer = route.fetch()
        assert PUT in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(PUT, LATE))

    page.context.route("**/live/store.js", late)
    at_work(page, page.reload)
    alive = tab_processes(profile)
    typist = type_into(page, offline=True, seconds=2.5)
    died = kill(alive)
    page = in_another_tab(page, card)
    assert len(notes(page).input_value()) < typist.promised(died)
    expect_state(page, "saved")
