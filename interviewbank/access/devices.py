"""Words for where somebody is signed in: enough to know one's own browser, and no more."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from .models import User

# The first that fits: nearly every browser claims to be several of those after it.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """A session of one's own. `record` is nothing where the session was made without the page."""

    device: str
    address: str
    current: bool
    record: UserSession | None

    @property
    def since(self) -> datetime | None:
        return self.record.created_at if self.record else None

    @property
    def last_used(self) -> datetime | None:
        return self.record.last_seen_at if self.record else None


def sessions_of(person: User, *, current_key: str, user_agent: str) -> list[SignedIn]:
    """This one first, then the others, the last used first. `user_agent` is this browser's."""
    records = list(UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk"))
    alive = _alive(person, [record.session_key for record in records])
    found = [
        SignedIn(
            device=device(record.user_agent),
            address=coarse(record.ip),
            current=record.session_key == current_key,
            record=record,
        )
        for record in records
        if record.session_key in alive
    ]
    if not any(one.current for one in found):
        found.append(SignedIn(device(user_agent), "", True, None))
    return sorted(found, key=lambda one: not one.current)


def _alive(person: User, keys: list[str]) -> set[str]:
    """Which of these still sign this person in: a session is bound to the password it began
    with."""
    hashes = {person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()}
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return {
        one.session_key for one in sessions if one.get_decoded().get(HASH_SESSION_KEY) in hashes
    }


def device(user_agent: str) -> str:
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "An unknown browser"


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in known if mark in user_agent), "")


def coarse(address: str) -> str:
    """The network, not the machine: the first two numbers, or the first three groups."""
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return ".".join(address.split(".")[:2]) + ".x.x"
    return ":".join(part.lstrip("0") or "0" for part in found.exploded.split(":")[:3]) + ":…"
