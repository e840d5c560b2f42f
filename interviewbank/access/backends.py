from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class SignInBackend(AuthenticationBackend):
    """Sign-in by e-mail. Demo accounts exist for local evaluation and work nowhere else."""

    def user_can_authenticate(self, user) -> bool:
        if user.is_demo and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)
