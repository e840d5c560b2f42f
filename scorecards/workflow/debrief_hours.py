"""A debrief hour: the chair lines up several candidates and moves through them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, DebriefHour, DebriefHourItem, Opening


class HourError(Exception):
    """Why it can't be done, as a sentence for people."""


class HourUnderWay(HourError):
    def __init__(self) -> None:
        super().__init__("A debrief hour of this opening is under way. End it first.")


class NobodyInLine(HourError):
    def __init__(self) -> None:
        super().__init__("Choose at least one candidate.")


class HourOver(HourError):
    def __init__(self) -> None:
        super().__init__("This debrief hour has ended.")


@transaction.atomic
def open_hour(
    *, opening: Opening, by: User, line_up: Sequence[Application], minutes: int = 60
) -> DebriefHour:
    """`line_up` in the order of the hour; the first is whom all look at."""
    Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    if opening.debrief_hours.under_way().exists():
        raise HourUnderWay
    if not line_up:
        raise NobodyInLine
    hour = DebriefHour.objects.create(
        opening=opening, opened_by=by, current=line_up[0], minutes=minutes
    )
    DebriefHourItem.objects.bulk_create(
        DebriefHourItem(hour=hour, application=one, position=position)
        for position, one in enumerate(line_up, 1)
    )
    trail.record(actor=by, verb="debrief_hour.opened", obj=hour)
    return hour


def _lock_open(hour: DebriefHour) -> DebriefHour:
    locked = DebriefHour.objects.select_for_update(no_key=True).get(pk=hour.pk)
    if locked.closed_at:
        raise HourOver
    return locked


@transaction.atomic
def move_hour(*, hour: DebriefHour, to: Application) -> DebriefHour:
    """`to` is in the line. It names whom to look at, not a step: sent twice it does no harm."""
    locked = _lock_open(hour)
    if locked.current_id == to.pk:
        return locked
    now = timezone.now()
    _count_stay(locked, now)
    locked.current, locked.moved_at = to, now
    locked.save(update_fields=["current", "moved_at"])
    return locked


def _count_stay(hour: DebriefHour, until: datetime) -> None:
    stay = max(0, int((until - hour.moved_at).total_seconds()))
    hour.items.filter(application=hour.current_id).update(seconds=F("seconds") + stay)


@transaction.atomic
def close_hour(*, hour: DebriefHour, by: User) -> DebriefHour:
    locked = _lock_open(hour)
    locked.closed_at = timezone.now()
    _count_stay(locked, locked.closed_at)
    locked.save(update_fields=["closed_at"])
    trail.record(actor=by, verb="debrief_hour.closed", obj=locked, fields=["closed_at"])
    return locked
