"""The debrief is visible where the assessments are; a vote to its member, and to all once shown."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from interviewbank.access.models import User

# Who sits in the debrief of an opening.
ROOM = ("committee", "chair")


def _rows(name: str) -> QuerySet:
    return apps.get_model("scorecards", name).objects.all()


def _assessed(user: User) -> QuerySet:
    applications = apps.get_model("scorecards", "Application").objects
    return applications.assessed_visible_to(user).values("pk")


class DebriefQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DebriefQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.filter(application__in=_assessed(user))

    def under_way(self) -> "DebriefQuerySet":
        return self.filter(closed_at__isnull=True)

    def with_people(self) -> "DebriefQuerySet":
        return self.select_related(
            "opened_by",
            "application__candidate",
            "application__opening__role",
            "application__rollup",
        )


class VoteQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "VoteQuerySet":
        """One's own; the others' once the votes are shown. A chair is no exception."""
        if not user.is_authenticated:
            return self.none()
        return self.shown_to(user).filter(debrief__application__in=_assessed(user))

    def shown_to(self, user: User) -> "VoteQuerySet":
        """The same of a debrief that is visible to the user, which saves asking again."""
        return self.filter(Q(member=user) | Q(debrief__revealed_at__isnull=False))


class DebriefHourQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DebriefHourQuerySet":
        """For committee and chairs who see the assessments of somebody in the line."""
        if not user.is_authenticated:
            return self.none()
        members = _rows("OpeningMember").filter(
            user=user, kind__in=ROOM, opening=OuterRef("opening")
        )
        seen = _rows("DebriefHourItem").filter(hour=OuterRef("pk"), application__in=_assessed(user))
        return self.filter(Exists(members), Exists(seen))

    def under_way(self) -> "DebriefHourQuerySet":
        return self.filter(closed_at__isnull=True)


class DebriefHourItemQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DebriefHourItemQuerySet":
        """A candidate whose assessments one may not see is not in the line, for oneself."""
        return self.filter(application__in=_assessed(user))


def voters_of(application: Any) -> QuerySet[User]:
    """Committee and chairs who see the assessments. Who interviewed votes only where the opening
    says that they may (R5)."""
    own = application.interviews.filter(interviewer=OuterRef("pk"))
    seated = application.opening.members.filter(kind__in=ROOM, user=OuterRef("pk"))
    voters = User.objects.filter(Exists(seated), ~Exists(own.keeping_blind()), is_active=True)
    if not application.opening.interviewers_may_decide:
        voters = voters.filter(~Exists(own.filter(scorecard__submitted_at__isnull=False)))
    return voters.exclude(candidacies__applications=application)
