"""Who is met, by whom and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.models import (
    Application,
    Candidate,
    Interview,
    Opening,
    OpeningMember,
    OpeningRound,
    Scorecard,
    Submission,
)
from scorecards.permissions import can_review

from .rollups import refresh_rollup


class InterviewError(Exception):
    """Why a candidate or an interview can't be added or changed, as a sentence for people."""


class AlreadyCandidate(InterviewError):
    pass


class OwnApplication(InterviewError):
    pass


class InterviewsThemselves(InterviewError):
    """R6: nobody has a part in their own application."""


class WasShownSubmissions(InterviewError):
    """R5: who has read what others heard can't rate independently any more."""


class InactivePerson(InterviewError):
    pass


class ErasedCandidate(InterviewError):
    pass


class OtherPlan(InterviewError):
    pass


class AlreadyAssigned(InterviewError):
    pass


class AlreadySubmitted(InterviewError):
    pass


class NotPlanned(InterviewError):
    pass


@transaction.atomic
def add_candidate(
    *,
    opening: Opening,
    by: User,
    name: str,
    email: str,
    accommodations: str = "",
    user: User | None = None,
) -> Application:
    """A new application, with its roll-up of nothing."""
    application = enter_candidate(
        opening=opening, by=by, name=name, email=email, accommodations=accommodations, user=user
    )
    trail.record(actor=by, verb="application.created", obj=application)
    return application


@transaction.atomic
def enter_candidate(
    *,
    opening: Opening,
    by: User,
    name: str,
    email: str,
    accommodations: str = "",
    user: User | None = None,
) -> Application:
    """Without its event, which whoever calls this records at the end."""
    email = email.strip()
    if by == user or email.lower() == by.email.lower():
        raise OwnApplication("You can't plan your own interviews. Ask another coordinator.")
    # Two who add the same person at one time: the second waits here, and then sees the first.
    Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    same_person = Q(candidate__email__iexact=email)
    if user:
        same_person |= Q(candidate__user=user)
    if Application.objects.not_about(by).filter(same_person, opening=opening).exists():
        raise AlreadyCandidate("This person is a candidate of this opening already.")
    typed = Candidate(
        name=name.strip(), email=email, accommodations=accommodations.strip(), user=user
    )
    candidate = _known_candidate(typed, by) or typed
    if candidate is typed:
        typed.save(force_insert=True)
    application = Application.objects.create(candidate=candidate, opening=opening)
    refresh_rollup(application)
    return application


def _known_candidate(typed: Candidate, by: User) -> Candidate | None:
    """The same person in another opening that `by` is a member of, if all that was typed agrees.

    An opening that they are not a member of must not show through, so it doesn't count.
    """
    known = Candidate.objects.filter(
        applications__in=Application.objects.schedule_visible_to(by),
        email__iexact=typed.email,
        name__iexact=typed.name,
        user=typed.user,
        erased_at__isnull=True,
    )
    if typed.accommodations:
        known = known.filter(accommodations=typed.accommodations)
    # Who is being erased right now is waited for, and then not known any more.
    return known.order_by("created_at").select_for_update(no_key=True, of=("self",)).first()


@transaction.atomic
def assign_panel(
    *, application: Application, interviewers: Sequence[User], by: User, **interview: Any
) -> list[Interview]:
    """Several at one time, or none of them. The events come last: they hold the trail."""
    made = [
        _assign(application=application, interviewer=person, by=by, **interview)
        for person in interviewers
    ]
    for one in made:
        trail.record(actor=by, verb="interview.assigned", obj=one)
    return made


@transaction.atomic
def assign_interviewer(
    *,
    application: Application,
    round: OpeningRound,
    interviewer: User,
    starts_at: datetime,
    minutes: int,
    location: str,
    shadow: bool,
    by: User,
) -> Interview:
    (made,) = assign_panel(
        application=application,
        interviewers=[interviewer],
        round=round,
        starts_at=starts_at,
        minutes=minutes,
        location=location,
        shadow=shadow,
        by=by,
    )
    return made


def _assign(
    *,
    application: Application,
    round: OpeningRound,
    interviewer: User,
    starts_at: datetime,
    minutes: int,
    location: str,
    shadow: bool,
    by: User,
) -> Interview:
    # A plan that is being replaced moves its interviews first; this one would be left behind.
    Opening.objects.select_for_update(no_key=True).get(pk=application.opening_id)
    if round.plan != application.opening.plans.latest("number"):
        raise OtherPlan("The rounds of this opening have changed. Choose the round again.")
    _refuse_erased(application)
    _refuse_interviewer(application, interviewer, by)
    planned = application.interviews.taking_place().filter(interviewer=interviewer, round=round)
    if planned.exists():
        raise AlreadyAssigned(f"{interviewer} is assigned to “{round}” already.")
    interview = Interview.objects.create(
        application=application,
        round=round,
        interviewer=interviewer,
        starts_at=starts_at,
        minutes=minutes,
        location=location.strip(),
        shadow=shadow,
    )
    Scorecard.objects.create(interview=interview)
    if not shadow:
        _settle_ended(application, round)
    return interview


def _refuse_erased(application: Application) -> None:
    """An erasure that is under way comes first, and is then seen."""
    kept = Candidate.objects.kept().select_for_update(no_key=True)
    if kept.filter(pk=application.candidate_id).first() is None:
        raise ErasedCandidate("This candidate was erased.")


def _settle_ended(application: Application, round: OpeningRound) -> None:
    """What interviewers said did not take place has its replacement now. The rounds of an earlier
    plan are the same by name."""
    ended = application.interviews.ended_by_interviewer().filter(round__name=round.name)
    ended.update(state=Interview.State.CANCELLED, state_changed_at=timezone.now())


def _refuse_interviewer(application: Application, interviewer: User, by: User) -> None:
    if not interviewer.is_active:
        raise InactivePerson(f"{interviewer} is deactivated and can't be assigned.")
    if application.candidate.user_id == interviewer.pk:
        raise InterviewsThemselves(f"{interviewer} is the candidate.")
    if (
        _was_shown(application, interviewer)
        or _looks_again(application, interviewer)
        or (interviewer != by and owes(application, by) and _may_read(application, interviewer))
    ):
        raise WasShownSubmissions(
            f"{interviewer} may have read a scorecard of this candidate, and interviewers rate "
            "without knowing the others'. Choose somebody else."
        )


def owes(application: Application, user: User) -> bool:
    return application.interviews.of(user).keeping_blind().exists()


def _was_shown(application: Application, person: User) -> bool:
    others = Submission.objects.of_application(application).exclude(
        scorecard__interview__interviewer=person
    )
    return ReadEvent.objects.filter(reader=person, object_id__in=others.values("pk")).exists()


def _looks_again(application: Application, person: User) -> bool:
    """Who lost an owed interview and sees what others heard. Figures leave no read event: to cancel
    one's own interview, look, and be assigned again would be a way around R3."""
    own = application.interviews.of(person)
    lost = own.filter(state=Interview.State.CANCELLED).exists()
    if not lost or own.filter(scorecard__submitted_at__isnull=False).exists():
        return False
    heard = application.interviews.filter(scorecard__submitted_at__isnull=False).exists()
    return heard and can_review(person, application)


def _may_read(application: Application, person: User) -> bool:
    """Who could have read a scorecard if there were one. Refusing them all keeps a coordinator who
    owes a scorecard from finding out, by trying, whether there is one (R3)."""
    return (
        application.opening.members.filter(user=person)
        .exclude(kind=OpeningMember.Kind.COORDINATOR)
        .exists()
        or application.interviews.taking_place().of(person).exists()
    )


@transaction.atomic
def cancel_interview(*, interview: Interview, by: User, reason: str) -> Interview:
    """Refused once the scorecard is in: what was heard counts.

    It also settles what an interviewer said did not take place; their reason stays.
    """
    # Submitting locks the scorecard too, so one of the two comes first.
    card = Scorecard.objects.select_for_update().get(interview=interview)
    if card.submitted_at:
        raise AlreadySubmitted(
            f"{interview.interviewer} has submitted the scorecard, so the interview counts."
        )
    states = (*Interview.OWING, *Interview.ENDED_BY_INTERVIEWER)
    cancelled = Interview.objects.filter(pk=interview.pk, state__in=states).update(
        state=Interview.State.CANCELLED, state_changed_at=timezone.now()
    )
    if not cancelled:
        raise NotPlanned("The interview was cancelled already.")
    interview.refresh_from_db()
    trail.record(
        actor=by, verb="interview.cancelled", obj=interview, fields=["state"], reason=reason
    )
    return interview
