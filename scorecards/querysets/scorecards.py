"""Drafts are their author's alone (R1); submissions open to others as the opening allows (R3)."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from interviewbank.access.models import User


def _assessed(user: User) -> QuerySet:
    applications = apps.get_model("scorecards", "Application").objects
    return applications.assessed_visible_to(user).values("pk")


class ScorecardQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ScorecardQuerySet":
        """The author's own, while they may see the candidate at all."""
        if not user.is_authenticated:
            return self.none()
        applications = apps.get_model("scorecards", "Application").objects
        return self.filter(
            interview__interviewer=user,
            interview__application__in=applications.visible_to(user).values("pk"),
        )

    def submitted(self) -> "ScorecardQuerySet":
        return self.filter(submitted_at__isnull=False)

    def with_interview(self) -> "ScorecardQuerySet":
        return self.select_related(
            "interview__interviewer",
            "interview__round__set_version",
            "interview__application__candidate",
            "interview__application__opening__role",
        )


class AnswerQuerySet(models.QuerySet):
    def counted(self) -> "AnswerQuerySet":
        """Locked answers of scorecards that count: what the roll-up reads, and nothing else."""
        return self.filter(
            scorecard__submitted_at__isnull=False, scorecard__interview__shadow=False
        )

    def visible_to(self, user: User) -> "AnswerQuerySet":
        """Others' locked answers, as the assessments of their application are visible."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            scorecard__submitted_at__isnull=False,
            scorecard__interview__application__in=_assessed(user),
        )


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SubmissionQuerySet":
        """One's own until erasure, and others' once the assessments are visible."""
        if not user.is_authenticated:
            return self.none()
        own = Q(scorecard__interview__interviewer=user) & ~Q(
            scorecard__interview__application__candidate__user=user
        )
        return self.filter(own | Q(scorecard__interview__application__in=_assessed(user)))

    def of_application(self, application: models.Model) -> "SubmissionQuerySet":
        return self.filter(scorecard__interview__application=application)

    def with_interview(self) -> "SubmissionQuerySet":
        return self.select_related(
            "scorecard__interview__interviewer",
            "scorecard__interview__round",
            "scorecard__interview__application__candidate",
            "scorecard__interview__application__opening__role",
        )

    def among(self, ids: Iterable[str]) -> "SubmissionQuerySet":
        return self.filter(pk__in=ids)

    def of_others(self, user: User) -> "SubmissionQuerySet":
        return self.exclude(scorecard__interview__interviewer=user)
