"""Who was erased, kept outside the database: a restored backup brings rows back, not this file.

A line of JSON for each erasure: the id of the candidate, which is random, and when. No names.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


class LedgerBroken(Exception):
    """Its text names the line."""


def append(candidate: UUID, at: datetime) -> None:
    """On the disk when this returns, so it comes before the commit: what is noted and was not
    erased is erased by the next replay, the other way round it would come back."""
    path = Path(settings.ERASURE_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"candidate": str(candidate), "at": at.isoformat()})
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


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
