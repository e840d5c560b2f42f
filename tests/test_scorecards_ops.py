"""Operations: each counts once, nothing is overwritten, and what lost can be had back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviewbank.audit.models import Event
from scorecards.models import AnswerOp, Scorecard
from tests.ops import Device, op, outcomes


@pytest.fixture
def device(panel, client):
    return Device(client, panel.mine)


@pytest.fixture
def tablet(panel, client):
    """The same person on a second device."""
    return Device(client, panel.mine, name="tablet")


@pytest.fixture
def field(panel):
    """The name of a field of a question, the first unless told otherwise."""
    return lambda kind, number=0: f"{kind}:{panel.questions[number].pk}"


def test_a_field_is_saved_and_acknowledged(panel, device, field):
    sent = op(field("rating"), 3)
    response = device.ops(sent)

    card = Scorecard.objects.get(interview=panel.mine)
    assert response.json() == {
        "v": 1,
        "revision": 1,
        "results": [{"op": sent["op"], "outcome": "applied", "rev": 1}],
    }
    assert card.answers.get().rating == 3
    assert (card.revision, card.opened_at is not None, card.saved_at is not None) == (1, True, True)
    row = AnswerOp.objects.get()
    assert (str(row.op), row.device, row.field, row.base, row.rev, row.outcome, row.value) == (
        sent["op"],
        "a",
        field("rating"),
        0,
        1,
        "applied",
        "",
    )
    assert [event.verb for event in Event.objects.all()] == ["scorecard.opened"]


def test_the_state_has_every_field(panel, device, field):
    device.save(
        op(field("rating"), "no_evidence"),
        op(field("signals"), ["vague", "named"]),
        op("recommendation", "hire"),
        op("scratch", "Ask about pay."),
    )
    state = device.state()

    assert {key: state[key] for key in ("v", "revision", "state", "user", "losers")} == {
        "v": 1,
        "revision": 1,
        "state": "draft",
        "user": str(panel.people.interviewer.pk),
        "losers": [],
    }
    empty = {"rating": None, "evidence": "", "probes": [], "signals": []}
    blank = {
        f"{kind}:{question.pk}": {"rev": 0, "value": value}
        for question in panel.questions
        for kind, value in empty.items()
    }
    assert state["answers"] == blank | {
        field("rating"): {"rev": 1, "value": "no_evidence"},
        field("signals"): {"rev": 1, "value": ["named", "vague"]},
        "recommendation": {"rev": 1, "value": "hire"},
        "scratch": {"rev": 1, "value": "Ask about pay."},
        "summary": {"rev": 0, "value": ""},
    }
    assert state["saved_at"] is not None
    assert state["submitted_at"] is None


def test_the_same_operation_again_is_told_what_became_of_it(panel, device, field):
    first = op(field("evidence"), "First.")
    device.save(first)
    device.save(op(field("evidence"), "Second.", base=1))

    assert device.save(first) == [{"op": first["op"], "outcome": "applied", "rev": 1}]
    assert device.state()["answers"][field("evidence")] == {"rev": 2, "value": "Second."}
    assert device.state()["revision"] == 2
    assert AnswerOp.objects.count() == 2


def test_an_id_twice_in_one_request_counts_once(device, field):
    sent = op(field("rating"), 3)

    assert outcomes(device.save(sent, sent)) == ["applied", "applied"]
    assert AnswerOp.objects.count() == 1


@pytest.mark.parametrize("other", ["value", "field"])
def test_the_same_id_with_something_else_is_refused(device, field, other):
    sent = op(field("rating"), 3)
    device.save(sent)
    again = sent | ({"value": 4} if other == "value" else {"field": field("rating", 1)})

    [result] = device.save(again)

    assert (result["outcome"], result["code"]) == ("rejected", "op_reused")
    assert device.state()["answers"][field("rating")] == {"rev": 1, "value": 3}
    assert device.state()["answers"][field("rating", 1)] == {"rev": 0, "value": None}
    assert AnswerOp.objects.count() == 1


def test_one_is_not_true(device, field):
    """Equal in Python, and another value all the same."""
    sent = op(field("rating"), 1)
    device.save(sent)

    assert device.save(sent | {"value": True})[0]["code"] == "op_reused"


def test_two_operations_of_one_field_apply_in_order(device, field):
    results = device.save(
        op(field("evidence"), "First."),
        op(field("evidence"), "Second.", base=1),
        op("summary", "One."),
        op("summary", "Two.", base=1),
    )

    assert [(one["outcome"], one["rev"]) for one in results] == [
        ("applied", 1),
        ("applied", 2),
        ("applied", 1),
        ("applied", 2),
    ]
    answers = device.state()["answers"]
    assert answers[field("evidence")]["value"] == "Second."
    assert answers["summary"]["value"] == "Two."


def test_the_same_value_from_another_device(device, tablet, field):
    device.save(op(field("rating"), 3))

    [result] = tablet.save(op(field("rating"), 3))

    assert (result["outcome"], result["rev"]) == ("noop", 1)
    assert device.state()["revision"] == 1


def test_the_loser_of_a_conflict_stays_retrievable(device, tablet, field):
    device.save(op(field("evidence"), "Typed on the laptop."))
    lost = op(field("evidence"), "Typed on the tablet. \u200f“שלום”")

    [result] = tablet.save(lost)

    assert result == {
        "op": lost["op"],
        "outcome": "conflict",
        "rev": 1,
        "current": "Typed on the laptop.",
    }
    state = device.state()
    assert state["answers"][field("evidence")]["value"] == "Typed on the laptop."
    [loser] = state["losers"]
    assert (loser["op"], loser["field"], loser["value"]) == (
        lost["op"],
        field("evidence"),
        lost["value"],
    )


def test_a_conflict_again_names_what_stands_there_now(device, tablet, field):
    device.save(op(field("rating"), 3))
    lost = op(field("rating"), 1)
    tablet.save(lost)
    device.save(op(field("rating"), 4, base=1))

    assert tablet.save(lost) == [
        {"op": lost["op"], "outcome": "conflict", "rev": 2, "current": 4},
    ]
    assert AnswerOp.objects.count() == 3


def test_private_notes_are_in_no_operation(device, tablet):
    device.save(op("scratch", "Ask about pay."))

    assert outcomes(tablet.save(op("scratch", "Ask about notice."))) == ["conflict"]
    assert set(AnswerOp.objects.values_list("value", flat=True)) == {""}


def test_equal_values_of_two_scorecards_have_different_digests(panel, client, field):
    for interview in (panel.mine, panel.theirs):
        Device(client, interview).save(op(field("evidence"), "The same words."))

    assert len(set(AnswerOp.objects.values_list("digest", flat=True))) == 2


def test_operations_go_with_their_draft(panel, device, field):
    device.save(op("scratch", "x"))
    panel.mine.scorecard.delete()

    assert not AnswerOp.objects.exists()


def test_the_commit_waits_for_the_disk(device, field):
    with CaptureQueriesContext(connection) as queries:
        device.save(op(field("rating"), 3))
    assert "SET LOCAL synchronous_commit = on" in [query["sql"] for query in queries]
