"""What an interviewer is asked to cover because somebody before them did not reach it."""

from typing import Any

from django.db import models
from django.db.models import Q

from roles.models import EvaluationArea


class HandoverQuerySet(models.QuerySet):
    def asked_of(self, interview: Any) -> "HandoverQuerySet":
        """Those of the same application that somebody else left, in an interview before this one.
        To this interviewer they are the coordinator's: show areas, never whose."""
        earlier = Q(interview__starts_at__lt=interview.starts_at)
        return self.filter(earlier, interview__application=interview.application_id).exclude(
            interview__interviewer=interview.interviewer_id
        )

    def areas(self) -> models.QuerySet[EvaluationArea]:
        """Each area once, in the order of the areas."""
        return EvaluationArea.objects.filter(pk__in=self.values("area"))
