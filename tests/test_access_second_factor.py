"""A second factor: an app's codes and recovery codes here, a security key in tests/browser."""

import re
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from interviewbank.audit.models import Event
from tests import build, sessions

INDEX = reverse("mfa_index")
CODE_PAGE = reverse("mfa_authenticate")
CONFIRM = reverse("account_reauthenticate")


@pytest.fixture(autouse=True)
def _forget_failed_tries():
    cache.clear()


@pytest.fixture
def ines(people):
    return people.interviewer


def sign_in_page(person, browser=None) -> Client:
    browser = browser or Client()
    sent = {"login": person.email, "password": build.PASSWORD}
    assert browser.post(reverse("account_login"), sent).status_code == 302
    return browser


def is_signed_in(browser) -> bool:
    return browser.get(reverse("account")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_makes_recovery_codes_and_is_noted(sign_in, ines):
    client = sign_in(ines)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    assert "<svg" in page.partition("ib-qr")[2]
    assert "data:image" not in page
    response = client.post(reverse("mfa_activate_totp"), {"code": sessions.code(secret)})

    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(response["Location"]).context["unused_codes"]) == 10
    assert "Set up" in client.get(INDEX).content.decode()
    event = Event.objects.get()
    assert (event.verb, event.actor, event.object_id) == (
        "account.second_factor_changed",
        ines,
        ines.pk,
    )
    assert mail.outbox[0].subject == "An authenticator app was added"


def test_a_wrong_code_sets_up_nothing(sign_in, ines):
    page = sign_in(ines).post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "This code is not right." in page.content.decode()
    assert not Authenticator.objects.exists()


def test_what_is_stored_is_of_no_use_without_the_secret_key(ines, settings):
    TOTP.activate(ines, sessions.APP_SECRET)
    codes = RecoveryCodes.activate(ines).get_unused_codes()
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert sessions.APP_SECRET not in stored
    assert not [code for code in codes if code in stored]


def test_a_password_alone_no_longer_signs_in(ines):
    TOTP.activate(ines, sessions.APP_SECRET)
    browser = sign_in_page(ines)
    assert not is_signed_in(browser)

    assert "This code is not right." in browser.post(CODE_PAGE, {"code": "000000"}).content.decode()
    assert not is_signed_in(browser)
    assert browser.post(CODE_PAGE, {"code": sessions.code()})["Location"] == "/"
    assert is_signed_in(browser)


def test_a_recovery_code_signs_in_once(ines):
    TOTP.activate(ines, sessions.APP_SECRET)
    code = RecoveryCodes.activate(ines).get_unused_codes()[0]
    first, second = sign_in_page(ines), sign_in_page(ines)

    assert first.post(CODE_PAGE, {"code": code}).status_code == 302
    assert is_signed_in(first)
    assert second.post(CODE_PAGE, {"code": code}).status_code == 422
    assert not is_signed_in(second)


def test_guessing_codes_is_stopped(ines):
    TOTP.activate(ines, sessions.APP_SECRET)
    browser = sign_in_page(ines)
    for _ in range(5):
        browser.post(CODE_PAGE, {"code": "000000"})
    page = browser.post(CODE_PAGE, {"code": sessions.code()}).content.decode()

    assert "Too many tries in a row." in page
    assert not is_signed_in(browser)


def test_removing_the_app_is_noted_and_the_password_is_enough_again(sign_in, ines):
    TOTP.activate(ines, sessions.APP_SECRET)
    sign_in(ines).post(reverse("mfa_deactivate_totp"))

    assert is_signed_in(sign_in_page(ines))
    assert Event.objects.get().verb == "account.second_factor_changed"


# Confirming that it is you -----------------------------------------------------------------------


@pytest.fixture
def unconfirmed(people):
    browser = Client()
    sessions.sign_in(browser, people.administrator, confirmed=False)
    return browser


def grant(browser, person, **headers):
    sent = {"kind": "recruiter"}
    return browser.post(reverse("person_grant", args=[person.pk]), sent, headers=headers)


def test_a_grant_asks_for_the_password_first(unconfirmed, people):
    page = reverse("person_detail", args=[people.outsider.pk])
    response = grant(unconfirmed, people.outsider, referer=f"http://testserver{page}")

    assert response["Location"] == f"{CONFIRM}?next={page.replace('/', '%2F')}"
    assert not people.outsider.grants.exists()
    sent = {"password": build.PASSWORD, "next": page}
    assert unconfirmed.post(CONFIRM, sent)["Location"] == page
    assert grant(unconfirmed, people.outsider).status_code == 302
    assert people.outsider.grants.get().kind == "recruiter"


def test_a_wrong_password_confirms_nothing(unconfirmed, people):
    assert unconfirmed.post(CONFIRM, {"password": "wrong"}).status_code == 422
    grant(unconfirmed, people.outsider)

    assert not people.outsider.grants.exists()


def test_it_is_asked_again_after_a_quarter_of_an_hour(unconfirmed, people):
    unconfirmed.post(CONFIRM, {"password": build.PASSWORD})
    session = unconfirmed.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] = time.time() - 901
    session.save()
    grant(unconfirmed, people.outsider)

    assert not people.outsider.grants.exists()


def test_a_script_is_told_in_json(unconfirmed, people):
    response = grant(unconfirmed, people.outsider, accept="application/json")

    assert (response.status_code, response.json()["error"]) == (403, "confirm")


@pytest.mark.parametrize("referer", ["https://evil.example/x", "//evil.example/", "nonsense", ""])
def test_the_way_back_leads_nowhere_else(unconfirmed, people, referer):
    response = grant(unconfirmed, people.outsider, referer=referer)

    assert response["Location"] == f"{CONFIRM}?next=%2F"


def test_somebody_without_the_grant_is_not_asked(people):
    browser = Client()
    sessions.sign_in(browser, people.outsider, confirmed=False)

    assert grant(browser, people.outsider).status_code == 403


def test_with_another_secret_key_no_code_fits(ines, settings):
    """A page that says so, not a fault."""
    TOTP.activate(ines, sessions.APP_SECRET)
    recovery = RecoveryCodes.activate(ines).generate_codes()[0]
    settings.SECRET_KEY = "another" * 10
    browser = sign_in_page(ines)

    for code in (sessions.code(), recovery):
        assert browser.post(CODE_PAGE, {"code": code}).status_code == 422
    assert not is_signed_in(browser)
