"""`runserver` and `migrate` refuse in one line what would end in a traceback or in damage."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection


@pytest.fixture
def newer_database(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('roles', '9999_x', now())"
        )


@pytest.mark.parametrize("command", ["migrate", "runserver"])
def test_a_newer_database_is_refused(newer_database, command):
    with pytest.raises(CommandError, match=r"migrated by a newer version.*roles\.9999_x"):
        call_command(command, verbosity=0)


def test_runserver_says_when_its_port_is_taken(live_server):
    port = live_server.url.rsplit(":", 1)[1]
    with pytest.raises(CommandError, match=f"Port {port} is in use"):
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
