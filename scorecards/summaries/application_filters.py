"""The filters of the candidates list: their values, what each means, and the address of each."""

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from interviewbank.access.models import User
from interviewbank.db import having_words
from interviewbank.ui.words import RECOMMENDATIONS
from roles.models import Level, Role
from scorecards.models import Application, Opening
from scorecards.querysets.candidates import ApplicationQuerySet

from .application_facts import (
    ACTIVE,
    FLAGS,
    PENDING,
    READY,
    figure,
    flag_shown,
    outcome_shown,
    score,
    waiting_since,
    with_facts,
)

TABS = {
    "active": "All active",
    "interviewing": "Interviewing",
    "ready": "Ready for decision",
    "decided": "Decided",
    "closed": "Withdrawn or closed",
}
WAITING_TABS = ("active", "interviewing", "ready")
TAB_CONDITIONS = {
    "active": ACTIVE,
    "interviewing": Q(ACTIVE & ~READY),
    "ready": READY,
    "decided": Q(state="decided", told=True, again__isnull=True),
    "closed": Q(state__in=["withdrawn", "closed"], told=True),
}
OUTCOMES = [
    "strong_hire",
    "hire",
    "leaning_hire",
    "leaning_no_hire",
    "no_hire",
    "strong_no_hire",
    "insufficient_evidence",
    PENDING,
]
# What the first click on a column does, and what the other direction is.
SORTS = {
    "waiting": ("Longest wait first", "Shortest wait first"),
    "score": ("Highest score first", "Lowest score first"),
    "coverage": ("Lowest coverage first", "Highest coverage first"),
    "spread": ("Widest spread first", "Narrowest spread first"),
    "name": ("By name", "By name, from Z"),
}
DESCENDING = ("score", "spread")
OPENINGS_SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """What the address asks for, but for the page. Empty is no filter. `picked` are those ticked
    for a comparison, on this page or another: `a` once for each, as the comparison takes them."""

    tab: str = "active"
    q: str = ""
    opening: Opening | None = None
    role: Role | None = None
    level: str = ""
    recommendation: str = ""
    flag: str = ""
    sort: str = ""
    picked: tuple[UUID, ...] = ()

    @property
    def order(self) -> str:
        return self.sort or ("waiting" if self.tab in WAITING_TABS else "name")

    def query(self, **changes: Any) -> str:
        """The address with these changes; it begins at page 1."""
        asked = replace(self, **changes)
        values = {one.name: getattr(asked, one.name) for one in fields(asked)}
        values["a"] = values.pop("picked")
        if asked.role:
            values["role"] = asked.role.slug
        if asked.opening:
            values["opening"] = asked.opening.pk
        if asked.tab == "active":
            del values["tab"]
        given = {name: value for name, value in values.items() if value}
        return "?" + urlencode(given, doseq=True)

    def without(self, name: str) -> "Asked":
        nothing: Any = None if name in ("opening", "role") else ""
        return replace(self, **{name: nothing})


@dataclass(frozen=True)
class Tag:
    """A filter that is on; `query` is the address without it."""

    name: str
    words: str
    query: str


@dataclass(frozen=True)
class Head:
    """A column that sorts, `sorted` in the words of aria-sort."""

    query: str
    sorted: str


def tags(asked: Asked) -> list[Tag]:
    said = {
        "q": asked.q and f"Name contains “{asked.q}”",
        "opening": asked.opening and f"Opening: {asked.opening}",
        "role": asked.role and f"Role: {asked.role}",
        "level": asked.level and f"Level: {Level(asked.level).label.lower()}",
        "recommendation": asked.recommendation
        and f"Recommendation: {RECOMMENDATIONS[asked.recommendation].label.lower()}",
        "flag": asked.flag and f"Look here: {FLAGS[asked.flag].lower()}",
    }
    return [Tag(name, words, asked.without(name).query()) for name, words in said.items() if words]


def heads(asked: Asked) -> dict[str, Head]:
    return {name: _head(name, asked) for name in SORTS}


def _head(name: str, asked: Asked) -> Head:
    reverse = asked.order.startswith("-")
    if asked.order.lstrip("-") != name:
        return Head(asked.query(sort=name), "")
    falling = (name in DESCENDING or name == "waiting") != reverse
    other = name if reverse else f"-{name}"
    return Head(asked.query(sort=other), "descending" if falling else "ascending")


def sort_choices() -> list[tuple[str, str]]:
    return [
        (f"{way}{name}", words)
        for name, both in SORTS.items()
        for way, words in zip(("", "-"), both, strict=True)
    ]


def openings_of(viewer: User) -> QuerySet[Opening]:
    """Those of which the viewer sees a candidate, the newest first."""
    seen = Application.objects.visible_to(viewer).filter(opening=OuterRef("pk"))
    return Opening.objects.filter(Exists(seen)).order_by("-created_at", "pk")


def fitting(viewer: User, asked: Asked) -> ApplicationQuerySet:
    """What the filters leave in all tabs, with its facts."""
    found = with_facts(Application.objects.visible_to(viewer), viewer)
    if asked.q:
        found = found.filter(having_words(asked.q, "candidate__name_folded"))
    if asked.opening:
        found = found.filter(opening=asked.opening)
    if asked.role:
        found = found.filter(opening__role=asked.role)
    if asked.level:
        found = found.filter(opening__level=asked.level)
    if asked.recommendation:
        found = found.annotate(says=outcome_shown()).filter(says=asked.recommendation)
    if asked.flag:
        found = found.annotate(flagged=flag_shown()).filter(flagged=asked.flag)
    return found


def ordered(found: ApplicationQuerySet, viewer: User, asked: Asked) -> ApplicationQuerySet:
    """Rows that do not say the figure come last, whichever way; ties go by name, then by id."""
    name = asked.order.lstrip("-")
    reverse = asked.order.startswith("-")
    if name == "name":
        by: Any = F("candidate__name_folded")
        return found.order_by(by.desc() if reverse else by.asc(), "pk")
    if name == "waiting":
        by = waiting_since(viewer)
    else:
        by = score() if name == "score" else figure(f"{name}_float")
    down = (name in DESCENDING) != reverse
    by = by.desc(nulls_last=True) if down else by.asc(nulls_last=True)
    return found.order_by(by, "candidate__name_folded", "pk")
