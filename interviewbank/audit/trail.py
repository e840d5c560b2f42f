"""Writing to the trail: `record` for changes, `record_reads` for words that were shown."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from .models import Event, ReadEvent, ReadScope

# The key of PostgreSQL's advisory lock that serialises the chain; any constant of ours will do.
CHAIN_LOCK = 0x1B_A0D17
READ_AGAIN_AFTER = timedelta(minutes=10)

request_id: ContextVar[uuid.UUID | None] = ContextVar("request_id", default=None)


class OutsideTransaction(RuntimeError):
    """An event must be committed with the change that it tells of, or not at all."""


def record(
    *,
    actor: models.Model | None,
    verb: str,
    obj: models.Model,
    fields: Sequence[str] = (),
    reason: str = "",
) -> Event:
    """Append one event. The last statement of its workflow: the lock is held until commit.

    `fields` are names, never values; the reason is kept as a salted digest.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(verb)
    _take_chain(actor)
    last = Event.objects.order_by("-number").only("number", "digest").first()
    salt = secrets.token_hex(16) if reason else ""
    event = Event(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        fields=sorted(fields),
        reason_salt=salt,
        reason_digest=hashlib.sha256((salt + reason).encode()).hexdigest() if reason else "",
        request_id=request_id.get(),
        previous=last.digest if last else "",
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    return event


def _take_chain(actor: models.Model | None) -> None:
    """Lock the chain, last of all locks: what holds it waits for nothing else until commit.

    Foreign keys are checked at commit, with locks of their own on the rows that they name; so they
    are checked now, and the actor's row, which the event names, is locked before the chain is.
    """
    connection.check_constraints()
    with connection.cursor() as cursor:
        if actor is not None:
            table = connection.ops.quote_name(actor._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [actor.pk])  # noqa: S608
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def digest_of(event: Event) -> str:
    """SHA-256 over the canonical JSON of all columns but the digest itself."""
    content = [
        event.number,
        event.at.isoformat(),
        str(event.actor_id or ""),
        event.verb,
        event.object_type,
        str(event.object_id),
        list(event.fields),
        event.reason_salt,
        event.reason_digest,
        str(event.request_id or ""),
        event.previous,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def record_reads(
    *, reader: models.Model, objects: Iterable[models.Model], scope: ReadScope
) -> None:
    """Note that the reader was shown these objects' words."""
    shown = {obj.pk: obj for obj in objects}
    recent = set(
        ReadEvent.objects.filter(
            reader_id=reader.pk,
            object_id__in=shown,
            scope=scope,
            at__gt=timezone.now() - READ_AGAIN_AFTER,
        ).values_list("object_id", flat=True)
    )
    ReadEvent.objects.bulk_create(
        ReadEvent(reader_id=reader.pk, object_type=obj._meta.label_lower, object_id=pk, scope=scope)
        for pk, obj in shown.items()
        if pk not in recent
    )


def read_in_whole(*, reader: models.Model, object_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these objects the reader was shown in whole, at any time."""
    return set(
        ReadEvent.objects.filter(
            reader_id=reader.pk, object_id__in=list(object_ids), scope=ReadEvent.Scope.WHOLE
        ).values_list("object_id", flat=True)
    )
