"""When a session was last used, noted at most once in five minutes by each worker: a scorecard that
saves every few seconds must not pay for it."""

import time
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.utils import timezone

# Set at sign-in. A session that was made in another way has no record to note it in.
RECORDED = "recorded"
EVERY = timedelta(minutes=5)
MOST_REMEMBERED = 10_000


class LastSeenMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.again_at: dict[str, float] = {}

    def __call__(self, request):
        if request.user.is_authenticated and RECORDED in request.session:
            self.note(request.session.session_key)
        return self.get_response(request)

    def note(self, key: str) -> None:
        clock = time.monotonic()
        if self.again_at.get(key, 0) > clock:
            return
        if len(self.again_at) >= MOST_REMEMBERED:
            self.again_at.clear()
        self.again_at[key] = clock + EVERY.total_seconds()
        now = timezone.now()
        UserSession.objects.filter(session_key=key, last_seen_at__lt=now - EVERY).update(
            last_seen_at=now
        )
