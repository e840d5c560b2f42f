"""Handing a scorecard in: all or nothing, and once."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Answer, Interview, Recommendation, Scorecard, Submission
from scorecards.summaries.scoring import Asked, Sheet, read_sheet

from .fields import ScoringError, checked, put
from .rollups import refresh_rollup
from .scoring import lock_draft, open_card


class ChangedElsewhere(ScoringError):
    code = "changed_elsewhere"

    def __init__(self, fields: Sequence[str] = ()) -> None:
        self.fields = fields
        super().__init__(
            "This scorecard was changed in another window or on another device while this page was "
            "open. The ratings below are the newest: read them, then submit again."
        )


class RecommendationMissing(ScoringError):
    code = "recommendation_missing"
    fields = ("recommendation",)

    def __init__(self) -> None:
        super().__init__("Choose one recommendation. It is your own judgement, not an average.")


class SummaryMissing(ScoringError):
    code = "summary_missing"
    fields = ("summary",)

    def __init__(self) -> None:
        super().__init__("Write two or three sentences that stand behind your recommendation.")


class MissingRatings(ScoringError):
    code = "ratings_missing"

    def __init__(self, questions: Sequence[Asked]) -> None:
        self.fields = [f"rating:{asked.version.pk}" for asked in questions]
        super().__init__("Rate these questions, or mark them not assessed: " + _numbers(questions))


class UnwordedRatings(ScoringError):
    code = "words_missing"

    def __init__(self, questions: Sequence[Asked]) -> None:
        self.fields = [f"evidence:{asked.version.pk}" for asked in questions]
        super().__init__("These ratings have no words behind them: " + _numbers(questions))


def _numbers(questions: Sequence[Asked]) -> str:
    return ", ".join(str(asked.number) for asked in questions) + "."


@transaction.atomic
def submit_scorecard(
    *,
    scorecard: Scorecard,
    by: User,
    recommendation: str,
    summary: str,
    unworded_ok: bool,
    expected: int | None = None,
) -> Submission:
    """Lock the answers, keep a copy with a digest, delete the private notes, refresh the roll-up.

    `expected` is the revision of the scorecard that the author had before them.
    """
    card = lock_draft(scorecard, by)
    if expected is not None and card.revision != expected:
        raise ChangedElsewhere
    if recommendation not in Recommendation.values:
        raise RecommendationMissing
    summary = str(checked("summary", summary))
    sheet = read_sheet(card)
    check_ratings(sheet, unworded_ok=unworded_ok)
    return hand_in(sheet, by, recommendation, summary)


def check_ratings(sheet: Sheet, *, unworded_ok: bool) -> None:
    if sheet.missing:
        raise MissingRatings(sheet.missing)
    if sheet.unworded and not unworded_ok:
        raise UnwordedRatings(sheet.unworded)


def hand_in(sheet: Sheet, by: User, recommendation: str, summary: str) -> Submission:
    card = sheet.card
    # Optional questions that nobody touched get a row too: the locked answers are the whole card.
    Answer.objects.bulk_create(
        asked.answer for asked in sheet.questions if asked.answer._state.adding
    )
    columns = [
        *put(card, "recommendation", recommendation),
        *put(card, "summary", summary),
        *put(card, "scratch", ""),
        *(open_card(card) if card.opened_at is None else []),
    ]
    card.submitted_at = timezone.now()
    card.revision += 1
    card.save(update_fields=[*columns, "submitted_at", "revision"])
    Interview.objects.filter(pk=card.interview_id, state=Interview.State.PLANNED).update(
        state=Interview.State.HELD, state_changed_at=card.submitted_at
    )
    submission = sealed(content_of(sheet), scorecard=card, number=1, submitted_at=card.submitted_at)
    refresh_rollup(card.interview.application)
    trail.record(
        actor=by,
        verb="scorecard.submitted",
        obj=card,
        fields=["answers", "recommendation", "summary", "submitted_at"],
    )
    return submission


def sealed(content: str, **columns: Any) -> Submission:
    salt = secrets.token_hex(16)
    return Submission.objects.create(
        content=content, salt=salt, digest=digest_of(salt, content), **columns
    )


def digest_of(salt: str, content: str) -> str:
    """SHA-256. Without the salt, which an erasure drops, it tells nothing about the words."""
    return hashlib.sha256((salt + content).encode()).hexdigest()


def content_of(sheet: Sheet) -> str:
    """What was handed in, all of it."""
    content = {
        "scorecard": str(sheet.card.pk),
        "interview": str(sheet.card.interview_id),
        "recommendation": sheet.card.recommendation,
        "summary": sheet.card.summary,
        "questions": [
            {
                "question_version": str(asked.version.pk),
                "rating": asked.answer.rating,
                "not_assessed_reason": asked.answer.not_assessed_reason,
                "evidence": asked.answer.evidence,
                "probes": asked.answer.probes,
                "signals": asked.answer.signals,
            }
            for asked in sheet.questions
        ],
    }
    return canonical(content)


def canonical(content: dict) -> str:
    """JSON with sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
