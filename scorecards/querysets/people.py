"""Candidates as persons, for privacy: who they are, not what was said of them."""

from django.db import models
from django.db.models import Q

from interviewbank.access.models import Grant, User


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CandidateQuerySet":
        """Administrators, who answer for privacy; nobody sees their own record (R6)."""
        if not user.is_authenticated or not user.holds(Grant.Kind.ADMINISTRATOR):
            return self.none()
        return self.exclude(user=user)

    def kept(self) -> "CandidateQuerySet":
        return self.filter(erased_at__isnull=True)

    def erased(self) -> "CandidateQuerySet":
        return self.filter(erased_at__isnull=False)

    def called(self, words: str) -> "CandidateQuerySet":
        return self.filter(Q(email__iexact=words) | Q(name__icontains=words))
