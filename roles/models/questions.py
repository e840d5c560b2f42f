"""What is asked: anchored questions and the sets that rounds are made of.

A published version never changes; triggers refuse it. A question moves on by a new version.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from interviewbank.access.models import User
from interviewbank.db import UUIDModel, not_blank, one_of
from roles.querysets import SLUG_WORDS, WORDS, QuestionQuerySet, QuestionSetQuerySet

from .roles import EvaluationArea, Level, Role, SlugManager

MINUTES = [MinValueValidator(1), MaxValueValidator(60)]


class QuestionKind(models.TextChoices):
    BEHAVIOURAL = "behavioural", "Behavioural"
    SITUATIONAL = "situational", "Situational"


class Question(UUIDModel):
    Kind = QuestionKind

    slug = models.SlugField(max_length=60, unique=True)
    area = models.ForeignKey(EvaluationArea, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=20, choices=Kind)
    levels = ArrayField(models.CharField(max_length=10, choices=Level))
    roles = models.ManyToManyField(Role, related_name="questions")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.TextField(blank=True)

    objects = SlugManager.from_queryset(QuestionQuerySet)()

    class Meta:
        ordering = ["area__position", "slug"]
        indexes = [GinIndex(SLUG_WORDS, name="roles_question_search")]
        constraints = [
            not_blank("slug", name="roles_question_complete"),
            one_of("kind", QuestionKind, name="roles_question_kind"),
            models.CheckConstraint(
                condition=Q(levels__contained_by=Level.values) & Q(levels__len__gte=1),
                name="roles_question_levels",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class VersionChange(models.TextChoices):
    FIRST = "first", "First version"
    WORDING = "wording", "Wording: ratings stay comparable"
    MEANING = "meaning", "Meaning: a new history begins"


class QuestionVersion(UUIDModel):
    """The wording of a question at one time. `probes` and the signals are lists of {id, text}.

    The four anchors say what one would hear at each level of the scale. `change` says whether
    ratings of this version may be pooled with those of the one before it.
    """

    Change = VersionChange

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=40)
    prompt = models.TextField()
    probes = models.JSONField(default=list, blank=True)
    anchor_1 = models.TextField(blank=True)
    anchor_2 = models.TextField(blank=True)
    anchor_3 = models.TextField(blank=True)
    anchor_4 = models.TextField(blank=True)
    strong_signals = models.JSONField(default=list, blank=True)
    weak_signals = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(validators=MINUTES)
    change = models.CharField(max_length=10, choices=Change, default=Change.FIRST)
    change_note = models.TextField(blank=True)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="question_versions"
    )
    saved_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["question", "number"]
        indexes = [GinIndex(WORDS, name="roles_questionversion_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="roles_questionversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(published_at__isnull=True),
                name="roles_questionversion_one_draft",
            ),
            one_of("change", VersionChange, name="roles_questionversion_change"),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(change="first"))
                | (Q(number__gt=1) & ~Q(change="first")),
                name="roles_questionversion_change_fits_number",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 60)), name="roles_questionversion_minutes"
            ),
            not_blank("title", "prompt", name="roles_questionversion_complete"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | ~(Q(anchor_1="") | Q(anchor_2="") | Q(anchor_3="") | Q(anchor_4="")),
                name="roles_questionversion_published_has_anchors",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def anchors(self) -> list[tuple[int, str]]:
        return list(enumerate((self.anchor_1, self.anchor_2, self.anchor_3, self.anchor_4), 1))

    @property
    def signals(self) -> list[dict]:
        return [*self.strong_signals, *self.weak_signals]


class QuestionSet(UUIDModel):
    """What one interview of a kind asks."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="question_sets")
    level = models.CharField(max_length=10, choices=Level)
    round_name = models.CharField(max_length=60)
    purpose = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(240)]
    )

    objects = SlugManager.from_queryset(QuestionSetQuerySet)()

    class Meta:
        ordering = ["role__position", "level", "name"]
        constraints = [
            not_blank("slug", "name", "round_name", name="roles_questionset_complete"),
            one_of("level", Level, name="roles_questionset_level"),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 240)), name="roles_questionset_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QuestionSetVersion(UUIDModel):
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="question_set_versions"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    questions = models.ManyToManyField(
        QuestionVersion, through="QuestionSetItem", related_name="set_versions"
    )

    class Meta:
        ordering = ["question_set", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_set", "number"], name="roles_setversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["question_set"],
                condition=Q(published_at__isnull=True),
                name="roles_setversion_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="roles_setversion_number_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_set}, version {self.number}"


class QuestionSetItem(UUIDModel):
    set_version = models.ForeignKey(
        QuestionSetVersion, on_delete=models.CASCADE, related_name="items"
    )
    question_version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="set_items"
    )
    position = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["set_version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["set_version", "position"],
                name="roles_setitem_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["set_version", "question_version"], name="roles_setitem_question_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.question_version}"
