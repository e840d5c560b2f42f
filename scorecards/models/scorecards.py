"""What was heard. A draft is its author's alone; at submit it locks, by trigger.

Every field of a draft has a revision of its own (`…_rev`), so that two devices can't overwrite
each other silently.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from interviewbank.db import UUIDModel, one_of
from roles.models import QuestionVersion
from scorecards.querysets.scorecards import (
    AnswerQuerySet,
    ScorecardQuerySet,
    SubmissionQuerySet,
)

from .candidates import Interview

models.TextField.register_lookup(Length)

MAX_EVIDENCE = 20_000
MAX_SUMMARY = 4_000


class Recommendation(models.TextChoices):
    """An interviewer's own call, given before seeing the others'."""

    STRONG_NO_HIRE = "strong_no_hire", "Strong no hire"
    NO_HIRE = "no_hire", "No hire"
    HIRE = "hire", "Hire"
    STRONG_HIRE = "strong_hire", "Strong hire"
    CANNOT_SAY = "cannot_say", "Cannot say"


class Scorecard(UUIDModel):
    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="scorecard")
    opened_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(max_length=20, choices=Recommendation, blank=True)
    recommendation_rev = models.PositiveIntegerField(default=0)
    summary = models.TextField(blank=True)
    summary_rev = models.PositiveIntegerField(default=0)
    scratch = models.TextField("private notes", blank=True)
    scratch_rev = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "recommendation", Recommendation, blank=True, name="scorecards_card_recommendation"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | (Q(opened_at__isnull=False) & ~Q(recommendation="") & Q(scratch="")),
                name="scorecards_card_submitted_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(summary__length__lte=MAX_SUMMARY)
                & Q(scratch__length__lte=MAX_EVIDENCE),
                name="scorecards_card_text_length",
            ),
        ]

    def __str__(self) -> str:
        return f"Scorecard of {self.interview}"


class NotAssessedReason(models.TextChoices):
    NOT_REACHED = "not_reached", "Not reached"
    NO_EVIDENCE = "no_evidence", "No evidence"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Answer(UUIDModel):
    """What was heard on one question. Not assessed is no rating and a reason, never 0."""

    NotAssessed = NotAssessedReason

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="answers")
    question_version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="answers"
    )
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    not_assessed_reason = models.CharField(max_length=20, choices=NotAssessed, blank=True)
    rating_rev = models.PositiveIntegerField(default=0)
    evidence = models.TextField(blank=True)
    evidence_rev = models.PositiveIntegerField(default=0)
    probes = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    probes_rev = models.PositiveIntegerField(default=0)
    signals = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    signals_rev = models.PositiveIntegerField(default=0)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "question_version"], name="scorecards_answer_one_per_question"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 4)),
                name="scorecards_answer_rating_range",
            ),
            one_of(
                "not_assessed_reason",
                NotAssessedReason,
                blank=True,
                name="scorecards_answer_reason",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(not_assessed_reason=""),
                name="scorecards_answer_rated_or_not_assessed",
            ),
            models.CheckConstraint(
                condition=Q(evidence__length__lte=MAX_EVIDENCE),
                name="scorecards_answer_evidence_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_version}: {self.rating or self.not_assessed_reason or 'open'}"


class Submission(UUIDModel):
    """The locked content of a scorecard as canonical JSON with a salted digest.

    Number 1 is the scorecard itself; from 2 on amendments, with the changed fields and a reason.
    """

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    content = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    after_reveal = models.BooleanField(default=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["scorecard", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "number"], name="scorecards_submission_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="scorecards_submission_number_positive"
            ),
            # Blank content is what an approved erasure leaves.
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason="") | Q(content=""),
                name="scorecards_submission_amended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Submission {self.number} of {self.scorecard_id}"
