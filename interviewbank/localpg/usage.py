"""Who uses the server: the first process starts it, the last one stops it.

Three locks in the root folder, and no process ids anywhere:
  start.lock    held by whoever creates, starts or stops; one at a time
  holders.lock  shared by every user; who can have it alone is the last one
  server.lock   inherited by the server's processes; free means that none of them is left
"""

import atexit
import os
import signal
import sys
from pathlib import Path

from interviewbank.localpg import locks
from interviewbank.localpg.binaries import bin_folder, require_supported_system
from interviewbank.localpg.errors import LocalPostgresError
from interviewbank.localpg.layout import Layout, is_root, layout, server_account
from interviewbank.localpg.server import Server

_holds: dict[Path, int] = {}
_databases: set[tuple[Path, str | None]] = set()


def ensure_running(root: Path, *, durable: bool = True, database: str | None = None) -> Layout:
    """Create and start what is missing, and keep it until this process ends."""
    place = layout(root)
    if (place.root, database) in _databases and locks.is_held(place.server_lock):
        return place
    require_supported_system()
    _make_root(place)
    with locks.exclusive(place.start_lock) as starting:
        if place.root not in _holds:
            _holds[place.root] = locks.share(place.holders_lock)
        server = Server(place, server_account(place), bin_folder(), durable)
        if not (place.root / "data").exists():
            server.create(starting)
        server.bring_up()
        if database is not None:
            server.ensure_database(database)
    _databases.add((place.root, database))
    return place


def _make_root(place: Layout) -> None:
    if place.data.exists() and not is_root() and place.data.stat().st_uid != os.geteuid():
        raise LocalPostgresError(
            f"The database in {place.root} belongs to another account. "
            "Start it from that account, or set DATABASE_URL."
        )
    try:
        place.root.mkdir(parents=True, exist_ok=True)
        place.data.parent.mkdir(parents=True, exist_ok=True)
    except PermissionError as problem:
        raise LocalPostgresError(
            f"The database can't be made: this account may not write to {problem.filename}."
        ) from problem
    if is_root():  # the server's account has to get in, whatever root's umask is
        for home in (place.root, place.data.parent):
            for folder in (home, home.parent):
                folder.chmod(folder.stat().st_mode | 0o011)


def _leave() -> None:
    """At the end of the process: let go, and put out the light as the last one."""
    if _holds:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cut this short
    for root, hold in _holds.items():
        if not root.exists():
            continue
        place = layout(root)
        with locks.exclusive(place.start_lock):
            if locks.last_one(hold):
                Server(place, server_account(place), bin_folder()).stop()
            os.close(hold)


def _forget() -> None:
    """In a forked child: the hold is the parent's, the child takes its own."""
    for hold in _holds.values():
        os.close(hold)
    _holds.clear()
    _databases.clear()


atexit.register(_leave)
if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget)
