"""What follows from the scorecards: the stored roll-up, which informs, and the decision, which
people make."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.db import UUIDModel, not_blank, one_of
from scorecards.packet.rules import MIN_RATIONALE
from scorecards.querysets.outcomes import DecisionQuerySet, RollupRecordQuerySet

from .candidates import Application

models.TextField.register_lookup(Length)


class RollupOutcome(models.TextChoices):
    STRONG_HIRE = "strong_hire", "Strong hire"
    HIRE = "hire", "Hire"
    LEANING_HIRE = "leaning_hire", "Leaning hire"
    LEANING_NO_HIRE = "leaning_no_hire", "Leaning no hire"
    NO_HIRE = "no_hire", "No hire"
    STRONG_NO_HIRE = "strong_no_hire", "Strong no hire"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence", "Insufficient evidence"


class RollupStatus(models.TextChoices):
    READY = "ready", "Ready"
    DISCUSS_FIRST = "discuss_first", "Discuss first"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence", "Insufficient evidence"


class RollupRecord(UUIDModel):
    """The stored roll-up, because lists sort and filter by it. Written by one function only.

    Scores are on the unit scale, exact as text "a/b" beside a float for sorting.
    """

    Outcome = RollupOutcome

    Status = RollupStatus

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="rollup")
    outcome = models.CharField(max_length=25, choices=Outcome)
    status = models.CharField(max_length=25, choices=Status)
    score = models.CharField(max_length=400, blank=True)
    score_float = models.FloatField(null=True)
    variance = models.CharField(max_length=400, blank=True)
    variance_float = models.FloatField(null=True)
    p_above_bar = models.FloatField(null=True)
    coverage = models.CharField(max_length=100)
    coverage_float = models.FloatField()
    spread = models.CharField(max_length=100, blank=True)
    spread_float = models.FloatField(null=True)
    areas = models.JSONField(default=dict)
    formula_version = models.CharField(max_length=20)
    plan_number = models.PositiveIntegerField()
    config_digest = models.CharField(max_length=64)
    ratings_digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField(default=timezone.now)

    objects = RollupRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("outcome", RollupOutcome, name="scorecards_rollup_outcome"),
            one_of("status", RollupStatus, name="scorecards_rollup_status"),
            models.CheckConstraint(
                condition=Q(coverage_float__range=(0, 1)), name="scorecards_rollup_coverage"
            ),
            models.CheckConstraint(
                condition=Q(score_float__isnull=True) | Q(score_float__range=(0, 1)),
                name="scorecards_rollup_score",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "score_float"], name="scorecards_rollup_sort")]

    def __str__(self) -> str:
        return f"{self.outcome} for {self.application_id}"


class DecisionOutcome(models.TextChoices):
    HIRE = "hire", "Hire"
    NO_HIRE = "no_hire", "No hire"
    MORE_EVIDENCE = "more_evidence", "More evidence"


class Decision(UUIDModel):
    """The recorded outcome and its reasons, with a copy of all that it rested on.

    It never changes; a later decision supersedes it. No code sets one from a score.
    """

    Outcome = DecisionOutcome

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=15, choices=Outcome)
    rationale = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)
    departs = models.BooleanField("departs from the roll-up")
    exception_reason = models.TextField("why before all cards were in", blank=True)
    again_reason = models.TextField("why it was decided again", blank=True)
    snapshot = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            one_of("outcome", DecisionOutcome, name="scorecards_decision_outcome"),
            models.UniqueConstraint(
                fields=["application", "number"], name="scorecards_decision_number_once"
            ),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(supersedes__isnull=True))
                | (Q(number__gt=1) & Q(supersedes__isnull=False)),
                name="scorecards_decision_later_supersedes",
            ),
            # Blank texts are what an approved erasure leaves; the trigger lets nothing else do it.
            models.CheckConstraint(
                condition=Q(rationale="") | Q(rationale__length__gte=MIN_RATIONALE),
                name="scorecards_decision_rationale_length",
            ),
            models.CheckConstraint(
                condition=Q(departs=False) | ~Q(override_reason="") | Q(rationale=""),
                name="scorecards_decision_override_has_reason",
            ),
            not_blank("digest", name="scorecards_decision_complete"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.decided_at:%d %b %Y})"
