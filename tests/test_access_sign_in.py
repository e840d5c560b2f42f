"""Signing in and out, and passwords: allauth's views with our templates, rules and words."""

import re

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interviewbank.access.afterwards import afterwards, put_off
from interviewbank.access.workflow import deactivate_person
from interviewbank.audit.models import Event
from tests import build

NEW_PASSWORD = "staple battery horse correct"


@pytest.fixture(autouse=True)
def _forget_failed_tries():
    cache.clear()


@pytest.fixture
def ines(people):
    return people.interviewer


def post(client, email, password=build.PASSWORD, **extra):
    return client.post("/sign-in/", {"login": email, "password": password, **extra})


def signed_in_id(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("typed", ["ines.asker@example.com", "  INES.Asker@Example.COM "])
def test_sign_in_leads_to_today(client, ines, typed):
    response = post(client, typed)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in_id(client) == str(ines.pk)


@pytest.mark.parametrize(
    ("email", "password"),
    [("ines.asker@example.com", "wrong"), ("nobody@example.com", build.PASSWORD)],
)
def test_sign_in_with_a_mismatch_says_the_same_of_both(client, ines, email, password):
    response = post(client, email, password)
    assert "That e-mail and password do not match." in response.content.decode()
    assert signed_in_id(client) is None


@pytest.mark.parametrize("login", ["nul\x00@example.com", "x" * 5000 + "@example.com", "no mail"])
def test_sign_in_with_an_address_that_is_none_stays_on_the_page(client, db, login):
    assert post(client, login).status_code == 422
    assert signed_in_id(client) is None


def test_sign_in_deactivated_is_refused(client, people, ines):
    deactivate_person(person=ines, by=people.administrator)
    response = post(client, ines.email)
    assert (response.status_code, response["Location"]) == (302, "/inactive/")
    assert signed_in_id(client) is None
    assert "This account is deactivated" in client.get("/inactive/").content.decode()


def test_sign_in_demo_account_works_in_local_mode_only(client, db, settings):
    demo = build.user("Demo Person", is_demo=True)
    response = post(client, demo.email)
    assert "Demo accounts work on the machine of an evaluation only." in response.content.decode()
    assert signed_in_id(client) is None

    settings.DEBUG = True
    assert post(client, demo.email)["Location"] == "/"
    assert signed_in_id(client) == str(demo.pk)

    settings.DEBUG = False
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/account/", "/account/"),
        ("/people/?a=b", "/people/?a=b"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("https:evil.example", "/"),
    ],
)
def test_sign_in_goes_on_to_own_pages_only(client, ines, target, leads_to):
    assert post(client, ines.email, next=target)["Location"] == leads_to
    again = client.get("/sign-in/", {"next": target})
    assert again["Location"] == leads_to


def test_sign_in_page_keeps_where_to_go(client, db):
    page = client.get("/sign-in/?next=/account/").content.decode()
    assert '<input type="hidden" name="next" value="/account/"' in page
    assert page.count("Forgot it?") == 1


def test_sign_in_stops_after_ten_failures_in_a_minute(client, ines):
    for number in range(10):
        page = post(client, f"person{number}@example.com", "wrong").content.decode()
        assert "do not match" in page
    assert "Too many tries in a row" in post(client, ines.email).content.decode()
    assert signed_in_id(client) is None


def test_sign_in_failures_of_a_stranger_do_not_lock_a_colleague_out(client, ines):
    for _ in range(11):
        client.post(
            "/sign-in/", {"login": ines.email, "password": "wrong"}, REMOTE_ADDR="203.0.113.9"
        )
    assert post(client, ines.email)["Location"] == "/"


def test_sign_out_is_a_post(sign_in, ines):
    client = sign_in(ines)
    assert client.get("/sign-out/").status_code == 405
    assert signed_in_id(client) == str(ines.pk)
    response = client.post("/sign-out/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert signed_in_id(client) is None


def test_sign_out_twice_does_not_come_back_to_a_button(client, db):
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


def link_in(mail):
    return re.search(r"http://testserver(/\S+)", mail.body).group(1)


def test_password_reset_sets_a_new_password_once(client, ines, mailoutbox):
    elsewhere = Client()
    elsewhere.force_login(ines, backend="interviewbank.access.backends.SignInBackend")

    response = client.post("/password/reset/", {"email": ines.email.upper()})
    assert response["Location"] == "/password/reset/sent/"
    assert (
        "If the address belongs to an account" in client.get(response["Location"]).content.decode()
    )
    [mail] = mailoutbox
    assert mail.to == [ines.email]
    assert mail.subject == "Choose a password for interviewbank"
    assert mail.body.startswith("Hello Ines Asker,")

    form = client.get(link_in(mail), follow=True)
    assert "Choose a password" in form.content.decode()
    response = client.post(
        form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert response["Location"] == "/password/reset/done/"
    assert "Your new password is saved" in client.get("/password/reset/done/").content.decode()

    assert signed_in_id(client) is None, "a link signs nobody in"
    assert elsewhere.get("/account/").status_code == 302, "other sessions end with the password"
    assert "do not match" in post(client, ines.email).content.decode()
    assert post(client, ines.email, NEW_PASSWORD)["Location"] == "/"
    assert "This link no longer works" in Client().get(link_in(mail)).content.decode()
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.fields) == ("account.changed", ines.pk, ["password"])


def test_password_reset_says_the_same_of_an_unknown_address(client, db, mailoutbox):
    response = client.post("/password/reset/", {"email": "nobody@example.com"})
    assert response["Location"] == "/password/reset/sent/"
    assert mailoutbox == []


def asked(rf, email):
    """What the browser gets, and what was asked of the database until it had it."""
    request = rf.post("/password/reset/", {"email": email})
    request._dont_enforce_csrf_checks = True
    with CaptureQueriesContext(connection) as queries:
        response = WSGIHandler().get_response(request)
    kept = {name: value for name, value in response.items() if name != "X-Request-Id"}
    shapes = [re.sub(r"'[^']*'|sync_\w+|\d+", "", query["sql"]) for query in queries]
    return response.status_code, response.content, kept, set(response.cookies), shapes


def test_password_reset_costs_the_same_with_and_without_an_account(ines, people, rf):
    deactivate_person(person=people.colleague, by=people.administrator)
    unknown = asked(rf, "nobody@example.com")

    assert unknown[0] == 302
    assert asked(rf, ines.email) == unknown
    assert asked(rf, people.colleague.email) == unknown


class BrokenMail(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("The mail server is down.")


def test_a_mail_server_that_is_down_tells_nobody_who_has_an_account(ines, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    response = Client().post("/password/reset/", {"email": ines.email})
    assert response["Location"] == "/password/reset/sent/"
    assert "could not be sent" in caplog.text


def test_a_mail_server_that_is_down_keeps_nobody_from_a_new_password(sign_in, ines, settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    new = {"oldpassword": build.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert sign_in(ines).post("/password/change/", new)["Location"] == "/account/"


def test_the_mail_of_a_reset_leaves_after_the_answer(ines, rf, mailoutbox):
    request = rf.post("/password/reset/", {"email": ines.email})
    response = HttpResponse()
    afterwards(request, lambda: mailoutbox.append("sent"))
    put_off(request, response)
    assert mailoutbox == []
    response.close()
    assert mailoutbox == ["sent"]


def test_password_reset_sends_nothing_to_the_deactivated(client, people, ines, mailoutbox):
    deactivate_person(person=ines, by=people.administrator)
    client.post("/password/reset/", {"email": ines.email})
    assert mailoutbox == []


@pytest.mark.parametrize("key", ["abc-def", "zz-set-password", f"{'0' * 32}-1-1", "Z" * 200 + "-1"])
def test_password_link_that_is_none_explains_itself(client, db, key):
    response = client.get(f"/password/reset/key/{key}/")
    assert response.status_code == 200
    assert "This link no longer works" in response.content.decode()


def test_password_reset_requests_are_limited_with_a_page_of_ours(client, db):
    for _ in range(10):
        client.post("/password/reset/", {"email": "nobody@example.com"})
    response = client.post("/password/reset/", {"email": "nobody@example.com"})
    assert response.status_code == 429
    assert "Too many tries in a row" in response.content.decode()


def test_password_change_keeps_this_session_and_ends_the_others(sign_in, ines):
    client = sign_in(ines)
    elsewhere = Client()
    elsewhere.force_login(ines, backend="interviewbank.access.backends.SignInBackend")
    new = {"oldpassword": build.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post("/password/change/", new)
    assert (response.status_code, response["Location"]) == (302, "/account/")
    assert "Your new password is saved." in client.get("/account/").content.decode()
    assert elsewhere.get("/account/").status_code == 302
    assert Event.objects.get().fields == ["password"]


@pytest.mark.parametrize(
    ("old", "new", "again", "error"),
    [
        ("wrong", NEW_PASSWORD, NEW_PASSWORD, "This is not your current password."),
        (build.PASSWORD, "short", "short", "This password is too short."),
        (build.PASSWORD, NEW_PASSWORD, "another one, long", "the same password each time"),
        (build.PASSWORD, "password12345", "password12345", "This password is too common."),
    ],
)
def test_password_change_refuses(sign_in, ines, old, new, again, error):
    client = sign_in(ines)
    response = client.post(
        "/password/change/", {"oldpassword": old, "password1": new, "password2": again}
    )
    assert error in response.content.decode()
    ines.refresh_from_db()
    assert ines.check_password(build.PASSWORD)
    assert not Event.objects.exists()
