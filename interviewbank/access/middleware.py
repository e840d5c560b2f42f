"""Applies the policy table. Denies by default."""

import zoneinfo
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from .policy import rule_for


def wants_page(request) -> bool:
    """A person's browser navigates: it can follow a redirect to the sign-in page.

    A script that fetches says so by one of these: htmx, the browser's Sec-Fetch-Dest, JSON sent or
    asked for. To it a redirect would look like an answer.
    """
    headers = request.headers
    if headers.get("HX-Request") == "true" or headers.get("Sec-Fetch-Dest") == "empty":
        return False
    if request.content_type == "application/json":
        return False
    accept = headers.get("Accept", "*/*")
    return "text/html" in accept or "application/json" not in accept


def redirect_to_sign_in(request, rule):
    """Back to the page afterwards, where there is one: a button's address can't be opened."""
    if "GET" not in rule.methods:
        return redirect(settings.LOGIN_URL)
    return redirect_to_login(request.get_full_path())


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


class PolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request, view, args, kwargs):
        rule = rule_for(request.resolver_match.url_name)
        if rule is None:
            raise PermissionDenied
        if request.method not in rule.methods:
            return HttpResponseNotAllowed(sorted(rule.methods))
        if not rule.admits(request.user):
            if request.user.is_authenticated:
                raise PermissionDenied
            if wants_page(request):
                return redirect_to_sign_in(request, rule)
            signed_out = {"error": "signed_out", "message": "Sign in again to go on."}
            return JsonResponse(signed_out, status=401)
        if rule.fresh and not did_recently_reauthenticate(request):
            return ask_who_it_is(request)
        request.rule = rule
        return None


class TimeZoneMiddleware:
    """Times are stored in UTC and shown in the viewer's own zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)
