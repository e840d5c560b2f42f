"""Settings, all from the environment; docs/operations.md lists the variables.

Local mode is: no DATABASE_URL and no INTERVIEWBANK_HOSTS. Then the embedded PostgreSQL is used,
only loopback names are answered, DEBUG is on and the secret key lives in .local/. Anywhere else a
missing or malformed variable stops the start.
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from interviewbank import localpg

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"


def env(name: str) -> str:
    """A variable that production needs."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}; see docs/operations.md.")
    return value


def env_flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name} is “{value}”; it can be 0 or 1.")
    return default if value == "" else value == "1"


def env_count(name: str, *, default: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not value.isdecimal() or int(value) > 65535:
        raise ImproperlyConfigured(f"{name} is “{value}”; it can be a whole number.")
    return int(value)


def local_secret(name: str) -> str:
    """A secret of this checkout, made once, readable by its owner only."""
    path = LOCAL_DIR / name
    if not path.exists():
        LOCAL_DIR.mkdir(exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def database(directory: Path | None = None, *, durable: bool = True) -> dict:
    """The server that DATABASE_URL names, or the embedded one with its data in `directory`."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return localpg.database_settings(directory or LOCAL_DIR / "pg", durable=durable)
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL can't be read: {' '.join(str(error).split())}"
        ) from error
    known = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{known[key]: str(value) for key, value in parts.items() if key in known},
        "OPTIONS": {key: value for key, value in parts.items() if key not in known},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


LOCAL = "DATABASE_URL" not in os.environ and "INTERVIEWBANK_HOSTS" not in os.environ
DEBUG = LOCAL
SECRET_KEY = local_secret("secret-key") if LOCAL else env("INTERVIEWBANK_SECRET_KEY")
ALLOWED_HOSTS = (
    ["localhost", "127.0.0.1", "[::1]"]
    if LOCAL
    else [host.strip() for host in env("INTERVIEWBANK_HOSTS").split(",")]
)
# Where people open it: for links in mails and calendars that no request makes.
SITE_ADDRESS = (
    "http://127.0.0.1:8000"
    if LOCAL
    else os.environ.get("INTERVIEWBANK_SITE", "") or f"https://{ALLOWED_HOSTS[0]}"
)
DATABASES = {"default": database()}
# Outside the database, so that a restored backup can't bring an erased candidate back.
ERASURE_LEDGER = (
    LOCAL_DIR / "erasures.jsonl" if LOCAL else Path(env("INTERVIEWBANK_ERASURE_LEDGER"))
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "interviewbank.ui",
    "interviewbank.audit",
    "interviewbank.access",
    "interviewbank.startcheck",
    "roles",
    "scorecards",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "interviewbank.audit.middleware.RequestIdMiddleware",
    "interviewbank.access.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "interviewbank.access.session_limits.SessionLimitsMiddleware",
    "interviewbank.access.middleware.TimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "interviewbank.access.middleware.PolicyMiddleware",
]
ROOT_URLCONF = "interviewbank.urls"
WSGI_APPLICATION = "interviewbank.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "interviewbank" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["interviewbank.ui.templatetags.ib"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "interviewbank.access.context.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: hashed and compressed outside local mode
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "interviewbank" / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "interviewbank.staticfiles.HashedStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Who counts the use of questions, for the app below that may not import it.
QUESTION_USE = "scorecards.summaries.question_use.use_of"

# Sign-in
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["interviewbank.access.backends.SignInBackend"]
PASSWORD_HASHERS = ["interviewbank.access.hashers.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "interviewbank.access.adapter.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "interviewbank.access.forms.ResetPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# E-mails are unique by their lower-case form, which the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
# Far above what people mistype, far below what guessing needs. See access/adapter.py.
SIGN_IN_FAILURES_FOR_AN_ACCOUNT = "50/h/key"
# Here `key` is an account from one address.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "5/m/ip,30/h/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}

# Asked again before what concerns others: rules with `fresh` in access/policy.py. Seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# After these times without a request, or since sign-in, one signs in again. Seconds.
SESSION_IDLE_LIMIT = 12 * 3600
SESSION_ABSOLUTE_LIMIT = 7 * 24 * 3600

# Second factor
MFA_ADAPTER = "interviewbank.access.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "interviewbank"
MFA_TOTP_TOLERANCE = 1
# The address was proved by the invitation, which went there.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

# Sign-in through the company, by OpenID Connect, when it is configured
OIDC_SERVER = os.environ.get("INTERVIEWBANK_OIDC_SERVER", "")
OIDC_NAME = os.environ.get("INTERVIEWBANK_OIDC_NAME", "") or "your company"
SOCIALACCOUNT_ADAPTER = "interviewbank.access.company.CompanyAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
# Colleagues are found by the e-mail that the company vouches for.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        # Only where the company alone decides who has which e-mail there.
        "VERIFIED_EMAIL": env_flag("INTERVIEWBANK_OIDC_TRUST_EMAIL", default=False),
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": env("INTERVIEWBANK_OIDC_CLIENT_ID"),
                "secret": env("INTERVIEWBANK_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }

# Mail goes to the console in local mode
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("INTERVIEWBANK_MAIL_FROM", "interviewbank@localhost")
if not LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ.get("INTERVIEWBANK_MAIL_HOST", "localhost")
    EMAIL_PORT = env_count("INTERVIEWBANK_MAIL_PORT", default=25)
    EMAIL_HOST_USER = os.environ.get("INTERVIEWBANK_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("INTERVIEWBANK_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = env_flag("INTERVIEWBANK_MAIL_TLS", default=False)
    EMAIL_TIMEOUT = 10

# What the browser is told
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Of any request, files included: an archive of the bank is the largest thing that anybody sends.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
SESSION_ENGINE = "interviewbank.access.session_store"
SESSION_COOKIE_NAME = "interviewbank_session"
CSRF_COOKIE_NAME = "interviewbank_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "interviewbank.errors.csrf_failure"
if not LOCAL:
    # TLS ends at a proxy that sets this header and drops it from what comes in.
    # How many proxies stand before us; without it all people count as one address.
    ALLAUTH_TRUSTED_PROXY_COUNT = env_count("INTERVIEWBANK_PROXIES", default=1)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env_flag("INTERVIEWBANK_HTTPS_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CACHES = {
        # Shared by all workers: sign-in failures are counted in it.
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "interviewbank_cache",
        }
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
