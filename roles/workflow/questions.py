"""What editors do with a question: write it, revise it in a draft, publish, discard.

Saving a draft is no event of the trail: the draft itself is the record until it is published.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import EvaluationArea, Question, QuestionSet, QuestionVersion, Role

from . import content
from .errors import (
    AreaFixed,
    Changed,
    NoChangeKind,
    NoDraft,
    NothingChanges,
    NotReady,
    SlugTaken,
)
from .question_sets import move_question

Change = QuestionVersion.Change


@transaction.atomic
def create_question(
    *,
    by: User | None,
    slug: str,
    area: EvaluationArea,
    kind: str,
    levels: Sequence[str],
    roles: Iterable[Role],
    tags: Sequence[str] = (),
    owner: User | None = None,
    **words: Any,
) -> QuestionVersion:
    """A new question with version 1 as a draft. Its writer owns it, unless somebody is named."""
    try:
        with transaction.atomic():
            question = Question.objects.create(
                slug=slug,
                area=area,
                kind=kind,
                levels=list(levels),
                tags=list(tags),
                owner=owner or by,
            )
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise SlugTaken(slug) from error
        raise
    question.roles.set(roles)
    version = QuestionVersion.objects.create(
        question=question, number=1, change=Change.FIRST, author=by, **words
    )
    trail.record(actor=by, verb="question.created", obj=question)
    return version


@transaction.atomic
def save_draft(
    *, question: Question, by: User, seen: str | None = None, **fields: Any
) -> QuestionVersion:
    """Writes the one draft, made from the live version where there is none; returns it, or the live
    version where the words stay as they are. What the question is filed under changes at once.

    `seen` is the token of what the editor had before them.
    """
    question = _locked(question)
    live, draft = content.standing(question)
    _refuse_changed(question, live, draft, seen)
    filing = {name: fields.pop(name) for name in content.FILING if name in fields}
    version = _write_draft(question, live, draft, by, fields)
    refiled = file_question(question, live, filing)
    if refiled:
        trail.record(actor=by, verb="question.filed", obj=question, fields=refiled)
    return version


@transaction.atomic
def publish_draft(
    *,
    question: Question,
    by: User,
    change: str = "",
    note: str = "",
    sets: Iterable[QuestionSet] = (),
    seen: str | None = None,
) -> QuestionVersion:
    """The draft becomes the live version, and the given sets get a version that asks it."""
    question = _locked(question)
    live, draft = content.standing(question)
    if draft is None:
        raise NoDraft
    _refuse_changed(question, live, draft, seen)
    if missing := content.missing(draft):
        raise NotReady(missing)
    fields = list(content.WORDS)
    if live:
        fields = content.changed(content.words_of(live), content.words_of(draft))
        if not fields:
            raise NothingChanges(live.number)
        if change not in (Change.WORDING, Change.MEANING):
            raise NoChangeKind
    draft.change = change if live else Change.FIRST
    draft.change_note = note
    draft.published_at = timezone.now()
    draft.save(update_fields=["change", "change_note", "published_at"])
    # In one order, so that two editors who publish at once don't wait for each other.
    for question_set in sorted(sets, key=lambda one: one.pk):
        move_question(question_set=question_set, to=draft, by=by)
    trail.record(actor=by, verb="question.published", obj=question, fields=fields, reason=note)
    return draft


@transaction.atomic
def discard_draft(*, question: Question, by: User, seen: str | None = None) -> bool:
    """Drops the draft; a question that was never published goes with it. Says whether it stays."""
    question = _locked(question)
    live, draft = content.standing(question)
    if draft is None:
        raise NoDraft
    _refuse_changed(question, live, draft, seen)
    QuestionVersion.objects.filter(pk=draft.pk, published_at__isnull=True).delete()
    if live is None:
        Question.objects.filter(pk=question.pk).delete()
    verb = "question.draft_discarded" if live else "question.discarded"
    trail.record(actor=by, verb=verb, obj=question)
    return live is not None


def file_question(
    question: Question, live: QuestionVersion | None, filing: dict[str, Any]
) -> list[str]:
    """Changes what a locked question is filed under; returns the names of what changed."""
    for name in ("levels", "roles"):
        if name in filing:
            filing[name] = sorted(filing[name], key=lambda one: getattr(one, "slug", one))
    before = content.filing_of(question)
    if "owner" in filing:
        before["owner"] = question.owner
    names = content.changed(before, filing)
    if "area" in names and live:
        raise AreaFixed(question.area)
    columns = [name for name in names if name != "roles"]
    for name in columns:
        setattr(question, name, filing[name])
    if columns:
        question.save(update_fields=columns)
    if "roles" in names:
        question.roles.set(filing["roles"])
    return names


def _locked(question: Question) -> Question:
    found = Question.objects.select_for_update(of=("self",)).filter(pk=question.pk)
    locked = found.select_related("area").first()
    if locked is None:
        raise NoDraft
    return locked


def _refuse_changed(
    question: Question,
    live: QuestionVersion | None,
    draft: QuestionVersion | None,
    seen: str | None,
) -> None:
    if seen is not None and seen != content.token(question, draft or live):
        raise Changed(str(draft.author) if draft and draft.author else "Somebody")


def _write_draft(
    question: Question,
    live: QuestionVersion | None,
    draft: QuestionVersion | None,
    by: User,
    words: dict[str, Any],
) -> QuestionVersion:
    if draft:
        for name, value in words.items():
            setattr(draft, name, value)
        draft.author = by
        draft.save(update_fields=[*words, "author", "saved_at"])
        return draft
    before = content.words_of(live) if live else {}
    if live and not content.changed(before, words):
        return live
    return QuestionVersion.objects.create(
        question=question,
        number=live.number + 1 if live else 1,
        change=Change.MEANING if live else Change.FIRST,
        author=by,
        **before | words,
    )
