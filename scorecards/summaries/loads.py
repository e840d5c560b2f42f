"""How much interviewers have, and when they are busy: times only. With whom, and for what, stays
with those who may know."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Application, Interview, OpeningRound

from .schedule import LONGEST, ends_at


@dataclass
class Load:
    """The interviews of one person in a week, and the times of those on the day."""

    week: int = 0
    busy: list[str] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        week = f"{self.week or 'no'} interview{'' if self.week == 1 else 's'} that week"
        return f"{week}, busy {', '.join(self.busy)}" if self.busy else week


def loads_at(at: datetime) -> dict[Any, Load]:
    """By person, of the week from Monday in the viewer's zone."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = day - timedelta(days=day.weekday())
    found: dict[Any, Load] = {}
    planned = Interview.objects.going_on().filter(
        starts_at__gte=monday, starts_at__lt=monday + timedelta(days=7)
    )
    for interview in planned.order_by("starts_at", "pk"):
        load = found.setdefault(interview.interviewer_id, Load())
        load.week += 1
        if timezone.localtime(interview.starts_at).date() == day.date():
            load.busy.append(span(interview))
    return found


def span(interview: Interview) -> str:
    """10:30–11:30 in the viewer's zone."""
    start, end = timezone.localtime(interview.starts_at), timezone.localtime(ends_at(interview))
    return f"{start:%H:%M}–{end:%H:%M}"


def clashes(
    application: Application,
    people: Iterable[User],
    a_round: OpeningRound,
    starts_at: datetime,
    minutes: int,
    *,
    but: Interview | None = None,
) -> list[str]:
    """Who has something else at that time, in sentences; the candidate too, in other rounds."""
    names = {person.pk: person.name for person in people}
    end = starts_at + timedelta(minutes=minutes)
    near = Interview.objects.going_on().filter(starts_at__gt=starts_at - LONGEST, starts_at__lt=end)
    if but:
        near = near.exclude(pk=but.pk)
    busy = [
        f"{names[one.interviewer_id]} has another interview then, {span(one)}."
        for one in near.filter(interviewer__in=names).order_by("starts_at", "pk")
        if ends_at(one) > starts_at
    ]
    others = near.filter(application=application).exclude(round__name=a_round.name)
    met: dict[UUID, str] = {
        one.round_id: f"The candidate has “{one.round}” then, {span(one)}."
        for one in others.select_related("round").order_by("starts_at", "pk")
        if ends_at(one) > starts_at
    }
    return [*busy, *met.values()]
