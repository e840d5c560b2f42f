"""One PostgreSQL server on one data folder: create, start, ask, stop. When: see usage.py."""

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from interviewbank.localpg import locks
from interviewbank.localpg.errors import LocalPostgresError
from interviewbank.localpg.layout import Account, Layout

USER = "postgres"
PORT = 5432  # only a part of the socket's name; nothing listens on the network
PATIENCE = 60  # seconds: a start after a crash replays what was written last

INITDB = [
    *("-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
]
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "jit": "off",
    "log_timezone": "UTC",
    "TimeZone": "UTC",
}
# For data that may be lost with the machine: the tests' own server.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "2GB",
}


@dataclass(frozen=True)
class Server:
    place: Layout
    account: Account | None  # None: ourselves
    programs: Path
    durable: bool = True

    def create(self, starting: int) -> None:
        """A complete data folder appears under its name in one step, or none does."""
        data = self.place.data
        fresh = data.with_name("data.new")
        for leftover in (fresh, data):  # of an interrupted attempt; of a checkout since deleted
            if leftover.exists():
                shutil.rmtree(leftover)
        self._make_private(fresh)
        # Killed halfway, the child holds the lock on, and the next start waits for its end.
        self._run("initdb", "-D", fresh.name, *INITDB, inherit=(starting,))
        fresh.rename(data)
        link = self.place.root / "data"
        if link != data:
            link.unlink(missing_ok=True)  # it leads nowhere
            link.symlink_to(data)

    def bring_up(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                raise LocalPostgresError(
                    f"PostgreSQL runs but does not answer. Its log is {self.log}."
                )
            if self.alive():
                time.sleep(0.05)  # it is starting, or stopping
            else:
                self._start()

    def stop(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.alive() and time.monotonic() < deadline:
            if self.answers():  # then postmaster.pid is its own
                self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.place.data.name)
                return
            time.sleep(0.05)

    def alive(self) -> bool:
        return locks.is_held(self.place.server_lock)

    def answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure_database(self, name: str) -> None:
        with self._connect() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [name]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    @property
    def log(self) -> Path:
        return self.place.data / "server.log"

    def _start(self) -> None:
        self._make_private(self.place.sockets)
        # None of its processes is left, so these files lie, whoever has the number in them now.
        socket = self.place.sockets / f".s.PGSQL.{PORT}"
        for file in (self.place.data / "postmaster.pid", Path(f"{socket}.lock"), socket):
            file.unlink(missing_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.before"))
        alive = locks.share(self.place.server_lock)
        try:
            self._run(
                *("pg_ctl", "start", "-w", "-t", str(PATIENCE), "-D", self.place.data.name),
                *("-l", f"{self.place.data.name}/{self.log.name}", "-o", self._flags()),
                inherit=(alive,),
            )
        finally:
            os.close(alive)

    def _flags(self) -> str:
        sockets = str(self.place.sockets).replace('"', '""')
        options = OPTIONS | {"unix_socket_directories": f'"{sockets}"'}
        if not self.durable:
            options |= FORGETFUL
        return " ".join(f"-c {name}={shlex.quote(value)}" for name, value in options.items())

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.place.sockets),
            port=PORT,
            user=USER,
            dbname="postgres",
            connect_timeout=5,
            autocommit=True,
        )

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account and folder.lstat().st_uid == 0:
            os.chown(folder, *self.account)
        # The short path for sockets is in /tmp, where somebody else may have been first.
        if folder.lstat().st_uid != (self.account.uid if self.account else os.geteuid()):
            raise LocalPostgresError(f"{folder} belongs to another account. Remove it first.")

    def _run(self, program: str, *arguments: str, inherit: tuple[int, ...] = ()) -> None:
        hidden = ("PG", "LC_", "LANG")  # the caller's server and locale are not ours
        environment = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server
            done = subprocess.run(  # noqa: S603 (our own programs and arguments)
                [self.programs / program, *arguments],
                cwd=self.place.data.parent,
                env=environment | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                umask=0o077,
                pass_fds=inherit,
                start_new_session=True,  # Ctrl-C is for us, who then stop it in order
                check=False,
            )
            output.seek(0)
            words = output.read()
        if done.returncode:
            log = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
            raise LocalPostgresError(f"PostgreSQL: {program} failed.\n{words}{log}".rstrip())
