"""Who works here, and what they hold for the whole installation."""

import zoneinfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from interviewbank.db import UUIDModel, not_blank, one_of

from .querysets import UserQuerySet


def validate_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(f"“{value}” is not a time zone, such as Europe/Berlin.")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, *, email: str, name: str, password: str | None = None, **extra) -> "User":
        """Without a password nobody can sign in until one is set by mail."""
        user = self.model(email=email.strip().lower(), name=name.strip(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Theme(models.TextChoices):
    SYSTEM = "", "Follow the system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class User(UUIDModel, AbstractBaseUser):
    """A colleague. Never deleted, only deactivated: their ratings rest on them."""

    Theme = Theme

    email = models.EmailField("e-mail", max_length=254)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM, blank=True)
    single_keys = models.BooleanField("single-key shortcuts", default=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = [Lower("name"), "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="access_user_email_once"),
            not_blank("email", "name", "time_zone", name="access_user_complete"),
            models.CheckConstraint(
                condition=models.Q(theme__in=["", "light", "dark"]), name="access_user_theme"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def grant_kinds(self) -> frozenset[str]:
        """The kinds of the grants held; read once for each request's user object."""
        return frozenset(self.grants.values_list("kind", flat=True))

    def holds(self, *kinds: str) -> bool:
        return not self.grant_kinds.isdisjoint(kinds)


class GrantKind(models.TextChoices):
    RECRUITER = "recruiter", "Recruiter"
    QUESTION_EDITOR = "question_editor", "Question editor"
    INSIGHTS_READER = "insights_reader", "Insights reader"
    ADMINISTRATOR = "administrator", "Administrator"


class Grant(UUIDModel):
    """What somebody may do in the whole installation. What they may do in an opening is there."""

    Kind = GrantKind

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=20, choices=Kind)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="grants_given"
    )
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind"]
        constraints = [
            one_of("kind", GrantKind, name="access_grant_kind"),
            models.UniqueConstraint(fields=["user", "kind"], name="access_grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"
