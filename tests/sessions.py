"""Sessions as the sign-in pages leave them, without going through the pages."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.test import Client

from interviewbank.access.session_limits import SEEN, STARTED

BACKEND = "interviewbank.access.backends.SignInBackend"
# What an authenticator app was shown, once its page was opened.
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, person, *, confirmed: bool = True) -> None:
    """`confirmed`: they have just given their password again (rules with `fresh`)."""
    client.force_login(person, backend=BACKEND)
    session = client.session
    session[STARTED] = session[SEEN] = time.time()
    if confirmed:
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
        session[SECRET_SESSION_KEY] = APP_SECRET
    session.save()


def code(secret: str = APP_SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
