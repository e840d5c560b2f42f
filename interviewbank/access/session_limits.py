"""A session ends after long silence, and after a week; never in the middle of work."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

STARTED, SEEN = "interviewbank_started", "interviewbank_seen"
# Set at sign-in. A session that was made in another way has no record to note its use in.
RECORDED = "recorded"
# How often a request writes that it was seen: a scorecard that saves every few seconds must not pay
# for it. And how recent work is work that goes on. Seconds.
NOTED_EVERY = 300
AT_WORK = 2 * 3600


class SessionLimitsMiddleware:
    """What somebody does counts as activity, the live page's saves too: an interview that goes on
    when the week is over is not cut off, but the next one asks to sign in. What a page that was
    left open asks by itself does not count, or it would stay signed in for good."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_over(request.session, time.time()):
            logout(request)
        response = self.get_response(request)
        rule = getattr(request, "rule", None)
        if request.user.is_authenticated and not (rule and rule.by_itself):
            _note(request.session, time.time())
        return response


def is_over(session, now: float) -> bool:
    seen, started = session.get(SEEN, now), session.get(STARTED, now)
    silent = now - seen
    if silent > settings.SESSION_IDLE_LIMIT:
        return True
    return now - started > settings.SESSION_ABSOLUTE_LIMIT and silent > AT_WORK


def _note(session, now: float) -> None:
    """In the session, and in the record of it that the account page lists."""
    session.setdefault(STARTED, now)
    if now - session.get(SEEN, 0) <= NOTED_EVERY:
        return
    session[SEEN] = now
    if RECORDED in session:
        record = UserSession.objects.filter(session_key=session.session_key)
        record.update(last_seen_at=timezone.now())
