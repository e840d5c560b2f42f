"""Requests of a person in tests of pages, and waiting for one that is blocked by another."""

import threading
import time
from collections.abc import Callable

from django.db import connection

from tests import sessions

# In this database only: other tests may run beside these on the same server.
WAITING_HERE = """
    SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND datname = current_database()
"""


def visit(client, person, url, data=None, status=200):
    """Gets the page, or posts when there is data; None goes on as who was there before."""
    if person is not None:
        sessions.sign_in(client, person)
    response = client.get(url) if data is None else client.post(url, data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def somebody_waits() -> bool:
    """For a lock, in this database."""
    with connection.cursor() as cursor:
        # Within a transaction the list of sessions would stay as it was first read.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING_HERE)
        return cursor.fetchone()[0] > 0


class Meanwhile:
    """Runs something in a connection of its own, for tests of what waits for what."""

    def __init__(self, work: Callable[[], object]):
        self.fault: Exception | None = None
        self.thread = threading.Thread(target=self._run, args=[work])

    def _run(self, work):
        try:
            work()
        except Exception as error:  # noqa: BLE001 - handed to the thread of the test
            self.fault = error
        finally:
            connection.close()

    def start_until_blocked(self) -> bool:
        """False when it ended without having to wait."""
        self.thread.start()
        until = time.monotonic() + 60
        while self.thread.is_alive():
            if somebody_waits():
                return True
            assert time.monotonic() < until, "It neither ended nor waited for a lock."
        return False

    def finish(self) -> Exception | None:
        """The error that it ended with."""
        self.thread.join()
        return self.fault
