"""The trail: an unbroken chain under concurrent writers, which nobody can change."""

import hashlib
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import Event, ReadEvent
from tests import build

WRITERS, EACH = 16, 25
WHOLE, PART = ReadEvent.Scope.WHOLE, ReadEvent.Scope.PART


def assert_unbroken(count):
    events = list(Event.objects.order_by("number"))
    assert [event.number for event in events] == list(range(1, count + 1))
    previous = ""
    for event in events:
        assert event.previous == previous
        assert event.digest == trail.digest_of(event)
        previous = event.digest


def test_record_keeps_who_did_what_to_which_object(people):
    before = timezone.now()
    made = trail.record(
        actor=people.chair, verb="thing.done", obj=people.outsider, fields=["b", "a"]
    )
    event = Event.objects.get()
    assert event == made
    assert (event.actor, event.verb, event.object_type, event.object_id) == (
        people.chair,
        "thing.done",
        "access.user",
        people.outsider.pk,
    )
    assert event.fields == ["a", "b"]
    assert before <= event.at <= timezone.now()
    assert (event.reason_salt, event.reason_digest, event.request_id) == ("", "", None)


def test_record_without_an_actor(people):
    trail.record(actor=None, verb="thing.done", obj=people.outsider)
    assert Event.objects.get().actor is None
    assert_unbroken(1)


def test_record_keeps_the_reason_as_a_salted_digest(people):
    reason = "Odalys Brambleworth asked for it"
    for _ in range(2):
        trail.record(actor=None, verb="thing.done", obj=people.outsider, reason=reason)
    first, second = Event.objects.all()
    assert first.reason_digest != second.reason_digest, "each event has a salt of its own"
    for event in (first, second):
        expected = hashlib.sha256((event.reason_salt + reason).encode()).hexdigest()
        assert event.reason_digest == expected
        assert len(event.reason_salt) == 32


def test_record_holds_no_value(people):
    """Whatever the object holds, no column of the event repeats it."""
    person = build.user("Wilhelmina Secretkeeper", email="w@secret.example", time_zone="Asia/Tokyo")
    trail.record(
        actor=people.chair, verb="thing.done", obj=person, fields=["name"], reason="Why so"
    )
    row = " ".join(str(value) for value in Event.objects.values_list().get())
    for value in ("Wilhelmina", "secret.example", "Asia/Tokyo", "Why so", "Chiara"):
        assert value not in row


def test_record_carries_the_request_id_and_only_within_the_request(sign_in, people):
    response = sign_in(people.outsider).post(
        "/account/", {"name": "Otto", "time_zone": "UTC", "theme": "", "single_keys": "on"}
    )
    assert Event.objects.get().request_id == uuid.UUID(response["X-Request-Id"])
    trail.record(actor=None, verb="thing.done", obj=people.outsider)
    assert Event.objects.get(number=2).request_id is None


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    person = build.user()
    with pytest.raises(trail.OutsideTransaction, match=r"thing\.done"):
        trail.record(actor=None, verb="thing.done", obj=person)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_record_disappears_with_a_change_that_failed():
    person = build.user()

    def fail():
        trail.record(actor=None, verb="thing.done", obj=person)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transaction.atomic(fail)()
    with transaction.atomic():
        trail.record(actor=None, verb="thing.done", obj=person)
    assert_unbroken(1)


@pytest.mark.django_db(transaction=True)
def test_chain_has_no_gap_under_concurrent_writers():
    person = build.user()
    failures, start = [], threading.Barrier(WRITERS)

    def write():
        try:
            start.wait(timeout=30)
            for _ in range(EACH):
                with transaction.atomic():
                    trail.record(actor=person, verb="thing.done", obj=person)
        except Exception as error:  # noqa: BLE001 - a thread's error must fail the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert_unbroken(WRITERS * EACH)


@pytest.mark.parametrize("column", ["verb", "object_id", "at", "actor_id", "fields", "request_id"])
def test_digest_covers_every_column(people, column):
    event = trail.record(actor=people.chair, verb="thing.done", obj=people.outsider)
    other = {
        "verb": "thing.undone",
        "object_id": uuid.uuid4(),
        "at": event.at + timedelta(microseconds=1),
        "actor_id": people.outsider.pk,
        "fields": ["other"],
        "request_id": uuid.uuid4(),
    }
    setattr(event, column, other[column])
    assert trail.digest_of(event) != event.digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET verb = 'thing.forged'",
        "UPDATE audit_event SET digest = digest",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
    ],
)
def test_events_can_not_be_changed_in_sql(people, statement):
    trail.record(actor=None, verb="thing.done", obj=people.outsider)
    with (
        pytest.raises(IntegrityError, match="the trail is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # else TRUNCATE fails for the foreign keys that this transaction has yet to check
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert Event.objects.get().verb == "thing.done"


def event_like(event, **changed):
    values = {field.attname: getattr(event, field.attname) for field in Event._meta.fields}
    fresh = {"number": 2, "previous": event.digest, "digest": "f" * 64}
    return Event(**{**values, **fresh, **changed})


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"number": 0}, "audit_event_number_positive"),
        ({"number": 1}, "audit_event_pkey"),
        ({"verb": ""}, "audit_event_complete"),
        ({"digest": ""}, "audit_event_complete"),
        ({"previous": ""}, "audit_event_previous_once"),
        ({"digest": None}, "digest"),
    ],
)
def test_event_constraints(people, changed, constraint):
    """Of the table alone: the trigger that keeps events in order would be first."""
    event = trail.record(actor=None, verb="thing.done", obj=people.outsider)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.cursor().execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_in_order")
        event_like(event, **changed).save(force_insert=True)


def test_event_digest_is_there_once(people):
    event = trail.record(actor=None, verb="thing.done", obj=people.outsider)
    with pytest.raises(IntegrityError, match="audit_event_digest_once"), transaction.atomic():
        event_like(event, digest=event.digest).save(force_insert=True)


# what was read


def read_events():
    return ReadEvent.objects.values_list("reader", "object_id", "scope")


def test_reads_are_recorded_for_each_object(people):
    shown = [people.chair, people.outsider]
    trail.record_reads(reader=people.committee, objects=shown, scope=WHOLE)
    assert set(read_events()) == {(people.committee.pk, one.pk, "whole") for one in shown}


def test_reads_repeated_within_ten_minutes_are_one(people):
    for _ in range(3):
        trail.record_reads(reader=people.committee, objects=[people.chair] * 2, scope=WHOLE)
    assert ReadEvent.objects.count() == 1
    for other in ({"reader": people.chair}, {"scope": PART}, {"objects": [people.outsider]}):
        what = {"reader": people.committee, "objects": [people.chair], "scope": WHOLE}
        trail.record_reads(**{**what, **other})
    assert ReadEvent.objects.count() == 4


@pytest.mark.parametrize(("minutes", "count"), [(9, 1), (11, 2)])
def test_reads_count_again_after_ten_minutes(people, minutes, count):
    ReadEvent.objects.create(
        reader=people.committee,
        object_type="access.user",
        object_id=people.chair.pk,
        scope=WHOLE,
        at=timezone.now() - timedelta(minutes=minutes),
    )
    trail.record_reads(reader=people.committee, objects=[people.chair], scope=WHOLE)
    assert ReadEvent.objects.count() == count


def test_read_in_whole_knows_the_reader_and_the_scope(people):
    trail.record_reads(reader=people.chair, objects=[people.editor], scope=WHOLE)
    trail.record_reads(reader=people.chair, objects=[people.outsider], scope=PART)
    trail.record_reads(reader=people.committee, objects=[people.recruiter], scope=WHOLE)
    asked = [people.editor.pk, people.outsider.pk, people.recruiter.pk]
    assert trail.read_in_whole(reader=people.chair, object_ids=asked) == {people.editor.pk}


def test_read_event_scope_is_constrained(people):
    with pytest.raises(IntegrityError, match="audit_readevent_scope"), transaction.atomic():
        ReadEvent.objects.create(
            reader=people.chair, object_type="x", object_id=uuid.uuid4(), scope="half"
        )
