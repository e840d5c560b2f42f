"""The short form of `make torture`: saves through a proxy that loses answers, while the server's
workers and PostgreSQL are killed. Also that it would find what it looks for.
"""

import pytest

from tests.torture import verdict
from tests.torture.saves import DEVICES, torture
from tests.torture.stage import stage

pytestmark = pytest.mark.slow
RUNS = 3


@pytest.fixture(scope="module")
def server():
    with stage(cards=RUNS * DEVICES // 2) as made:
        made.careless()
        yield made


@pytest.fixture(scope="module")
def honest(server):
    return torture(server, saves=300)


def kinds(faults: list[str]) -> set[str]:
    return {fault.partition(":")[0] for fault in faults}


def test_what_was_confirmed_is_there_exactly_once(honest):
    """Seen to fail with a save without its transaction (lost), with operations that are recorded
    under another id each time (gaps), and with both liars below (lost)."""
    assert honest.faults == []
    assert (honest.saves, honest.kills.total()) == (300, 8)
    assert honest.dropped >= 30
    assert honest.sent_again > honest.dropped


def test_an_answer_before_the_commit_is_found(server):
    report = torture(server, saves=150, app="tests.torture.liar:before_commit")
    assert report.saves == 150
    assert "lost" in kinds(report.faults)


def test_an_answer_before_the_disk_is_found(server):
    """On a server that is set not to wait: a save says itself that it does."""
    report = torture(server, saves=100, app="tests.torture.liar:before_the_disk")
    assert report.saves == 100
    assert "lost" in kinds(report.faults)


@pytest.mark.parametrize(
    "change, kind",
    [
        ("DELETE FROM scorecards_answerop WHERE op = %s", "lost"),
        ("UPDATE scorecards_answerop SET digest = repeat('0', 64) WHERE op = %s", "other value"),
        ("UPDATE scorecards_answerop SET outcome = 'noop' WHERE op = %s", "other outcome"),
        ("UPDATE scorecards_answerop SET rev = rev + 1 WHERE op = %s", "other revision"),
        ("UPDATE scorecards_answerop SET rev = rev - 1 WHERE op = %s", "twice"),
        ("UPDATE scorecards_answerop SET op = gen_random_uuid() WHERE op = %s", "unknown"),
        ("UPDATE scorecards_scorecard SET summary_rev = summary_rev + 1 WHERE id = %s", "gap"),
        ("UPDATE scorecards_scorecard SET summary = 'x' WHERE id = %s", "other value"),
        ("UPDATE scorecards_scorecard SET revision = 0 WHERE id = %s", "lost"),
    ],
)
def test_the_verdict_notices(server, honest, change, kind):
    devices = [one for one in honest.devices if one.revs.get("summary")]
    again = [
        (device, op)
        for device in devices
        for op, told in device.told.items()
        if told["outcome"] == "applied" and told["rev"] > 1
    ]
    device, op = again[0]
    target = device.card["card"] if "scorecard " in change else op
    with server.connect() as db, db.transaction(force_rollback=True):
        db.execute(change, [target])
        assert kind in kinds(verdict.faults(db, honest.devices))
