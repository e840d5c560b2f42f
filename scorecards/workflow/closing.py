"""Ending and taking up again: one application, or an opening with all that goes on in it.

Whoever loses a debt by it stays blind (`keeping_blind`): to close, read what others wrote, and open
again would be a way around R3. Opening again settles it, as a cancellation does: what was cancelled
stays so, and is planned anew.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Interview, Opening, Scorecard
from scorecards.querysets.candidates import ENDED_WITH_APPLICATION

State = Application.State
ENDED = (State.WITHDRAWN, State.CLOSED)
VERBS = {"closed": "opening.closed", "on_hold": "opening.held", "open": "opening.reopened"}
WITH_OPENING = "The opening was closed."


class ClosingError(Exception):
    """Why it can't be closed or opened, as a sentence for people."""


@transaction.atomic
def end_application(
    *, application: Application, by: User, state: str, reason: str = ""
) -> Application:
    """`state` is withdrawn or closed. A decision stays on record, and open interviews are
    cancelled."""
    stored = _lock(application)
    if stored.opening.state == Opening.State.CLOSED:
        raise ClosingError("This opening was closed meanwhile, and its candidates with it.")
    if stored.state in ENDED:
        raise ClosingError("This application has ended already.")
    if stored.candidate.erased_at:
        raise ClosingError("This candidate was erased.")
    _cancel_owed(Interview.objects.filter(application=stored))
    stored.state, stored.state_reason = state, reason.strip()
    stored.save(update_fields=["state", "state_reason"])
    trail.record(
        actor=by,
        verb="application.ended",
        obj=stored,
        fields=["state", "state_reason"] if stored.state_reason else ["state"],
        reason=stored.state_reason,
    )
    return stored


@transaction.atomic
def reopen_application(*, application: Application, by: User) -> Application:
    stored = _lock(application)
    if stored.opening.state == Opening.State.CLOSED:
        raise ClosingError("The opening is closed. Open that first.")
    if stored.state not in ENDED:
        raise ClosingError("This application goes on already.")
    if stored.candidate.erased_at:
        raise ClosingError("This candidate was erased.")
    _settle(Interview.objects.filter(application=stored))
    decided = stored.decisions.exists()
    stored.state, stored.state_reason = (State.DECIDED if decided else State.ACTIVE), ""
    stored.save(update_fields=["state", "state_reason"])
    trail.record(actor=by, verb="application.reopened", obj=stored, fields=["state"])
    return stored


@transaction.atomic
def change_opening_state(*, opening: Opening, by: User, state: str) -> Opening:
    """Where nothing differs nothing is written."""
    stored = Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    if stored.state == state:
        return stored
    if state == Opening.State.CLOSED:
        _close_applications(stored)
    elif stored.state == Opening.State.CLOSED:
        _reopen_applications(stored)
    stored.state = state
    stored.closed_at = timezone.now() if state == Opening.State.CLOSED else None
    stored.save(update_fields=["state", "closed_at"])
    trail.record(actor=by, verb=VERBS[state], obj=stored, fields=["state"])
    return stored


def _close_applications(opening: Opening) -> None:
    """Decided ones stay decided; nobody owes a scorecard of any."""
    _cancel_owed(Interview.objects.filter(application__opening=opening))
    opening.applications.filter(state=State.ACTIVE).update(
        state=State.CLOSED, state_reason=WITH_OPENING
    )


def _reopen_applications(opening: Opening) -> None:
    """Those that ended with the opening. Who withdrew has withdrawn."""
    back = opening.applications.filter(
        state=State.CLOSED, state_reason=WITH_OPENING, candidate__erased_at__isnull=True
    )
    decided = opening.applications.filter(state=State.DECIDED)
    _settle(Interview.objects.filter(application__in=[*back, *decided]))
    back.update(state=State.ACTIVE, state_reason="")


def _lock(application: Application) -> Application:
    """The opening first, as who assigns an interview does; then the scorecards, as who submits one;
    then the application."""
    Opening.objects.select_for_update(no_key=True).get(pk=application.opening_id)
    _lock_cards(Interview.objects.filter(application=application))
    locked = Application.objects.select_for_update(of=("self",))
    return locked.select_related("opening", "candidate").get(pk=application.pk)


def _lock_cards(interviews: QuerySet[Interview]) -> None:
    cards = Scorecard.objects.filter(interview__in=interviews).order_by("pk")
    list(cards.select_for_update(of=("self",)).values_list("pk"))


def _cancel_owed(interviews: QuerySet[Interview]) -> None:
    """The words of a draft stay its author's; who said that theirs did not take place stays as
    blind as they are."""
    _lock_cards(interviews)
    owed = interviews.filter(scorecard__submitted_at__isnull=True, state__in=Interview.OWING)
    Interview.objects.filter(pk__in=list(owed.values_list("pk", flat=True))).update(
        state=Interview.State.CANCELLED,
        state_reason=ENDED_WITH_APPLICATION,
        state_changed_at=timezone.now(),
    )


def _settle(interviews: QuerySet[Interview]) -> None:
    interviews.ended_with_application().update(state_reason="")  # type: ignore[attr-defined]
    interviews.ended_by_interviewer().update(  # type: ignore[attr-defined]
        state=Interview.State.CANCELLED, state_changed_at=timezone.now()
    )
