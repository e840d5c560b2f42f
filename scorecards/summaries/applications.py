"""The candidates list: tabs, filters, order and one page of rows.

The same number of queries for any number of candidates.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from interviewbank.access.models import User
from interviewbank.ui.words import RECOMMENDATIONS
from roles.models import Level, Role
from scorecards.models import Application, Opening
from scorecards.querysets.candidates import ApplicationQuerySet

from .application_facts import FLAGS
from .application_filters import (
    OPENINGS_SHOWN,
    OUTCOMES,
    SORTS,
    TAB_CONDITIONS,
    TABS,
    WAITING_TABS,
    Asked,
    Head,
    Tag,
    fitting,
    heads,
    openings_of,
    ordered,
    sort_choices,
    tags,
)
from .application_rows import Row, area_names, rows, with_columns

__all__ = ["Asked", "Listing", "listing", "openings_of", "sort_choices"]
PAGE_SIZE = 50
# From here on who asks for an XLSX, which is written before it is sent, is told that it takes long.
SLOW_FILE = 10_000


@dataclass(frozen=True)
class Tab:
    label: str
    count: int
    query: str
    current: bool


@dataclass(frozen=True)
class Select:
    """A filter with one value of several; the first option is none."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Hides:
    """A filter without which `count` candidates would show."""

    tag: Tag
    count: int


@dataclass(frozen=True)
class Listing:
    asked: Asked
    tabs: list[Tab]
    page: Page
    rows: list[Row]
    elsewhere: list[Application]
    area_heads: list[str]
    selects: list[Select]
    tags: list[Tag]
    heads: dict[str, Head]
    hides: list[Hides]

    @property
    def order_words(self) -> str:
        reverse = self.asked.order.startswith("-")
        return SORTS[self.asked.order.lstrip("-")][reverse].lower()

    @property
    def tells_decisions(self) -> bool:
        """Here nobody waits; the last column says what was decided."""
        return self.asked.tab not in WAITING_TABS

    @property
    def selectable(self) -> bool:
        return any(row.comparable for row in self.rows)

    @property
    def of_files(self) -> str:
        """A file has the rows of all pages, ticked or not."""
        return self.asked.query(picked=())

    @property
    def slow_file(self) -> bool:
        return self.page.paginator.count > SLOW_FILE


class _CountedPaginator(Paginator):
    """The number of the tab is known already."""

    def __init__(self, found: QuerySet, count: int) -> None:
        super().__init__(found, PAGE_SIZE)
        self._known = count

    @cached_property
    def count(self) -> int:
        return self._known


def listing(viewer: User, asked: Asked, *, page: str) -> Listing:
    found = fitting(viewer, asked)
    counts = _counts(found)
    keys = ordered(found.filter(TAB_CONDITIONS[asked.tab]), viewer, asked)
    shown = _CountedPaginator(keys.values_list("pk", flat=True), counts[asked.tab]).get_page(page)
    short = area_names()
    chosen = tags(asked)
    on_page = list(shown)
    return Listing(
        asked=asked,
        tabs=[
            Tab(label, counts[tab], asked.query(tab=tab, sort=""), tab == asked.tab)
            for tab, label in TABS.items()
        ],
        page=shown,
        rows=list(rows(_in_order(viewer, on_page), short)),
        elsewhere=_elsewhere(viewer, asked, on_page),
        area_heads=[name if len(name) <= 6 else name[:4] for name in short.values()],
        selects=_selects(viewer, asked),
        tags=chosen,
        heads=heads(asked),
        hides=[] if counts[asked.tab] else _hides(viewer, asked, chosen),
    )


def _counts(found: ApplicationQuerySet) -> dict[str, int]:
    """What each tab would show, all in one reading; a candidate who is not ready is being met."""
    counted = {tab: of for tab, of in TAB_CONDITIONS.items() if tab != "interviewing"}
    counts = found.aggregate(**{tab: Count("pk", filter=of) for tab, of in counted.items()})
    return {**counts, "interviewing": counts["active"] - counts["ready"]}


def _in_order(viewer: User, keys: list) -> list:
    """The dear columns are read for the rows of this page only."""
    found = with_columns(fitting(viewer, Asked()).filter(pk__in=keys), viewer)
    members = Application.objects.schedule_visible_to(viewer).filter(pk=OuterRef("pk"))
    by_key = {one.pk: one for one in found.annotate(scheduled=Exists(members))}
    return [by_key[key] for key in keys if key in by_key]


def _elsewhere(viewer: User, asked: Asked, on_page: list) -> list[Application]:
    """Who is ticked and not on this page, of those whose boxes the viewer has."""
    others = set(asked.picked) - set(on_page)
    if not others:
        return []
    found = Application.objects.assessed_visible_to(viewer).filter(
        pk__in=others, rollup__isnull=False
    )
    return list(found.select_related("candidate").order_by("candidate__name_folded", "pk"))


def _hides(viewer: User, asked: Asked, chosen: list[Tag]) -> list[Hides]:
    """For an empty page: how many each filter alone keeps away."""
    counted = [
        Hides(tag, fitting(viewer, without).filter(TAB_CONDITIONS[asked.tab]).count())
        for tag in chosen
        for without in [asked.without(tag.name)]
    ]
    return [one for one in counted if one.count]


def _selects(viewer: User, asked: Asked) -> list[Select]:
    chosen = asked.opening
    openings = list(openings_of(viewer)[:OPENINGS_SHOWN])
    if chosen and chosen not in openings:
        openings.append(chosen)
    outcomes = [(name, RECOMMENDATIONS[name].label) for name in OUTCOMES]
    return [
        Select("opening", "Opening", _with_any("Any opening", _named(openings)), _key(chosen)),
        Select(
            "role",
            "Role",
            _with_any("Any role", [(role.slug, role.name) for role in Role.objects.all()]),
            asked.role.slug if asked.role else "",
        ),
        Select("level", "Level", _with_any("Any level", Level.choices), asked.level),
        Select(
            "recommendation",
            "Recommendation",
            _with_any("Any recommendation", outcomes),
            asked.recommendation,
        ),
        Select("flag", "Look here", _with_any("Any flag", list(FLAGS.items())), asked.flag),
        Select("sort", "Order", sort_choices(), asked.order),
    ]


def _named(openings: list[Opening]) -> list[tuple[str, str]]:
    return [(str(opening.pk), opening.title) for opening in openings]


def _key(opening: Opening | None) -> str:
    return str(opening.pk) if opening else ""


def _with_any(words: str, options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", words), *options]
