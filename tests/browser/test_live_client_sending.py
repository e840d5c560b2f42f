"""When the queue sends, what it sends, and that it is in the store before."""

from datetime import timedelta

import pytest

from .queue_driver import NOON, NOTES, RATING, Driver, applied


@pytest.fixture
def live(modules_page) -> Driver:
    return Driver(modules_page).listen()


def test_a_rating_is_sent_at_once(live):
    live.stop_the_clock().start().edit(RATING, 3)
    live.stored()
    live.pass_time(0)

    [[op]] = live.sent(1)
    assert (op["field"], op["base"], op["value"]) == (RATING, 0, 3)
    assert live.stored() == []
    assert live.line() == {"state": "saved", "words": "Saved 14:02"}


def test_text_is_sent_after_a_rest(live):
    live.stop_the_clock().start().type("a")
    live.stored()
    live.pass_time(500)
    live.type("ab")
    live.stored()
    live.pass_time(799)
    assert live.requests == []

    live.pass_time(1)

    live.sent(1)
    assert live.values() == [["ab"]]


def test_a_clock_that_is_set_back_holds_nothing_up(live):
    live.answers = ["abort"]
    live.stop_the_clock().start().type("Typed before.")
    live.stored()
    live.page.clock.set_system_time(NOON - timedelta(hours=1))
    live.pass_time(800)
    live.sent(1)
    live.page.clock.set_system_time(NOON - timedelta(hours=2))
    live.pass_time(500)
    live.sent(2)

    assert (live.line()["state"], live.stored()) == ("saved", [])


def test_text_is_sent_while_it_is_typed_without_a_rest(live):
    live.stop_the_clock().start()
    for second in range(1, 7):
        live.type("x" * second)
        live.stored()
        live.pass_time(500)

    live.sent(1)
    assert live.values() == [["xxxxxx"]]


def test_it_is_in_the_store_before_it_is_sent(live):
    live.answers = ["hold"]
    live.start().edit(NOTES, "Kept.")
    [[op]] = live.sent(1)

    [entry] = live.stored()
    assert (entry["user"], entry["card"], entry["field"]) == ("user-1", "card-1", NOTES)
    assert entry["first"] == {"op": op["op"], "base": 0, "value": "Kept."}

    live.release()
    live.wait(lambda: live.stored() == [])


def test_it_is_not_sent_while_it_is_being_written(live):
    live.stop_the_clock().start().page.evaluate(
        """() => {
          const put = store.put.bind(store);
          const gate = new Promise((open) => { window.openGate = open; });
          store.put = async (entry) => { await gate; return put(entry); };
        }"""
    )
    live.edit(RATING, 3)
    live.pass_time(5_000)
    assert live.requests == []

    live.page.evaluate("openGate()")
    live.stored()
    live.pass_time(0)
    live.sent(1)


def test_where_nothing_can_be_kept_it_is_sent_all_the_same(live):
    live.answers = ["abort"]
    live.stop_the_clock().start().page.evaluate(
        "() => { store.put = () => Promise.reject(new Error('The disk is full.')); }"
    )
    live.edit(RATING, 3)
    live.wait(lambda: live.page.evaluate("queue.entries.writes.size === 0"))
    live.pass_time(0)
    live.sent(1)

    words = "On this page only, keep it open, waiting for connection (1)"
    assert live.line() == {"state": "device", "words": words}
    live.pass_time(500)
    live.sent(2)
    assert live.line()["state"] == "saved"


def test_a_disk_that_does_not_answer_is_as_good_as_none(live):
    live.stop_the_clock().start().page.evaluate(
        """() => Object.defineProperty(IDBTransaction.prototype, "oncomplete", { set() {} })"""
    )
    live.edit(RATING, 3)
    live.pass_time(4_000)
    assert (live.requests, live.line()["state"]) == ([], "saving")

    live.pass_time(1_000)
    live.wait(lambda: live.page.evaluate("queue.entries.writes.size === 0"))
    live.pass_time(1)
    live.sent(1)
    assert live.line()["state"] == "saved"


def test_where_nothing_can_be_kept_another_tab_takes_nothing_away(live):
    live.answers = ["abort"]
    live.stop_the_clock().start().page.evaluate(
        "() => { store.put = store.entries = () => Promise.reject(new Error('Broken.')); }"
    )
    live.edit(RATING, 3)
    live.wait(lambda: live.page.evaluate("queue.entries.writes.size === 0"))
    live.pass_time(0)
    live.sent(1)
    live.page.evaluate("queue.release().then(() => queue.hold())")
    live.pass_time(0)

    assert live.sent(2)[1] == live.requests[0]
    assert live.line()["state"] == "saved"


def test_writes_wait_for_the_disk(live):
    live.start()
    live.page.evaluate(
        """() => {
          window.asked = [];
          const begin = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function (names, mode, options) {
            if (mode === "readwrite") window.asked.push(options?.durability);
            return begin.apply(this, arguments);
          };
        }"""
    )
    live.edit(NOTES, "Kept.")
    live.sent(1)
    live.wait(lambda: live.stored() == [])

    assert live.page.evaluate("window.asked") == ["strict", "strict"]
    assert live.page.evaluate("localStorage.length") == 0


def test_what_is_not_sent_yet_is_replaced(live):
    live.stop_the_clock().start().type("first")
    live.stored()
    live.type("second")
    live.stored()
    live.pass_time(800)

    live.sent(1)
    assert live.values() == [["second"]]


def test_what_is_on_its_way_is_never_changed(live):
    live.answers = ["hold"]
    live.start().edit(NOTES, "first")
    live.sent(1)
    live.edit(NOTES, "second")
    live.edit(NOTES, "third")
    [entry] = live.stored()
    assert (entry["first"]["value"], entry["next"]) == ("first", {"value": "third"})
    assert live.line()["state"] == "saving"

    live.release()

    first, second = (ops[0] for ops in live.sent(2))
    assert (second["base"], second["value"]) == (1, "third")
    assert first["op"] != second["op"]
    assert live.stored() == []


def test_typing_back_what_is_on_its_way_needs_no_second_request(live):
    live.answers = ["hold"]
    live.start().edit(NOTES, "first")
    live.sent(1)
    live.edit(NOTES, "second")
    live.edit(NOTES, "first")
    live.release()

    live.sent(1)
    live.wait(lambda: live.stored() == [])


def test_what_the_server_has_is_not_sent(live):
    live.start(known={NOTES: {"rev": 3, "value": "Same."}}).edit(NOTES, "Same.")
    assert live.stored() == []
    live.edit(NOTES, "Other.")

    [[op]] = live.sent(1)
    assert (op["base"], op["value"]) == (3, "Other.")


def test_sixty_fields_go_in_two_requests(live):
    live.stop_the_clock().start()
    for number in range(60):
        live.type("x", name=f"evidence:q{number}")
    live.stored()
    live.pass_time(800)

    live.wait(lambda: len(live.requests) >= 1 and live.idle())
    live.pass_time(0)
    first, second = live.sent(2)
    assert (len(first), len(second)) == (50, 10)


def test_long_texts_are_split_by_their_size(live):
    live.stop_the_clock().start()
    for number in range(30):
        live.type("ü" * 10_000, name=f"evidence:q{number}")
    live.stored()
    live.pass_time(800)
    for count in (1, 2, 3):
        live.wait(lambda count=count: len(live.requests) >= count and live.idle())
        live.pass_time(0)

    assert [len(ops) for ops in live.sent(3)] == [12, 12, 6]


def test_a_request_that_is_too_big_is_halved(live):
    live.answers = [413, applied, applied]
    live.stop_the_clock().start()
    for number in range(4):
        live.type("x", name=f"evidence:q{number}")
    live.stored()
    live.pass_time(800)
    for count in (1, 2, 3):
        live.wait(lambda count=count: len(live.requests) >= count and live.idle())
        live.pass_time(0)

    assert [len(ops) for ops in live.sent(3)] == [4, 2, 2]
    assert live.stored() == []


def test_a_text_that_fits_no_request_holds_up_nothing(live):
    live.start().edit(NOTES, "x" * 300_000)
    live.edit(RATING, 3)
    live.sent(1)
    live.wait(lambda: live.line()["state"] == "quarantine")

    assert live.values() == [[3]]
    assert "20,000 characters fit" in live.line()["words"]
    assert live.page.evaluate("queue.entries.mine('evidence:q1').length") == 300_000


def test_of_two_people_and_two_scorecards(live):
    live.answers = ["hold"]
    live.start().edit(NOTES, "Mine.")
    live.sent(1)

    for user, card in (("user-2", "card-1"), ("user-1", "card-2"), ("user-10", "card-1")):
        live.start(user=user, card=card)
        assert live.page.evaluate("queue.entries.open.size") == 0
    assert len(live.stored()) == 1
