"""One hire to make: its team, its plan, its rounds."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.db import UUIDModel, not_blank, one_of
from roles.models import EvaluationArea, Level, QuestionSetVersion, Role
from scorecards.querysets.openings import OpeningQuerySet

ON_SCALE = [MinValueValidator(1), MaxValueValidator(4)]


class OpeningState(models.TextChoices):
    OPEN = "open", "Open"
    ON_HOLD = "on_hold", "On hold"
    CLOSED = "closed", "Closed"


class OpeningVisibility(models.TextChoices):
    NEVER = "never", "Never; the outcome once the opening is closed"
    AFTER_OWN = "after_own", "After their own scorecards are in"
    AT_DEBRIEF = "at_debrief", "At the debrief"


class OpeningRetention(models.TextChoices):
    SIX_MONTHS = "6_months", "6 months after the opening is closed"
    TWELVE_MONTHS = "12_months", "12 months after the opening is closed"
    TWENTY_FOUR_MONTHS = "24_months", "24 months after the opening is closed"
    BY_HAND = "by_hand", "Only when somebody asks for it"


class Opening(UUIDModel):
    State = OpeningState

    Visibility = OpeningVisibility

    Retention = OpeningRetention

    title = models.CharField(max_length=120)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="openings")
    level = models.CharField(max_length=10, choices=Level)
    agent_enabled = models.BooleanField("the job involves agents")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    visibility = models.CharField(
        "interviewers see the others' scorecards",
        max_length=12,
        choices=Visibility,
        default=Visibility.AFTER_OWN,
    )
    interviewers_may_decide = models.BooleanField("interviewers may vote and decide", default=False)
    retention = models.CharField(
        "candidates are erased",
        max_length=10,
        choices=Retention,
        default=Retention.TWELVE_MONTHS,
    )
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            not_blank("title", name="scorecards_opening_complete"),
            one_of("level", Level, name="scorecards_opening_level"),
            one_of("state", OpeningState, name="scorecards_opening_state"),
            one_of("visibility", OpeningVisibility, name="scorecards_opening_visibility"),
            one_of("retention", OpeningRetention, name="scorecards_opening_retention"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(state="closed"),
                name="scorecards_opening_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MemberKind(models.TextChoices):
    COORDINATOR = "coordinator", "Coordinator"
    COMMITTEE = "committee", "Committee"
    CHAIR = "chair", "Chair"


class OpeningMember(UUIDModel):
    Kind = MemberKind

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=12, choices=Kind)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["opening", "kind", "added_at"]
        constraints = [
            one_of("kind", MemberKind, name="scorecards_member_kind"),
            models.UniqueConstraint(
                fields=["opening", "user", "kind"], name="scorecards_member_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="coordinator") | Q(added_by__isnull=True) | ~Q(added_by=F("user")),
                name="scorecards_member_not_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.kind} of {self.opening}"


class OpeningPlan(UUIDModel):
    """How this opening is judged. Bars and cuts are in rating points, 1.00 to 4.00.

    Frozen when the first scorecard is opened; a change after that is a new plan with a reason.
    """

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    strong_no_cut = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("1.50"), validators=ON_SCALE
    )
    hire_bar = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("2.50"), validators=ON_SCALE
    )
    strong_hire_cut = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("3.50"), validators=ON_SCALE
    )
    min_interviewers = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    min_coverage = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.80"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opening", "number"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "number"], name="scorecards_plan_number"),
            models.UniqueConstraint(
                fields=["opening"],
                condition=Q(frozen_at__isnull=True),
                name="scorecards_plan_one_open",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="scorecards_plan_change_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(strong_no_cut__gte=1)
                & Q(strong_no_cut__lt=F("hire_bar"))
                & Q(hire_bar__lt=F("strong_hire_cut"))
                & Q(strong_hire_cut__lte=4),
                name="scorecards_plan_cuts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(min_interviewers__range=(1, 20)),
                name="scorecards_plan_min_interviewers",
            ),
            models.CheckConstraint(
                condition=Q(min_coverage__range=(0, 1)), name="scorecards_plan_min_coverage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening}, plan {self.number}"


class OpeningArea(UUIDModel):
    """An area that counts for this opening; one that does not apply has no row."""

    plan = models.ForeignKey(OpeningPlan, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(EvaluationArea, on_delete=models.PROTECT, related_name="opening_areas")
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(1))
    weight_rationale = models.TextField(blank=True)
    bar = models.DecimalField(
        max_digits=3, decimal_places=2, null=True, blank=True, validators=ON_SCALE
    )
    min_raters = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )

    class Meta:
        ordering = ["plan", "area__position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "area"], name="scorecards_area_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0), name="scorecards_area_weight_positive"
            ),
            models.CheckConstraint(
                condition=Q(weight=1) | ~Q(weight_rationale=""),
                name="scorecards_area_weight_rationale",
            ),
            models.CheckConstraint(
                condition=Q(bar__isnull=True) | Q(bar__range=(1, 4)),
                name="scorecards_area_bar_range",
            ),
            models.CheckConstraint(
                condition=Q(min_raters__isnull=True) | Q(min_raters__gte=1),
                name="scorecards_area_min_raters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.plan}"


class OpeningRound(UUIDModel):
    """Pins the question set version, so that every candidate is asked the same questions."""

    plan = models.ForeignKey(OpeningPlan, on_delete=models.CASCADE, related_name="rounds")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    set_version = models.ForeignKey(
        QuestionSetVersion, on_delete=models.PROTECT, related_name="rounds"
    )
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(240)]
    )

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="scorecards_round_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            not_blank("name", name="scorecards_round_complete"),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 240)), name="scorecards_round_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.name
