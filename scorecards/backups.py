"""A dump of the whole database, and back: PostgreSQL's own programs on the connection in use."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from interviewbank.localpg.binaries import bin_folder
from interviewbank.localpg.errors import LocalPostgresError

# Who holds a backup could sign in with them, and a restore would wake what was ended since.
NOT_KEPT = ("django_session", "interviewbank_cache")


class BackupError(Exception):
    """Its text is a line for the operator."""


def dump(path: Path) -> None:
    """A compressed archive, readable by its owner only. It never overwrites a file."""
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path} can't be written: {error.strerror}.") from error
    with open(opened, "wb") as file:
        try:
            _run(
                "pg_dump",
                *("--format=custom", "--no-owner", "--no-privileges"),
                *(f"--exclude-table-data={table}" for table in NOT_KEPT),
                stdout=file,
            )
        except BackupError:
            path.unlink()
            raise


def load(path: Path) -> None:
    """Into an empty database, all or nothing."""
    if not path.is_file():
        raise BackupError(f"{path} is no file.")
    if connection.introspection.table_names():
        raise BackupError("This database is not empty. Restore into a new one.")
    _run(
        "pg_restore",
        *("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
        f"--dbname={connection.get_connection_params()['dbname']}",
        str(path),
    )


def _run(program: str, *arguments: str, stdout=None) -> None:
    parameters = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    secret = {"password": "PGPASSWORD", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    environment = {
        variable: str(parameters[key])
        for key, variable in (names | secret).items()
        if parameters.get(key)
    }
    done = subprocess.run(  # noqa: S603 (our own program and arguments)
        [_program(program), *arguments],
        env={**os.environ, **environment},
        stdout=stdout or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{program}: {' '.join(done.stderr.split())[:500]}")


def _program(name: str) -> str:
    """The one that comes with the built-in PostgreSQL 18, else the one on the path."""
    try:
        return str(bin_folder() / name)
    except LocalPostgresError:
        found = shutil.which(name)
        if found is None:
            raise BackupError(f"{name} is missing. Install PostgreSQL's client programs.") from None
        return found
