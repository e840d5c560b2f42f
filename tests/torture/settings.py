"""Settings of a server that is tortured: on a durable database of its own, as in production."""

import os

from tests.settings import *  # noqa: F403

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "interviewbank",
        "HOST": os.environ["TORTURE_SOCKETS"],
        "PORT": "5432",
        "USER": "postgres",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
