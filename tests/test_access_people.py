"""The people pages of administrators."""

import re
from html import unescape
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from interviewbank.access.models import Grant, User
from interviewbank.audit.models import Event
from tests import build

INVITATION = {"name": "Nora New", "email": "nora@example.com", "time_zone": "Europe/Berlin"}


class NoMail(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def admin(sign_in, people):
    return sign_in(people.administrator)


def text(response):
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(words))


def verbs():
    return list(Event.objects.order_by("number").values_list("verb", "fields"))


def test_list_shows_everybody_with_grants_and_state(admin, people):
    people.colleague.is_active = False
    people.colleague.save()
    people.outsider.set_unusable_password()
    people.outsider.save()
    page = text(admin.get("/people/"))
    assert "9 people" in page
    assert "Rico Sourcer rico.sourcer@example.com Recruiter Active" in page
    assert "Colin Asker colin.asker@example.com Deactivated" in page
    assert "Otto Nobody otto.nobody@example.com Invited" in page
    assert "Dates in the time zone UTC." in page


def test_list_costs_the_same_for_one_person_and_many(sign_in, db, django_assert_num_queries):
    client = sign_in(build.user("Only One", "administrator", "recruiter"))
    with django_assert_num_queries(5):
        client.get("/people/")
    for _ in range(3):
        build.user("", "recruiter", "question_editor")
    with django_assert_num_queries(5):
        client.get("/people/")


def test_person_costs_the_same_with_any_grants(admin, people, django_assert_num_queries):
    many = build.user("", "recruiter", "question_editor", "insights_reader")
    Grant.objects.filter(user=many).update(granted_by=people.administrator)
    for person in (people.outsider, many):
        with django_assert_num_queries(5):
            admin.get(f"/people/{person.pk}/")


def test_invite_sends_a_link_with_which_the_person_signs_in(
    admin, people, mailoutbox, django_capture_on_commit_callbacks
):
    data = {**INVITATION, "email": "Nora@Example.com", "grants": ["recruiter", "question_editor"]}
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post("/people/invite/", data)
    nora = User.objects.get(email="nora@example.com")
    assert response["Location"] == f"/people/{nora.pk}/"
    assert (nora.name, nora.time_zone, nora.is_active) == ("Nora New", "Europe/Berlin", True)
    assert not nora.has_usable_password()
    assert nora.grant_kinds == {"recruiter", "question_editor"}
    assert set(nora.grants.values_list("granted_by", flat=True)) == {people.administrator.pk}
    assert verbs() == [
        ("person.invited", []),
        ("grant.added", ["recruiter"]),
        ("grant.added", ["question_editor"]),
    ]

    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["nora@example.com"], "You are invited to interviewbank")
    assert "Ada Minister has made you an account" in mail.body
    link = re.search(r"http://testserver(/\S+)", mail.body).group(1)
    hers = Client()
    form = hers.get(link, follow=True)
    new = {"password1": "staple battery horse", "password2": "staple battery horse"}
    assert hers.post(form.request["PATH_INFO"], new)["Location"] == "/password/reset/done/"
    signed_in = hers.post(
        "/sign-in/", {"login": "nora@example.com", "password": "staple battery horse"}
    )
    assert signed_in["Location"] == "/"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", " ", "This field is required."),
        ("name", "n" * 121, "at most 120 characters"),
        ("name", "N\x00ra", "Null characters are not allowed."),
        ("email", "nora", "Enter a valid email address."),
        ("email", "n" * 250 + "@example.com", "at most 254 characters"),
        ("email", "INES.asker@example.com", "is here already"),
        ("time_zone", "Mars/Olympus", "is not one of the available choices"),
        ("grants", ["recruiter", "owner"], "is not one of the available choices"),
    ],
)
def test_invite_invalid_comes_back_with_what_was_written(admin, people, field, value, error):
    response = admin.post("/people/invite/", {**INVITATION, field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert error in response.content.decode()
    kept = "email" if field == "name" else "name"
    assert f'value="{INVITATION[kept]}"' in response.content.decode()
    assert User.objects.count() == 9
    assert verbs() == []


@pytest.mark.django_db(transaction=True)
def test_mail_failure_is_told_and_the_person_is_kept(sign_in, people, settings):
    settings.EMAIL_BACKEND = "tests.test_access_people.NoMail"
    admin = sign_in(people.administrator)
    page = text(admin.post("/people/invite/", INVITATION, follow=True))
    assert "Nora New is invited. The mail to nora@example.com could not be sent." in page
    nora = User.objects.get(email="nora@example.com")
    page = text(admin.post(f"/people/{nora.pk}/send-link/", follow=True))
    assert "The mail to nora@example.com could not be sent." in page


@pytest.mark.parametrize("invited", [True, False])
def test_send_link_fits_whether_there_is_a_password(
    admin, people, mailoutbox, django_capture_on_commit_callbacks, invited
):
    person = people.outsider
    if invited:
        person.set_unusable_password()
        person.save()
    with django_capture_on_commit_callbacks(execute=True):
        page = text(admin.post(f"/people/{person.pk}/send-link/", follow=True))
    assert "The link went to otto.nobody@example.com." in page
    [mail] = mailoutbox
    first, again = "You are invited to interviewbank", "Choose a new password for interviewbank"
    assert mail.subject == (first if invited else again)
    assert verbs() == [("person.link_sent", [])]


def test_grant_and_revoke(admin, people):
    page = f"/people/{people.outsider.pk}/"
    shown = text(admin.post(f"{page}grant/", {"kind": "recruiter"}, follow=True))
    assert "Otto Nobody now holds the grant “Recruiter”." in shown
    assert "by Ada Minister Revoke Recruiter" in shown
    shown = text(admin.post(f"{page}revoke/", {"kind": "recruiter"}, follow=True))
    assert "Otto Nobody no longer holds the grant “Recruiter”." in shown
    assert "Grant Recruiter" in shown
    assert verbs() == [("grant.added", ["recruiter"]), ("grant.removed", ["recruiter"])]


@pytest.mark.parametrize("action", ["grant", "revoke"])
@pytest.mark.parametrize("kind", ["owner", "", "recruiter\x00"])
def test_grant_of_a_kind_that_is_none(admin, people, action, kind):
    response = admin.post(f"/people/{people.outsider.pk}/{action}/", {"kind": kind})
    assert response.status_code == 422
    assert "1 thing needs a change." in response.content.decode()


@pytest.mark.parametrize(
    ("action", "data", "says"),
    [
        ("revoke", {"kind": "administrator"}, "Ada Minister is the last administrator."),
        ("deactivate", {}, "You can't deactivate yourself. Another administrator can."),
        ("grant", {"kind": "administrator"}, "already holds the grant “Administrator”."),
        ("reactivate", {}, "Ada Minister is not deactivated."),
    ],
)
def test_refusals_are_told_on_the_page(admin, people, action, data, says):
    me = people.administrator
    page = text(admin.post(f"/people/{me.pk}/{action}/", data, follow=True))
    assert says in page
    me.refresh_from_db()
    assert me.is_active
    assert Grant.objects.filter(user=me, kind="administrator").exists()
    assert verbs() == []


def test_revoking_ones_own_grant_leads_to_the_account(admin, people):
    build.user("Second Minister", "administrator")
    url = f"/people/{people.administrator.pk}/revoke/"
    response = admin.post(url, {"kind": "administrator"}, follow=True)
    assert response.redirect_chain == [("/account/", 302)]
    assert "no longer holds the grant “Administrator”." in text(response)
    assert admin.get("/people/").status_code == 403


def test_deactivate_ends_the_sessions_for_good(admin, people):
    theirs = Client()
    theirs.force_login(people.outsider, backend="interviewbank.access.backends.SignInBackend")
    assert theirs.get("/account/").status_code == 200
    page = f"/people/{people.outsider.pk}/"
    assert "signs them out everywhere at once" in text(admin.get(page))

    shown = text(admin.post(f"{page}deactivate/", follow=True))
    assert "Otto Nobody is deactivated and signed out everywhere." in shown
    assert theirs.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert admin.get("/account/").status_code == 200, "only theirs"

    shown = text(admin.post(f"{page}reactivate/", follow=True))
    assert "Otto Nobody can sign in again." in shown
    assert theirs.get("/account/").status_code == 302, "the old session does not wake"
    assert verbs() == [
        ("person.deactivated", ["is_active"]),
        ("person.reactivated", ["is_active"]),
    ]


ACTIONS = ["grant/", "revoke/", "deactivate/", "reactivate/", "send-link/"]


@pytest.mark.parametrize("path", ["", "invite/", "PK/", *(f"PK/{action}" for action in ACTIONS)])
def test_pages_are_for_administrators(client, people, sign_in, path):
    url = "/people/" + path.replace("PK", str(people.colleague.pk))
    method = "post" if path[3:] in ACTIONS else "get"
    assert getattr(client, method)(url)["Location"].startswith("/sign-in/")
    for person in (people.recruiter, people.editor, people.chair, people.outsider):
        assert getattr(sign_in(person), method)(url).status_code == 403


@pytest.mark.parametrize("path", ["", *ACTIONS])
def test_person_who_does_not_exist(admin, path):
    url = f"/people/00000000-0000-4000-8000-000000000000/{path}"
    assert (admin.post(url) if path else admin.get(url)).status_code == 404


@pytest.mark.parametrize("path", ACTIONS)
def test_actions_are_posts(admin, people, path):
    assert admin.get(f"/people/{people.outsider.pk}/{path}").status_code == 405
