"""A retired question is kept for what was asked; no question set takes it on anew."""

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import Question

from .errors import AlreadyRetired, NotRetired


@transaction.atomic
def retire_question(*, question: Question, by: User, reason: str) -> Question:
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.retired_at:
        raise AlreadyRetired
    question.retired_at = timezone.now()
    question.retired_reason = reason
    question.save(update_fields=["retired_at", "retired_reason"])
    trail.record(
        actor=by, verb="question.retired", obj=question, fields=["retired_at"], reason=reason
    )
    return question


@transaction.atomic
def restore_question(*, question: Question, by: User) -> Question:
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.retired_at is None:
        raise NotRetired
    question.retired_at = None
    question.retired_reason = ""
    question.save(update_fields=["retired_at", "retired_reason"])
    trail.record(actor=by, verb="question.restored", obj=question, fields=["retired_at"])
    return question
