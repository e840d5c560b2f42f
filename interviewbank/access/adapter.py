from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from .workflow import change_password


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That e-mail and password do not match. "
        "Try again, or ask for a reset link.",
        "too_many_login_attempts": "Too many tries in a row. Wait a minute, then try again.",
        "enter_current_password": "This is not your current password.",
        "demo_account": "Demo accounts work on the machine of an evaluation only.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def authenticate(self, request, **credentials):
        """allauth goes on with somebody whom the backend refused, to tell them that they are
        deactivated. Somebody refused for another reason would get a session that nobody reads."""
        user = super().authenticate(request, **credentials)
        if user and user.is_demo and not settings.DEBUG:
            raise self.validation_error("demo_account")
        return user

    def set_password(self, user, password: str) -> None:
        """Called for a change and for a reset; either is the person's own act."""
        change_password(user=user, password=password, by=user)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account")
