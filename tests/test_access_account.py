"""Everybody's own account page."""

import pytest

from interviewbank.access.forms import time_zone_choices
from interviewbank.audit.models import Event
from tests import build

VALID = {"name": "Ines Asker", "time_zone": "UTC", "theme": "", "single_keys": "on"}


def test_account_shows_what_i_may_do(sign_in, people):
    page = sign_in(people.editor).get("/account/").content.decode()
    assert "Writes and publishes questions and question sets." in page
    assert "Creates openings" not in page
    assert "edith.queller@example.com" in page


def test_account_anonymous_is_sent_to_sign_in(client, db):
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_account_saves_what_changed_and_says_so(sign_in, people):
    client = sign_in(people.interviewer)
    data = {"name": "Ines A. Asker", "time_zone": "Asia/Kolkata", "theme": "dark"}
    response = client.post("/account/", data)
    assert (response.status_code, response["Location"]) == (302, "/account/")
    me = people.interviewer
    me.refresh_from_db()
    assert (me.name, me.time_zone, me.theme, me.single_keys) == (
        "Ines A. Asker",
        "Asia/Kolkata",
        "dark",
        False,
    )
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.actor_id) == ("account.changed", me.pk, me.pk)
    assert event.fields == ["name", "single_keys", "theme", "time_zone"]
    page = client.get("/account/").content.decode()
    assert "Your account is saved." in page
    assert '<html lang="en" data-bs-theme="dark">' in page


def test_account_unchanged_leaves_no_event(sign_in, people):
    assert sign_in(people.interviewer).post("/account/", VALID).status_code == 302
    assert not Event.objects.exists()


def test_account_changes_no_field_that_it_does_not_show(sign_in, people):
    data = {**VALID, "email": "new@example.com", "is_active": "", "is_demo": "on"}
    sign_in(people.interviewer).post("/account/", data)
    people.interviewer.refresh_from_db()
    assert people.interviewer.email == "ines.asker@example.com"
    assert (people.interviewer.is_active, people.interviewer.is_demo) == (True, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "   "),
        ("name", "n" * 121),
        ("name", "N\x00me"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("theme", "pink"),
    ],
)
def test_account_invalid_comes_back_with_its_error(sign_in, people, field, value):
    response = sign_in(people.interviewer).post("/account/", {**VALID, field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert "1 thing needs a change." in page
    assert 'aria-label="IA, your account, Ines Asker"' in page, "the shell shows the stored name"
    people.interviewer.refresh_from_db()
    assert people.interviewer.name == "Ines Asker"
    assert not Event.objects.exists()


def test_account_wrong_method(sign_in, people):
    assert sign_in(people.interviewer).delete("/account/").status_code == 405


def test_account_keeps_a_time_zone_that_is_not_listed(sign_in, db):
    person = build.user("Grete Alias", time_zone="Etc/GMT-3")
    response = sign_in(person).post("/account/", {**VALID, "time_zone": "Etc/GMT-3"})
    assert response.status_code == 302
    assert time_zone_choices("Etc/GMT-3")[0] == ("Etc/GMT-3", "Etc/GMT-3")


def test_time_zones_are_listed_by_region():
    choices = dict(time_zone_choices("UTC"))
    assert choices["UTC"] == "UTC"
    assert ("Europe/Berlin", "Berlin") in choices["Europe"]
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in choices["America"]


def test_account_costs_the_same_with_one_grant_and_four(sign_in, db, django_assert_num_queries):
    for name, grants in [
        ("One Grant", ["recruiter"]),
        ("All Grants", ["recruiter", "question_editor", "insights_reader", "administrator"]),
    ]:
        client = sign_in(build.user(name, *grants))
        # the session, the user, the user again for the form, the grants of the page and of the bar,
        # the records of sessions; three about second factors and the ways to sign in
        with django_assert_num_queries(6):
            assert client.get("/account/").status_code == 200
