"""Settings of a server that a benchmark starts: on the database that it made, with the connections
kept open as in production."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = DATABASES["default"]["TEST"]["NAME"]
DATABASES["default"]["CONN_MAX_AGE"] = 60
