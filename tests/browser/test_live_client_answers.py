"""What the queue makes of each answer. Only JSON that names the operation confirms it."""

import pytest

from .queue_driver import (
    NOTES,
    RATING,
    Driver,
    applied,
    rejected,
    truncated,
)

HTML = {"status": 200, "content_type": "text/html", "body": "<p>Saved</p>"}
NAMES_NOTHING = {"status": 200, "json": {"v": 1, "revision": 1, "results": []}}
NO_LIST = {"status": 200, "json": {"v": 1, "revision": 1, "results": {}}}
REDIRECT = {"status": 302, "headers": {"Location": "/sign-in/"}}
EMPTY = {"status": 204, "body": ""}
# What a network on the way says, with the numbers that the server uses to refuse.
PORTAL = {"content_type": "text/html", "body": "<h1>Welcome to the hotel</h1>"}
OTHER_JSON = {"json": {"detail": "blocked"}}


def another(op: dict) -> dict:
    return {**applied(op), "op": "00000000-0000-4000-8000-000000000000"}


def without_revision(op: dict) -> dict:
    return {"op": op["op"], "outcome": "applied"}


def unheard_of(op: dict) -> dict:
    return {"op": op["op"], "outcome": "stored", "rev": 1}


@pytest.fixture
def live(modules_page) -> Driver:
    return Driver(modules_page).listen().stop_the_clock()


NO_ACK = {
    "redirect": REDIRECT,
    "html": HTML,
    "empty": EMPTY,
    "truncated": truncated(),
    "names nothing": NAMES_NOTHING,
    "no list": NO_LIST,
    "another op": another,
    "no revision": without_revision,
    "unknown outcome": unheard_of,
    "no connection": "abort",
    **{f"{status} portal": {"status": status, **PORTAL} for status in (400, 403, 404, 409, 410)},
    "410 of another": {"status": 410, **OTHER_JSON},
    **{str(status): status for status in (408, 425, 429, 500, 502, 503, 201)},
}


@pytest.mark.parametrize("answer", NO_ACK.values(), ids=NO_ACK.keys())
def test_it_is_no_confirmation_and_the_same_operation_goes_again(live, answer):
    live.answers = [answer]
    live.start().edit(NOTES, "Kept.")
    live.stored()
    live.pass_time(0)
    [[first]] = live.sent(1)

    assert live.line() == {
        "state": "device",
        "words": "On this device only, waiting for connection (1)",
    }
    assert [entry["first"]["op"] for entry in live.stored()] == [first["op"]]

    live.pass_time(500)
    assert live.sent(2)[1] == [first]
    assert (live.line()["state"], live.stored()) == ("saved", [])


def test_it_waits_longer_each_time_and_at_most_half_a_minute(live):
    live.answers = ["abort"] * 9
    live.start().edit(RATING, 3)
    live.stored()
    live.pass_time(0)
    for number, wait in enumerate([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000], 1):
        live.sent(number)
        live.pass_time(wait - 1)
        assert len(live.requests) == number
        live.pass_time(1)
    live.sent(9)


def test_only_what_was_named_is_confirmed(live):
    live.answers = [{"status": 200, "json": {"v": 1, "results": []}}]
    live.start().edit(NOTES, "One.")
    live.edit(RATING, 3)
    live.stored()
    live.answers = [lambda op: applied(op) if op["field"] == RATING else None]
    live.pass_time(0)
    live.sent(1)

    assert [entry["field"] for entry in live.stored()] == [NOTES]
    assert live.line()["state"] == "device"


def test_a_rejected_one_is_shown_and_the_rest_goes_on(live):
    live.answers = [lambda op: rejected(op) if op["field"] == NOTES else applied(op)]
    live.start().edit(NOTES, "a\0b")
    live.edit(RATING, 3)
    live.stored()
    live.pass_time(0)
    live.sent(1)

    assert live.line() == {
        "state": "quarantine",
        "words": "One answer can't be stored: No NUL.",
    }
    assert [entry["field"] for entry in live.stored()] == [NOTES]
    live.edit(RATING, 4)
    live.stored()
    live.pass_time(0)
    live.sent(2)

    live.edit(NOTES, "ab")
    live.stored()
    live.pass_time(0)
    *_, [op] = live.sent(3)
    assert (op["value"], op["base"]) == ("ab", 0)
    assert live.line()["state"] == "saved"


@pytest.mark.parametrize("status", [400, 413])
def test_a_request_that_is_refused_alone_is_set_aside(live, status):
    live.answers = [status]
    live.start().edit(NOTES, "Odd.")
    live.stored()
    live.pass_time(0)
    live.sent(1)

    assert live.line()["state"] == "quarantine"
    assert live.stored()[0]["first"]["value"] == "Odd."
