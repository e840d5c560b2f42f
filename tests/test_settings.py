"""Safe by default: outside local mode a missing or malformed variable stops the start, by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("DATABASE_URL", "INTERVIEWBANK_", "DJANGO_")
PRODUCTION = {
    "DATABASE_URL": "postgresql://app@localhost/app",
    "INTERVIEWBANK_HOSTS": "bank.example.com",
    "INTERVIEWBANK_SECRET_KEY": "k" * 60,
    "INTERVIEWBANK_ERASURE_LEDGER": "/var/lib/interviewbank/erasures.jsonl",
}


def settings_under(
    variables: dict[str, str], *names: str, module: str = "interviewbank"
) -> subprocess.CompletedProcess:
    """Print these settings in a process of its own; nothing connects to a database."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    code = f"from {module} import settings as s; print([getattr(s, n) for n in {names!r}])"
    return subprocess.run(
        [sys.executable, "-c", code],
        env=clean | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_local_mode_answers_loopback_only():
    done = settings_under({}, "LOCAL", "DEBUG", "ALLOWED_HOSTS")
    assert done.stdout.strip() == "[True, True, ['localhost', '127.0.0.1', '[::1]']]"


@pytest.mark.parametrize("variables", [PRODUCTION, {**PRODUCTION, "DATABASE_URL": "dbname=app"}])
def test_production_is_strict(variables):
    names = ("LOCAL", "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert settings_under(variables, *names).stdout.strip() == "[False, False, True, True, True]"


def test_production_keeps_cookies_to_itself():
    """With what Django decides where we say nothing."""
    flags = {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_TRUSTED_ORIGINS": [],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "USE_X_FORWARDED_HOST": False,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_621_440,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 100,
    }
    done = settings_under(
        {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "interviewbank.settings"},
        *flags,
        module="django.conf",
    )
    assert done.stdout.strip() == str(list(flags.values())), done.stderr


@pytest.mark.parametrize(
    "missing",
    [
        "INTERVIEWBANK_HOSTS",
        "INTERVIEWBANK_SECRET_KEY",
        "INTERVIEWBANK_ERASURE_LEDGER",
    ],
)
def test_a_missing_variable_stops_the_start(missing):
    given = {key: value for key, value in PRODUCTION.items() if key != missing}
    done = settings_under(given)

    assert done.returncode != 0
    assert f"Set the environment variable {missing}" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("DATABASE_URL", "nonsense", "DATABASE_URL can't be read"),
        ("INTERVIEWBANK_HTTPS_REDIRECT", "yes", "INTERVIEWBANK_HTTPS_REDIRECT is “yes”"),
        ("INTERVIEWBANK_MAIL_TLS", "true", "INTERVIEWBANK_MAIL_TLS is “true”"),
        ("INTERVIEWBANK_MAIL_PORT", "smtp", "INTERVIEWBANK_MAIL_PORT is “smtp”"),
        ("INTERVIEWBANK_PROXIES", "-1", "INTERVIEWBANK_PROXIES is “-1”"),
    ],
)
def test_a_malformed_variable_stops_the_start(name, value, words):
    done = settings_under({**PRODUCTION, name: value})

    assert done.returncode != 0
    assert words in done.stderr.splitlines()[-1]


def test_the_local_secret_is_its_owners_alone():
    settings_under({})
    path = ROOT / ".local" / "secret-key"

    assert path.stat().st_mode & 0o077 == 0
    assert len(path.read_text()) >= 50
