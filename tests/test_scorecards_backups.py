"""A backup is a restore that was tried: into a new database, without whoever was erased since."""

import os
import subprocess
import sys
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from interviewbank.localpg.binaries import bin_folder
from scorecards.models import Candidate
from scorecards.workflow import erasing
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.test_settings import OURS

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "Zyxwvut"
NEW = "restored_backup"


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path) -> Path:
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    return settings.ERASURE_LEDGER


@pytest.fixture
def met(panel):
    """Odalys, of whom words were kept, and Bram, whom nobody asks to erase."""
    candidate = panel.application.candidate
    Candidate.objects.filter(pk=candidate.pk).update(name=f"Odalys {WORD}")
    build.submitted(panel.theirs, [3, 2, 1], evidence=f"{WORD} told it in detail.")
    refresh_rollup(panel.application)
    build.application(panel.opening, "Bram Oldtree")
    return panel


def erase(met) -> None:
    candidate, people = met.application.candidate, met.people
    erasing.request_erasure(candidate=candidate, by=people.administrator, reason="They asked.")
    erasing.erase(candidate=candidate, by=people.recruiter)


def backup(path: Path) -> Path:
    call_command("backup", path, stdout=StringIO())
    return path


def text_of(archive: Path) -> str:
    done = subprocess.run(
        [bin_folder() / "pg_restore", "-f", "-", archive],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@contextmanager
def new_database():
    """An empty one beside that of the tests, by its DATABASE_URL."""
    parameters = connection.get_connection_params()
    where = {key: parameters[key] for key in ("host", "port", "user") if parameters.get(key)}
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NEW}")
        server.execute(f"CREATE DATABASE {NEW}")
        try:
            yield psycopg.conninfo.make_conninfo(**where, dbname=NEW)
        finally:
            server.execute(f"DROP DATABASE {NEW} WITH (FORCE)")


def restore(archive: Path, url: str, erasures: Path) -> subprocess.CompletedProcess:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    wanted = {
        "DATABASE_URL": url,
        "INTERVIEWBANK_HOSTS": "bank.example.com",
        "INTERVIEWBANK_SECRET_KEY": "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8cF0hJ2lP4nR6tX8zQ5w7e9r",
        "INTERVIEWBANK_ERASURE_LEDGER": str(erasures),
    }
    command = [sys.executable, "manage.py", "restore", str(archive)]
    return subprocess.run(
        command,
        env=clean | wanted,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_who_was_erased_after_the_backup_does_not_come_back(met, tmp_path, erasures):
    archive = backup(tmp_path / "bank.dump")
    assert WORD in text_of(archive)
    erase(met)
    with new_database() as url:
        done = restore(archive, url, erasures)
        assert done.stdout.startswith("Restored. Erased again: 1. "), done.stderr
        assert done.stdout.endswith(" events, unbroken.\n")
        again = restore(archive, url, erasures)
        assert "This database is not empty. Restore into a new one." in again.stderr
        with psycopg.connect(url) as restored:
            names = restored.execute("SELECT name FROM scorecards_candidate ORDER BY name")
            assert names.fetchall() == [("",), ("Bram Oldtree",)]
            said = restored.execute("SELECT DISTINCT evidence FROM scorecards_answer")
            assert said.fetchall() == [("",)]


def test_a_backup_after_an_erasure_holds_no_trace_of_the_words(met, tmp_path):
    erase(met)
    text = text_of(backup(tmp_path / "bank.dump"))
    assert "Bram Oldtree" in text
    assert WORD not in text


def test_a_backup_lets_nobody_in(met, tmp_path, sign_in):
    key = sign_in(met.people.chair).session.session_key
    text = text_of(backup(tmp_path / "bank.dump"))
    assert "CREATE TABLE public.django_session" in text
    assert key not in text


def test_a_backup_is_its_owners_and_overwrites_nothing(met, tmp_path):
    archive = backup(tmp_path / "bank.dump")
    assert archive.stat().st_mode & 0o777 == 0o600
    before = archive.read_bytes()
    with pytest.raises(CommandError, match="can't be written: File exists"):
        backup(archive)
    assert archive.read_bytes() == before
