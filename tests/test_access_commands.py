"""`runserver` and `migrate` refuse in one line what would end in a traceback or in damage; `urls`
lists who may reach what."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from interviewbank.access.policy import RULES


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


def test_urls_lists_every_url_with_its_rule():
    out = StringIO()
    call_command("urls", "--json", stdout=out)
    rows = {row["name"]: row for row in json.loads(out.getvalue())}

    assert rows.keys() == RULES.keys()
    assert rows["decision_new"] == {
        "url": "/applications/<uuid:pk>/decision/",
        "name": "decision_new",
        "methods": ["POST"],
        "rule": "signed in, if scorecards.permissions.can_decide",
    }
    assert rows["question_new"]["rule"] == "question_editor"

    out = StringIO()
    call_command("urls", stdout=out)
    assert "/sign-in/  [account_login]  GET HEAD POST  everybody" in out.getvalue().splitlines()
