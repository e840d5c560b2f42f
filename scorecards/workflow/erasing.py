"""Erasure: the words about a candidate go, the levels stay without anybody's name.

Two persons decide it, or one who sleeps on it. Triggers let the listed columns be blanked while an
approved request is open and there is no legal hold, and nothing else (migrations 0002, 0006, 0007).
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards import ledger
from scorecards.models import (
    Answer,
    AnswerOp,
    Application,
    Candidate,
    Debrief,
    DebriefNote,
    Decision,
    DecisionNote,
    ErasureRequest,
    Interview,
    PanelRating,
    Scorecard,
    Submission,
    Vote,
)

log = logging.getLogger(__name__)

SLEPT_ON = timedelta(hours=24)
REPLAYED = "It was erased before this backup was restored."
DONE = "Done."

# What people wrote about somebody, by the way to the candidate. A test compares it with the models.
WORDS: list[tuple[Any, str, dict[str, Any]]] = [
    (Application, "candidate", {"state_reason": ""}),
    (Interview, "application__candidate", {"location": "", "state_reason": ""}),
    (Scorecard, "interview__application__candidate", {"summary": "", "scratch": ""}),
    (Answer, "scorecard__interview__application__candidate", {"evidence": ""}),
    (
        Submission,
        "scorecard__interview__application__candidate",
        {"content": "", "salt": "", "reason": ""},
    ),
    (
        Decision,
        "application__candidate",
        {
            "rationale": "",
            "dissent": "",
            "override_reason": "",
            "exception_reason": "",
            "again_reason": "",
            "snapshot": {},
        },
    ),
    (DecisionNote, "decision__application__candidate", {"text": ""}),
    (Debrief, "application__candidate", {"exception_reason": ""}),
    (DebriefNote, "debrief__application__candidate", {"text": ""}),
    (PanelRating, "debrief__application__candidate", {"note": ""}),
    (Vote, "debrief__application__candidate", {"rationale": ""}),
]


class ErasureError(Exception):
    """Its text is a sentence for people."""


class AlreadyRequested(ErasureError):
    pass


class AlreadyErased(ErasureError):
    pass


class OnLegalHold(ErasureError):
    pass


class NeedsSomebodyElse(ErasureError):
    pass


class NothingRequested(ErasureError):
    pass


class NotNoted(ErasureError):
    """Without a line in the ledger a restored backup would bring them back."""


@transaction.atomic
def request_erasure(*, candidate: Candidate, by: User, reason: str) -> ErasureRequest:
    stored = _locked(candidate)
    if stored.legal_hold:
        raise OnLegalHold("There is a legal hold. Lift it first, if you may.")
    if stored.erasure_requests.filter(done_at__isnull=True).exists():
        raise AlreadyRequested("The erasure of this candidate was requested already.")
    made = ErasureRequest.objects.create(candidate=stored, reason=reason.strip(), requested_by=by)
    trail.record(actor=by, verb="erasure.requested", obj=stored, reason=reason)
    return made


@transaction.atomic
def withdraw_erasure(*, candidate: Candidate, by: User) -> None:
    stored = _locked(candidate)
    deleted, _ = stored.erasure_requests.filter(done_at__isnull=True).delete()
    if not deleted:
        raise NothingRequested("Nobody asks for this erasure any more.")
    trail.record(actor=by, verb="erasure.withdrawn", obj=stored)


def may_approve(request: ErasureRequest, user: User) -> bool:
    """Somebody else at once, the same person after a day."""
    return request.requested_by_id != user.pk or timezone.now() - request.requested_at >= SLEPT_ON


@transaction.atomic
def erase(*, candidate: Candidate, by: User) -> Candidate:
    """Approve the open request and carry it out, in one transaction."""
    stored = _locked(candidate)
    if stored.legal_hold:
        raise OnLegalHold("There is a legal hold. Lift it first, if you may.")
    request = stored.erasure_requests.filter(done_at__isnull=True).first()
    if request is None:
        raise NothingRequested("Nobody asks for this erasure any more.")
    if not may_approve(request, by):
        raise NeedsSomebodyElse(
            "You asked for it yourself. Somebody else can erase now, or you from tomorrow on."
        )
    _carry_out(request, approved_by=by)
    return stored


@transaction.atomic
def erase_when_due(*, candidate: Candidate, reason: str) -> Candidate:
    """By the retention of the opening, which somebody chose, or again after a restore."""
    stored = _locked(candidate)
    request = stored.erasure_requests.filter(done_at__isnull=True).first()
    request = request or ErasureRequest.objects.create(candidate=stored, reason=reason)
    _carry_out(request, approved_by=None)
    return stored


def replay(candidates: Iterable[Any]) -> int:
    """Erase again whom a restored backup brought back. A legal hold from before it is over."""
    count = 0
    for stored in Candidate.objects.filter(pk__in=list(candidates), erased_at__isnull=True):
        Candidate.objects.filter(pk=stored.pk).update(legal_hold="")
        erase_when_due(candidate=stored, reason=REPLAYED)
        count += 1
    return count


@transaction.atomic
def set_legal_hold(*, candidate: Candidate, by: User, reason: str) -> Candidate:
    """With a reason nothing is erased; without one the hold is lifted."""
    stored = _locked(candidate)
    if stored.legal_hold == reason.strip():
        return stored
    stored.legal_hold = reason.strip()
    stored.save(update_fields=["legal_hold"])
    verb = "candidate.held" if stored.legal_hold else "candidate.hold_lifted"
    trail.record(actor=by, verb=verb, obj=stored, fields=["legal_hold"], reason=reason)
    return stored


def _locked(candidate: Candidate) -> Candidate:
    stored = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if stored.erased_at:
        raise AlreadyErased("This candidate was erased already.")
    return stored


def _carry_out(request: ErasureRequest, *, approved_by: User | None) -> None:
    candidate, now = request.candidate, timezone.now()
    if candidate.legal_hold:
        raise OnLegalHold("There is a legal hold. Lift it first, if you may.")
    # Scorecards first: who saves one right now waits, and is then told that it is over.
    list(Scorecard.objects.select_for_update().filter(interview__application__candidate=candidate))
    ErasureRequest.objects.filter(pk=request.pk).update(approved_by=approved_by, approved_at=now)
    _end_what_goes_on(candidate)
    AnswerOp.objects.filter(scorecard__interview__application__candidate=candidate).delete()
    for model, path, blanks in WORDS:
        model.objects.filter(**{path: candidate}).update(**blanks)
    Candidate.objects.filter(pk=candidate.pk).update(
        name="", email="", accommodations="", user=None, erased_at=now
    )
    ErasureRequest.objects.filter(pk=request.pk).update(reason=DONE, done_at=now)
    trail.record(actor=approved_by, verb="candidate.erased", obj=candidate)
    _note_outside(candidate, now)  # last: whoever erases at the same time waits for the trail


def _note_outside(candidate: Candidate, at: datetime) -> None:
    try:
        ledger.append(candidate.pk, at)
    except ledger.LedgerClosed as error:
        log.error("Nothing can be erased. The erasure ledger can't be written: %s", error)
        raise NotNoted(
            "Nothing was erased: it can't be noted outside the database, so a restored backup "
            "would bring the candidate back. Ask whoever runs the server to look at the ledger of "
            "erasures."
        ) from error


@transaction.atomic
def note_again() -> int:
    """Into a ledger that was lost, whom this database knows. Raises NotNoted."""
    missing = list(Candidate.objects.erased().exclude(pk__in=list(ledger.read())))
    for candidate in missing:
        trail.record(actor=None, verb="erasure.noted_again", obj=candidate)
        _note_outside(candidate, candidate.erased_at)
    return len(missing)


def _end_what_goes_on(candidate: Candidate) -> None:
    """Nobody owes a scorecard about somebody who is gone, and nothing more is said about them."""
    now = timezone.now()
    Debrief.objects.filter(application__candidate=candidate, closed_at__isnull=True).update(
        revealed_at=Coalesce("revealed_at", now), closed_at=now
    )
    Application.objects.filter(candidate=candidate, state=Application.State.ACTIVE).update(
        state=Application.State.CLOSED
    )
    Interview.objects.owing().filter(application__candidate=candidate).update(
        state=Interview.State.CANCELLED, state_changed_at=now
    )
