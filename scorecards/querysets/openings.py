"""Which openings a person sees."""

from django.apps import apps
from django.db import models
from django.db.models import Case, When

from interviewbank.access.models import Grant, User


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "OpeningQuerySet":
        """Members see their openings; administrators see all, and nothing of what is in them."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Grant.Kind.ADMINISTRATOR):
            return self
        return self.with_member(user)

    def with_member(self, user: User, *kinds: str) -> "OpeningQuerySet":
        """Openings that the person is a member of, as one of these kinds or, without, any."""
        members = apps.get_model("scorecards", "OpeningMember").objects.filter(user=user)
        if kinds:
            members = members.filter(kind__in=kinds)
        return self.filter(pk__in=members.values("opening"))

    def current_first(self) -> "OpeningQuerySet":
        """Open, then on hold, then closed; the newest first in each."""
        rank = Case(When(state="open", then=0), When(state="on_hold", then=1), default=2)
        return self.order_by(rank, "-created_at", "id")

    def with_team(self) -> "OpeningQuerySet":
        return self.select_related("role").prefetch_related("members__user")
