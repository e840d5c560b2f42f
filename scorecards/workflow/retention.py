"""How long candidates are kept, as each opening says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from scorecards.models import Application, Candidate, Opening

from .erasing import erase_when_due

# A month is 30 days here: nobody has a right to the odd day.
KEPT = {
    Opening.Retention.SIX_MONTHS: timedelta(days=180),
    Opening.Retention.TWELVE_MONTHS: timedelta(days=360),
    Opening.Retention.TWENTY_FOUR_MONTHS: timedelta(days=720),
}
REASON = "The time that the opening keeps candidates is over."


@dataclass(frozen=True)
class Due:
    """When a candidate goes: when the last of their openings lets them."""

    candidate: Candidate
    at: datetime


def due(*, until: datetime | None = None) -> list[Due]:
    """Who is to be erased by then; the earliest first. Nobody on legal hold, nobody with an opening
    that is not closed or that keeps candidates until somebody asks."""
    until = until or timezone.now()
    found = [
        Due(candidate, at)
        for candidate in _possible()
        if (at := _last_day(candidate)) is not None and at <= until
    ]
    return sorted(found, key=lambda one: (one.at, str(one.candidate.pk)))


def _possible() -> QuerySet[Candidate]:
    kept_on = Application.objects.exclude(
        opening__state=Opening.State.CLOSED,
        opening__closed_at__isnull=False,
        opening__retention__in=KEPT,
    )
    return (
        Candidate.objects.filter(erased_at__isnull=True, legal_hold="", applications__isnull=False)
        .exclude(pk__in=kept_on.values("candidate"))
        .distinct()
        .prefetch_related("applications__opening")
    )


def _last_day(candidate: Candidate) -> datetime | None:
    days = [
        application.opening.closed_at + KEPT[Opening.Retention(application.opening.retention)]
        for application in candidate.applications.all()
        if application.opening.closed_at
    ]
    return max(days, default=None)


def erase_due(*, now: datetime | None = None) -> int:
    """The job; run it daily. Run again it finds nothing left to do."""
    until = now or timezone.now()
    return sum(_erase_if_still_due(one.candidate, until) for one in due(until=until))


@transaction.atomic
def _erase_if_still_due(candidate: Candidate, until: datetime) -> bool:
    """A hold, another application or an erasure by hand may have come since the list was made."""
    Candidate.objects.select_for_update().get(pk=candidate.pk)
    still = _possible().filter(pk=candidate.pk).first()
    at = _last_day(still) if still else None
    if at is None or at > until:
        return False
    erase_when_due(candidate=candidate, reason=REASON)
    return True
