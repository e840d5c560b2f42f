"""A durable PostgreSQL and real gunicorn workers, apart from everything else, to be killed."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from tests.localpg import BASE_DIR, User, checkout, server_processes

# By itself the server confirms before anything is on disk, and writes as late as it can: what the
# application doesn't wait for is lost with the first crash.
CARELESS = ["synchronous_commit = off", "wal_writer_delay = '10s'"]
OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@dataclass
class Stage:
    folder: Path
    sockets: str
    cards: list[dict] = field(default_factory=list)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=self.sockets, port=5432, user="postgres", dbname="interviewbank", autocommit=True
        )

    def environment(self, settings: str = "settings") -> dict[str, str]:
        module = f"tests.torture.{settings}"
        return os.environ | {"TORTURE_SOCKETS": self.sockets, "DJANGO_SETTINGS_MODULE": module}

    def take(self, cards: int) -> list[dict]:
        """Cards that nobody has used yet."""
        taken, self.cards = self.cards[:cards], self.cards[cards:]
        assert len(taken) == cards, "The stage was made with too few cards."
        return taken

    def careless(self) -> None:
        with self.connect() as db:
            for setting in CARELESS:
                db.execute(f"ALTER SYSTEM SET {setting}")
            db.execute("CHECKPOINT")
            db.execute("SELECT pg_reload_conf()")


@contextmanager
def stage(*, cards: int, devices: int = 2) -> Iterator[Stage]:
    with checkout() as folder, User(folder / ".local" / "pg") as user:
        made = Stage(folder, user.sockets())
        world = subprocess.run(
            [sys.executable, "-m", "tests.torture.world", str(cards), str(devices)],
            cwd=BASE_DIR,
            env=made.environment(),
            stdout=subprocess.PIPE,
            check=True,
        )
        made.cards = json.loads(world.stdout)
        yield made


class Workers:
    """Two workers of gunicorn with four threads each, as docs/operations.md runs them.

    The listening socket is ours: whoever connects while no worker is left waits for the next one.
    """

    def __init__(self, on: Stage, app: str, settings: str = "settings") -> None:
        self.on = on
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]
        self.log = on.folder / "gunicorn.log"
        descriptor = self.socket.fileno()
        options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
        options += ["--no-control-socket", "--graceful-timeout", "3", "--log-level", "error"]
        with self.log.open("wb") as log:
            self.master = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", app, "--bind", f"fd://{descriptor}", *options],
                cwd=BASE_DIR,
                env=on.environment(settings),
                stdout=log,
                stderr=log,
                pass_fds=[descriptor],
            )

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *problem: object) -> None:
        self.master.terminate()
        self.master.wait(timeout=60)
        self.socket.close()

    def processor_seconds(self) -> dict[str, float]:
        """What the workers and the database have used so far, whatever else the machine does."""
        workers = psutil.Process(self.master.pid).children()
        parts = {"workers": workers, "database": server_processes(self.on.folder)}
        return {name: sum(_used(one) for one in found) for name, found in parts.items()}

    def kill_worker(self, chance: random.Random) -> bool:
        children = psutil.Process(self.master.pid).children()
        if children:
            chance.choice(children).kill()
        return bool(children)

    def end_connection(self, chance: random.Random) -> bool:
        """PostgreSQL itself ends one of the application's connections, whatever it does there."""
        with self.on.connect() as db:
            found = [pid for (pid,) in db.execute(OTHERS)]
            if found:
                db.execute("SELECT pg_terminate_backend(%s)", [chance.choice(found)])
        return bool(found)

    def crash_database(self, chance: random.Random) -> bool:
        """A killed process of PostgreSQL takes all of it down; it recovers from its log."""
        with self.on.connect() as db:
            found = [pid for (pid,) in db.execute(OTHERS)]
        if found:
            os.kill(chance.choice(found), signal.SIGKILL)
        return bool(found)


def _used(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    # Those of a database's connections that ended are with its first process.
    return times.user + times.system + times.children_user + times.children_system
