"""What stands between the queue and the server: two versions, a stale token, people, a crash."""

import pytest

from .queue_driver import CARD, NOTES, RATING, USER, Driver, conflict, rejected, state_of


@pytest.fixture
def live(modules_page) -> Driver:
    return Driver(modules_page).listen().stop_the_clock()


@pytest.mark.parametrize(
    ("keep", "sent", "shown"),
    [
        ("mine", "Mine.", "Mine."),
        ("theirs", None, "Theirs."),
        ("both", "Theirs.\n\nMine.", "Theirs.\n\nMine."),
    ],
)
def test_two_versions(live, keep, sent, shown):
    live.answers = [conflict("Theirs.")]
    live.start().edit(NOTES, "Mine.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    assert live.line() == {"state": "conflict", "words": "Two versions, choose"}
    assert live.stored()[0]["trouble"] == {"kind": "conflict", "rev": 7, "value": "Theirs."}
    live.pass_time(60_000)
    assert len(live.requests) == 1

    live.page.evaluate("(keep) => queue.choose('evidence:q1', keep)", keep)
    live.stored()
    live.pass_time(0)
    live.sent(2 if sent else 1)

    if sent:
        [op] = live.requests[1]
        assert (op["base"], op["value"]) == (7, sent)
    assert live.page.evaluate("queue.entries.mine('evidence:q1')") == shown
    assert (live.line()["state"], live.stored()) == ("saved", [])


def test_ticks_of_both_are_united(live):
    live.answers = [conflict(["a", "c"])]
    live.start().edit("probes:q1", ["b", "c"])
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.page.evaluate("queue.choose('probes:q1', 'both')")
    live.stored()
    live.pass_time(0)

    assert live.sent(2)[1][0]["value"] == ["a", "b", "c"]


def test_what_is_typed_during_a_conflict_is_part_of_mine(live):
    live.answers = [conflict("Theirs.")]
    live.start().edit(NOTES, "Mine")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.edit(NOTES, "Mine, longer.")
    assert live.stored()[0]["next"] == {"value": "Mine, longer."}
    live.page.evaluate("queue.choose('evidence:q1', 'mine')")
    live.stored()
    live.pass_time(0)

    assert live.sent(2)[1][0]["value"] == "Mine, longer."


def test_a_stale_token_is_fetched_anew_once(live):
    live.answers = [403]
    live.start().edit(NOTES, "Kept.")
    live.stored()
    live.pass_time(0)
    live.wait(lambda: live.idle() and len(live.requests) == 1)
    live.pass_time(0)

    first, second = live.sent(2)
    assert first == second
    assert live.tokens == ["old", "new"]
    assert live.line()["state"] == "saved"


@pytest.mark.parametrize(
    ("status", "words"), [(404, "Closed to you"), (409, "Closed to you"), (410, "Erased")]
)
def test_it_stops(live, status, words):
    live.answers = [status]
    live.start().edit(NOTES, "Late.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.edit(RATING, 3)
    live.pass_time(60_000)

    assert len(live.requests) == 1
    assert live.line() == {"state": "locked", "words": words}
    left = [entry["field"] for entry in live.stored()]
    assert left == ([] if status == 410 else [NOTES, RATING])


def test_submitted_elsewhere(live):
    live.answers = [{"status": 409, "json": {"error": "submitted", "message": "It was."}}]
    live.start().edit(NOTES, "Late.")
    live.stored()
    live.pass_time(0)
    live.sent(1)

    assert live.line() == {"state": "locked", "words": "Submitted"}
    assert len(live.stored()) == 1


def test_signed_out_typing_goes_on_until_the_same_person_is_back(live):
    live.answers = [401]
    live.start().edit(NOTES, "Kept.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    assert live.line() == {"state": "signed-out", "words": "Signed out, your notes are kept"}
    live.edit(NOTES, "Kept, and more.")
    live.pass_time(60_000)
    assert len(live.requests) == 1

    live.page.evaluate("queue.resume()")

    live.sent(3)
    assert live.values() == [["Kept."], ["Kept."], ["Kept, and more."]]
    assert (live.tokens[1], live.line()["state"]) == ("new", "saved")


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize("state", [state_of(user="user-2"), 404])
def test_somebody_else_sends_nothing(live, state, status):
    live.answers = [status]
    live.state = state
    live.today = '<form data-sign-out="user-2"></form>'
    live.start().edit(NOTES, "Kept.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.page.evaluate("queue.resume()")
    live.wait(lambda: live.link() == "other")
    live.pass_time(60_000)

    assert len(live.requests) == 1
    assert len(live.stored()) == 1
    live.state = state_of()
    live.page.evaluate("queue.resume()")
    assert len(live.sent(2)) == 2


@pytest.mark.parametrize("typed_on", [False, True])
def test_after_a_crash_the_same_operation_goes_first(live, typed_on):
    live.answers = ["hold"]
    live.start().edit(NOTES, "Typed.")
    live.stored()
    live.pass_time(0)
    [[lost]] = live.sent(1)
    if typed_on:
        live.edit(NOTES, "Typed, and")
    live.stored()
    live.held.clear()

    live.start()
    live.type("Typed, and more.")
    live.stored()
    live.pass_time(0)
    live.wait(lambda: len(live.requests) >= 2 and live.idle())
    live.stored()
    live.pass_time(800)

    assert live.page.evaluate("arrived") == [NOTES]
    _, [again], [more] = live.sent(3)
    assert again == lost
    assert (more["base"], more["value"]) == (1, "Typed, and more.")
    assert live.stored(USER, CARD) == []


def test_what_another_device_saved_meanwhile_is_shown(live):
    live.state = state_of({NOTES: {"rev": 4, "value": "From the tablet."}})
    live.start().page.evaluate("queue.resume()")
    live.wait(lambda: live.page.evaluate("queue.entries.mine('evidence:q1')") != "")
    live.edit(NOTES, "From the tablet. Mine.")
    live.stored()
    live.pass_time(0)

    [[op]] = live.sent(1)
    assert op["base"] == 4


def test_a_repeated_operation_brings_no_old_value_back(live):
    live.answers = ["hold"]
    live.start().edit(NOTES, "Old.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.held.clear()
    live.state = state_of({NOTES: {"rev": 9, "value": "Newer, from the tablet."}})

    live.start().page.evaluate("queue.resume()")
    live.sent(2)

    assert live.page.evaluate("queue.entries.mine('evidence:q1')") == "Newer, from the tablet."
    live.edit(NOTES, "Newer still.")
    live.stored()
    live.pass_time(0)
    assert live.sent(3)[2][0]["base"] == 9


def test_what_belongs_to_no_question_any_more_can_be_discarded(live):
    live.answers = [rejected]
    live.start().edit(NOTES, "Of a question that was left out.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.page.evaluate("queue.discard('evidence:q1')")

    assert (live.line()["state"], live.stored()) == ("saved", [])


def test_somebody_who_signs_in_elsewhere_is_heard_at_once(live):
    live.answers = ["hold"]
    live.start().edit(NOTES, "Kept.")
    live.stored()
    live.pass_time(0)
    live.sent(1)
    live.page.evaluate("queue.heard('user-2')")
    live.edit(RATING, 3)
    live.release()
    live.wait(lambda: live.page.evaluate("queue.running === null"))
    live.pass_time(60_000)

    assert (live.link(), len(live.requests)) == ("other", 1)
    live.page.evaluate("queue.heard('user-1')")
    live.sent(2)
    assert (live.line()["state"], live.stored()) == ("saved", [])
