"""What of the second factor is stored, and under which name an authenticator app shows it."""

import base64
import hashlib
import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from .models import User

log = logging.getLogger(__name__)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with a key made from SECRET_KEY: who reads the database alone, or a
    backup of it, can't make codes. Changing SECRET_KEY means setting second factors up anew."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Codes change every 30 seconds: take the newest.",
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What an older SECRET_KEY encrypted is lost. No code fits then, as if all were wrong: the
        secret that stands in for it is another one each time."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.warning("A second factor can't be read: SECRET_KEY is another than it was.")
            return generate_totp_secret()

    def get_totp_label(self, user: User) -> str:
        return user.email

    def build_totp_svg(self, url: str) -> str:
        """To be put into the page: an image with a `data:` address is refused by our policy."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


def _fernet() -> Fernet:
    key = hashlib.sha256(f"interviewbank.access.second_factor:{settings.SECRET_KEY}".encode())
    return Fernet(base64.urlsafe_b64encode(key.digest()))
