"""What of the second factor is stored, and under which name an authenticator app shows it."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from .models import User


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with a key made from SECRET_KEY: who reads the database alone, or a
    backup of it, can't make codes. Changing SECRET_KEY means setting second factors up anew."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Codes change every 30 seconds: take the newest.",
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.email

    def build_totp_svg(self, url: str) -> str:
        """To be put into the page: an image with a `data:` address is refused by our policy."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


def _fernet() -> Fernet:
    key = hashlib.sha256(f"interviewbank.access.second_factor:{settings.SECRET_KEY}".encode())
    return Fernet(base64.urlsafe_b64encode(key.digest()))
