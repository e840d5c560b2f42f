"""What a person may do to one object. Which objects exist for them is `visible_to`."""

from interviewbank.access.models import Grant, User

from .models import Application, Interview, Opening, OpeningMember, Scorecard

Kind = OpeningMember.Kind


def _is_member(user: User, opening: Opening, *kinds: str) -> bool:
    return opening.members.filter(user=user, kind__in=kinds).exists()


def can_plan(user: User, opening: Opening) -> bool:
    return _is_member(user, opening, Kind.COORDINATOR)


def can_add_candidate(user: User, opening: Opening) -> bool:
    return opening.state == Opening.State.OPEN and can_plan(user, opening)


def can_add_members(user: User, opening: Opening) -> bool:
    """Coordinators add coordinators; administrators and chairs add anybody."""
    return user.holds(Grant.Kind.ADMINISTRATOR) or _is_member(
        user, opening, Kind.COORDINATOR, Kind.CHAIR
    )


def can_grant_kind(user: User, opening: Opening, kind: str) -> bool:
    if kind == Kind.COORDINATOR:
        return can_add_members(user, opening)
    return user.holds(Grant.Kind.ADMINISTRATOR) or _is_member(user, opening, Kind.CHAIR)


def can_remove_member(user: User, member: OpeningMember) -> bool:
    return can_grant_kind(user, member.opening, member.kind)


def can_see_schedule(user: User, application: Application) -> bool:
    return Application.objects.schedule_visible_to(user).filter(pk=application.pk).exists()


def can_assign(user: User, application: Application) -> bool:
    return application.state == Application.State.ACTIVE and can_plan(user, application.opening)


def can_cancel(user: User, interview: Interview) -> bool:
    return can_plan(user, interview.application.opening)


def can_score(user: User, scorecard: Scorecard) -> bool:
    interview = scorecard.interview
    return interview.interviewer_id == user.pk and (
        interview.state in Interview.OWING or scorecard.submitted_at is not None
    )


def can_review(user: User, application: Application) -> bool:
    return Application.objects.assessed_visible_to(user).filter(pk=application.pk).exists()


def can_decide(user: User, application: Application) -> bool:
    """A chair who sees the assessments. Who interviewed does not decide, unless the opening says
    that they may (R5)."""
    opening = application.opening
    if not _is_member(user, opening, Kind.CHAIR) or not can_review(user, application):
        return False
    if application.state not in (Application.State.ACTIVE, Application.State.DECIDED):
        return False
    took_part = application.interviews.filter(
        interviewer=user, scorecard__submitted_at__isnull=False
    )
    return opening.interviewers_may_decide or not took_part.exists()
