"""Real users of a real server, each in a process of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from interviewbank.localpg.layout import layout

BASE_DIR = Path(__file__).resolve().parent.parent
# Says where the server is, and again for every line it is sent.
USER = """
import sys
from pathlib import Path
from interviewbank import localpg
while True:
    print(localpg.ensure_running(Path(sys.argv[1]), database="interviewbank").sockets, flush=True)
    if not sys.stdin.readline():
        break
"""


class User:
    """Leaves in order at the end of its block, whatever happened in it."""

    def __init__(self, root: Path, code: str = USER, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(root)],
            cwd=BASE_DIR,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "User":
        return self

    def __exit__(self, *problem: object) -> None:
        self.process.communicate(timeout=60)

    def sockets(self) -> str:
        line = self.process.stdout.readline().strip()
        assert line, self.process.stderr.read()
        return line

    def asks_again(self) -> str:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.sockets()

    def leave(self) -> tuple[int, str]:
        _, words = self.process.communicate(timeout=60)
        return self.process.returncode, words

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


@contextmanager
def checkout(mode: int = 0o755) -> Iterator[Path]:
    """A folder where a copy of the application could be; nothing is left of it, nor outside it."""
    folder = Path(tempfile.mkdtemp(prefix="interviewbank-test-")).resolve()
    folder.chmod(mode)
    place = layout(folder / ".local" / "pg")
    try:
        yield folder
    finally:
        for process in server_processes(folder):
            process.kill()
        shutil.rmtree(folder)
        if folder not in place.data.parents:
            shutil.rmtree(place.data.parent, ignore_errors=True)


def server_processes(folder: Path) -> list[psutil.Process]:
    """Every process of PostgreSQL works in its data folder."""
    homes = {str(layout(root).data) for root in folder.rglob(".local/pg")}
    found = psutil.process_iter(["cwd", "ppid", "status"])
    return [
        process
        for process in found
        if process.info["cwd"] in homes and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def postmaster(folder: Path) -> psutil.Process:
    ours = server_processes(folder)
    (first,) = [
        process for process in ours if process.info["ppid"] not in {one.pid for one in ours}
    ]
    return first


def execute(sockets: str, query: str) -> list[tuple]:
    with psycopg.connect(host=sockets, port=5432, user="postgres", dbname="interviewbank") as db:
        cursor = db.execute(query)
        return cursor.fetchall() if cursor.description else []
