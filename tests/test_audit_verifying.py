"""`verify_audit` names the first event that somebody changed, removed or put elsewhere."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from interviewbank.audit import trail
from interviewbank.audit.models import Event


@pytest.fixture
def events(people) -> list[Event]:
    return [
        trail.record(actor=people.chair, verb=f"thing.{number}", obj=people.outsider, reason="why")
        for number in range(1, 7)
    ]


def tamper(statement: str, *values) -> None:
    """As somebody who owns the database would: the triggers are switched off for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)


def verified(**options) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue().strip()


def head_of(event: Event) -> str:
    return f"{event.number}:{event.digest}"


def test_an_empty_trail_is_whole(db):
    assert verified() == "0 events, unbroken. Head: 0:"


def test_the_head_is_printed_and_can_be_given_back(events):
    assert verified() == f"6 events, unbroken. Head: {head_of(events[-1])}"
    assert verified(head=head_of(events[-1])) == verified()
    assert verified(head=head_of(events[2])) == verified()


@pytest.mark.parametrize(
    "column, value",
    [
        ("verb", "another.verb"),
        ("at", "2020-01-01T00:00:00Z"),
        ("actor_id", None),
        ("object_id", "00000000-0000-4000-8000-000000000000"),
        ("object_type", "roles.role"),
        ("fields", ["rating"]),
        ("reason_salt", "s"),
        ("reason_digest", "d"),
        ("request_id", "00000000-0000-4000-8000-000000000000"),
        ("digest", "d"),
    ],
)
def test_a_changed_column_is_found(events, column, value):
    tamper(f'UPDATE audit_event SET "{column}" = %s WHERE number = 4', value)
    with pytest.raises(CommandError, match=r"^Event 4 was changed after it was written\.$"):
        verified()


def test_a_removed_event_is_found(events):
    tamper("DELETE FROM audit_event WHERE number = 3")
    with pytest.raises(CommandError, match=r"^Event 3 is missing\.$"):
        verified()


def test_a_removed_first_event_is_found(events):
    tamper("DELETE FROM audit_event WHERE number = 1")
    with pytest.raises(CommandError, match=r"^Event 1 is missing\.$"):
        verified()


def test_events_in_another_order_are_found(events):
    tamper("UPDATE audit_event SET number = 99 WHERE number = 2")
    tamper("UPDATE audit_event SET number = 2 WHERE number = 3")
    tamper("UPDATE audit_event SET number = 3 WHERE number = 99")
    with pytest.raises(CommandError, match=r"^Event 2 was changed"):
        verified()


def test_a_digest_made_anew_is_found_at_the_next_event(events):
    forged = events[3]
    forged.verb = "another.verb"
    tamper(
        "UPDATE audit_event SET verb = %s, digest = %s WHERE number = 4",
        forged.verb,
        trail.digest_of(forged),
    )
    with pytest.raises(CommandError, match=r"^Event 5 does not follow event 4\.$"):
        verified()


def test_a_cut_end_is_found_by_a_head_that_was_noted_elsewhere(events):
    tamper("DELETE FROM audit_event WHERE number > 4")
    assert verified().startswith("4 events, unbroken.")
    with pytest.raises(CommandError, match=r"^Event 5 is missing: the noted head is later\.$"):
        verified(head=head_of(events[-1]))


def test_a_rewritten_end_is_found_by_a_head_that_was_noted_elsewhere(events, people):
    tamper("DELETE FROM audit_event WHERE number > 5")
    trail.record(actor=people.chair, verb="thing.forged", obj=people.outsider)
    assert verified().startswith("6 events, unbroken.")
    with pytest.raises(CommandError, match=r"^Event 6 is not the one that was noted as the head"):
        verified(head=head_of(events[-1]))


@pytest.mark.parametrize("head", ["6", "six:abc", "6:abc", "-1:" + "a" * 64])
def test_a_head_that_is_none_is_refused(db, head):
    with pytest.raises(CommandError, match="--head is a number, a colon and 64 digits"):
        verified(head=head)
