"""Where the built-in PostgreSQL keeps its files, and whose it is. Only looks, changes nothing."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from interviewbank.localpg.errors import LocalPostgresError

if sys.platform != "win32":
    import pwd

# For root only: a server never runs as root, and nobody else can reach into root's own folders.
SYSTEM_HOME = Path("/var/lib/interviewbank")
# A socket's address holds 104 bytes on macOS and 108 on Linux.
LONGEST_SOCKET_PATH = 100


class Account(NamedTuple):
    uid: int
    gid: int


@dataclass(frozen=True)
class Layout:
    root: Path  # holds the locks, and `data` or a link to it
    data: Path
    sockets: Path

    @property
    def start_lock(self) -> Path:
        return self.root / "start.lock"

    @property
    def holders_lock(self) -> Path:
        return self.root / "holders.lock"

    @property
    def server_lock(self) -> Path:
        return self.root / "server.lock"


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def open_to_all(folder: Path) -> bool:
    """Whether any account may pass through the folder and all above it."""
    return all(step.stat().st_mode & 0o001 for step in [folder, *folder.parents] if step.exists())


def layout(root: Path) -> Layout:
    """`root` lies two levels down in the checkout: `.local/pg`."""
    root = root.resolve()
    data = root / "data"
    if data.exists():
        data = data.resolve()
    elif is_root() and not open_to_all(root.parent.parent):
        data = SYSTEM_HOME / digest(root) / "data"
    sockets = data.parent / "run"
    too_long = len(os.fsencode(sockets / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH
    if too_long or "," in str(sockets):  # a comma separates several hosts
        sockets = Path("/tmp") / f"interviewbank-{digest(root)}"  # noqa: S108 (checked in server.py)
    return Layout(root, data, sockets)


def server_account(place: Layout) -> Account | None:
    """The account to give up root for; None for everybody else, who run it themselves."""
    if not is_root():
        return None
    if place.data.exists() and (owner := place.data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise LocalPostgresError(
        "PostgreSQL does not run as root, and this machine has neither an account called "
        "postgres nor one called nobody. Run this as an ordinary user, or set DATABASE_URL."
    )
