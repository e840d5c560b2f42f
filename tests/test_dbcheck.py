"""A database that a newer version migrated is refused before anything is written to it."""

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from interviewbank.dbcheck import connection_failure, refuse_newer_database


def test_the_codes_own_database_is_fine(db):
    refuse_newer_database(connection)


def test_a_newer_database_is_refused_and_says_by_what(db):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("scorecards", "0999_of_tomorrow")
    recorder.record_applied("roles", "0998_of_tomorrow")
    with pytest.raises(CommandError) as refusal:
        refuse_newer_database(connection)
    assert str(refusal.value) == (
        "This database was migrated by a newer version of the application "
        "(it has roles.0998_of_tomorrow, scorecards.0999_of_tomorrow). "
        "Update the code, or use another database."
    )


def test_an_app_that_is_no_longer_used_does_not_count(db):
    MigrationRecorder(connection).record_applied("guestbook", "0001_initial")
    refuse_newer_database(connection)


def test_a_fault_inside_a_query_is_not_called_unreachable(db):
    with pytest.raises(OperationalError) as fault, connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1ms'")
        cursor.execute("SELECT pg_advisory_lock(1), pg_cancel_backend(pg_backend_pid())")
    assert connection_failure(fault.value) is None
