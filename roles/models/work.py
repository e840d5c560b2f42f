"""What the roles do and what they are called: matched on the work, as titles are not settled."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from interviewbank.db import UUIDModel, not_blank, one_of

from .roles import EvaluationArea, Level, Role, SlugManager


class TitleAliasManager(models.Manager):
    def get_by_natural_key(self, role: str, title: str):
        return self.get(role__slug=role, title__iexact=title)


class TitleAlias(UUIDModel):
    """A title on the market that usually means this role. The same title may mean two."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="aliases")
    title = models.CharField(max_length=80)

    objects = TitleAliasManager()

    class Meta:
        ordering = ["title"]
        constraints = [
            not_blank("title", name="roles_titlealias_complete"),
            models.UniqueConstraint("role", Lower("title"), name="roles_titlealias_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.role.slug, self.title)


class WorkKind(models.TextChoices):
    CORE = "core", "Core work of an AI engineer"
    TYPICAL = "typical", "Typical work"
    GOAL = "goal", "What the organisation wants"


class WorkItem(UUIDModel):
    """A statement of work that somebody hiring can tick: "answers from our own documents".

    `contains` says what belongs to it. The roles that it points to, with strength, feed the finder.
    """

    Kind = WorkKind

    slug = models.SlugField(max_length=60, unique=True)
    statement = models.CharField(max_length=200)
    contains = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=WorkKind)
    position = models.PositiveSmallIntegerField(default=0)
    roles = models.ManyToManyField(Role, through="WorkItemRole", related_name="work_items")

    objects = SlugManager()

    class Meta:
        ordering = ["kind", "position", "slug"]
        constraints = [
            not_blank("slug", "statement", name="roles_workitem_complete"),
            one_of("kind", WorkKind, name="roles_workitem_kind"),
        ]

    def __str__(self) -> str:
        return self.statement

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class WorkItemRoleManager(models.Manager):
    def get_by_natural_key(self, work_item: str, role: str):
        return self.get(work_item__slug=work_item, role__slug=role)


class WorkItemRole(UUIDModel):
    """How strongly a statement of work speaks for a role: 1 a little, 2 clearly, 3 by itself."""

    work_item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="pointers")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="work_pointers")
    strength = models.PositiveSmallIntegerField()

    objects = WorkItemRoleManager()

    class Meta:
        ordering = ["work_item", "-strength"]
        constraints = [
            models.UniqueConstraint(fields=["work_item", "role"], name="roles_workrole_once"),
            models.CheckConstraint(
                condition=Q(strength__range=(1, 3)), name="roles_workrole_strength"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_item_id} → {self.role_id}: {self.strength}"

    def natural_key(self) -> tuple[str, str]:
        return (self.work_item.slug, self.role.slug)


class SkillTrend(models.TextChoices):
    CORE = "core", "Core"
    GROWING = "growing", "Growing"
    UNDERSPECIFIED = "underspecified", "Most often left vague"


class Skill(UUIDModel):
    """Tool names are examples that an editor can change: tools pass, the skill stays."""

    Trend = SkillTrend

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    examples = models.CharField("tools, as examples", max_length=200, blank=True)
    note = models.TextField(blank=True)
    trend = models.CharField(max_length=15, choices=SkillTrend)
    position = models.PositiveSmallIntegerField(default=0)
    roles = models.ManyToManyField(Role, related_name="skills", blank=True)

    objects = SlugManager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            not_blank("slug", "name", name="roles_skill_complete"),
            one_of("trend", SkillTrend, name="roles_skill_trend"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class LevelExpectationManager(models.Manager):
    def get_by_natural_key(self, role: str, level: str, area: str | None):
        return self.get(role__slug=role, level=level, area__slug=area)


class LevelExpectation(UUIDModel):
    """What a level answers for, in general (no area) or in one evaluation area."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="expectations")
    level = models.CharField(max_length=10, choices=Level)
    area = models.ForeignKey(
        EvaluationArea, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.TextField()

    objects = LevelExpectationManager()

    class Meta:
        ordering = ["role", "level", "area__position"]
        constraints = [
            not_blank("text", name="roles_expectation_complete"),
            one_of("level", Level, name="roles_expectation_level"),
            models.UniqueConstraint(
                fields=["role", "level", "area"],
                nulls_distinct=False,
                name="roles_expectation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.level}"

    def natural_key(self) -> tuple[str, str, str | None]:
        return (self.role.slug, self.level, self.area.slug if self.area else None)


class Principle(UUIDModel):
    """Something to know before hiring that holds for all roles, such as agent-enabled teams."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    body = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    objects = SlugManager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [not_blank("slug", "title", "body", name="roles_principle_complete")]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
