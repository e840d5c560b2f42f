"""The list of questions: what fits the filters, in which order, and how many behind each filter."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Q

from roles.models import Question, QuestionSet, QuestionSetItem, QuestionVersion
from roles.querysets import QuestionQuerySet, latest_published

from .facets import Facet, Option, each_tag, facets
from .use import submitted_of

__all__ = ["SORTS", "Listing", "bank_size", "facets", "listing"]
A_PAGE = 50
# The columns that the list can be sorted by, each as its first click does it.
COLUMNS = {"title": "Question", "area": "Area", "minutes": "Minutes", "changed": "Changed"}
SORTS = {"title": "title", "area": "area", "minutes": "minutes", "changed": "-changed"}


@dataclass(frozen=True)
class Row:
    """A question under the words that are asked, or under those of its draft before that. `sets`
    is how many question sets ask it, `used` in words how many submitted scorecards did."""

    question: Question
    draft: QuestionVersion | None
    title: str
    prompt: str
    minutes: int
    sets: int
    used: str


@dataclass(frozen=True)
class Head:
    """A column that sorts: `query` is the address of the list in its order; `sorted` is how it is
    sorted by now, in the words of aria-sort."""

    label: str
    query: str
    sorted: str = ""


@dataclass(frozen=True)
class Asked:
    """What the address asks for, but for the page."""

    facets: list[Facet]
    search: str
    sort: str

    def query(self, toggle: tuple[str, str] | None = None, sort: str | None = None) -> str:
        """The address with one value switched on or off, or sorted; always begins at page 1."""
        chosen = {(facet.name, value) for facet in self.facets for value in facet.chosen}
        if toggle:
            chosen ^= {toggle}
        order = self.sort if sort is None else sort
        return urlencode(
            [
                *([("q", self.search)] if self.search else []),
                *sorted(chosen),
                *([("sort", order)] if order else []),
            ]
        )

    def heads(self) -> dict[str, Head]:
        return {name: self._head(name, first) for name, first in SORTS.items()}

    def _head(self, name: str, first: str) -> Head:
        now = self.sort or ("" if self.search else "area")
        if now.lstrip("-") != name:
            return Head(COLUMNS[name], self.query(sort=first))
        down = now.startswith("-")
        other = name if down else f"-{name}"
        return Head(COLUMNS[name], self.query(sort=other), "descending" if down else "ascending")


@dataclass(frozen=True)
class Listing:
    """`best_match` is the address that sorts a search by rank again, where it is not."""

    facets: list[Facet]
    page: Page
    rows: list[Row]
    search: str
    chosen: list[Option]
    query: str
    heads: dict[str, Head]
    best_match: str

    @property
    def filtered(self) -> bool:
        return bool(self.search or self.chosen)


def listing(user: Any, of: list[Facet], *, search: str, page: int, sort: str = "") -> Listing:
    """`of` are the facets with what was chosen in them. A facet counts what the other facets leave,
    so that each number says what a click would show."""
    asked = Asked(of, search, sort)
    found = Question.objects.visible_to(user).matching(search)
    for facet in of:
        facet.options = _options(facet, found, asked)
    fitting = found
    for facet in of:
        fitting = fitting.filter(facet.condition())
    shown = Paginator(_sorted(fitting, asked), A_PAGE).get_page(page)
    return Listing(
        facets=of,
        page=shown,
        rows=_rows(user, shown),
        search=search,
        chosen=[option for facet in of for option in facet.options if option.chosen],
        query=asked.query(),
        heads=asked.heads(),
        best_match=asked.query(sort="") if search and sort else "",
    )


def _sorted(fitting: QuestionQuerySet, asked: Asked) -> QuestionQuerySet:
    rows = fitting.with_live().with_changed().with_draft().select_related("area")
    if asked.search and not asked.sort:
        return rows.ranked(asked.search)
    column = asked.sort or "area"
    return rows.sorted_by(column.lstrip("-"), down=column.startswith("-"))


def _rows(user: Any, shown: Page) -> list[Row]:
    questions: list[Any] = list(shown)
    asking: Any = QuestionSet.objects.visible_to(user).with_live()
    items = QuestionSetItem.objects.filter(
        set_version__in=asking.values("live_id"), question_version__question__in=questions
    )
    by_question = items.values_list("question_version__question").order_by()
    sets = dict(by_question.annotate(sets=Count("pk")))
    used = submitted_of([question.live_id for question in questions if question.live_id])
    return [
        _row(question, sets.get(question.pk, 0), used.get(question.live_id, ""))
        for question in questions
    ]


def _row(question: Any, sets: int, used: str) -> Row:
    draft = question.drafts[0] if question.drafts else None
    if question.live_id is None and draft:
        return Row(question, draft, draft.title, draft.prompt, draft.minutes, sets, used)
    words = (question.live_title, question.live_prompt, question.live_minutes)
    return Row(question, draft, *words, sets, used)


def _options(facet: Facet, found: QuestionQuerySet, asked: Asked) -> list[Option]:
    for other in asked.facets:
        if other is not facet:
            found = found.filter(other.condition())
    counts = _tag_counts(found) if facet.name == "tag" else _counts(facet, found)
    options = [
        Option(
            facet.name,
            value,
            label,
            counts.get(value, 0),
            value in facet.chosen,
            asked.query(toggle=(facet.name, value)),
        )
        for value, label in facet.labels.items()
    ]
    if facet.most is None:
        return options
    most = sorted(options, key=lambda one: -one.count)[: facet.most]
    return [one for one in options if one.chosen or (one in most and one.count)]


def _counts(facet: Facet, found: QuestionQuerySet) -> dict[str, int]:
    counted = {
        f"n{place}": Count("pk", filter=condition)
        for place, condition in enumerate(facet.conditions.values())
    }
    counts = found.aggregate(**counted) if counted else {}
    return {value: counts[f"n{place}"] for place, value in enumerate(facet.conditions)}


def _tag_counts(found: QuestionQuerySet) -> dict[str, int]:
    """In one reading: with a condition for each tag it would be as many as there are tags."""
    each = found.order_by().annotate(tag=each_tag()).values_list("tag")
    return dict(each.annotate(questions=Count("pk")).order_by("tag"))


def bank_size(user: Any) -> dict[str, int]:
    questions = Question.objects.visible_to(user)
    live = Exists(latest_published("QuestionVersion", "question"))
    return questions.aggregate(
        questions=Count("pk"), published=Count("pk", filter=Q(live, retired_at__isnull=True))
    )
