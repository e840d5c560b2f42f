"""A real Chromium. Where none is found the browser tests are left out with one visible line; in CI
that is a failure."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests import build
from tests.browser.live_page import signed_in

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STATIC = Path(settings.BASE_DIR) / "interviewbank" / "static"
HOW_TO = "No Chromium found: install Debian's package chromium, or set CHROMIUM to its path."


def chromium_path(chromium: BrowserType) -> str | None:
    candidates = [os.environ.get("CHROMIUM"), shutil.which("chromium")]
    candidates += [shutil.which("chromium-browser"), chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The sync API runs an event loop in this thread, and Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium)
        if path is None:
            if os.environ.get("CI"):
                pytest.fail(HOW_TO)
            pytest.skip(HOW_TO)
        try:
            opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except PlaywrightError:
            opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def _server_is_idle():
    """What a page sends as it goes may still be under way; the flush after the test must not meet
    it. Pages are closed by then, and a thread of the server ends with its connection."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def open_page(browser, live_server):
    """A page of the live server, signed out; each call is a browser profile of its own."""
    contexts: list[BrowserContext] = []

    def opened(*, width: int = 1440, height: int = 900, theme: str = "light") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def modules_page(browser):
    """An empty page that can import our modules, without a server or a database behind it."""
    context = browser.new_context(base_url="http://localhost:1")
    page = context.new_page()
    page.route("http://localhost:1/", lambda route: route.fulfill(body="<!doctype html>"))
    page.route("**/static/**", lambda route: route.fulfill(path=STATIC / route.request.url[26:]))
    yield page
    context.close()


@pytest.fixture
def page_as(open_page, live_server):
    """A page of somebody who is signed in."""
    return lambda person, **viewport: signed_in(open_page(**viewport), person, live_server.url)


def sign_in(page: Page, email: str, password: str = build.PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
