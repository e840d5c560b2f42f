"""An interview as an entry of a calendar (RFC 5545). Calendars are shared and synchronised, so it
says the role and the round, and never who the candidate is."""

from datetime import UTC, datetime

from django.utils import timezone

from scorecards.models import Interview

from .schedule import ends_at

LINE_OCTETS = 75


def calendar_entry(interview: Interview, *, scorecard_url: str, prepare_url: str) -> str:
    """One event, its times in UTC, written now: the stamp tells a calendar which of two is newer.
    `interview` comes with its people."""
    opening = interview.application.opening
    role = f"{opening.role}, {opening.get_level_display().lower()}"
    addresses = f"Scorecard: {scorecard_url}\nPrepare: {prepare_url}"
    taking_place = interview.state in Interview.OWING
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//interviewbank//interviews//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{interview.pk}@interviewbank",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"DTSTART:{_utc(interview.starts_at)}",
        f"DTEND:{_utc(ends_at(interview))}",
        f"SUMMARY:{_text(f'Interview: {role}, {interview.round}')}",
        f"DESCRIPTION:{_text(addresses)}",
        f"URL:{scorecard_url}",
        f"STATUS:{'CONFIRMED' if taking_place else 'CANCELLED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    if interview.location:
        lines.insert(-4, f"LOCATION:{_text(interview.location)}")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value.replace("\r", "")


def _folded(line: str) -> str:
    """At most 75 octets a line; what follows begins with a space. No character is cut in two."""
    parts, room = [""], LINE_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append("")
            room = LINE_OCTETS - 1
        parts[-1] += character
        room -= size
    return "\r\n ".join(parts)
