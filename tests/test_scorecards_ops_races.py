"""Many devices at one time: each operation counts once, whatever comes in between."""

import threading
from collections import Counter

import pytest
from django.db import connections, transaction
from django.test import Client

from scorecards.models import Answer, AnswerOp, Scorecard, Submission
from scorecards.workflow.interviews import cancel_interview
from tests import build
from tests.ops import Device, op, op_id
from tests.visit import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works) -> list:
    """Everything at one time, each in a connection of its own; what they returned."""
    start, done = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        start.wait()
        try:
            done[number] = work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_eight_clients_save_one_scorecard(panel):
    """Each writes one field twelve times over the others' heads: every round has one winner, and
    what is stored is the value of the last."""
    name = f"evidence:{panel.questions[0].pk}"
    devices = [Device(Client(), panel.mine, name=f"d{number}") for number in range(8)]

    def write(device):
        def work():
            seen, told = 0, []
            for number in range(12):
                value = f"{device.name} wrote {number}"
                [result] = device.save(op(name, value, base=seen))
                told.append((result["outcome"], result["rev"], value))
                if result["outcome"] == "applied":
                    assert result["rev"] == seen + 1, "it wrote over what nobody had seen"
                seen = result["rev"]
            return told

        return work

    told = [one for results in together(*map(write, devices)) for one in results]

    applied = {rev: value for outcome, rev, value in told if outcome == "applied"}
    answer = Answer.objects.get()
    assert Counter(outcome for outcome, _, _ in told).keys() <= {"applied", "conflict"}
    assert sorted(applied) == list(range(1, len(applied) + 1)), "each revision was given once"
    assert (answer.evidence_rev, answer.evidence) == (len(applied), applied[len(applied)])
    assert AnswerOp.objects.count() == 96
    losers = {value for outcome, _, value in told if outcome == "conflict"}
    kept = AnswerOp.objects.exclude(value="").values_list("value", flat=True)
    assert {value.strip('"') for value in kept} == losers
    assert Scorecard.objects.get(interview=panel.mine).revision == len(applied)


def test_one_operation_sent_eight_times_at_once(panel):
    sent = op("summary", "Once.")
    devices = [Device(Client(), panel.mine) for _ in range(8)]

    answers = together(*(lambda device=device: device.save(sent) for device in devices))

    assert answers == [[{"op": sent["op"], "outcome": "applied", "rev": 1}]] * 8
    assert AnswerOp.objects.count() == 1
    assert Scorecard.objects.get(interview=panel.mine).summary_rev == 1


def ready(panel) -> dict[str, int]:
    build.answered(panel.mine, [3, 3, 3])
    Scorecard.objects.filter(interview=panel.mine).update(recommendation="hire", summary="Good.")
    return Device(Client(), panel.mine).expected()


def test_submitted_by_two_devices_at_once(panel):
    expected = ready(panel)
    devices = [Device(Client(), panel.mine) for _ in range(2)]

    answers = together(
        *(lambda device=device: device.submit(expected=expected) for device in devices)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert Submission.objects.count() == 1


def test_one_submit_sent_twice_at_once(panel):
    sent = {"op": op_id(), "expected": ready(panel), "pledge": True}
    devices = [Device(Client(), panel.mine) for _ in range(2)]

    first, second = together(
        *(lambda device=device: device.send(sent, to="submit") for device in devices)
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Submission.objects.count() == 1


def test_a_submit_that_waited_for_a_save_sees_it(panel):
    expected, answers = ready(panel), []
    device, tablet = (Device(Client(), panel.mine) for _ in range(2))
    submit = Meanwhile(lambda: answers.append(device.submit(expected=expected)))

    with transaction.atomic():
        tablet.save(op("summary", "Changed in between."))
        assert submit.start_until_blocked()

    assert submit.finish() is None
    assert (answers[0].status_code, answers[0].json()["fields"]) == (422, ["summary"])
    assert not Submission.objects.exists()


def test_a_save_that_waited_for_the_cancellation_is_told(panel):
    device, answers = Device(Client(), panel.mine), []
    device.save(op("summary", "Before."))
    save = Meanwhile(lambda: answers.append(device.ops(op("summary", "After.", base=1))))

    with transaction.atomic():
        cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Ill.")
        assert save.start_until_blocked()

    assert save.finish() is None
    assert (answers[0].status_code, answers[0].json()["error"]) == (409, "closed")
    assert Scorecard.objects.get(interview=panel.mine).summary == "Before."


def test_a_save_that_waited_for_a_submit_is_told(panel):
    expected, answers = ready(panel), []
    device, tablet = (Device(Client(), panel.mine) for _ in range(2))
    save = Meanwhile(lambda: answers.append(tablet.ops(op("summary", "Too late."))))

    with transaction.atomic():
        assert device.submit(expected=expected).status_code == 200
        assert save.start_until_blocked()

    assert save.finish() is None
    assert (answers[0].status_code, answers[0].json()["error"]) == (409, "submitted")
    assert Scorecard.objects.get(interview=panel.mine).summary == "Good."
    assert AnswerOp.objects.filter(field="summary").count() == 0
