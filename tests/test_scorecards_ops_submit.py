"""Handing in from the live page: all or nothing, and the same operation gets the same answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from scorecards.models import AnswerOp, RollupRecord, Scorecard, Submission
from scorecards.workflow.operations import forget_losers
from tests.ops import Device, op, op_id


@pytest.fixture
def device(panel, client):
    return Device(client, panel.mine)


@pytest.fixture
def ready(panel, device):
    """A scorecard that lacks nothing."""
    device.save(
        *(op(f"rating:{question.pk}", 3) for question in panel.questions),
        *(op(f"evidence:{question.pk}", "What was heard.") for question in panel.questions),
        op("scratch", "Ask about pay."),
        op("recommendation", "hire"),
        op("summary", "Owns evaluation end to end."),
    )
    return device


def refused(response) -> dict:
    assert response.status_code == 422, response.content
    assert not Submission.objects.exists()
    assert Scorecard.objects.filter(submitted_at__isnull=False).count() == 0
    return {key: value for key, value in response.json().items() if key != "message"}


def test_handing_in(panel, ready):
    sent = {"op": op_id(), "expected": ready.expected(), "pledge": True}
    response = ready.send(sent, to="submit")

    card = Scorecard.objects.get(interview=panel.mine)
    submission = Submission.objects.get()
    assert response.status_code == 200
    assert response.json() == {
        "v": 1,
        "op": sent["op"],
        "revision": card.revision,
        "state": "submitted",
        "submitted_at": response.json()["submitted_at"],
    }
    assert (card.submitted_at, card.scratch, submission.number) == (submission.submitted_at, "", 1)
    assert RollupRecord.objects.get().areas["production"]["raters"] == 1
    again = ready.send(sent, to="submit")
    assert (again.status_code, again.json()) == (200, response.json())
    assert ready.submit(expected=sent["expected"]).status_code == 409
    assert ready.send(sent | {"unworded_ok": True}, to="submit").status_code == 409
    assert Submission.objects.count() == 1


def test_one_who_did_not_write_it_gets_no_answer_of_it(panel, ready, client):
    sent = {"op": op_id(), "expected": ready.expected(), "pledge": True}
    ready.send(sent, to="submit")
    stranger = Device(client, panel.mine, by=panel.people.chair)

    assert stranger.send(sent, to="submit").status_code == 404


def test_a_field_that_changed_elsewhere_is_named(panel, ready):
    expected = ready.expected()
    name = f"rating:{panel.questions[1].pk}"
    ready.save(op(name, 1, base=1))

    assert refused(ready.submit(expected=expected)) == {
        "error": "changed_elsewhere",
        "fields": [name],
    }
    assert ready.submit().status_code == 200


@pytest.mark.parametrize("name", ["summary", "scratch"])
def test_a_field_that_is_not_expected_changed_too(ready, name):
    expected = ready.expected()
    del expected[name]

    assert refused(ready.submit(expected=expected))["fields"] == [name]


def test_a_field_that_was_never_there(ready):
    expected = ready.expected() | {"rating:x": 0}

    assert refused(ready.submit(expected=expected))["fields"] == ["rating:x"]


def test_what_is_missing_is_named(panel, ready):
    name = f"rating:{panel.questions[2].pk}"
    ready.save(op(name, None, base=1))

    assert refused(ready.submit()) == {"error": "ratings_missing", "fields": [name]}
    ready.save(op(name, "not_reached", base=2))
    assert ready.submit().status_code == 200


def test_ratings_without_words_need_a_tick(panel, ready):
    names = [f"evidence:{question.pk}" for question in panel.questions[:2]]
    ready.save(*(op(name, " \n", base=1) for name in names))

    assert refused(ready.submit()) == {"error": "words_missing", "fields": names}
    assert ready.submit(unworded_ok=True).status_code == 200


def test_a_recommendation_and_a_statement_are_needed(ready):
    ready.save(op("recommendation", None, base=1), op("summary", " ", base=1))

    assert refused(ready.submit())["error"] == "recommendation_missing"
    ready.save(op("recommendation", "cannot_say", base=2))
    assert refused(ready.submit())["error"] == "summary_missing"
    assert refused(ready.submit())["fields"] == ["summary"]


def test_the_pledge_is_needed(ready):
    assert refused(ready.submit(pledge=False)) == {"error": "pledge_missing"}


def test_the_id_of_another_operation(ready):
    used = str(AnswerOp.objects.first().op)

    assert refused(ready.submit(op=used)) == {"error": "op_reused"}


def test_a_refused_submit_may_be_tried_again_with_its_id(ready):
    one = op_id()
    refused(ready.submit(op=one, pledge=False))

    assert ready.submit(op=one).status_code == 200


def test_what_lost_is_forgotten_30_days_after(panel, ready):
    tablet = Device(ready.client, panel.mine, name="tablet")
    tablet.save(op("summary", "Typed on the tablet."))
    soon = timezone.now() + timedelta(days=1)
    assert forget_losers(soon) == 0, "a draft keeps it"

    ready.submit()

    assert [one["value"] for one in ready.state()["losers"]] == ["Typed on the tablet."]
    assert forget_losers(timezone.now() - timedelta(days=1)) == 0
    assert forget_losers(soon) == 1
    assert ready.state()["losers"] == []
    assert AnswerOp.objects.filter(outcome="conflict").count() == 1


@pytest.mark.parametrize("count", [1, 3, 50])
def test_queries_do_not_grow_with_the_operations(panel, ready, count):
    """Session and user; then the transaction."""
    kinds = ["evidence", "probes", "rating"]
    fields = [f"{kind}:{question.pk}" for kind in kinds for question in panel.questions]
    values = {"evidence": "More.", "probes": ["how"], "rating": 4}
    ops = []
    for number in range(count):
        name = fields[number % len(fields)]
        base = 0 if name.startswith("probes") else 1
        ops.append(op(name, values[name.partition(":")[0]], base=base))

    with CaptureQueriesContext(connection) as queries:
        ready.save(*ops)
    statements = [one["sql"].split()[0] for one in queries]
    assert statements.count("UPDATE") == 1
    assert statements.count("INSERT") == 2
    assert len(queries) == 12


def test_the_page_to_submit_shows_what_lost(panel, ready):
    name = f"rating:{panel.questions[1].pk}"
    tablet = Device(ready.client, panel.mine, name="tablet")
    tablet.save(
        op("summary", "Typed <on> the tablet."),
        op(name, "no_evidence"),
        op("recommendation", None),
        op(f"evidence:{panel.questions[0].pk}", "Chosen after all."),
    )
    tablet.save(op(f"evidence:{panel.questions[0].pk}", "Chosen after all.", base=1))

    page = ready.client.get(f"{ready.base}submit/")

    assert {(one.label, one.words) for one in page.context["lost"]} == {
        ("Statement", "Typed <on> the tablet."),
        ("Question 2, rating", "Not assessed: no evidence"),
        ("Your own recommendation", "None"),
    }
    assert "Typed &lt;on&gt; the tablet." in page.content.decode()


def test_the_page_to_submit_without_any(ready):
    assert "Earlier versions" not in ready.client.get(f"{ready.base}submit/").content.decode()
