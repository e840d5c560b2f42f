"""What the database has, against what the devices were told. Plain SQL, none of the product."""

import hashlib
import json
from collections import defaultdict

import psycopg

from .clients import Device, Op

OPS = (
    "SELECT op::text, field, outcome, rev, digest FROM scorecards_answerop WHERE scorecard_id = %s"
)
CARD = """
    SELECT revision, scratch, scratch_rev, summary, summary_rev, recommendation, recommendation_rev
    FROM scorecards_scorecard WHERE id = %s
"""
ANSWERS = """
    SELECT question_version_id::text, rating, not_assessed_reason, rating_rev, evidence,
        evidence_rev, probes, probes_rev, signals, signals_rev
    FROM scorecards_answer WHERE scorecard_id = %s
"""


def digest(card: str, op: Op) -> str:
    content = json.dumps([op.field, op.value], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((card + content).encode()).hexdigest()


def faults(db: psycopg.Connection, devices: list[Device]) -> list[str]:
    """Every difference, as a line that begins with what kind it is."""
    by_card = defaultdict(list)
    for device in devices:
        by_card[device.card["card"]].append(device)
    return [
        f"{fault} (scorecard {card})"
        for card, owners in by_card.items()
        for fault in _of_card(db, card, owners)
    ]


def _of_card(db: psycopg.Connection, card: str, devices: list[Device]) -> list[str]:
    found = [fault for device in devices for fault in device.faults]
    issued = {op: one for device in devices for op, one in device.issued.items()}
    told = {op: result for device in devices for op, result in device.told.items()}
    rows = db.execute(OPS, [card]).fetchall()
    stored = {row[0]: row for row in rows}
    found += [f"unknown: {op} was never sent" for op in stored.keys() - issued.keys()]
    for op, result in told.items():
        found += _of_op(card, issued[op], result, stored.get(op))
    return found + _of_fields(db, card, issued, rows, max(one.revision for one in devices))


def _of_op(card: str, op: Op, result: dict, row: tuple | None) -> list[str]:
    """What was confirmed is there, with the value, the outcome and the revision."""
    if row is None:
        return [f"lost: {op.op} was confirmed and is not there"]
    _, name, outcome, rev, stored = row
    found = []
    if (name, stored) != (op.field, digest(card, op)):
        found.append(f"other value: {op.op} is recorded with another value")
    if outcome != result["outcome"]:
        found.append(f"other outcome: {op.op} was {result['outcome']} and is {outcome}")
    elif outcome in ("applied", "noop") and rev != result["rev"]:
        found.append(f"other revision: {op.op} was {result['rev']} and is {rev}")
    return found


def _of_fields(
    db: psycopg.Connection, card: str, issued: dict[str, Op], rows: list[tuple], revision: int
) -> list[str]:
    """The revisions of a field are 1, 2, 3 …, one for each applied operation, and it holds what the
    last of them brought."""
    applied = defaultdict(dict)
    found = []
    for op, name, outcome, rev, _ in rows:
        if outcome == "applied" and op in issued:
            if rev in applied[name]:
                found.append(f"twice: {name} has revision {rev} twice")
            applied[name][rev] = issued[op].value
    stored, at = _stored(db, card)
    if at < revision:
        found.append(f"lost: revision {revision} of the scorecard was confirmed, {at} is there")
    for name in sorted(applied.keys() | stored.keys()):
        values, (value, rev) = applied[name], stored.get(name, (None, 0))
        if sorted(values) != list(range(1, rev + 1)):
            found.append(f"gap: {name} is at {rev} and has {len(values)} operations")
        elif rev and values[rev] != value:
            found.append(f"other value: {name} does not hold what its last operation brought")
    return found


def _stored(db: psycopg.Connection, card: str) -> tuple[dict[str, tuple[object, int]], int]:
    """Field → (value as on the wire, revision), and the revision of the card."""
    kinds = ("scratch", "summary", "recommendation")
    revision, *columns = db.execute(CARD, [card]).fetchone()
    fields = dict(zip(kinds, zip(columns[::2], columns[1::2], strict=True), strict=True))
    fields["recommendation"] = (fields["recommendation"][0] or None, fields["recommendation"][1])
    for question, rating, reason, rating_rev, *rest in db.execute(ANSWERS, [card]):
        fields[f"rating:{question}"] = (rating or reason or None, rating_rev)
        for kind, value, rev in zip(
            ("evidence", "probes", "signals"), rest[::2], rest[1::2], strict=True
        ):
            fields[f"{kind}:{question}"] = (value, rev)
    return fields, revision
