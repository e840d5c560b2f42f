"""Applies the policy table. Denies by default."""

import time
import zoneinfo
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from .afterwards import put_off
from .policy import rule_for
from .refusals import refusal, wants_page


def redirect_to_sign_in(request, rule):
    """Back to the page afterwards, where there is one: a button's address can't be opened."""
    if "GET" not in rule.methods:
        return redirect(settings.LOGIN_URL)
    return redirect_to_login(request.get_full_path())


def just_confirmed(request) -> bool:
    """Who has neither a password nor a second factor, but a company that vouches for them, can't be
    asked here."""
    records = get_authentication_records(request, request.user)
    last = max((one["at"] for one in records if one.get("reauthenticated")), default=0)
    if time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return True
    return not get_reauthentication_flows(request.user)


def ask_who_it_is(request):
    """For rules with `fresh`. A button is pressed again afterwards: what it sent is not kept."""
    if not wants_page(request):
        words = "Confirm that it is you on the account page, then try again."
        return JsonResponse({"error": "confirm", "message": words}, status=403)
    back = request.get_full_path()
    if request.method == "POST":
        came_from = urlsplit(request.headers.get("Referer", ""))
        back = came_from.path if came_from.netloc == request.get_host() else reverse("today")
        messages.info(request, "Nothing was changed yet. Confirm that it is you, then try again.")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def _too_large(request) -> bool:
    """Nothing of it has been read yet, and of a body with no length, or a nonsensical one, nothing
    will be."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal():
        return False
    return len(length) > 12 or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class PolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = refusal(request, 413) if _too_large(request) else self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            response = refusal(request, 404)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        put_off(request, response)
        return response

    def process_exception(self, request, exception):
        """On one's own machine Django would show its own page, a list of all addresses."""
        if settings.DEBUG and isinstance(exception, Http404):
            return refusal(request, 404)
        return None

    def process_view(self, request, view, args, kwargs):
        rule = rule_for(request.resolver_match.url_name)
        if rule is None:
            raise PermissionDenied
        if request.method not in rule.methods:
            response = refusal(request, 405)
            response["Allow"] = ", ".join(sorted(rule.methods))
            return response
        if not rule.admits(request.user):
            if request.user.is_authenticated:
                raise PermissionDenied
            if wants_page(request):
                return redirect_to_sign_in(request, rule)
            signed_out = {"error": "signed_out", "message": "Sign in again to go on."}
            return JsonResponse(signed_out, status=401)
        if rule.fresh and not just_confirmed(request):
            return ask_who_it_is(request)
        request.rule = rule
        return None

    def process_template_response(self, request, response):
        """The forms of allauth answer what they refuse with 200; ours with 422."""
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and getattr(form, "errors", ()):
            response.status_code = 422
        return response


class TimeZoneMiddleware:
    """Times are stored in UTC and shown in the viewer's own zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)
