"""Where somebody is signed in: the list on the account page, and ending a session."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interviewbank.access.devices import coarse, device
from interviewbank.access.session_limits import NOTED_EVERY, SEEN
from interviewbank.audit.models import Event
from tests import build

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)
END = "/account/sessions/end/"


def signed_in(person, user_agent: str = FIREFOX) -> Client:
    cache.clear()  # the limits of sign-in count across clients
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR="203.0.113.77")
    data = {"login": person.email, "password": build.PASSWORD}
    assert client.post("/sign-in/", data).status_code == 302
    return client


def record_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_the_page_lists_this_one_and_the_others(people):
    here = signed_in(people.interviewer)
    signed_in(people.interviewer, IPHONE)
    signed_in(people.colleague, IPHONE)

    html = here.get("/account/").content.decode()

    assert html.index("Firefox on Linux") < html.index("This one") < html.index("Safari on iPhone")
    assert html.count("Safari on iPhone</strong>") == 1
    assert html.count("203.0.x.x") == 2
    assert "203.0.113" not in html
    assert html.count(f'action="{END}"') == 2


def test_alone_there_is_nothing_to_end(people):
    html = signed_in(people.interviewer).get("/account/").content.decode()

    assert "This one" in html
    assert END not in html


def test_a_session_without_a_record_is_this_one(people, sign_in):
    html = sign_in(people.interviewer).get("/account/").content.decode()

    assert "In use now" in html
    assert "An unknown browser" in html


def test_ending_a_session_signs_it_out_at_its_next_request(panel):
    me = panel.people.interviewer
    here, there = signed_in(me), signed_in(me, IPHONE)
    live = reverse("scorecard_ops", args=[panel.mine.scorecard.pk])

    response = here.post(END, {"which": record_of(there).pk}, follow=True)

    assert "That browser is signed out." in response.content.decode()
    refused = there.post(live, "{}", content_type="application/json")
    assert (refused.status_code, refused.json()["error"]) == (401, "signed_out")
    assert there.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert here.get("/account/").status_code == 200
    assert (
        UserSession.objects.count() == Session.objects.filter(pk=here.session.session_key).count()
    )
    event = Event.objects.latest("number")
    assert (event.verb, event.actor, event.object_id) == ("session.ended", me, me.pk)


def test_ending_all_others(people, sign_in):
    me = people.interviewer
    here, one, two = signed_in(me), signed_in(me, IPHONE), signed_in(me)
    unrecorded = Client()
    unrecorded.force_login(me, backend="interviewbank.access.backends.SignInBackend")
    somebody = signed_in(people.colleague)

    assert here.post(END, {"which": "others"})["Location"] == "/account/"

    for ended in (one, two, unrecorded):
        assert ended.get("/account/").status_code == 302
    for goes_on in (here, somebody):
        assert goes_on.get("/account/").status_code == 200
    assert set(UserSession.objects.all()) == {record_of(here), record_of(somebody)}
    assert Event.objects.latest("number").verb == "sessions.ended"


@pytest.mark.parametrize("which", ["current", "somebody's", "", "0", "x\0y"])
def test_what_is_not_another_of_ones_own_is_refused(people, which):
    here, somebody = signed_in(people.interviewer), signed_in(people.colleague)
    values = {"current": record_of(here).pk, "somebody's": record_of(somebody).pk}

    response = here.post(END, {"which": values.get(which, which)})

    assert response.status_code == 422
    assert "1 thing needs a change." in response.content.decode()
    assert UserSession.objects.count() == 2


def test_a_changed_password_ends_the_others(people):
    here, there = signed_in(people.interviewer), signed_in(people.interviewer, IPHONE)
    new = "another battery of horses"
    data = {"oldpassword": build.PASSWORD, "password1": new, "password2": new}

    assert here.post("/password/change/", data).status_code == 302

    html = here.get("/account/").content.decode()
    assert "This one" in html
    assert "Safari on iPhone" not in html
    assert there.get("/account/").status_code == 302


def test_last_use_is_noted_once_in_five_minutes(people):
    client = signed_in(people.interviewer)
    record = record_of(client)
    first = record.last_seen_at - timedelta(minutes=6)
    UserSession.objects.update(last_seen_at=first)

    def updates() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/account/")
        return sum("usersessions" in one["sql"] and "UPDATE" in one["sql"] for one in queries)

    assert updates() == 0, "noted at sign-in"
    session = client.session
    session[SEEN] -= NOTED_EVERY + 1
    session.save()
    assert updates() == 1
    record.refresh_from_db()
    assert record.last_seen_at > first + timedelta(minutes=5)
    assert updates() == 0


def test_deactivating_ends_the_records_too(people, sign_in):
    signed_in(people.interviewer)
    sign_in(people.administrator).post(f"/people/{people.interviewer.pk}/deactivate/")

    assert not UserSession.objects.filter(user=people.interviewer).exists()


def test_an_expired_session_is_not_listed(people):
    here, there = signed_in(people.interviewer), signed_in(people.interviewer, IPHONE)
    Session.objects.filter(pk=there.session.session_key).update(expire_date=timezone.now())

    assert "iPhone" not in here.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.5.0", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_device_in_words(user_agent, words):
    assert device(user_agent) == words


@pytest.mark.parametrize(
    ("address", "shown"),
    [("203.0.113.77", "203.0.x.x"), ("2001:db8:0:1::1", "2001:db8:0:…"), ("::1", "0:0:0:…")],
)
def test_an_address_is_coarse(address, shown):
    assert coarse(address) == shown


@pytest.mark.parametrize("others", [1, 3])
def test_queries(people, others, django_assert_num_queries):
    here = signed_in(people.interviewer)
    for _ in range(others):
        signed_in(people.interviewer, IPHONE)
    here.get("/account/")

    with django_assert_num_queries(7):
        here.get("/account/")
