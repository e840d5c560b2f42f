"""The list of questions: filters with the number of questions behind each, and the rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q

from roles.models import EvaluationArea, Level, Question, QuestionVersion, Role
from roles.querysets import QuestionQuerySet, latest_published, question_versions

A_PAGE = 50


@dataclass(frozen=True)
class Option:
    facet: str
    value: str
    label: str
    count: int
    chosen: bool
    query: str


@dataclass
class Facet:
    """`conditions` says for each value which questions it means."""

    name: str
    label: str
    labels: dict[str, str]
    conditions: dict[str, Q]
    chosen: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)

    def condition(self) -> Q:
        """Any of the chosen values; no value chosen is no condition."""
        found = Q()
        for value in self.chosen:
            found |= self.conditions[value]
        return found


def facets() -> list[Facet]:
    areas = EvaluationArea.objects.all()
    roles = Role.objects.all()
    through = Question.roles.through.objects
    asked_of = {
        role.slug: Q(Exists(through.filter(question=OuterRef("pk"), role=role))) for role in roles
    }
    levels = {value: Q(levels__contains=[value]) for value in Level.values}
    return [
        _facet("area", "Area", ((a.slug, a.name, Q(area=a)) for a in areas)),
        _facet("role", "Role", ((r.slug, r.name, asked_of[r.slug]) for r in roles)),
        _facet("level", "Level", ((v, n, levels[v]) for v, n in Level.choices)),
        _facet("kind", "Kind", ((v, n, Q(kind=v)) for v, n in Question.Kind.choices)),
        _facet("state", "State", _states()),
    ]


def _states() -> list[tuple[str, str, Q]]:
    live = Exists(latest_published("QuestionVersion", "question"))
    draft = Exists(question_versions(question=OuterRef("pk"), published_at__isnull=True))
    in_use = Q(retired_at__isnull=True)
    return [
        ("published", "Published", Q(live) & in_use),
        ("draft", "With a draft", Q(draft) & in_use),
        ("retired", "Retired", ~in_use),
    ]


def _facet(name: str, label: str, values: Iterable[tuple[str, str, Q]]) -> Facet:
    found = list(values)
    return Facet(
        name,
        label,
        labels={value: shown for value, shown, _ in found},
        conditions={value: condition for value, _, condition in found},
    )


@dataclass(frozen=True)
class Row:
    """A question under the words that are asked, or under those of its draft before that."""

    question: Question
    draft: QuestionVersion | None
    title: str
    prompt: str
    minutes: int


@dataclass(frozen=True)
class Listing:
    facets: list[Facet]
    page: Page
    rows: list[Row]
    search: str
    chosen: list[Option]
    query: str

    @property
    def filtered(self) -> bool:
        return bool(self.search or self.chosen)


def listing(user: Any, of: list[Facet], *, search: str, page: int) -> Listing:
    """`of` are the facets with what was chosen in them. A facet counts what the other facets leave,
    so that each number says what a click would show."""
    found = Question.objects.visible_to(user)
    if search:  # read once: searching the words is the slow part, and every facet would repeat it
        found = found.filter(pk__in=list(found.matching(search).values_list("pk", flat=True)))
    for facet in of:
        _count(facet, found, [other for other in of if other is not facet], search)
    fitting = found.with_live().with_draft().select_related("area")
    for facet in of:
        fitting = fitting.filter(facet.condition())
    shown = Paginator(fitting.order_by("area__position", "slug"), A_PAGE).get_page(page)
    return Listing(
        facets=of,
        page=shown,
        rows=[_row(question) for question in shown],
        search=search,
        chosen=[option for facet in of for option in facet.options if option.chosen],
        query=_query(of, search),
    )


def _row(question: Any) -> Row:
    draft = question.drafts[0] if question.drafts else None
    if question.live_id is None and draft:
        return Row(question, draft, draft.title, draft.prompt, draft.minutes)
    return Row(question, draft, question.live_title, question.live_prompt, question.live_minutes)


def _count(facet: Facet, found: QuestionQuerySet, others: list[Facet], search: str) -> None:
    for other in others:
        found = found.filter(other.condition())
    counted = {
        f"n{place}": Count("pk", filter=condition)
        for place, condition in enumerate(facet.conditions.values())
    }
    counts = found.aggregate(**counted) if counted else {}
    facet.options = [
        Option(
            facet.name,
            value,
            facet.labels[value],
            counts[f"n{place}"],
            value in facet.chosen,
            _query([*others, facet], search, toggle=(facet.name, value)),
        )
        for place, value in enumerate(facet.conditions)
    ]


def _query(of: list[Facet], search: str, toggle: tuple[str, str] | None = None) -> str:
    """The address of the list with one value switched on or off; always begins at page 1."""
    chosen = {(facet.name, value) for facet in of for value in facet.chosen}
    if toggle:
        chosen ^= {toggle}
    return urlencode([*([("q", search)] if search else []), *sorted(chosen)])


def bank_size(user: Any) -> dict[str, int]:
    questions = Question.objects.visible_to(user)
    live = Exists(latest_published("QuestionVersion", "question"))
    return questions.aggregate(
        questions=Count("pk"), published=Count("pk", filter=Q(live, retired_at__isnull=True))
    )
