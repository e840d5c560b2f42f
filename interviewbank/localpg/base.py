"""Django's PostgreSQL backend, on a server that starts with the first connection."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from interviewbank.localpg.usage import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        place = ensure_running(
            Path(self.settings_dict["ROOT"]),
            durable=self.settings_dict["DURABLE"],
            database=self.settings_dict["NAME"],
        )
        return {**super().get_connection_params(), "host": str(place.sockets)}
