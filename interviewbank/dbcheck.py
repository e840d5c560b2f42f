"""Whether this code can work with that database, said in one line if not."""

import os

from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader


def unknown_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Applied migrations of our apps that this code does not have."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    unknown = set(loader.applied_migrations) - known
    return sorted(f"{app}.{name}" for app, name in unknown if app in loader.migrated_apps)


def refuse_newer_database(connection: BaseDatabaseWrapper) -> None:
    if unknown := unknown_migrations(connection):
        raise CommandError(
            "This database was migrated by a newer version of the application "
            f"(it has {', '.join(unknown)}). Update the code, or use another database."
        )


def connection_failure(problem: OperationalError) -> str | None:
    """The line to show for a server that could not be reached; None for any other problem."""
    cause = problem.__cause__
    if cause is None or getattr(cause, "sqlstate", None) is not None:
        return None
    reason = " ".join(str(problem).split())
    if os.environ.get("DATABASE_URL"):
        advice = "Start that server, or correct DATABASE_URL; without it the built-in one is used."
    else:
        advice = "Its log is .local/pg/data/server.log."
    return f"The database does not answer. {advice} ({reason})"
