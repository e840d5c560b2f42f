"""One value that can't be stored is refused with a reason, and holds up nothing; any text that can
be stored comes back byte for byte. And whatever is sent, the answer is one of the protocol's."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecards.models import Answer, AnswerOp, Scorecard
from tests.ops import Device, op, outcomes

# Right-to-left words, a combining mark apart from its letter, emoji of several code points.
ANY_LANGUAGE = (
    "שלום עולם \u202bمرحبا\u202c e\u0301 👩🏽‍🔬🇩🇪 \u200f“quoted”\tend\r\n  \n\r\u2028\x0b\x7f"
)


@pytest.fixture
def device(panel, client):
    return Device(client, panel.mine)


@pytest.fixture
def field(panel):
    return lambda kind: f"{kind}:{panel.questions[0].pk}"


BAD = [
    ("rating", 0, "wrong_type"),
    ("rating", 5, "wrong_type"),
    ("rating", True, "wrong_type"),
    ("rating", 3.0, "wrong_type"),
    ("rating", 1e308 * 10, "wrong_type"),
    ("rating", 10**14, "wrong_type"),
    ("rating", "3", "wrong_type"),
    ("rating", "", "wrong_type"),
    ("rating", {"rating": [3]}, "wrong_type"),
    ("evidence", None, "wrong_type"),
    ("evidence", ["x"], "wrong_type"),
    ("evidence", "a\0b", "nul"),
    ("evidence", "a\ud83db", "lone_surrogate"),
    ("evidence", "\udd2c\ud83d", "lone_surrogate"),
    ("evidence", "😀" * 20_001, "too_long"),
    ("probes", "how", "wrong_type"),
    ("probes", [["how"]], "wrong_type"),
    ("signals", ["named\0"], "unknown_item"),
    ("signals", ["\ud83d"], "unknown_item"),
    ("title", "x", "unknown_field"),
    ("rating\0", 3, "unknown_field"),
    ("rating\ud83d", 3, "unknown_field"),
    ("x" * 1_000, 3, "unknown_field"),
]


@pytest.mark.parametrize(("kind", "value", "code"), BAD, ids=range(len(BAD)))
def test_a_bad_value_is_refused_alone(panel, device, field, kind, value, code):
    if value == float("inf"):
        bad = op(field(kind), "INF")
        sent = json.dumps({"v": 1, "device": "a", "ops": [bad]}).replace('"INF"', "1e999")
        [refused] = device.send(sent.encode()).json()["results"]
    else:
        bad = op(field(kind), value)
        refused, kept = device.save(bad, op("summary", "Typed after it."))
        assert kept["outcome"] == "applied"
        assert device.state()["answers"]["summary"]["value"] == "Typed after it."

    assert (refused["outcome"], refused["code"]) == ("rejected", code)
    assert refused["message"].endswith(".")
    assert not Answer.objects.exists()
    assert AnswerOp.objects.get(op=bad["op"]).value == ""
    if value != float("inf"):
        assert device.save(bad) == [refused]


@pytest.mark.parametrize(
    "name", ["", "submit", "submitted_at", "rating:", "scratch:", ":", "rating"]
)
def test_a_field_that_is_none(panel, device, name):
    [result] = device.save(op(name, "x"))

    assert result["code"] == "unknown_field"
    assert AnswerOp.objects.get().field == ""


def test_a_field_of_a_question_of_another_round(panel, device):
    [result] = device.save(op(f"rating:{panel.application.pk}", 3))

    assert result["code"] == "unknown_field"


def test_a_refused_operation_opens_nothing(panel, device, field):
    device.save(op(field("rating"), 9))

    panel.mine.scorecard.refresh_from_db()
    assert (panel.mine.scorecard.opened_at, panel.mine.scorecard.revision) == (None, 0)


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize(("kind", "limit"), [("evidence", 20_000), ("summary", 4_000)])
def test_the_longest_text_comes_back_byte_for_byte(device, field, kind, limit, escaped):
    name = field(kind) if kind == "evidence" else kind
    text = (ANY_LANGUAGE * 1_000)[:limit]
    body = {"v": 1, "device": "a", "ops": [op(name, text)]}

    response = device.send(json.dumps(body, ensure_ascii=escaped).encode())

    assert response.json()["results"][0]["outcome"] == "applied"
    assert device.state()["answers"][name]["value"].encode() == text.encode()
    assert len(text) == limit


def test_the_longest_text_of_the_longest_characters_fits_in_one_request(device, field):
    text = "😀" * 20_000

    assert outcomes(device.save(op(field("evidence"), text))) == ["applied"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["scratch", "summary", "recommendation", "rating", ""]) | st.text()
IDS = st.uuids(version=4).map(str)
NEARLY = st.fixed_dictionaries(
    {"op": IDS | ANYTHING, "field": NAMES | ANYTHING, "base": st.integers(0, 2) | ANYTHING},
    optional={"value": ANYTHING | st.sampled_from(["hire", 3]), "at": ANYTHING},
)
BATCHES = st.fixed_dictionaries(
    {"v": st.just(1) | ANYTHING, "device": st.just("a") | ANYTHING},
    optional={"ops": st.lists(NEARLY, max_size=4) | ANYTHING},
)
SUBMITS = st.fixed_dictionaries(
    {"op": IDS | ANYTHING},
    optional={"expected": st.dictionaries(NAMES, st.integers(0, 2) | ANYTHING) | ANYTHING},
)
BODIES = st.binary(min_size=1, max_size=60) | (ANYTHING | BATCHES | SUBMITS).map(
    lambda body: json.dumps(body).encode()
)


def rows() -> list:
    return [list(table.objects.order_by("pk").values()) for table in (Scorecard, Answer, AnswerOp)]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(raw=BODIES, to=st.sampled_from(["ops", "submit"]))
def test_whatever_is_sent(device, raw, to):
    before = rows()
    response = device.send(raw, to=to)

    assert response.status_code in ((200, 400) if to == "ops" else (400, 422))
    assert response.json()
    if response.status_code != 200:
        assert rows() == before
