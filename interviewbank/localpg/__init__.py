"""A private PostgreSQL for local use and tests, started when the first connection asks for it.

`ENGINE: "interviewbank.localpg"` names the database backend in `base.py`.
"""

from pathlib import Path
from typing import Any

from interviewbank.localpg.errors import LocalPostgresError
from interviewbank.localpg.layout import layout
from interviewbank.localpg.server import PORT, USER
from interviewbank.localpg.usage import ensure_running

__all__ = ["LocalPostgresError", "database_settings", "ensure_running"]


def database_settings(root: Path, *, durable: bool = True) -> dict[str, Any]:
    """A DATABASES entry; nothing is created or started before the first connection."""
    return {
        "ENGINE": "interviewbank.localpg",
        "NAME": "interviewbank",
        "HOST": str(layout(root).sockets),
        "PORT": str(PORT),
        "USER": USER,
        "ROOT": root,
        "DURABLE": durable,
    }
