"""A database that would lose what it confirmed, or let the application rewrite its records."""

from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from interviewbank.access.models import User
from scorecards import ledger
from scorecards.models import Candidate

from .powers import powers
from .triggers import TRIGGERS

# Off, a crash of the machine loses or corrupts what was confirmed as saved.
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
# 'D' is disabled, 'R' fires for replicas only.
ENABLED = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
"""


def database_faults() -> Iterator[str]:
    yield from _forgetful()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Migrations are pending: run manage.py migrate as the owner of the tables."
        return
    yield from _missing_triggers()
    yield from powers()
    yield from _erasures()
    if User.objects.filter(is_demo=True).exists():
        yield "There are demo accounts in this database. Use one that the demo was not loaded into."


def _rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _forgetful() -> Iterator[str]:
    for name in DURABLE:
        ((value,),) = _rows(f"SELECT current_setting('{name}')")
        if value == "off":
            yield f"PostgreSQL runs with {name} = off: what was confirmed could be lost. Set it on."


def _missing_triggers() -> Iterator[str]:
    enabled = set(_rows(ENABLED))
    for table, names in TRIGGERS.items():
        for name in sorted(names):
            if (table, name) not in enabled:
                yield f"The trigger {name} on {table} is missing or disabled: records could change."


def _erasures() -> Iterator[str]:
    try:
        noted = list(ledger.read())
    except (ledger.LedgerBroken, OSError) as error:
        yield f"The erasure ledger can't be read: {error}"
        return
    if not ledger.is_open():
        yield (
            "The erasure ledger can't be written, so nobody could be erased: give this user "
            "INTERVIEWBANK_ERASURE_LEDGER and its folder."
        )
    if lacking := Candidate.objects.erased().exclude(pk__in=noted).count():
        yield (
            f"The erasure ledger lacks {lacking} erasures that this database knows: put the newest "
            "one in its place. If it is lost: manage.py erase_candidate --note-again"
        )
    if back := Candidate.objects.kept().filter(pk__in=noted).count():
        yield (
            f"{back} erased candidates are in this database again. Before it opens: "
            "manage.py erase_candidate --replay"
        )
