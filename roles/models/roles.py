"""What we hire for, and what is evaluated in it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from interviewbank.db import UUIDModel, not_blank, one_of


class Level(models.TextChoices):
    """Seniority, and nothing else: the roll-up's answer is its outcome."""

    JUNIOR = "junior", "Junior"
    SENIOR = "senior", "Senior"


class SlugManager(models.Manager):
    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)


class TrainsModels(models.TextChoices):
    YES = "yes", "Yes"
    SOMETIMES = "sometimes", "Sometimes"
    RARELY = "rarely", "Rarely"
    NO = "no", "No"


class Role(UUIDModel):
    Trains = TrainsModels

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subtypes"
    )
    position = models.PositiveSmallIntegerField(default=0)
    summary = models.TextField()
    builds = models.TextField()
    trains_models = models.CharField("trains models from scratch", max_length=10, choices=Trains)
    primary_output = models.TextField()
    failure_mode = models.TextField("primary failure mode")
    has_agents = models.BooleanField("builds agents", default=False)

    objects = SlugManager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            not_blank("slug", "name", "summary", name="roles_role_complete"),
            one_of("trains_models", TrainsModels, name="roles_role_trains_models"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class EvaluationArea(UUIDModel):
    """A job-related competency that is evaluated."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField("short name, for column heads", max_length=12)
    definition = models.TextField()
    strong_evidence = models.TextField()
    weak_evidence = models.TextField()
    agent_roles_only = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SlugManager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            not_blank("slug", "name", "short_name", "definition", name="roles_area_complete")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class AreaProfileManager(models.Manager):
    def get_by_natural_key(self, role: str, level: str, area: str):
        return self.get(role__slug=role, level=level, area__slug=area)


class Requirement(models.TextChoices):
    REQUIRED = "required", "Required"
    OPTIONAL = "optional", "Optional"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class AreaProfile(UUIDModel):
    """What one evaluation area means for a role at a level: the start of an opening's plan.

    Weights are equal unless somebody wrote why. Bars are in rating points, 1.00 to 4.00.
    """

    Requirement = Requirement

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="profiles")
    level = models.CharField(max_length=10, choices=Level)
    area = models.ForeignKey(EvaluationArea, on_delete=models.PROTECT, related_name="profiles")
    requirement = models.CharField(max_length=20, choices=Requirement)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(1))
    weight_rationale = models.TextField(blank=True)
    bar = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    min_raters = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = AreaProfileManager()

    class Meta:
        ordering = ["role", "level", "area__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "level", "area"], name="roles_profile_one_per_area"
            ),
            one_of("level", Level, name="roles_profile_level"),
            one_of("requirement", Requirement, name="roles_profile_requirement"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="roles_profile_weight_positive"),
            models.CheckConstraint(
                condition=Q(weight=1) | ~Q(weight_rationale=""),
                name="roles_profile_weight_rationale",
            ),
            models.CheckConstraint(
                condition=Q(bar__isnull=True) | Q(bar__range=(1, 4)), name="roles_profile_bar_range"
            ),
            models.CheckConstraint(
                condition=Q(min_raters__isnull=True) | Q(min_raters__gte=1),
                name="roles_profile_min_raters_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.level}: {self.area}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.role.slug, self.level, self.area.slug)
