"""Leaving a bad question out of an opening, for every candidate at once, and taking it back in.

The answers stay as they were given; they do not count. Decisions keep what they rested on.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import Question, QuestionSetItem
from scorecards.models import Exclusion, Opening

from .rollups import refresh_rollup


class ExclusionError(Exception):
    """Why a question is not left out or taken back in, as a sentence for people."""


class ReasonMissing(ExclusionError):
    def __init__(self) -> None:
        super().__init__("Say why: everybody who reads the scorecards sees the reason.")


class NotAsked(ExclusionError):
    def __init__(self) -> None:
        super().__init__("This opening does not ask that question.")


class ChangedMeanwhile(ExclusionError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody left a question out or took one back in while this page was open. Below is "
            "what would follow now: look at it, then confirm again."
        )


def asked_in(opening: Opening) -> QuerySet[Question]:
    """The questions of all rounds, those of earlier plans too. By the plans and not by the answers:
    those would tell who has begun."""
    items = QuestionSetItem.objects.filter(
        set_version__rounds__plan__opening=opening,
        question_version__question=OuterRef("pk"),
    )
    return Question.objects.filter(Exists(items))


def last_number(opening: Opening) -> int:
    """How often something was left out or taken back in."""
    last = opening.exclusions.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def is_left_out(opening: Opening, question: Question) -> bool:
    newest = opening.exclusions.filter(question=question).order_by("-number").first()
    return newest is not None and newest.excluded


@transaction.atomic
def set_excluded(
    *, opening: Opening, question: Question, by: User, excluded: bool, reason: str, after: int
) -> Exclusion:
    """`after` is the number of the last exclusion that the person had before them."""
    Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    # Before the trail, as whoever publishes it does: otherwise each would wait for the other.
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if not reason.strip():
        raise ReasonMissing
    if not asked_in(opening).filter(pk=question.pk).exists():
        raise NotAsked
    number = last_number(opening)
    if number != after or is_left_out(opening, question) == excluded:
        raise ChangedMeanwhile
    made = Exclusion.objects.create(
        opening=opening,
        question=question,
        number=number + 1,
        excluded=excluded,
        reason=reason.strip(),
        created_by=by,
    )
    for application in opening.applications.order_by("pk"):
        refresh_rollup(application)
    trail.record(
        actor=by,
        verb="question.excluded" if excluded else "question.included",
        obj=made,
        fields=["excluded", "reason"],
        reason=made.reason,
    )
    return made
