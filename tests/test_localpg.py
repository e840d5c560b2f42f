"""The life of the built-in PostgreSQL, with real processes that come, go and get killed."""

import subprocess
import time
from pathlib import Path

import pytest

from interviewbank import localpg
from interviewbank.localpg.layout import layout, server_account
from tests.localpg import User, checkout, execute, postmaster, server_processes


@pytest.fixture
def folder():
    with checkout() as path:
        yield path


@pytest.fixture
def root(folder) -> Path:
    return folder / ".local" / "pg"


def until(happens) -> bool:
    deadline = time.monotonic() + 20
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.005)
    return bool(happens())


def test_settings_create_and_start_nothing(folder, root):
    settings = localpg.database_settings(root)
    assert list(folder.iterdir()) == []
    with User(root) as user:
        assert settings["HOST"] == user.sockets()


def test_rows_outlive_the_server(folder, root):
    with User(root) as first:
        execute(first.sockets(), "CREATE TABLE note AS SELECT 'kept' AS text")
        assert first.leave() == (0, "")
    assert server_processes(folder) == []
    with User(root) as second:
        assert execute(second.sockets(), "TABLE note") == [("kept",)]


def test_two_users_one_leaves(folder, root):
    with User(root) as first, User(root) as second:
        first.sockets()
        sockets = second.sockets()
        first.leave()
        assert execute(sockets, "SELECT 1") == [(1,)]
        second.leave()
    assert server_processes(folder) == []


def test_a_killed_user_leaves_the_server_to_the_next(folder, root):
    with User(root) as killed:
        killed.sockets()
        server = postmaster(folder)
        killed.kill()
    with User(root) as following:
        following.sockets()
        assert postmaster(folder) == server
    assert server_processes(folder) == []


def test_a_killed_server_comes_back_with_its_rows(folder, root):
    with User(root) as survivor:
        execute(survivor.sockets(), "CREATE TABLE note AS SELECT 'kept' AS text")
        postmaster(folder).kill()
        with User(root) as newcomer:
            assert execute(newcomer.sockets(), "TABLE note") == [("kept",)]
        assert execute(survivor.asks_again(), "TABLE note") == [("kept",)]
    assert server_processes(folder) == []


def test_a_user_restarts_a_killed_server_itself(folder, root):
    with User(root) as user:
        execute(user.sockets(), "CREATE TABLE note AS SELECT 'kept' AS text")
        postmaster(folder).kill()
        assert until(lambda: server_processes(folder) == [])
        assert execute(user.asks_again(), "TABLE note") == [("kept",)]
    assert server_processes(folder) == []


def test_a_stale_pid_file_harms_nobody(folder, root):
    with User(root) as killed:
        killed.sockets()
        place, server = layout(root), postmaster(folder)
        server.kill()
        assert until(lambda: server_processes(folder) == [])
        killed.kill()
    account = server_account(place)
    stranger = subprocess.Popen(
        ["sleep", "600"],
        user=account.uid if account else None,
        group=account.gid if account else None,
        start_new_session=True,
    )
    try:
        for stale in (place.data / "postmaster.pid", place.sockets / ".s.PGSQL.5432.lock"):
            stale.write_text(stale.read_text().replace(str(server.pid), str(stranger.pid), 1))
        with User(root) as user:
            assert execute(user.sockets(), "SELECT 1") == [(1,)]
        assert server_processes(folder) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_five_first_starts_at_once(folder, root):
    users = [User(root) for _ in range(5)]
    assert [user.sockets() for user in users] == [str(layout(root).sockets)] * 5
    assert postmaster(folder).is_running()
    assert [user.leave() for user in users] == [(0, "")] * 5
    assert server_processes(folder) == []


def test_a_first_start_killed_halfway_is_begun_again(folder, root):
    place = layout(root)
    with User(root) as killed:
        assert until((place.root / "data.new" / "PG_VERSION").exists)
        assert not place.data.exists()
        killed.kill()
    with User(root) as user:
        assert execute(user.sockets(), "SELECT 1") == [(1,)]
    assert not (place.root / "data.new").exists()


def test_leftovers_of_a_first_start_are_cleared(root):
    (root / "data.new" / "base").mkdir(parents=True)
    (root / "data.new" / "PG_VERSION").write_text("18\n")
    with User(root) as user:
        assert execute(user.sockets(), "SELECT 1") == [(1,)]


def test_a_forked_child_keeps_the_server_after_its_parent(folder, root):
    forks = """
import os, sys
from pathlib import Path
from interviewbank import localpg
localpg.ensure_running(Path(sys.argv[1]), database="interviewbank")
reader, writer = os.pipe()
if os.fork() == 0:
    place = localpg.ensure_running(Path(sys.argv[1]), database="interviewbank")
    os.write(writer, b".")
    sys.stdin.readline()
    print(place.sockets, flush=True)
    sys.stdin.read()
else:
    os.read(reader, 1)
"""
    with User(root, forks) as user:
        user.process.wait(timeout=60)
        assert execute(user.asks_again(), "SELECT 1") == [(1,)]
        assert user.leave() == (0, "")
        assert until(lambda: server_processes(folder) == [])


def test_the_callers_locale_and_server_are_not_ours(root):
    strange = {"LC_ALL": "xx_XX", "LANG": "xx_XX", "PGPORT": "1", "PGHOST": "nowhere.invalid"}
    with User(root, **strange) as user:
        assert execute(user.sockets(), "SELECT lower('ÄÖ'), 'B' < 'a'") == [("äö", True)]


def test_a_database_that_cant_start_says_why(root):
    with User(root) as user:
        user.sockets()
    (layout(root).data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with User(root) as user:
        _, words = user.leave()
    assert "LocalPostgresError: PostgreSQL: pg_ctl failed." in words
    assert 'unrecognized configuration parameter "no_such_setting"' in words


def test_django_gets_a_durable_postgresql_18_and_its_database(root):
    code = """
import sys
from pathlib import Path
from django.conf import settings
from django.db import connection
from interviewbank.localpg import database_settings
settings.configure(DATABASES={"default": database_settings(Path(sys.argv[1]))})
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database(), current_setting('fsync'), version()")
    print(*cursor.fetchone())
"""
    with User(root, code) as user:
        assert user.sockets().startswith("interviewbank on PostgreSQL 18.")
