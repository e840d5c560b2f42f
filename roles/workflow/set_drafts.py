"""What editors do with a question set: make it, edit its one draft, publish, copy, discard.

An edit of a draft is no event of the trail: the draft itself is the record until it is published.
"""

import re
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from psycopg.errors import UniqueViolation

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles import limits
from roles.models import QuestionSet, QuestionSetVersion, Role

from . import set_content
from .content import changed
from .errors import NoDraft
from .question_sets import Items, write_items
from .set_content import Standing, pairs, standing
from .set_edits import EDITS, renew_all
from .set_errors import SetChanged, SetGone, SetSlugTaken, UnknownQuestion

RENEW_ALL = "renew-all"


@transaction.atomic
def create_set(*, by: User, role: Role, level: str, slug: str = "", **facts: Any) -> QuestionSet:
    """A new set with an empty draft of version 1."""
    made, _ = _new_set(by, role=role, level=level, slug=slug, **facts)
    trail.record(actor=by, verb="question_set.created", obj=made)
    return made


@transaction.atomic
def copy_set(
    *, source: QuestionSet, by: User, role: Role, level: str, slug: str = "", **facts: Any
) -> QuestionSet:
    """A new set whose draft asks what the source asks: live, or in its first draft."""
    made, draft = _new_set(by, role=role, level=level, slug=slug, **facts)
    now = standing(source)
    write_items(draft, pairs(now.live or now.draft))
    trail.record(actor=by, verb="question_set.copied", obj=made)
    return made


@transaction.atomic
def change_facts(
    *, question_set: QuestionSet, by: User, seen: str | None = None, **facts: Any
) -> list[str]:
    """Name, round, minutes, purpose: of the set itself. Returns the names of what changed."""
    locked = _locked(question_set)
    if seen is not None and seen != set_content.facts_token(locked):
        raise SetChanged("Somebody")
    names = changed(set_content.facts_of(locked), facts)
    if names:
        for name in names:
            setattr(locked, name, facts[name])
        locked.save(update_fields=names)
        trail.record(actor=by, verb="question_set.changed", obj=locked, fields=names)
    return names


@transaction.atomic
def edit_draft(
    *,
    question_set: QuestionSet,
    by: User,
    do: str,
    question: UUID | None = None,
    seen: str | None = None,
) -> Items:
    """One of EDITS with that question, or RENEW_ALL. The draft is made from the live version where
    there is none; a change that changes nothing makes none. Returns what is asked now."""
    locked = _locked(question_set)
    now = standing(locked)
    _refuse_changed(now, seen)
    before = pairs(now.newest)
    after = _edited(before, do, question)
    if after == before:
        return before
    draft, is_new = now.draft, now.draft is None
    if draft is None:
        draft = QuestionSetVersion(question_set=locked, number=now.number)
    draft.author = by
    draft.save()
    write_items(draft, after)
    if is_new:
        trail.record(actor=by, verb="question_set.drafted", obj=locked)
    return after


@transaction.atomic
def publish_set_draft(
    *, question_set: QuestionSet, by: User, seen: str | None = None
) -> QuestionSetVersion:
    """The draft becomes the live version, for new openings."""
    locked = _locked(question_set)
    now = standing(locked)
    if now.draft is None:
        raise NoDraft
    _refuse_changed(now, seen)
    for fault in set_content.faults(now):
        raise fault
    now.draft.author = by
    now.draft.published_at = timezone.now()
    now.draft.save(update_fields=["author", "published_at"])
    trail.record(actor=by, verb="question_set.published", obj=locked, fields=["questions"])
    return now.draft


@transaction.atomic
def discard_set_draft(*, question_set: QuestionSet, by: User, seen: str | None = None) -> bool:
    """Drops the draft; a set that was never published goes with it. Says whether it stays."""
    locked = _locked(question_set)
    now = standing(locked)
    if now.draft is None:
        raise NoDraft
    _refuse_changed(now, seen)
    QuestionSetVersion.objects.filter(pk=now.draft.pk, published_at__isnull=True).delete()
    if now.live is None:
        QuestionSet.objects.filter(pk=locked.pk).delete()
    verb = "question_set.draft_discarded" if now.live else "question_set.discarded"
    trail.record(actor=by, verb=verb, obj=locked)
    return now.live is not None


def _edited(items: Items, do: str, question: UUID | None) -> Items:
    if do == RENEW_ALL:
        return renew_all(items)
    if question is None:
        raise UnknownQuestion
    return EDITS[do](items, question)


def _new_set(by: User, *, slug: str, **columns: Any) -> tuple[QuestionSet, QuestionSetVersion]:
    slug = slug or _free_slug(columns["name"])
    try:
        with transaction.atomic():
            made = QuestionSet.objects.create(slug=slug, **columns)
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise SetSlugTaken(slug) from error
        raise
    return made, QuestionSetVersion.objects.create(question_set=made, number=1, author=by)


def _free_slug(name: str) -> str:
    """Made from the name, with a number where that is taken: sets of many roles share a name."""
    base = re.sub("[^a-z0-9]+", "-", slugify(name))[: limits.SLUG_LENGTH - 5].strip("-") or "set"
    taken = set(QuestionSet.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _locked(question_set: QuestionSet) -> QuestionSet:
    found = QuestionSet.objects.select_for_update().filter(pk=question_set.pk).first()
    if found is None:
        raise SetGone
    return found


def _refuse_changed(now: Standing, seen: str | None) -> None:
    if seen is not None and seen != set_content.token(now):
        raise SetChanged(str(now.newest.author) if now.newest and now.newest.author else "Somebody")
