"""Who was erased, kept outside the database: a restored backup brings rows back, not this file.

A line of JSON for each erasure: the id of the candidate, which is random, and when. No names.
"""

import errno
import io
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


class LedgerBroken(Exception):
    """Its text names the line."""


class LedgerClosed(Exception):
    """Nothing can be noted. Its text says why."""


def append(candidate: UUID, at: datetime) -> None:
    """On the disk when this returns, so it comes before the commit: what is noted and was not
    erased is erased by the next replay, the other way round it would come back.

    The caller holds a lock against others who append. Raises LedgerClosed; nothing is noted then.
    """
    path = Path(settings.ERASURE_LEDGER)
    line = json.dumps({"candidate": str(candidate), "at": at.isoformat()}) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab", buffering=0, opener=_for_its_owner) as file:
            _write_all_or_nothing(file, line.encode())
    except OSError as error:
        raise LedgerClosed(f"{path}: {error.strerror}") from error


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_all_or_nothing(file: io.FileIO, line: bytes) -> None:
    """Half a line, as a full disk leaves it, would stop every later replay."""
    before = os.fstat(file.fileno()).st_size
    try:
        if file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    except OSError:
        os.truncate(file.fileno(), before)
        raise


def is_open() -> bool:
    """Whether something could be noted, by the rights of this process; a disk can still fill."""
    path = Path(settings.ERASURE_LEDGER)
    if path.exists():
        return path.is_file() and os.access(path, os.W_OK)
    there = next(folder for folder in path.parents if folder.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def read() -> Iterator[UUID]:
    """Every candidate that was ever erased. A line that says nothing clear stops the replay."""
    path = Path(settings.ERASURE_LEDGER)
    if not path.exists():
        return
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            yield UUID(json.loads(line)["candidate"])
        except (ValueError, KeyError, TypeError) as error:
            raise LedgerBroken(f"Line {number} of the erasure ledger can't be read.") from error
