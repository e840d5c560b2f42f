"""Signing in through the company's own identity provider (OpenID Connect)."""

from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render


class CompanyAdapter(DefaultSocialAccountAdapter):
    """It lets in whom an administrator invited, and makes no accounts."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        """Called once the provider has said who it is; somebody unknown ends here."""
        if not sociallogin.is_existing:
            context = {"email": sociallogin.user.email or "you"}
            page = render(request, "socialaccount/unknown_person.html", context, status=403)
            raise ImmediateHttpResponse(page)


def origin() -> str:
    """Where the sign-in form may lead to, for the content security policy; empty without OIDC."""
    parts = urlsplit(settings.OIDC_SERVER)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
