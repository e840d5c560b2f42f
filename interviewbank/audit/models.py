"""The append-only trail. Triggers refuse UPDATE, DELETE and TRUNCATE of events."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from interviewbank.db import UUIDModel, not_blank, one_of


class Event(models.Model):
    """One change of state: who did what to which object. No values, no names of candidates.

    `number` is taken inside the lock of the chain (a sequence outside it breaks the chain under
    concurrent writers), so it has no gaps: 1, 2, 3, ...
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=60), default=list)
    reason_salt = models.CharField(max_length=32, blank=True)
    reason_digest = models.CharField(max_length=64, blank=True)
    request_id = models.UUIDField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="audit_event_number_positive"
            ),
            not_blank("verb", "object_type", "digest", name="audit_event_complete"),
            models.UniqueConstraint(fields=["digest"], name="audit_event_digest_once"),
            models.UniqueConstraint(fields=["previous"], name="audit_event_previous_once"),
        ]
        indexes = [models.Index(fields=["object_id"], name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class ReadScope(models.TextChoices):
    WHOLE = "whole", "the whole submission"
    PART = "part", "the words of one area"


class ReadEvent(UUIDModel):
    """Somebody was shown words of somebody: a whole submission, those of one area, or its statement
    on a page about all of them. Repeats within ten minutes are one event."""

    Scope = ReadScope

    at = models.DateTimeField(default=timezone.now)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    scope = models.CharField(max_length=10, choices=Scope)

    class Meta:
        ordering = ["-at"]
        constraints = [one_of("scope", ReadScope, name="audit_readevent_scope")]
        indexes = [
            models.Index(fields=["object_id", "reader", "-at"], name="audit_readevent_lookup")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.object_type} {self.object_id}"
