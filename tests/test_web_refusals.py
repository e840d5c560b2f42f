"""Every refusal: a page of ours or JSON, as strict as any page, and nothing about the inside."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import path

from interviewbank import urls as real
from tests import build
from tests.headers import check, no_store

pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError("for the 500 page")


# The product's URLs, with a fault in one of them.
urlpatterns = [path("areas/", broken, name="area_list"), *real.urlpatterns]
handler400, handler403, handler404 = real.handler400, real.handler403, real.handler404
handler429, handler500 = real.handler429, real.handler500
own_urls = pytest.mark.urls(__name__)


# One of each refusal: (status, what is asked, words of the page, code in JSON).
def _broken_body(client, **how):
    kind = "multipart/form-data; boundary="
    return client.generic("POST", "/account/", b"--\r\n\r\n", kind, **how)


def _unknown_object(client, **how):
    return client.get("/openings/00000000-0000-4000-8000-000000000000/", **how)


def _three_megabytes(client, **how):
    kind = how.pop("content_type", "application/x-www-form-urlencoded")
    return client.generic("POST", "/account/", b"a" * 3_000_000, kind, **how)


def _too_often(client, **how):
    cache.clear()
    for _ in range(6):
        last = client.post("/password/reset/", {"email": "nobody@example.com"}, **how)
    cache.clear()
    return last


REFUSALS = {
    "broken body": (400, _broken_body, "We could not read that request", "bad_request"),
    "unknown host": (
        400,
        lambda client, **how: client.get("/", SERVER_NAME="elsewhere.example", **how),
        "We could not read that request",
        "bad_request",
    ),
    "forbidden": (
        403,
        lambda client, **how: client.get("/people/", **how),
        "This is not open to you",
        "forbidden",
    ),
    "unknown address": (
        404,
        lambda client, **how: client.get("/nowhere/", **how),
        "Page not found",
        "not_found",
    ),
    "unknown object": (
        404,
        lambda client, **how: client.get(
            f"/openings/{'0' * 8}-{'0' * 4}-4000-8000-{'0' * 12}/", **how
        ),
        "Page not found",
        "not_found",
    ),
    "unknown file": (
        404,
        lambda client, **how: client.get("/static/nothing.css", **how),
        "Page not found",
        "not_found",
    ),
    "wrong method": (
        405,
        lambda client, **how: client.delete("/account/", **how),
        "There is no page at this address",
        "wrong_method",
    ),
    "three megabytes": (413, _three_megabytes, "more than can be sent at once", "too_large"),
    "too often": (429, _too_often, "Too many tries in a row", "too_many"),
    "our fault": (
        500,
        lambda client, **how: client.get("/areas/", **how),
        "Something broke on our side",
        "broken",
    ),
}


@own_urls
@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("signed_in", [False, True], ids=["anon", "signed in"])
def test_refusals_are_pages_of_ours(people, name, signed_in, sign_in):
    status, ask, words, _ = REFUSALS[name]
    client = sign_in(people.outsider) if signed_in else Client()
    client.raise_request_exception = False

    response = ask(client)

    if not signed_in and name in ("broken body", "forbidden", "unknown object", "our fault"):
        assert response.status_code == 302
        return check(response)
    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert page.count("<h1") == 1
    assert "Traceback" not in page and "Django" not in page
    check(response)
    early = name == "unknown host"  # before anybody knows who asks
    assert no_store(response) or early or not signed_in
    assert early or "Otto Nobody" not in page or no_store(response)


@own_urls
@pytest.mark.parametrize("name", REFUSALS)
def test_refusals_are_json_for_who_asks_for_it(people, sign_in, name):
    status, ask, _, code = REFUSALS[name]
    client = sign_in(people.outsider)
    client.raise_request_exception = False

    response = ask(client, headers={"Accept": "application/json"})

    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    answer = response.json()
    assert answer["error"] == code
    assert answer["message"].endswith(".")
    check(response)


def test_a_form_that_was_refused(client, people):
    response = client.post("/sign-in/", {"login": "x", "password": "y"})
    assert response.status_code == 422
    check(response)


def test_a_form_without_its_token(people):
    client = Client(enforce_csrf_checks=True)
    for how, kind in (({}, "text/html"), ({"Accept": "application/json"}, "application/json")):
        response = client.post("/sign-in/", {}, headers=how)
        assert response.status_code == 403
        assert response["Content-Type"].startswith(kind)
        check(response)


def test_static_files(client):
    response = client.get("/static/ib/site.css")
    assert response.status_code == 200
    check(response)
    response.close()


def test_transport_security_where_there_is_tls(settings, people):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31_536_000, True
    client = Client()
    assert client.get("/sign-in/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    response = client.get("/sign-in/")
    assert response["Location"] == "https://testserver/sign-in/"
    check(response)
    cookies = sign_in_by_page(settings).cookies
    for name in ("interviewbank_session", "interviewbank_csrf", "interviewbank_known"):
        flags = cookies[name]
        assert flags["secure"] and flags["httponly"] and flags["samesite"] == "Lax", name


def sign_in_by_page(settings) -> Client:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    cache.clear()
    client, person = Client(), build.user()
    data = {"login": person.email, "password": build.PASSWORD}
    assert client.get("/sign-in/", secure=True).status_code == 200
    assert client.post("/sign-in/", data, secure=True).status_code == 302
    return client
