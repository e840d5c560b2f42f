"""The policy table applied: who gets through, and what every answer carries."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from interviewbank.access.policy import READ, RULES, SIGNED_IN, Rule
from interviewbank.urls import urlpatterns as real
from tests import build

JSON = {"headers": {"Accept": "application/json"}}
HTMX = {"headers": {"HX-Request": "true"}}
FETCH = {"headers": {"Sec-Fetch-Dest": "empty"}}
NAVIGATION = {
    "headers": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Sec-Fetch-Dest": "document",
    }
}


def fine(request):
    return HttpResponse("fine")


def clock(request):
    return HttpResponse(timezone.localtime(timezone.now()).tzname())


def broken(request):
    raise RuntimeError("for the 500 page")


urlpatterns = [
    path("no-rule/", fine, name="no_rule"),
    path("no-name/", fine),
    path("clock/", clock, name="today"),
    path("broken/", broken, name="opening_list"),
    path("sign-in/", fine, name="account_login"),
    path("sign-out/", fine, name="account_logout"),
    path("people/", fine, name="person_list"),
    *real,  # what the shell of a page links to
]
own_urls = pytest.mark.urls(__name__)


@own_urls
@pytest.mark.parametrize("path", ["/no-rule/", "/no-name/"])
def test_without_a_rule_nobody_gets_in(sign_in, people, path):
    for client in (Client(), sign_in(people.administrator)):
        response = client.get(path)
        assert response.status_code == 403
        assert b"fine" not in response.content


@own_urls
@pytest.mark.parametrize("how", [{}, NAVIGATION], ids=["bare", "navigation"])
def test_anonymous_page_redirects_to_sign_in_and_back(client, db, how):
    response = client.get("/people/?q=a%20b", **how)
    assert (response.status_code, response["Location"]) == (
        302,
        "/sign-in/?next=/people/%3Fq%3Da%2520b",
    )


@own_urls
@pytest.mark.parametrize("how", [JSON, HTMX, FETCH], ids=["json", "htmx", "fetch"])
def test_anonymous_script_gets_401(client, db, how):
    response = client.get("/people/", **how)
    assert (response.status_code, response.json()["error"]) == (401, "signed_out")


@own_urls
def test_anonymous_json_post_gets_401(client, db):
    assert client.post("/account/", "{}", content_type="application/json").status_code == 401


@own_urls
def test_anonymous_button_redirects_without_a_way_back(client, db):
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


@own_urls
@pytest.mark.parametrize("how", [{}, JSON, HTMX], ids=["page", "json", "htmx"])
def test_signed_in_without_the_grant_is_forbidden(sign_in, people, how):
    assert sign_in(people.recruiter).get("/people/", **how).status_code == 403
    assert sign_in(people.administrator).get("/people/", **how).status_code == 200


@own_urls
def test_wrong_method_names_the_right_ones(sign_in, people):
    response = sign_in(people.administrator).post("/people/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert sign_in(people.administrator).head("/people/").status_code == 200


@own_urls
def test_wrong_method_is_refused_before_anybody_is_asked_to_sign_in(client, db):
    assert client.delete("/people/").status_code == 405


def test_rule_in_words():
    assert RULES["person_list"].in_words() == "administrator"
    assert Rule(READ, SIGNED_IN, "scorecards.permissions.can_plan").in_words() == (
        "signed in, if scorecards.permissions.can_plan"
    )


ANSWERS = [("/clock/", 200), ("/people/", 403), ("/nowhere/", 404), ("/broken/", 500)]


@own_urls
@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_no_answer_to_somebody_signed_in_is_stored(sign_in, people, path, status):
    client = sign_in(people.outsider)
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code == status
    assert set(response["Cache-Control"].split(", ")) == {"no-store", "private"}


@own_urls
@pytest.mark.parametrize(("path", "status"), [*ANSWERS, ("/sign-in/", 200)])
def test_every_answer_is_strict_about_scripts_and_frames(sign_in, people, path, status):
    client = sign_in(people.outsider)
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code == status
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in response["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert len(response["X-Request-Id"]) == 36


def test_form_without_its_token_is_refused_with_a_page_of_ours(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.outsider, backend="interviewbank.access.backends.SignInBackend")
    response = client.post("/account/", {"name": "X"})
    assert response.status_code == 403
    assert "This form was not sent" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


@own_urls
def test_times_are_shown_in_the_zone_of_who_looks(sign_in, db):
    for zone, name in [("Asia/Kolkata", "IST"), ("UTC", "UTC"), ("Asia/Tokyo", "JST")]:
        response = sign_in(build.user(time_zone=zone)).get("/clock/")
        assert response.content.decode() == name
    assert timezone.get_current_timezone_name() == "UTC", "the next request starts afresh"


def test_page_names_the_time_zone_once_and_shows_its_dates(sign_in, db):
    """One minute before midnight in UTC is the next day in Tokyo."""
    tokyo = build.user("Toshiko Zone", "administrator", time_zone="Asia/Tokyo")
    tokyo.created_at = datetime(2026, 3, 4, 23, 59, tzinfo=UTC)
    tokyo.save()
    page = sign_in(tokyo).get(f"/people/{tokyo.pk}/").content.decode()
    assert '<time datetime="2026-03-05T08:59+09:00">5 Mar 2026</time>' in page
    assert page.count("Times in Asia/Tokyo") == 1
