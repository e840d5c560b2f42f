"""How to ask for people."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "UserQuerySet":
        """Colleagues know each other's names; what they hold is shown on the people page only."""
        return self if user.is_authenticated else self.none()

    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def holding(self, kind: str) -> "UserQuerySet":
        return self.filter(grants__kind=kind)
