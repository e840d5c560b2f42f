"""The line of a debrief hour. Whoever may not see a candidate's assessments does not see them in
the line: that somebody stands there says that their scorecards are in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import (
    Application,
    Debrief,
    DebriefHour,
    Decision,
    Interview,
    Opening,
)
from scorecards.permissions import can_line_up


@dataclass(frozen=True)
class Line:
    """A candidate in the line, at `number` for this viewer; `debrief` is the last one, `minutes`
    how long the chair was there so far."""

    number: int
    application: Application
    current: bool
    debrief: UUID | None
    under_way: bool
    decision: str
    minutes: int


@dataclass(frozen=True)
class LineUp:
    """`left` are the minutes until the hour should end, below 0 when it should have."""

    hour: DebriefHour
    lines: list[Line]
    left: int

    @property
    def current(self) -> Line | None:
        return next((line for line in self.lines if line.current), None)

    @property
    def undecided(self) -> int:
        return sum(not line.decision for line in self.lines)

    @property
    def to_come(self) -> int:
        """Undecided ones after the one that the chair is at."""
        now = self.current.number if self.current else 0
        return sum(not line.decision for line in self.lines[now:])

    @property
    def each(self) -> int:
        return self.left // self.to_come

    @property
    def over(self) -> int:
        return -self.left

    def beside(self, step: int) -> Line | None:
        """The one before or after; the first, while the chair is at nobody whom one sees."""
        if self.current is None:
            return self.lines[0] if step > 0 and self.lines else None
        at = self.current.number - 1 + step
        return self.lines[at] if 0 <= at < len(self.lines) else None

    @property
    def next(self) -> Line | None:
        return self.beside(1)

    @property
    def previous(self) -> Line | None:
        return self.beside(-1)


@dataclass(frozen=True)
class Place:
    """Where one debrief stands in the line that is under way."""

    line_up: LineUp
    line: Line


def line_up(hour: DebriefHour, viewer: User) -> LineUp:
    now = timezone.now()
    ends = hour.opened_at + timedelta(minutes=hour.minutes)
    lines = _lines(hour, _with_states(hour.items.visible_to(viewer)), now)
    return LineUp(hour, lines, (ends - now) // timedelta(minutes=1))


def in_line(hour: DebriefHour, viewer: User) -> QuerySet[Application]:
    lined_up = hour.items.visible_to(viewer)
    return (
        Application.objects.filter(pk__in=lined_up.values("application"))
        .select_related("candidate")
        .order_by("candidate__name_folded", "pk")
    )


def under_way(opening: Opening, viewer: User) -> DebriefHour | None:
    return DebriefHour.objects.visible_to(viewer).under_way().filter(opening=opening).first()


def place_of(debrief: Debrief, viewer: User) -> Place | None:
    """`debrief` is visible to the viewer. One short query while no hour has it in line."""
    hours = DebriefHour.objects.under_way().filter(items__application=debrief.application_id)
    if not (hour := hours.first()):
        return None
    found = line_up(hour, viewer)
    here = [line for line in found.lines if line.application.pk == debrief.application_id]
    return Place(found, here[0]) if here else None


def _with_states(items: QuerySet[Any]) -> QuerySet[Any]:
    debriefs = Debrief.objects.filter(application=OuterRef("application")).order_by("-number")
    decisions = Decision.objects.filter(application=OuterRef("application")).order_by("-number")
    return (
        items.select_related("application__candidate")
        .annotate(
            debrief=Subquery(debriefs.values("pk")[:1]),
            open_debrief=Subquery(debriefs.under_way().values("pk")[:1]),
            decision=Subquery(decisions.values("outcome")[:1]),
        )
        .order_by("position")
    )


def _lines(hour: DebriefHour, items: Iterable[Any], now: datetime) -> list[Line]:
    return [
        Line(
            number=number,
            application=one.application,
            current=one.application_id == hour.current_id,
            debrief=one.debrief,
            under_way=one.open_debrief is not None,
            decision=one.decision or "",
            minutes=_seconds(hour, one, now) // 60,
        )
        for number, one in enumerate(items, 1)
    ]


def _seconds(hour: DebriefHour, item: Any, now: datetime) -> int:
    goes_on = not hour.closed_at and item.application_id == hour.current_id
    stay = (now - hour.moved_at).total_seconds() if goes_on else 0
    return item.seconds + max(0, int(stay))


@dataclass(frozen=True)
class State:
    """For the page of the opening."""

    under_way: DebriefHour | None
    may_open: bool


def state_of(opening: Opening, viewer: User) -> State:
    return State(under_way(opening, viewer), can_line_up(viewer, opening))


@dataclass(frozen=True)
class Choice:
    """A candidate who can be lined up, with whose scorecards are missing."""

    application: Application
    missing: list[str]


def choices(opening: Opening, viewer: User) -> list[Choice]:
    """Whom there is a review of, and no decision but that more evidence is needed."""
    newest = Decision.objects.filter(application=OuterRef("pk")).order_by("-number")
    heard = Count(
        "interviews",
        filter=Q(interviews__shadow=False, interviews__scorecard__submitted_at__isnull=False),
    )
    found = list(
        Application.objects.assessed_visible_to(viewer)
        .filter(opening=opening, state__in=["active", "decided"], candidate__erased_at__isnull=True)
        .annotate(heard=heard, decision=Subquery(newest.values("outcome")[:1]))
        .filter(Q(decision=None) | Q(decision="more_evidence"), heard__gt=0)
        .select_related("candidate")
        .order_by("candidate__name_folded", "pk")
    )
    missing: dict[UUID, list[str]] = {one.pk: [] for one in found}
    owing = Interview.objects.owing().counted().filter(application__in=found)
    for interview in owing.select_related("interviewer").order_by("starts_at", "pk"):
        missing[interview.application_id].append(interview.interviewer.name)
    return [Choice(one, missing[one.pk]) for one in found]
