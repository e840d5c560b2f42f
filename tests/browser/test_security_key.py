"""A security key, as Chromium's own virtual authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import expect

from tests import build
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _forget_failed_tries():
    cache.clear()


def plug_in_a_key(page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "hasUserVerification": False, "isUserVerified": False}},
    )


def test_a_key_is_added_and_then_needed(people, open_page):
    ines = people.interviewer
    page = open_page()
    sign_in(page, ines.email)
    plug_in_a_key(page)
    page.goto("/account/second-factor/keys/add/")
    page.get_by_label("Your password").fill(build.PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("What you call it").fill("Blue key")
    page.get_by_role("button", name="Add this key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert Authenticator.objects.filter(user=ines, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(ines.email)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url(lambda url: url.endswith("/"))
    expect(page.get_by_role("link", name="Today")).to_have_attribute("aria-current", "page")
