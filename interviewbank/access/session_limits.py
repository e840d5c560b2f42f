"""A session ends after long silence, and after a week; never in the middle of work."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

STARTED, SEEN = "interviewbank_started", "interviewbank_seen"
# How often a request writes that it was seen, and how recent work is work that goes on. Seconds.
NOTED_EVERY = 300
AT_WORK = 2 * 3600


class SessionLimitsMiddleware:
    """Every request counts as activity, the live page's saves too: an interview that goes on when
    the week is over is not cut off, but the next one asks to sign in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if is_over(request.session, now):
                logout(request)
            else:
                _note(request.session, now)
        return self.get_response(request)


def is_over(session, now: float) -> bool:
    seen, started = session.get(SEEN, now), session.get(STARTED, now)
    silent = now - seen
    if silent > settings.SESSION_IDLE_LIMIT:
        return True
    return now - started > settings.SESSION_ABSOLUTE_LIMIT and silent > AT_WORK


def _note(session, now: float) -> None:
    session.setdefault(STARTED, now)
    if now - session.get(SEEN, 0) > NOTED_EVERY:
        session[SEEN] = now
