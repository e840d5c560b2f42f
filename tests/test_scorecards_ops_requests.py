"""What is refused as a whole: the status, the reason in JSON, and that nothing was changed."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from scorecards.forms.operations import MAX_BYTES
from scorecards.workflow.interviews import cancel_interview
from tests import build, matrix
from tests.ops import Device, op, op_id, outcomes

ID = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def device(panel, client):
    return Device(client, panel.mine)


def refused(response) -> tuple[int, str]:
    """The status and the code; every refusal is a sentence in JSON."""
    body = response.json()
    assert body.keys() - {"fields"} == {"error", "message"}
    assert body["message"].endswith(".")
    return response.status_code, body["error"]


def batch(*, head: str = '"v":1,"device":"a"', ops: str = "") -> bytes:
    return f'{{{head},"ops":[{ops}]}}'.encode(errors="surrogatepass")


def one(**changed) -> str:
    given = {"op": ID, "field": "scratch", "base": 0, "value": "x"} | changed
    return json.dumps({key: value for key, value in given.items() if value is not ...})


MALFORMED = {
    "nothing": b"",
    "no JSON": b"{",
    "two": b"{}{}",
    "broken UTF-8": b'{"v":1,"device":"\xff","ops":[]}',
    "half a character": b'{"v":1,"device":"a","ops":["\xed\xa0\x80"]}',
    "UTF-16": batch().decode().encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + batch(),
    "nested lists": b"[" * 100_000,
    "nested objects": b'{"a":' * 40_000,
    "nested value": batch(ops=one(value=...)[:-1] + ',"value":' + "[" * 5_000 + "]" * 5_000 + "}"),
    "nested after a string": b'["' + b'\\"' * 100 + b'",' + b"[" * 5_000,
    "a list": b"[]",
    "null": b"null",
    "a key twice": batch(head='"v":1,"v":1,"device":"a"'),
    "a key of an op twice": batch(ops=one()[:-1] + ',"base":1}'),
    "a key too much": batch(head='"v":1,"device":"a","user":"b"'),
    "a key of an op too much": batch(ops=one(at="now")),
    "no version": batch(head='"device":"a"'),
    "another version": batch(head='"v":2,"device":"a"'),
    "true as a version": batch(head='"v":true,"device":"a"'),
    "1.0 as a version": batch(head='"v":1.0,"device":"a"'),
    "no device": batch(head='"v":1'),
    "an empty device": batch(head='"v":1,"device":""'),
    "a long device": batch(head=f'"v":1,"device":"{"a" * 65}"'),
    "NUL in the device": batch(head='"v":1,"device":"a\\u0000"'),
    "a line break in the device": batch(head='"v":1,"device":"a\\n"'),
    "ops that are no list": b'{"v":1,"device":"a","ops":{}}',
    "an op that is no object": batch(ops="3"),
    "NaN": batch(ops=one().replace('"x"', "NaN")),
    "Infinity": batch(ops=one().replace('"x"', "Infinity")),
    "-Infinity": batch(ops=one().replace('"x"', "[-Infinity]")),
    "a huge number": batch(ops=one(value=10**15)),
    "thousands of digits": batch(ops=one().replace('"x"', "9" * 5_000)),
    **{f"no {key}": batch(ops=one(**{key: ...})) for key in ("op", "field", "base", "value")},
    **{
        f"op {value!r}": batch(ops=one(op=value))
        for value in (3, None, "", "x", ID.upper().replace("0", "A"), ID + "\n", f"{{{ID}}}")
    },
    **{
        f"base {value!r}": batch(ops=one(base=value))
        for value in (-1, 2**31, 0.0, 1.5, "0", None, True, [0])
    },
    **{f"field {value!r}": batch(ops=one(field=value)) for value in (None, 3, ["scratch"])},
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_malformed(device, raw):
    before = matrix.fingerprint()

    assert refused(device.send(raw)) == (400, "malformed")
    assert matrix.fingerprint() == before


SUBMITS = [
    {"op": ID},
    {"expected": {}},
    {"op": 3, "expected": {}},
    {"op": ID, "expected": []},
    {"op": ID, "expected": {"scratch": "0"}},
    {"op": ID, "expected": {"scratch": True}},
    {"op": ID, "expected": {}, "pledge": 1},
    {"op": ID, "expected": {}, "unworded_ok": "on"},
    {"op": ID, "expected": {}, "recommendation": "hire"},
    {"op": ID, "expected": {}, "v": 2},
    {"op": ID, "expected": {}, "device": ""},
]


@pytest.mark.parametrize("body", SUBMITS, ids=str)
def test_malformed_submit(device, body):
    assert refused(device.send(body, to="submit")) == (400, "malformed")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_only_json_is_taken(panel, device, kind):
    response = device.client.post(f"{device.base}ops/", batch(ops=one()), content_type=kind)

    assert refused(response) == (400, "malformed")


def test_51_operations_are_too_many_and_50_are_not(device):
    ops = [op("scratch", f"{number}", base=number) for number in range(51)]

    assert refused(device.ops(*ops)) == (413, "too_large")
    assert device.state()["revision"] == 0
    assert set(outcomes(device.save(*ops[:50]))) == {"applied"}
    assert device.state()["answers"]["scratch"] == {"rev": 50, "value": "49"}


def test_one_byte_more_than_256_kib(device):
    body = batch(ops=one())
    fits = body + b" " * (MAX_BYTES - len(body))

    assert refused(device.send(fits + b" ")) == (413, "too_large")
    assert device.state()["revision"] == 0
    assert device.send(fits).status_code == 200


@pytest.mark.parametrize("length", ["9" * 30, str(MAX_BYTES + 1)])
def test_too_large_is_refused_before_it_is_read(device, length):
    assert refused(device.send(batch(), CONTENT_LENGTH=length)) == (413, "too_large")


@pytest.mark.parametrize("length", ["", "x", "-1", "5"])
def test_a_length_that_is_wrong(device, length):
    assert refused(device.send(batch(ops=one()), CONTENT_LENGTH=length)) == (400, "malformed")
    assert device.state()["revision"] == 0


def test_signed_out(panel, device):
    device.client.logout()

    assert refused(device.ops(op("scratch", "x"))) == (401, "signed_out")
    assert refused(device.submit(expected={"scratch": 0})) == (401, "signed_out")
    state = device.client.get(f"{device.base}state/", headers={"Sec-Fetch-Dest": "empty"})
    assert refused(state) == (401, "signed_out")


def test_a_stale_token_is_replaced_by_the_one_of_the_state(panel):
    device = Device(Client(enforce_csrf_checks=True), panel.mine)
    sent = {"v": 1, "device": "a", "ops": [op("scratch", "x")]}

    assert refused(device.send(sent)) == (403, "csrf")
    token = device.state()["csrf"]
    assert device.send(sent, headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize("who", ["colleague", "chair", "coordinator", "administrator", "outsider"])
def test_somebody_elses_scorecard_is_not_found(panel, client, who):
    other = Device(client, panel.mine, by=getattr(panel.people, who))
    for response in (
        other.ops(op("scratch", "x")),
        other.send(b"{"),
        other.submit(expected={"scratch": 0}),
        other.client.get(f"{other.base}state/"),
    ):
        assert refused(response) == (404, "not_found")
    assert panel.mine.scorecard.ops.count() == 0


def test_a_submitted_scorecard_takes_nothing(panel, device):
    build.submitted(panel.mine, [3, 3, 3])

    assert refused(device.ops(op("scratch", "x"))) == (409, "submitted")
    assert refused(device.submit()) == (409, "submitted")
    assert device.state()["state"] == "submitted"


def test_a_cancelled_interview_takes_nothing(panel, device):
    device.save(op("scratch", "x"))
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Ill.")

    assert refused(device.ops(op("scratch", "y", base=1))) == (409, "closed")
    assert refused(device.submit()) == (409, "closed")
    assert device.state()["state"] == "closed"


def test_of_an_erased_candidate_nothing_is_kept(panel, device):
    type(panel.application.candidate).objects.update(erased_at=timezone.now())

    assert refused(device.ops(op("scratch", "x"))) == (410, "erased")
    assert refused(device.submit(expected={"scratch": 0})) == (410, "erased")
    assert refused(device.client.get(f"{device.base}state/")) == (410, "erased")
    form = device.client.post(device.base, {"base_scratch": "0", "scratch": "x"})
    assert form.status_code == 403


def test_what_was_typed_after_a_refused_request_is_saved(device):
    refused(device.send(b"[" * 1_000))

    assert outcomes(device.save(op("scratch", "Still here.", id=op_id()))) == ["applied"]
