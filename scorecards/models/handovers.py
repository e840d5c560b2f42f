"""What one interviewer leaves to the next."""

from django.db import models
from django.utils import timezone

from interviewbank.db import UUIDModel
from roles.models import EvaluationArea
from scorecards.querysets.handovers import HandoverQuerySet

from .candidates import Interview


class Handover(UUIDModel):
    """An area that an interviewer did not reach, asked of whoever comes later.

    To them it is the coordinator's request, without a name or a rating.
    """

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="handovers")
    area = models.ForeignKey(EvaluationArea, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "area"], name="scorecards_handover_once")
        ]

    def __str__(self) -> str:
        return f"{self.area_id}, not reached"
