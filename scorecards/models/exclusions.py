"""A question found bad is left out for everybody of an opening, or taken back in."""

from django.db import models
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.db import UUIDModel, not_blank
from roles.models import Question

from .openings import Opening


class Exclusion(UUIDModel):
    """The newest row of a question holds: `excluded` or not. Rows are added, never changed."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="exclusions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="exclusions")
    number = models.PositiveIntegerField()
    excluded = models.BooleanField()
    reason = models.TextField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["opening", "number"]
        constraints = [
            not_blank("reason", name="scorecards_exclusion_complete"),
            models.UniqueConstraint(
                fields=["opening", "number"], name="scorecards_exclusion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {'left out' if self.excluded else 'counts'}"
