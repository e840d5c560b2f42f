"""What an administrator sees of candidates: who they are and how long they are kept."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Application, Candidate, ErasureRequest
from scorecards.workflow.erasing import may_approve
from scorecards.workflow.retention import Due, due

SOON = timedelta(days=30)
MOST_FOUND = 50


@dataclass(frozen=True)
class PrivacyList:
    found: list[Candidate]
    more: bool
    requests: list[ErasureRequest]
    due: list[Due]


def privacy_list(user: User, words: str) -> PrivacyList:
    visible = Candidate.objects.visible_to(user)
    found = list(visible.kept().called(words)[: MOST_FOUND + 1]) if words else []
    hidden = set(Candidate.objects.filter(user=user).values_list("pk", flat=True))
    return PrivacyList(
        found=found[:MOST_FOUND],
        more=len(found) > MOST_FOUND,
        requests=list(
            ErasureRequest.objects.filter(done_at__isnull=True, candidate__in=visible.values("pk"))
            .select_related("candidate", "requested_by")
            .order_by("requested_at")
        ),
        due=[one for one in due(until=timezone.now() + SOON) if one.candidate.pk not in hidden],
    )


@dataclass(frozen=True)
class Kept:
    """One candidate: what is asked for, and what the person who looks may do about it."""

    candidate: Candidate
    request: ErasureRequest | None
    may_erase: bool

    @property
    def applications(self) -> QuerySet[Application]:
        return self.candidate.applications.select_related("opening").order_by("created_at")


def kept(candidate: Candidate, user: User) -> Kept:
    request = (
        candidate.erasure_requests.filter(done_at__isnull=True)
        .select_related("requested_by")
        .first()
    )
    return Kept(candidate, request, bool(request and may_approve(request, user)))
