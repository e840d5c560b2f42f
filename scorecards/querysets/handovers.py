"""What an interviewer is asked to cover because somebody before them did not reach it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from interviewbank.access.models import User
from roles.models import EvaluationArea


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "HandoverQuerySet":
        """One's own, while one sees the candidate."""
        if not user.is_authenticated:
            return self.none()
        interviews = apps.get_model("scorecards", "Interview").objects
        own = interviews.visible_to(user).of(user)
        return self.filter(interview__in=own.values("pk")).select_related("area", "interview")

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
