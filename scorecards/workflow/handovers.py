"""What an interviewer leaves to whoever comes later: explicit, and of areas not reached only."""

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import EvaluationArea
from scorecards.models import Application, Handover, Interview, Opening
from scorecards.summaries.handovers import areas_not_reached

from .interviews import InterviewError


class HandoverError(InterviewError):
    """Why it can't be handed over or taken back, as a sentence for people."""


@transaction.atomic
def hand_over(*, interview: Interview, area: EvaluationArea, by: User) -> Handover:
    _refuse_ended(interview)
    if area not in areas_not_reached(interview):
        raise HandoverError(f"{area} was not left out. Only what was not reached is handed over.")
    made, created = Handover.objects.get_or_create(interview=interview, area=area)
    if not created:
        raise HandoverError(f"{area} is handed over already.")
    trail.record(actor=by, verb="handover.made", obj=interview)
    return made


@transaction.atomic
def take_back_handover(*, handover: Handover, by: User) -> None:
    """Until somebody who was asked has begun."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=handover.interview_id)
    later = Interview.objects.taking_place().filter(
        application=interview.application_id, starts_at__gt=interview.starts_at
    )
    if (
        later.exclude(interviewer=interview.interviewer_id)
        .filter(starts_at__lte=timezone.now())
        .exists()
    ):
        raise HandoverError("It can't be taken back any more: an interview may have begun with it.")
    deleted, _ = Handover.objects.filter(pk=handover.pk).delete()
    if not deleted:
        raise HandoverError("It was taken back already.")
    trail.record(actor=by, verb="handover.taken_back", obj=interview)


def _refuse_ended(interview: Interview) -> None:
    application = Application.objects.select_related("opening", "candidate").get(
        pk=interview.application_id
    )
    ended = (Application.State.WITHDRAWN, Application.State.CLOSED)
    if (
        application.state in ended
        or application.opening.state == Opening.State.CLOSED
        or application.candidate.erased_at
    ):
        raise HandoverError("This application has ended, so nobody comes later.")
