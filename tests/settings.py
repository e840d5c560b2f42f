"""The application's settings, on a PostgreSQL of the tests' own and with a fast password hasher."""

import os

os.environ.pop("DATABASE_URL", None)

from interviewbank.settings import *  # noqa: F403
from interviewbank.settings import BASE_DIR, database

# Runs side by side have a database each; pytest-django gives one to each process of a run.
OF_THIS_RUN = os.environ.get("INTERVIEWBANK_TEST_DB", "main")
OF_THIS_PROCESS = OF_THIS_RUN + os.environ.get("PYTEST_XDIST_WORKER", "")
DATABASES = {"default": database(BASE_DIR / ".local" / "pg-test", durable=False)}
DATABASES["default"]["TEST"] = {"NAME": f"test_interviewbank_{OF_THIS_RUN}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ERASURE_LEDGER = BASE_DIR / ".local" / f"test-erasures-{OF_THIS_PROCESS}.jsonl"
DEBUG = False
# Static files straight from their folders: nothing is collected for a test.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
