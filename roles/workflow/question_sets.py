"""Publishing question sets. A round of an opening pins one version, which never changes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import QuestionSet, QuestionSetItem, QuestionSetVersion, QuestionVersion

from .errors import BadSet, NotAsked

Items = Sequence[tuple[QuestionVersion, bool]]


@transaction.atomic
def publish_set_version(
    *, question_set: QuestionSet, by: User | None, items: Items
) -> QuestionSetVersion:
    """The next version of the set, asking these (version, required) in this order."""
    made = add_set_version(question_set=question_set, by=by, items=items)
    trail.record(actor=by, verb="question_set.published", obj=question_set, fields=["questions"])
    return made


@transaction.atomic
def move_question(*, question_set: QuestionSet, to: QuestionVersion, by: User) -> None:
    """A new version of the set that asks `to` where it asked another version of that question."""
    locked = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    items = live_items(locked)
    moved = [
        (to if version.question_id == to.question_id else version, required)
        for version, required in items
    ]
    if moved == items:
        raise NotAsked(question_set)
    publish_set_version(question_set=locked, by=by, items=moved)


def live_items(question_set: QuestionSet) -> list[tuple[QuestionVersion, bool]]:
    live = question_set.versions.filter(published_at__isnull=False).order_by("-number").first()
    return _items_of(live) if live else []


def add_set_version(
    *, question_set: QuestionSet, by: User | None, items: Items
) -> QuestionSetVersion:
    """Without an event: for a workflow that records its own. Call it in a transaction.

    A draft that somebody works on becomes the draft of the version after this one.
    """
    _refuse_bad(items)
    QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    draft = question_set.versions.filter(published_at__isnull=True).first()
    if draft is None:
        return _publish(_add_draft(question_set, by), items)
    drafted, drafter = _items_of(draft), draft.author
    draft.author = by
    made = _publish(draft, items)
    write_items(_add_draft(question_set, drafter), drafted)
    return made


def write_items(draft: QuestionSetVersion, items: Items) -> None:
    draft.items.all().delete()
    QuestionSetItem.objects.bulk_create(
        QuestionSetItem(
            set_version=draft, question_version=version, position=position, required=required
        )
        for position, (version, required) in enumerate(items, 1)
    )


def _items_of(version: QuestionSetVersion) -> list[tuple[QuestionVersion, bool]]:
    items = version.items.select_related("question_version").order_by("position")
    return [(item.question_version, item.required) for item in items]


def _add_draft(question_set: QuestionSet, by: User | None) -> QuestionSetVersion:
    newest = question_set.versions.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    return QuestionSetVersion.objects.create(question_set=question_set, number=number, author=by)


def _publish(draft: QuestionSetVersion, items: Items) -> QuestionSetVersion:
    """Items are written to an unpublished version only; from here on the triggers hold it."""
    write_items(draft, items)
    draft.published_at = timezone.now()
    draft.save(update_fields=["author", "published_at"])
    return draft


def _refuse_bad(items: Items) -> None:
    if not items:
        raise BadSet("A question set asks at least one question.")
    unpublished = [version for version, _ in items if version.published_at is None]
    if unpublished:
        raise BadSet(f"“{unpublished[0].title}” is not published yet.")
    if len({version.question_id for version, _ in items}) < len(items):
        raise BadSet("A question set asks a question once.")
