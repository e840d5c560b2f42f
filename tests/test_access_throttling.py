"""Guessing is slowed down, and nobody can use that to keep a colleague out."""

from itertools import count

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from interviewbank.access import known_browser
from tests import build

TOO_MANY = "Too many tries in a row."
HOME = "203.0.113.7"
_address = count(1)


MANY = 8


@pytest.fixture(autouse=True)
def _few_tries(settings):
    cache.clear()
    settings.SIGN_IN_FAILURES_FOR_AN_ACCOUNT = f"{MANY}/h/key"


@pytest.fixture
def ines(people):
    return people.interviewer


def try_in(person, *, browser=None, password=build.PASSWORD, address=HOME):
    browser = browser or Client()
    return browser.post(
        reverse("account_login"),
        {"login": person.email, "password": password},
        REMOTE_ADDR=address,
    )


def guess(person, times: int, *, address: str = "") -> None:
    """Wrong passwords; each from an address of its own unless one is given."""
    for _ in range(times):
        number = next(_address)
        from_there = address or f"198.51.{number // 250}.{number % 250 + 1}"
        page = try_in(person, password="wrong", address=from_there).content.decode()
        assert TOO_MANY not in page


def is_in(response) -> bool:
    return response.status_code == 302 and response["Location"] == "/"


def test_guesses_from_one_address_are_stopped_there_and_nowhere_else(ines):
    guess(ines, 5, address="198.51.100.1")

    assert TOO_MANY in try_in(ines, address="198.51.100.1").content.decode()
    assert is_in(try_in(ines))


def test_guesses_from_everywhere_are_stopped_for_browsers_that_never_signed_in(ines):
    at_work = Client()
    assert is_in(try_in(ines, browser=at_work))
    at_work.post(reverse("account_logout"))
    guess(ines, MANY)

    assert TOO_MANY in try_in(ines, address="192.0.2.1").content.decode()
    assert is_in(try_in(ines, browser=at_work))


def test_one_account_under_attack_leaves_the_others_alone(ines, people):
    guess(ines, MANY)
    assert is_in(try_in(people.colleague))


def test_a_new_password_by_mail_ends_the_wait(ines):
    guess(ines, MANY)
    browser = Client()
    key = default_token_generator.make_token(ines)
    start = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(ines), key])
    form = browser.get(start)["Location"]
    new = "another battery of horses"
    assert browser.post(form, {"password1": new, "password2": new}).status_code == 302

    assert is_in(try_in(ines, password=new))


def test_signing_in_well_counts_for_nothing(ines):
    for number in range(2 * MANY):
        assert is_in(try_in(ines, address=f"198.18.0.{number}"))


def test_another_accounts_note_is_none(ines, people):
    browser = Client()
    assert is_in(try_in(people.colleague, browser=browser))
    browser.post(reverse("account_logout"))
    guess(ines, MANY)

    assert TOO_MANY in try_in(ines, browser=browser).content.decode()


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "\x00"])
def test_a_forged_note_is_none(ines, cookie):
    guess(ines, MANY)
    browser = Client()
    browser.cookies[known_browser.COOKIE] = cookie

    assert TOO_MANY in try_in(ines, browser=browser).content.decode()


def test_the_note_is_out_of_reach_of_scripts_and_names_nobody(ines, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = try_in(ines).cookies[known_browser.COOKIE]

    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert "ines" not in cookie.value.lower()


@pytest.mark.parametrize("address", ["203.0.113.7", "203.0.113.7, unknown"])
def test_more_proxies_set_than_there_are_is_said_in_words(ines, settings, caplog, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2 if "," not in address else 1
    response = Client().post(
        reverse("account_login"),
        {"login": ines.email, "password": build.PASSWORD},
        headers={"X-Forwarded-For": address},
    )

    assert response.status_code == 403
    assert "the number of its proxies is set wrong" in response.content.decode()
    assert "INTERVIEWBANK_PROXIES is" in caplog.text


def test_the_address_is_the_one_that_the_outermost_proxy_saw(ines, settings):
    """What a visitor writes into the header themselves comes before it, and does not count."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(6):
        page = Client().post(
            reverse("account_login"),
            {"login": ines.email, "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"},
        )
    assert TOO_MANY in page.content.decode()
