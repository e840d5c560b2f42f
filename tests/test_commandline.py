"""What manage.py says when the fault isn't the code's, and what it leaves behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.localpg import checkout, server_processes

BASE_DIR = Path(__file__).resolve().parent.parent
RUN = "import sys; from interviewbank.commandline import run; run(['manage.py', *sys.argv[1:]])"
# The application's own settings outside local mode.
SERVER = {
    "INTERVIEWBANK_HOSTS": "bank.example",
    "INTERVIEWBANK_SECRET_KEY": "of no importance here " * 3,
    "INTERVIEWBANK_ERASURE_LEDGER": "/nowhere/erasures.jsonl",
}


def start(*arguments: str, **environment: str) -> subprocess.Popen:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("INTERV", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", RUN, *arguments],
        cwd=BASE_DIR,
        env=inherited | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def manage(*arguments: str, **environment: str) -> tuple[int, str, str]:
    process = start(*arguments, **environment)
    words, complaint = process.communicate(timeout=60)
    return process.returncode, words, complaint


@pytest.fixture
def unused(tmp_path):
    """Settings with a built-in database that nobody has started yet."""
    with checkout() as folder:
        (tmp_path / "fresh_settings.py").write_text(
            "from pathlib import Path\n"
            "from tests.settings import *\n"
            "from interviewbank.localpg import database_settings\n"
            f"DATABASES = {{'default': database_settings(Path('{folder}/.local/pg'))}}\n"
        )
        environment = {
            "DJANGO_SETTINGS_MODULE": "fresh_settings",
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{BASE_DIR}",
        }
        yield folder, environment


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check"], ["collectstatic", "--dry-run"], ["migrate", "--help"]]
)
def test_commands_without_data_start_no_database(unused, arguments):
    folder, environment = unused
    code, words, complaint = manage(*arguments, **environment)
    assert (code, list(folder.iterdir())) == (0, []), complaint
    assert words


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_stops_the_database_in_order(unused, number):
    folder, environment = unused
    waits = (
        "import time; from django.db import connection; connection.ensure_connection(); "
        "print('up', flush=True); time.sleep(60)"
    )
    process = start("shell", "--no-imports", "-c", waits, **environment)
    assert process.stdout.readline() == "up\n"
    assert len(server_processes(folder)) > 1
    process.send_signal(number)
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == (130 if number == signal.SIGINT else 128 + number)
    assert server_processes(folder) == []


def test_an_unreachable_database_is_one_line_without_its_password():
    url = "postgresql://someone:hidden@127.0.0.1:1/bank"
    code, words, complaint = manage("migrate", DATABASE_URL=url, **SERVER)
    assert (code, words) == (1, "")
    assert complaint.startswith(
        "The database does not answer. Start that server, or correct DATABASE_URL; "
        "without it the built-in one is used. (connection failed: "
    )
    assert complaint.count("\n") == 1
    assert "hidden" not in complaint
    assert "Traceback" in manage("migrate", "--traceback", DATABASE_URL=url, **SERVER)[2]


def test_an_unreadable_database_url_is_one_line():
    code, _, complaint = manage("migrate", DATABASE_URL="postgresql://[", **SERVER)
    assert code == 1
    assert complaint.startswith("DATABASE_URL can't be read: ")
    assert "Traceback" not in complaint


def test_a_missing_variable_is_one_line():
    code, _, complaint = manage("migrate", INTERVIEWBANK_HOSTS="bank.example")
    assert (code, complaint.count("\n")) == (1, 1)
    assert complaint.startswith("Set the environment variable INTERVIEWBANK_SECRET_KEY")


def test_a_built_in_database_that_cant_start_gives_its_reason(unused):
    folder, environment = unused
    (folder / ".local" / "pg" / "data").mkdir(parents=True)
    code, _, complaint = manage("migrate", **environment)
    assert code == 1
    assert complaint.startswith("PostgreSQL: pg_ctl failed.")
    assert "Traceback" not in complaint
