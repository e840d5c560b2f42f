"""What the committee says once the scorecards are in: notes, panel ratings and votes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.db import UUIDModel, one_of
from roles.models import EvaluationArea
from scorecards.querysets.debriefs import (
    DebriefHourItemQuerySet,
    DebriefHourQuerySet,
    DebriefQuerySet,
    VoteQuerySet,
)

from .candidates import Application
from .openings import Opening
from .outcomes import Decision
from .scorecards import Recommendation

MIN_HOUR, MAX_HOUR = 5, 480


class Debrief(UUIDModel):
    """Opened by the chair. `revealed_at` is when the votes were shown: all in, or closed early.

    One may follow another, when a decision asked for more evidence; one is open at a time.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="debriefs")
    number = models.PositiveIntegerField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    exception_reason = models.TextField("why before all cards were in", blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DebriefQuerySet.as_manager()

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="scorecards_debrief_number_once"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at__isnull=True),
                name="scorecards_debrief_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(revealed_at__isnull=False),
                name="scorecards_debrief_closed_is_revealed",
            ),
        ]

    def __str__(self) -> str:
        return f"Debrief {self.number} of {self.application_id}"


class DebriefNote(UUIDModel):
    """Said in the debrief, about one area or about the whole."""

    debrief = models.ForeignKey(Debrief, on_delete=models.PROTECT, related_name="notes")
    area = models.ForeignKey(EvaluationArea, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Note of {self.author_id}"


class PanelRating(UUIDModel):
    """What the panel settled on for an area. It stands beside the roll-up and never enters it."""

    debrief = models.ForeignKey(Debrief, on_delete=models.PROTECT, related_name="panel_ratings")
    area = models.ForeignKey(EvaluationArea, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["debrief", "area__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["debrief", "area"], name="scorecards_panelrating_one_per_area"
            ),
            models.CheckConstraint(
                condition=Q(rating__range=(1, 4)), name="scorecards_panelrating_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.rating}"


class Vote(UUIDModel):
    """A member's position. Hidden from the others until the votes are revealed; fixed after."""

    debrief = models.ForeignKey(Debrief, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="votes")
    recommendation = models.CharField(max_length=20, choices=Recommendation)
    rationale = models.TextField(blank=True)
    cast_at = models.DateTimeField(default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["cast_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["debrief", "member"], name="scorecards_vote_one_per_member"
            ),
            one_of("recommendation", Recommendation, name="scorecards_vote_recommendation"),
        ]

    def __str__(self) -> str:
        return f"Vote of {self.member_id}"


class DebriefHour(UUIDModel):
    """Several candidates of one opening, lined up by the chair; `current` is whom all look at,
    since `moved_at`. `minutes` are for all of them together."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="debrief_hours")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    current = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)
    minutes = models.PositiveSmallIntegerField(default=60)

    objects = DebriefHourQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["opening"],
                condition=Q(closed_at__isnull=True),
                name="scorecards_hour_one_open",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(MIN_HOUR, MAX_HOUR)), name="scorecards_hour_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"Debrief hour of {self.opening_id}"


class DebriefHourItem(UUIDModel):
    """`seconds` is how long the chair was at this candidate, without the stay that goes on."""

    hour = models.ForeignKey(DebriefHour, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField(default=0)

    objects = DebriefHourItemQuerySet.as_manager()

    class Meta:
        ordering = ["hour", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["hour", "application"], name="scorecards_houritem_once"
            ),
            models.UniqueConstraint(
                fields=["hour", "position"],
                name="scorecards_houritem_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.application_id}"


class DecisionNote(UUIDModel):
    """A comment after the decision, which itself never changes."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Note on {self.decision_id}"
