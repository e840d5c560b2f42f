"""What a device asked to be saved: one row for each operation, so that it counts exactly once."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from interviewbank.db import UUIDModel, not_blank, one_of

from .scorecards import Scorecard


class OpOutcome(models.TextChoices):
    APPLIED = "applied", "Applied"
    NOOP = "noop", "Nothing to change"
    CONFLICT = "conflict", "Conflict"
    REJECTED = "rejected", "Rejected"


class AnswerOp(UUIDModel):
    """`op` is the id that the device gave; sent again, it gets the recorded outcome.

    `digest` tells whether the same id comes with another value. `value` is kept as JSON for the
    loser of a conflict only, so that it can be had back, and never for private notes.
    """

    Outcome = OpOutcome

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="ops")
    op = models.UUIDField()
    device = models.CharField(max_length=64, blank=True)
    field = models.CharField(max_length=60)
    base = models.PositiveIntegerField()
    rev = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=OpOutcome)
    code = models.CharField(max_length=30, blank=True)
    digest = models.CharField(max_length=64)
    value = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "op"], name="scorecards_op_once"),
            one_of("outcome", OpOutcome, name="scorecards_op_outcome"),
            not_blank("digest", name="scorecards_op_complete"),
            models.CheckConstraint(
                condition=Q(value="") | (Q(outcome="conflict") & ~Q(field="scratch")),
                name="scorecards_op_keeps_losers_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.outcome}"
