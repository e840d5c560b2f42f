"""The candidates list: what each row may say to this viewer. The same number of queries for any
number of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.safestring import SafeString

from interviewbank.access.models import User
from interviewbank.ui.charts import NOT_IN_ROLE, cells
from roles.models import EvaluationArea
from scorecards.models import Application, Interview, RollupRecord
from scorecards.querysets.candidates import ApplicationQuerySet, owes_scorecard
from scorecards.rollup import likely_range, to_points

# Points of the scale; None is not assessed, NOT_IN_ROLE has no figure.
Score = Fraction | str | None

TABS = {"active": "Active", "decided": "Decided", "closed": "Withdrawn or closed"}


@dataclass(frozen=True)
class Flag:
    """The one thing to look at first in a row."""

    icon: str
    words: str


@dataclass(frozen=True)
class Row:
    """`hidden` says that the viewer owes a scorecard; then nothing below it is filled in."""

    application: Application
    hidden: bool
    cards: str
    record: RollupRecord | None
    strip: SafeString
    points: Fraction | None
    low: float | None
    high: float | None
    flag: Flag | None
    decision: str
    waiting: bool

    @property
    def verdict(self) -> bool:
        """Whether a score may be shown: with too little evidence it must not read as one."""
        return self.record is not None and self.record.outcome != "insufficient_evidence"


def in_tab(applications: ApplicationQuerySet, tab: str, viewer: User) -> ApplicationQuerySet:
    """What became of an application is told to its members who owe no scorecard, and to whoever
    may know the outcome. For everybody else it counts as active: a tab is a hint, too."""
    everything = Application.objects
    told = Exists(everything.card_state_visible_to(viewer).filter(pk=OuterRef("pk"))) | Exists(
        everything.outcome_visible_to(viewer).filter(pk=OuterRef("pk"))
    )
    states = {
        "active": Q(state="active"),
        "decided": Q(state="decided"),
        "closed": Q(state__in=["withdrawn", "closed"]),
    }
    if tab == "active":
        return applications.filter(states[tab] | ~told)
    return applications.filter(states[tab] & told)


def tab_counts(applications: ApplicationQuerySet, viewer: User) -> dict[str, int]:
    return {tab: in_tab(applications, tab, viewer).count() for tab in TABS}


def listed(viewer: User, *, tab: str, search: str = "") -> ApplicationQuerySet:
    """The rows of a tab, by name; an order by anything else could tell what others did."""
    found = in_tab(Application.objects.visible_to(viewer), tab, viewer)
    if search:
        found = found.filter(candidate__name__icontains=search)
    assessed = Application.objects.assessed_visible_to(viewer).filter(pk=OuterRef("pk"))
    outcome_known = Application.objects.outcome_visible_to(viewer).filter(pk=OuterRef("pk"))
    with_state = Application.objects.card_state_visible_to(viewer).filter(pk=OuterRef("pk"))
    scheduled = Application.objects.schedule_visible_to(viewer).filter(pk=OuterRef("pk"))
    counted = Q(interviews__shadow=False, interviews__state__in=Interview.OWING)
    return (
        found.with_people()
        .annotate(
            owed=owes_scorecard(viewer),
            assessed=Exists(assessed),
            outcome_known=Exists(outcome_known),
            with_state=Exists(with_state),
            scheduled=Exists(scheduled),
            planned=Count("interviews", filter=counted),
            in_=Count(
                "interviews",
                filter=counted & Q(interviews__scorecard__submitted_at__isnull=False),
            ),
        )
        .prefetch_related("rollup", "decisions")
        .order_by("candidate__name", "pk")
    )


def area_heads() -> list[str]:
    """The columns of the strips, four letters each."""
    return [name[:4] for name in EvaluationArea.objects.values_list("short_name", flat=True)]


def rows(applications: Iterable[Any]) -> list[Row]:
    """`applications` come from `listed`, with its annotations."""
    short = dict(EvaluationArea.objects.values_list("slug", "short_name"))
    return [_row(one, short) for one in applications]


def _row(application: Any, short: dict[str, str]) -> Row:
    record: RollupRecord | None = application.rollup if application.assessed else None
    waiting = record is not None and _waiting(application, record)
    score = Fraction(record.score) if record and record.score else None
    low = high = None
    if record and score is not None:
        low, high = (to_points(end) for end in likely_range(score, Fraction(record.variance)))
    decisions = list(application.decisions.all()) if application.outcome_known else []
    return Row(
        application=application,
        hidden=application.owed,
        cards=f"{application.in_} of {application.planned}" if application.with_state else "",
        record=record,
        strip=cells(_areas(record, short)) if record else SafeString(),
        points=None if score is None else to_points(score),
        low=low,
        high=high,
        flag=_flag(record, short) if record and not waiting else None,
        decision=decisions[-1].outcome if decisions else "",
        waiting=waiting,
    )


def _waiting(application: Any, record: RollupRecord) -> bool:
    """Too little evidence, and scorecards that would add some are open or not planned yet."""
    insufficient = record.outcome == "insufficient_evidence"
    return insufficient and (application.planned == 0 or application.in_ < application.planned)


def _areas(record: RollupRecord, short: dict[str, str]) -> tuple[tuple[str, Score], ...]:
    """All areas there are, so that the strips of a list stand under each other."""
    return tuple((name, _points(record.areas.get(slug))) for slug, name in short.items())


def _points(area: dict | None) -> Score:
    if area is None:
        return NOT_IN_ROLE
    return to_points(Fraction(area["score"])) if area["score"] else None


def _flag(record: RollupRecord, short: dict[str, str]) -> Flag | None:
    """The gravest first: no answer, a bar missed, people apart, a bar met only just."""
    if record.outcome == "insufficient_evidence":
        return Flag("question-lg", f"Coverage {record.coverage_float:.0%}")
    bars = {slug: area["bar"] for slug, area in record.areas.items()}
    missed = [
        short.get(slug, slug)
        for slug, bar in bars.items()
        if bar in ("not_met", "not_met_narrowly")
    ]
    if missed:
        return Flag("slash-circle", f"Below its bar: {', '.join(missed)}")
    apart = [short.get(slug, slug) for slug, area in record.areas.items() if area["flagged"]]
    if apart:
        return Flag("arrows-expand-vertical", f"Disagreement: {', '.join(apart)}")
    narrow = [short.get(slug, slug) for slug, bar in bars.items() if bar == "met_narrowly"]
    if narrow:
        return Flag("exclamation-diamond", f"Bar just met: {', '.join(narrow)}")
    if record.status == "discuss_first":
        return Flag("people", "Discuss first")
    return None
