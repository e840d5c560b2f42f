"""A browser that signed in before keeps a note of it, so that a flood of guesses from elsewhere
does not lock its owner out."""

import hashlib

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "interviewbank_known"
KEPT_FOR = 180 * 24 * 3600  # seconds
SALT = "interviewbank.access.known_browser"


def remember(response: HttpResponseBase, email: str) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(_digest(email), salt=SALT),
        max_age=KEPT_FOR,
        path=settings.FORCE_SCRIPT_NAME or "/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known(request: HttpRequest, email: str) -> bool:
    """Whether this account was the last one that signed in here."""
    try:
        noted = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return False
    return noted == _digest(email)


def _digest(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
