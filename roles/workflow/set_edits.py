"""One change of what a draft asks. Each takes the items as they are, and the key of a question, and
returns them as they should be."""

from collections.abc import Callable
from uuid import UUID

from roles import limits
from roles.models import Question, QuestionVersion

from .content import standing
from .question_sets import Items
from .set_errors import AskedTwice, Full, NotInSet, NotPublished, RetiredAsked, UnknownQuestion

Edit = Callable[[Items, UUID], Items]


def live_versions(questions: list[UUID]) -> dict[UUID, QuestionVersion]:
    """The latest published version by the key of its question; of those that have one."""
    versions = QuestionVersion.objects.filter(question__in=questions, published_at__isnull=False)
    newest = versions.order_by("question_id", "-number").distinct("question_id")
    return {version.question_id: version for version in newest}


def add(items: Items, pk: UUID) -> Items:
    """At the end, in the version that is live, and required."""
    question = Question.objects.filter(pk=pk).prefetch_related("versions").first()
    if question is None:
        raise UnknownQuestion
    live, _ = standing(question)
    if live is None:
        raise NotPublished(question)
    if pk in _questions(items):
        raise AskedTwice(live)
    if question.retired_at:
        raise RetiredAsked(live)
    if len(items) >= limits.ITEMS:
        raise Full
    return [*items, (live, True)]


def remove(items: Items, pk: UUID) -> Items:
    place = _place(items, pk)
    return [*items[:place], *items[place + 1 :]]


def up(items: Items, pk: UUID) -> Items:
    return _moved(items, pk, -1)


def down(items: Items, pk: UUID) -> Items:
    return _moved(items, pk, 1)


def require(items: Items, pk: UUID) -> Items:
    return _with(items, pk, required=True)


def leave_open(items: Items, pk: UUID) -> Items:
    return _with(items, pk, required=False)


def renew(items: Items, pk: UUID) -> Items:
    """Asks the live version of the question."""
    place = _place(items, pk)
    newer = live_versions([pk]).get(pk, items[place][0])
    return [*items[:place], (newer, items[place][1]), *items[place + 1 :]]


def renew_all(items: Items) -> Items:
    live = live_versions(_questions(items))
    return [(live.get(version.question_id, version), required) for version, required in items]


EDITS: dict[str, Edit] = {
    "add": add,
    "remove": remove,
    "up": up,
    "down": down,
    "require": require,
    "leave-open": leave_open,
    "renew": renew,
}


def _questions(items: Items) -> list[UUID]:
    return [version.question_id for version, _ in items]


def _place(items: Items, pk: UUID) -> int:
    if pk not in _questions(items):
        raise NotInSet
    return _questions(items).index(pk)


def _moved(items: Items, pk: UUID, by: int) -> Items:
    """One step; over the end of the list it stays where it is."""
    place = _place(items, pk)
    rest = remove(items, pk)
    to = max(place + by, 0)
    return [*rest[:to], items[place], *rest[to:]]


def _with(items: Items, pk: UUID, *, required: bool) -> Items:
    place = _place(items, pk)
    return [*items[:place], (items[place][0], required), *items[place + 1 :]]
