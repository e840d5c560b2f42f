"""Outside local mode an unsafe server does not start, and says why. On a server of its own, set up
by deploy/roles.sql as an operator would."""

import os
import subprocess
import sys
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection

from interviewbank.localpg.binaries import bin_folder
from interviewbank.startcheck import powers
from interviewbank.startcheck.triggers import TRIGGERS
from tests.localpg import BASE_DIR, User, checkout
from tests.test_settings import OURS

SECRET = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8cF0hJ2lP4nR6tX8zQ5w7e9r"
OWNER, APP = "bank_owner", "bank_app"
NEWEST = max(path.stem for path in (BASE_DIR / "scorecards" / "migrations").glob("0*.py"))
CLEARED = [
    f"DELETE FROM {table}"
    for table in ("scorecards_erasurerequest", "scorecards_candidate", "audit_event")
]
DEMO = """
    INSERT INTO access_user (id, email, name, time_zone, theme, single_keys, is_active, is_demo,
                             created_at, password)
    VALUES (gen_random_uuid(), 'demo@example.com', 'Demo', 'UTC', '', true, true, true, now(), '!')
"""


@pytest.fixture(scope="module")
def server():
    """A durable PostgreSQL with both roles and everything migrated by the owner."""
    with checkout() as folder, User(folder / ".local" / "pg") as user:
        sockets = user.sockets()
        made = SimpleNamespace(
            sockets=sockets,
            address=lambda role: (
                f"postgresql:///interviewbank?host={sockets}&port=5432&user={role}"
            ),
        )
        for _ in range(2):  # it can be run again
            set_up_roles(made)
        for command in ("migrate", "createcachetable"):
            done = manage(made, command, "-v0", DATABASE_URL=made.address(OWNER))
            assert done.returncode == 0, done.stderr
        yield made


def set_up_roles(server) -> None:
    variables = {"database": "interviewbank", "owner": OWNER, "app": APP}
    subprocess.run(
        [
            bin_folder() / "psql",
            *("-X", "-q", "-v", "ON_ERROR_STOP=1"),
            *(f"--set={name}={value}" for name, value in variables.items()),
            *("-f", BASE_DIR / "deploy" / "roles.sql", server.address("postgres")),
        ],
        check=True,
    )


def execute(server, *statements: str) -> None:
    with psycopg.connect(server.address("postgres"), autocommit=True) as db:
        for statement in statements:
            db.execute(statement)


def environment(server, **changes: str) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return clean | {
        "DATABASE_URL": server.address(APP),
        "INTERVIEWBANK_HOSTS": "bank.example.com",
        "INTERVIEWBANK_SECRET_KEY": SECRET,
        "INTERVIEWBANK_ERASURE_LEDGER": f"{server.sockets}/erasures.jsonl",
        **changes,
    }


def manage(server, *arguments: str, **changes: str) -> subprocess.CompletedProcess:
    return run(["manage.py", *arguments], environment(server, **changes))


def start(server, *, code: str = "", **changes: str) -> subprocess.CompletedProcess:
    """What gunicorn does."""
    return run(["-c", f"{code}\nimport interviewbank.wsgi"], environment(server, **changes))


def run(arguments: list[str], env: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_safe_server_starts(server):
    done = start(server)
    assert done.returncode == 0, done.stderr


DEBUG_ON = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "interviewbank.settings"
from django.conf import settings
settings.DEBUG = True
"""


@pytest.mark.parametrize(
    "cause, changes",
    [
        ("DEBUG is on", {"code": DEBUG_ON}),
        ("too short or too plain", {"INTERVIEWBANK_SECRET_KEY": SECRET[:49]}),
        ("too short or too plain", {"INTERVIEWBANK_SECRET_KEY": "ab" * 40}),
        ("is a known one", {"INTERVIEWBANK_SECRET_KEY": "django-insecure-" + SECRET}),
        ("the wildcard “*”", {"INTERVIEWBANK_HOSTS": "bank.example.com, *"}),
        ("the wildcard “.example.com”", {"INTERVIEWBANK_HOSTS": ".example.com"}),
        ("must begin with https://", {"INTERVIEWBANK_SITE": "http://bank.example.com"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_unsafe_configuration_does_not_start(server, cause, changes):
    done = start(server, **changes)

    assert done.returncode != 0
    assert cause in done.stderr


@pytest.mark.parametrize(
    "cause, break_it, mend_it",
    [
        (
            f"PostgreSQL runs with {name} = off",
            [f"ALTER SYSTEM SET {name} = off", "SELECT pg_reload_conf()"],
            [f"ALTER SYSTEM RESET {name}", "SELECT pg_reload_conf()"],
        )
        for name in ("fsync", "synchronous_commit", "full_page_writes")
    ]
    + [
        (
            "The trigger scorecards_answer_immutable on scorecards_answer is missing or disabled",
            ["ALTER TABLE scorecards_answer DISABLE TRIGGER scorecards_answer_immutable"],
            ["ALTER TABLE scorecards_answer ENABLE TRIGGER scorecards_answer_immutable"],
        ),
        (
            "The trigger audit_event_append_only on audit_event is missing or disabled",
            ["ALTER TRIGGER audit_event_append_only ON audit_event RENAME TO other"],
            ["ALTER TRIGGER other ON audit_event RENAME TO audit_event_append_only"],
        ),
        (
            "The trigger audit_event_append_only on audit_event is missing or disabled",
            ["ALTER TABLE audit_event ENABLE REPLICA TRIGGER audit_event_append_only"],
            ["ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only"],
        ),
        (
            "connects as a role that owns the tables",
            [f"ALTER TABLE scorecards_vote OWNER TO {APP}"],
            [
                f"ALTER TABLE scorecards_vote OWNER TO {OWNER}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON scorecards_vote TO {APP}",
            ],
        ),
        (
            "connects as a role that may make tables, temporary ones too",
            ["GRANT TEMPORARY ON DATABASE interviewbank TO PUBLIC"],
            ["REVOKE TEMPORARY ON DATABASE interviewbank FROM PUBLIC"],
        ),
        ("There are demo accounts", [DEMO], ["DELETE FROM access_user"]),
        (
            "Migrations are pending",
            [f"DELETE FROM django_migrations WHERE name = '{NEWEST}'"],
            [
                "INSERT INTO django_migrations (app, name, applied) "
                f"VALUES ('scorecards', '{NEWEST}', now())"
            ],
        ),
    ],
)
def test_an_unsafe_database_does_not_start(server, cause, break_it, mend_it):
    execute(server, *break_it)
    try:
        done = start(server)
    finally:
        execute(server, *mend_it)

    assert done.returncode != 0
    assert cause in done.stderr


# A power, what gives it, what takes it back; without, deploy/roles.sql does.
REPLICA, WRITES = "session_replication_role", "pg_write_server_files"
SETS = f"SET ON PARAMETER {REPLICA}"
GIVEN = [
    (powers.OWNS, f"GRANT {OWNER} TO {APP}", f"REVOKE {OWNER} FROM {APP}"),
    # It does not inherit, but it could SET ROLE.
    (powers.OWNS, f"GRANT {OWNER} TO {APP} WITH INHERIT FALSE", f"REVOKE {OWNER} FROM {APP}"),
    (powers.OWNS, f"ALTER ROLE {APP} SUPERUSER", f"ALTER ROLE {APP} NOSUPERUSER"),
    (powers.OWNS, *(f"ALTER FUNCTION scorecards_may_erase OWNER TO {o}" for o in (APP, OWNER))),
    (powers.OWNS, *(f"ALTER SCHEMA public OWNER TO {o}" for o in (APP, "pg_database_owner"))),
    (powers.MAKES, f"GRANT CREATE ON SCHEMA public TO {APP}", ""),
    (powers.MAKES, f"GRANT TEMPORARY ON DATABASE interviewbank TO {APP}", ""),
    (powers.EMPTIES, f"GRANT TRUNCATE ON audit_event TO {APP}", ""),
    (powers.EMPTIES, f"GRANT TRIGGER ON scorecards_answer TO {APP}", ""),
    (powers.SILENCES, f"GRANT {SETS} TO {APP}", f"REVOKE {SETS} FROM {APP}"),
    (
        powers.SILENCES,
        f"ALTER ROLE {APP} SET {REPLICA} = replica",
        f"ALTER ROLE {APP} RESET {REPLICA}",
    ),
    (powers.RUNS, f"GRANT {WRITES} TO {APP}", f"REVOKE {WRITES} FROM {APP}"),
]


@pytest.mark.parametrize("power, give, take", GIVEN, ids=lambda value: value[:50].strip())
def test_a_power_to_get_around_the_triggers_is_noticed(server, power, give, take):
    execute(server, give)
    try:
        noticed = has(server, power)
    finally:
        if take:
            execute(server, take)
        else:
            set_up_roles(server)  # what it gives back is nothing more than it gave

    assert noticed
    assert not any(has(server, one) for one in (powers.OWNS, *powers.POWERS.values()))


def has(server, power: str) -> bool:
    with psycopg.connect(server.address(APP)) as db:
        return db.execute(power).fetchone()[0]


def test_a_restored_database_with_somebody_who_was_erased_does_not_start(server, tmp_path):
    candidate = "11111111-1111-4111-8111-111111111111"
    path = tmp_path / "erasures.jsonl"
    path.write_text(f'{{"candidate": "{candidate}", "at": "2026-01-01T00:00:00Z"}}\n')
    execute(
        server,
        "INSERT INTO scorecards_candidate (id, name, email, accommodations, legal_hold, created_at)"
        f" VALUES ('{candidate}', 'Odalys', '', '', '', now())",
    )
    ledger = {"INTERVIEWBANK_ERASURE_LEDGER": str(path)}
    try:
        before = start(server, **ledger)
        replayed = manage(server, "erase_candidate", "--replay", **ledger)
        after = start(server, **ledger)
        path.unlink()
        lost = start(server, **ledger)
        noted = manage(server, "erase_candidate", "--note-again", **ledger)
        found = start(server, **ledger)
    finally:
        execute(server, "SET session_replication_role = replica", *CLEARED)

    assert "1 erased candidates are in this database again" in before.stderr
    assert (replayed.stdout, after.returncode) == ("Erased again: 1\n", 0)
    assert "The erasure ledger lacks 1 erasures that this database knows" in lost.stderr
    assert (noted.stdout, found.returncode) == ("Noted again: 1\n", 0)


def test_a_ledger_that_cannot_be_written_does_not_start(server, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for ledger in (tmp_path, file / "erasures.jsonl"):
        done = start(server, INTERVIEWBANK_ERASURE_LEDGER=str(ledger))
        assert done.returncode != 0
        assert "The erasure ledger can't be" in done.stderr


def test_the_check_says_it_beforehand(server):
    done = manage(server, "check", "--deploy", INTERVIEWBANK_SITE="http://bank.example.com")

    assert done.returncode != 0
    assert "(start.E001) INTERVIEWBANK_SITE is “http://bank.example.com”" in done.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE scorecards_answer DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_event_append_only ON audit_event",
        "TRUNCATE audit_event CASCADE",
        "SET session_replication_role = replica",
        "CREATE TABLE mine ()",
        "DROP TABLE audit_event",
        "CREATE OR REPLACE FUNCTION interviewbank_refuse_change() RETURNS trigger "
        "LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_the_applications_role_cannot_go_around_the_triggers(server, statement):
    with (
        psycopg.connect(server.address(APP), autocommit=True) as db,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        db.execute(statement)


def test_every_trigger_is_listed(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal"
        )
        found: dict[str, set[str]] = {}
        for table, name in cursor.fetchall():
            found.setdefault(table, set()).add(name)
    assert found == TRIGGERS
