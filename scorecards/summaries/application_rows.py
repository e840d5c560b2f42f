"""One row of the candidates list: what it may say to this viewer. Templates and files read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.safestring import SafeString

from interviewbank.access.models import User
from interviewbank.ui.charts import NOT_IN_ROLE, cells
from roles.models import EvaluationArea
from scorecards.models import Decision, RollupRecord
from scorecards.querysets.candidates import ApplicationQuerySet
from scorecards.rollup import likely_range, to_points

from .application_facts import (
    PENDING,
    cards_in,
    cards_planned,
    flag_shown,
    outcome_shown,
    waiting_since,
)

# Points of the scale; None is not assessed, NOT_IN_ROLE has no figure.
Score = Fraction | str | None
ICONS = {
    "evidence": "question-lg",
    "below": "slash-circle",
    "apart": "arrows-expand-vertical",
    "narrow": "exclamation-diamond",
    "discuss": "people",
}
NBSP = "\u00a0"
HIDDEN = "Hidden until you submit"


@dataclass(frozen=True)
class Flag:
    """The one thing to look at first in a row."""

    icon: str
    words: str


@dataclass(frozen=True)
class Waiting:
    """For how long the candidate waits, and for what."""

    time: timedelta
    what: str

    @property
    def hours(self) -> int:
        return int(self.time.total_seconds() // 3600)

    @property
    def words(self) -> str:
        if self.hours < 1:
            return f"under{NBSP}1{NBSP}h"
        return f"{self.hours}{NBSP}h" if self.hours < 24 else f"{self.hours // 24}{NBSP}d"


@dataclass(frozen=True)
class Row:
    """`hidden` says that the viewer owes a scorecard; then nothing below it is filled in."""

    application: Any
    hidden: bool
    comparable: bool
    cards: str
    record: RollupRecord | None
    areas: tuple[tuple[str, Score], ...]
    outcome: str
    points: Fraction | None
    low: float | None
    high: float | None
    flag: Flag | None
    waiting: Waiting | None
    decision: str

    @property
    def strip(self) -> SafeString:
        return cells(self.areas)

    @property
    def verdict(self) -> bool:
        """Whether a score may be shown: with too little evidence it must not read as one."""
        return self.points is not None

    @property
    def spread(self) -> Fraction | None:
        """In points, as the score is."""
        return 3 * _exact(self.record.spread) if self.record and self.record.spread else None


def with_columns(found: ApplicationQuerySet, viewer: User) -> ApplicationQuerySet:
    """`found` has its facts already."""
    last = Decision.objects.filter(application=OuterRef("pk")).order_by("-number")
    return (
        found.with_people()
        .select_related("rollup")
        .annotate(
            says=outcome_shown(),
            flagged=flag_shown(),
            waits_since=waiting_since(viewer),
            planned=Case(When(informed=True, then=cards_planned())),
            in_=Case(When(informed=True, then=cards_in())),
            decision_known=Case(
                When(
                    Q(decided_known=True) & ~Q(state="active"),
                    then=Subquery(last.values("outcome")[:1]),
                ),
                default=Value(""),
                output_field=CharField(),
            ),
        )
    )


def area_names() -> dict[str, str]:
    """The columns of the strips, by slug."""
    return dict(EvaluationArea.objects.values_list("slug", "short_name"))


def rows(applications: Iterable[Any], short: dict[str, str]) -> Iterable[Row]:
    """`applications` come from `with_columns`; made one by one, for files of any length."""
    now = timezone.now()
    return (_row(one, short, now) for one in applications)


def _row(one: Any, short: dict[str, str], now: datetime) -> Row:
    record: RollupRecord | None = getattr(one, "rollup", None) if one.assessed else None
    score = None
    if record and record.score and one.says not in (PENDING, "insufficient_evidence"):
        score = _exact(record.score)
    low = high = None
    if record and score is not None:
        low, high = (to_points(end) for end in likely_range(score, Fraction(record.variance)))
    return Row(
        application=one,
        hidden=one.owed,
        comparable=record is not None,
        cards=f"{one.in_ or 0} of {one.planned or 0}" if one.informed else "",
        record=record,
        areas=_areas(record, short) if record else (),
        outcome=one.says,
        points=None if score is None else to_points(score),
        low=low,
        high=high,
        flag=_flag(record, one.flagged, short) if record else None,
        waiting=_waiting(one, now),
        decision=one.decision_known or "",
    )


def _waiting(one: Any, now: datetime) -> Waiting | None:
    if one.waits_since is None:
        return None
    return Waiting(now - one.waits_since, "your scorecard" if one.owed else "a decision")


def _areas(record: RollupRecord, short: dict[str, str]) -> tuple[tuple[str, Score], ...]:
    """All areas there are, so that the strips of a list stand under each other."""
    return tuple((name, _points(record.areas.get(slug))) for slug, name in short.items())


def _points(area: dict | None) -> Score:
    if area is None:
        return NOT_IN_ROLE
    return _exact_points(area["score"]) if area["score"] else None


# The same few scores come again and again in the 100,000 lines of a file.
@lru_cache(maxsize=10_000)
def _exact(text: str) -> Fraction:
    return Fraction(text)


@lru_cache(maxsize=10_000)
def _exact_points(text: str) -> Fraction:
    return to_points(Fraction(text))


def _flag(record: RollupRecord, kind: str, short: dict[str, str]) -> Flag | None:
    """The words of the flag that SQL has found, with the areas that it means."""
    if kind in ("", "none"):
        return None
    bars = {slug: area["bar"] for slug, area in record.areas.items()}
    words = {
        "evidence": f"Coverage {record.coverage_float:.0%}",
        "below": "Below its bar: " + _named(bars, short, "not_met", "not_met_narrowly"),
        "apart": "Disagreement: "
        + ", ".join(short.get(slug, slug) for slug, one in record.areas.items() if one["flagged"]),
        "narrow": "Bar just met: " + _named(bars, short, "met_narrowly"),
        "discuss": "Discuss first",
    }
    return Flag(ICONS[kind], words[kind])


def _named(bars: dict[str, str | None], short: dict[str, str], *states: str) -> str:
    return ", ".join(short.get(slug, slug) for slug, bar in bars.items() if bar in states)
