import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.urls import reverse

from . import known_browser
from .session_limits import RECORDED
from .workflow import change_password, note_second_factor

log = logging.getLogger(__name__)
FEWER_PROXIES = (
    "The server can't tell where this request comes from, so nobody can sign in. Tell whoever runs "
    "it: the number of its proxies is set wrong."
)


def _account_wide(email: str) -> dict:
    """Failures for one account from everywhere; a browser that signed in before is spared."""
    return {
        "app": "interviewbank.access",
        "action": "sign_in",
        "config": {"sign_in": settings.SIGN_IN_FAILURES_FOR_AN_ACCOUNT},
        "key": email.strip().lower(),
    }


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That e-mail and password do not match. "
        "Try again, or ask for a reset link.",
        "too_many_login_attempts": "Too many tries in a row. Wait a few minutes, or ask for a "
        "reset link.",
        "enter_current_password": "This is not your current password.",
        "demo_account": "Demo accounts work on the machine of an evaluation only.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def is_ajax(self, request) -> bool:
        """Its forms are pages, for everybody: no second way to answer."""
        return False

    def authenticate(self, request, **credentials):
        """allauth goes on with somebody whom the backend refused, to tell them that they are
        deactivated. Somebody refused for another reason would get a session that nobody reads."""
        user = super().authenticate(request, **credentials)
        if user and user.is_demo and not settings.DEBUG:
            raise self.validation_error("demo_account")
        return user

    def pre_authenticate(self, request, **credentials) -> None:
        """Failures are counted for each address, for each account from one address, and for each
        account from everywhere. Counted for the account alone, anybody could lock it."""
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "")
        self._account_wide = None
        if known_browser.is_known(request, email):
            return
        self._account_wide = ratelimit.consume(request, **_account_wide(email))
        if not self._account_wide:
            raise self.validation_error("too_many_login_attempts")

    def get_client_ip(self, request) -> str:
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied) as error:
            log.error(
                "Sign-in is refused: INTERVIEWBANK_PROXIES is %s, and X-Forwarded-For names %s. "
                "Set it to the number of proxies.",
                getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0),
                len([one for one in request.headers.get("X-Forwarded-For", "").split(",") if one]),
            )
            raise PermissionDenied(FEWER_PROXIES) from error

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._account_wide:
            self._account_wide.rollback()

    def _delete_login_attempts_cached_email(self, request, **credentials) -> None:
        """After a password reset, which only the owner of the mailbox can do."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, **_account_wide(credentials.get("email", "")))

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        known_browser.remember(response, user.email)
        return response

    def login(self, request, user) -> None:
        """allauth then makes the record of the session that the account page lists."""
        super().login(request, user)
        request.session[RECORDED] = True

    def set_password(self, user, password: str) -> None:
        """Called for a change and for a reset; either is the person's own act."""
        change_password(user=user, password=password, by=user)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """What it tells of is done, whether the mail leaves or not."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("The mail %s could not be sent.", template_prefix)

    def send_notification_mail(self, template_prefix: str, user, **kwargs) -> None:
        """Called after each change of somebody's second factors, which the trail notes too."""
        if template_prefix.startswith("mfa/"):
            note_second_factor(user=user)
        super().send_notification_mail(template_prefix, user, **kwargs)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account")
