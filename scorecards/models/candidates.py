"""Who is met, for what, by whom and when."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.db import Folded, UUIDModel, not_blank, one_of
from scorecards.querysets.candidates import ApplicationQuerySet, InterviewQuerySet
from scorecards.querysets.people import CandidateQuerySet

from .openings import Opening, OpeningRound


class Candidate(UUIDModel):
    """`user` links an internal candidate: that person sees nothing of their application."""

    name = models.CharField(max_length=120)
    # What the name is found and ordered by. The database keeps it; an erased name leaves nothing.
    name_folded = models.GeneratedField(
        expression=Folded("name"), output_field=models.TextField(), db_persist=True
    )
    email = models.EmailField("e-mail", max_length=254, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    accommodations = models.TextField(blank=True)
    legal_hold = models.TextField("why nothing may be erased", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["name_folded", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(erased_at__isnull=False),
                name="scorecards_candidate_named_until_erased",
            )
        ]

    def __str__(self) -> str:
        return self.name or "Erased candidate"


class ErasureRequest(UUIDModel):
    """The key to the one guarded exception: with an approved request and no legal hold the
    triggers let the listed text columns of this candidate's records be blanked, nothing else."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="erasure_requests"
    )
    reason = models.TextField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            not_blank("reason", name="scorecards_erasure_complete"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(approved_at__isnull=False),
                name="scorecards_erasure_done_was_approved",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(done_at__isnull=True),
                name="scorecards_erasure_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure of candidate {self.candidate_id}"


class ApplicationState(models.TextChoices):
    ACTIVE = "active", "Active"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"
    DECIDED = "decided", "Decided"


class Application(UUIDModel):
    State = ApplicationState

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    state_reason = models.CharField("why it ended", max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            one_of("state", ApplicationState, name="scorecards_application_state"),
            models.UniqueConstraint(
                fields=["candidate", "opening"], name="scorecards_application_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.opening}"


class InterviewState(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    MOVED = "moved", "Moved"
    CANCELLED = "cancelled", "Cancelled"
    NO_SHOW = "no_show", "No show"


class Interview(UUIDModel):
    """One interviewer meets one candidate; a panel is several rows at one time.

    A shadow listens and learns: their scorecard never counts.
    """

    State = InterviewState

    # In these states the interviewer still owes a scorecard.
    OWING = (State.PLANNED, State.HELD)
    # In these the interviewer said so themselves, and no coordinator has settled it yet.
    ENDED_BY_INTERVIEWER = (State.MOVED, State.NO_SHOW)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="interviews"
    )
    round = models.ForeignKey(OpeningRound, on_delete=models.PROTECT, related_name="interviews")
    interviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    location = models.CharField("room or call link", max_length=300, blank=True)
    shadow = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    state_changed_at = models.DateTimeField(default=timezone.now)
    state_reason = models.CharField("why it did not take place", max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            one_of("state", InterviewState, name="scorecards_interview_state"),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 480)), name="scorecards_interview_minutes"
            ),
            models.UniqueConstraint(
                fields=["application", "round", "interviewer"],
                condition=Q(state__in=["planned", "held"]),
                name="scorecards_interview_assigned_once",
            ),
        ]
        indexes = [models.Index(F("interviewer"), F("state"), name="scorecards_interview_owed")]

    def __str__(self) -> str:
        return f"{self.round} with {self.interviewer}"
