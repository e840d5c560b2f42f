"""Rows by the thousand: COPY, for which constraints and triggers hold as for an INSERT."""

from collections.abc import Sequence
from operator import attrgetter

from django.db import connection, models
from psycopg.types.json import Jsonb

from scorecards.models import Scorecard

HAND_IN = """
UPDATE scorecards_scorecard AS card
SET submitted_at = given.submitted_at, recommendation = given.recommendation,
    summary = given.summary, revision = given.revision
FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::int[])
    AS given(id, submitted_at, recommendation, summary, revision)
WHERE card.id = given.id
"""


def copy_in(rows: Sequence[models.Model]) -> None:
    """All columns of rows of one table, whose keys are set."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.generated]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"COPY {connection.ops.quote_name(meta.db_table)} ({columns}) FROM STDIN"
    values = attrgetter(*(field.attname for field in fields))
    documents = [n for n, field in enumerate(fields) if isinstance(field, models.JSONField)]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            line = list(values(row))
            for n in documents:
                line[n] = Jsonb(line[n])
            copy.write_row(line)


def hand_in(cards: Sequence[Scorecard]) -> None:
    """The columns that a submit sets, in one statement."""
    names = ("id", "submitted_at", "recommendation", "summary", "revision")
    with connection.cursor() as cursor:
        cursor.execute(HAND_IN, [[getattr(card, name) for card in cards] for name in names])
