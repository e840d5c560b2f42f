"""What the interviewer says of their own interview: it did not take place, it was moved, it took
place after all.

Saying so ends the debt and opens nothing: `keeping_blind` holds for these interviews until a
coordinator has settled them, so they can be taken back without harm as long as nobody has.
"""

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Interview, Opening, Scorecard

from .interviews import AlreadySubmitted, InterviewError

MISSING = {
    "candidate": "The candidate was not there.",
    "me": "The interviewer was not there.",
    "both": "Nobody was there.",
}


class NotOwed(InterviewError):
    pass


class NotEnded(InterviewError):
    pass


class Settled(InterviewError):
    pass


@transaction.atomic
def mark_not_held(*, interview: Interview, by: User, missing: str, note: str = "") -> Interview:
    """`missing` is a key of MISSING."""
    reason = f"{MISSING[missing]} {note.strip()}".strip()
    return _end(interview, by, Interview.State.NO_SHOW, reason, "interview.not_held")


@transaction.atomic
def mark_moved(*, interview: Interview, by: User, note: str = "") -> Interview:
    return _end(interview, by, Interview.State.MOVED, note.strip(), "interview.moved")


@transaction.atomic
def take_back(*, interview: Interview, by: User) -> Interview:
    """It took place after all: the scorecard is owed again, with what was written in it."""
    # Who plans it again locks the opening first, and so does this: one of the two comes first.
    openings = Opening.objects.select_for_update(no_key=True, of=("self",))
    openings.get(applications=interview.application_id)
    _lock(interview)
    now = _read(interview)
    if now.state == Interview.State.CANCELLED:
        raise Settled("The coordinator has planned this anew. Ask them if you did meet.")
    if now.state not in Interview.ENDED_BY_INTERVIEWER:
        raise NotEnded("This interview is planned as it was.")
    application = now.application
    open_states = (Application.State.ACTIVE, Application.State.DECIDED)
    if application.state not in open_states or application.opening.state == Opening.State.CLOSED:
        raise Settled("This application is closed. Ask the coordinator if you did meet.")
    if now.round.plan != application.opening.plans.latest("number") and not _opened(now):
        raise Settled("The rounds have changed since. Ask the coordinator to plan it again.")
    _change(now, Interview.State.PLANNED, "")
    trail.record(actor=by, verb="interview.taken_back", obj=now, fields=["state", "state_reason"])
    return now


def _end(interview: Interview, by: User, state: str, reason: str, verb: str) -> Interview:
    card = _lock(interview)
    if card.submitted_at:
        raise AlreadySubmitted("You have submitted this scorecard, so the interview counts.")
    now = _read(interview)
    if now.state not in Interview.OWING:
        raise NotOwed("You owe no scorecard of this interview any more.")
    _change(now, state, reason)
    fields = ["state", "state_reason"] if reason else ["state"]
    trail.record(actor=by, verb=verb, obj=now, fields=fields, reason=reason)
    return now


def _lock(interview: Interview) -> Scorecard:
    """Saving, submitting and cancelling lock the scorecard too, so one of them comes first."""
    return Scorecard.objects.select_for_update().get(interview=interview)


def _read(interview: Interview) -> Interview:
    """As it is now that its scorecard is locked."""
    related = ("round__plan", "application__opening", "application__candidate", "interviewer")
    return Interview.objects.select_related(*related).get(pk=interview.pk)


def _opened(interview: Interview) -> bool:
    return interview.scorecard.opened_at is not None


def _change(interview: Interview, state: str, reason: str) -> None:
    interview.state, interview.state_reason = state, reason
    interview.state_changed_at = timezone.now()
    interview.save(update_fields=["state", "state_reason", "state_changed_at"])
