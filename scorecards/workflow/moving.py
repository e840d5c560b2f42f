"""An interview at another time or place."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Interview, Opening, Scorecard

from .interviews import AlreadySubmitted, NotPlanned, OtherPlan


@transaction.atomic
def move_interview(
    *, interview: Interview, starts_at: datetime, minutes: int, location: str, by: User
) -> Interview:
    """Another place is noted on the interview. Another time makes a new one with a scorecard of its
    own, and cancels this one; what was written in its draft stays its author's. It is the same
    whether there is a draft or not, since nobody else may know that (R1)."""
    opening = Opening.objects.select_for_update(no_key=True).get(
        applications=interview.application_id
    )
    card = Scorecard.objects.select_for_update().get(interview=interview)
    now = Interview.objects.select_related("interviewer", "round").get(pk=interview.pk)
    if card.submitted_at:
        raise AlreadySubmitted(
            f"{now.interviewer} has submitted the scorecard, so the interview counts."
        )
    if now.state not in Interview.OWING:
        raise NotPlanned("This interview is not planned any more. Assign it anew.")
    if (now.starts_at, now.minutes) == (starts_at, minutes):
        return _change_place(now, location.strip(), by)
    a_round = opening.plans.latest("number").rounds.filter(name=now.round.name).first()
    if a_round is None:
        raise OtherPlan("This round is not in the plan any more. Cancel it, and assign another.")
    now.state, now.state_changed_at = Interview.State.CANCELLED, timezone.now()
    now.save(update_fields=["state", "state_changed_at"])
    made = Interview.objects.create(
        application_id=now.application_id,
        round=a_round,
        interviewer=now.interviewer,
        starts_at=starts_at,
        minutes=minutes,
        location=location.strip(),
        shadow=now.shadow,
    )
    Scorecard.objects.create(interview=made)
    trail.record(actor=by, verb="interview.replanned", obj=made, fields=["starts_at", "minutes"])
    return made


def _change_place(interview: Interview, location: str, by: User) -> Interview:
    if interview.location == location:
        return interview
    interview.location = location
    interview.save(update_fields=["location"])
    trail.record(actor=by, verb="interview.place_changed", obj=interview, fields=["location"])
    return interview
