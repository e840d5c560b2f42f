"""The roll-up and the decision are visible where the assessments are."""

from django.apps import apps
from django.db import models

from interviewbank.access.models import User


class RollupRecordQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "RollupRecordQuerySet":
        if not user.is_authenticated:
            return self.none()
        applications = apps.get_model("scorecards", "Application").objects
        return self.filter(application__in=applications.assessed_visible_to(user).values("pk"))


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        if not user.is_authenticated:
            return self.none()
        applications = apps.get_model("scorecards", "Application").objects
        return self.filter(application__in=applications.outcome_visible_to(user).values("pk"))

    def with_people(self) -> "DecisionQuerySet":
        return self.select_related(
            "decided_by", "application__candidate", "application__opening__role"
        )
