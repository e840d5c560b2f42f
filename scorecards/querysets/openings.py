"""Which openings a person sees."""

from django.db import models
from django.db.models import Case, Q, When

from interviewbank.access.models import Grant, User


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "OpeningQuerySet":
        """Members see their openings; administrators see all, and nothing of what is in them."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Grant.Kind.ADMINISTRATOR):
            return self
        return self.filter(
            pk__in=self.model.members.rel.related_model.objects.filter(user=user).values("opening")
        )

    def with_member(self, user: User, *kinds: str) -> "OpeningQuerySet":
        members = self.model.members.rel.related_model.objects
        return self.filter(pk__in=members.filter(user=user, kind__in=kinds).values("opening"))

    def open(self) -> "OpeningQuerySet":
        return self.filter(Q(state="open"))

    def current_first(self) -> "OpeningQuerySet":
        """Open, then on hold, then closed; the newest first in each."""
        rank = Case(When(state="open", then=0), When(state="on_hold", then=1), default=2)
        return self.order_by(rank, "-created_at", "id")

    def with_team(self) -> "OpeningQuerySet":
        return self.select_related("role").prefetch_related("members__user")
