"""What a person may do to one object. Which objects exist for them is `visible_to`."""

from interviewbank.access.models import Grant, User

from .models import (
    Application,
    Debrief,
    DebriefHour,
    Decision,
    Interview,
    Opening,
    OpeningMember,
    Scorecard,
)
from .querysets.debriefs import ROOM, voters_of

Kind = OpeningMember.Kind


def _is_member(user: User, opening: Opening, *kinds: str) -> bool:
    return opening.members.filter(user=user, kind__in=kinds).exists()


def can_plan(user: User, opening: Opening) -> bool:
    return _is_member(user, opening, Kind.COORDINATOR)


def can_exclude(user: User, opening: Opening) -> bool:
    """The chair, who sees what follows for every candidate of the opening."""
    return _is_member(user, opening, Kind.CHAIR)


def can_read_trail(user: User, opening: Opening) -> bool:
    return _is_member(user, opening, Kind.CHAIR)


def can_add_candidate(user: User, opening: Opening) -> bool:
    return opening.state == Opening.State.OPEN and can_plan(user, opening)


def grantable_kinds(user: User, opening: Opening) -> frozenset[str]:
    """Coordinators add and remove coordinators; administrators and chairs anybody."""
    if user.holds(Grant.Kind.ADMINISTRATOR):
        return frozenset(Kind.values)
    own = set(opening.members.filter(user=user).values_list("kind", flat=True))
    if Kind.CHAIR in own:
        return frozenset(Kind.values)
    return frozenset({Kind.COORDINATOR.value}) & own


def can_add_members(user: User, opening: Opening) -> bool:
    return bool(grantable_kinds(user, opening))


def can_remove_member(user: User, member: OpeningMember) -> bool:
    return member.kind in grantable_kinds(user, member.opening)


def can_see_schedule(user: User, application: Application) -> bool:
    return Application.objects.schedule_visible_to(user).filter(pk=application.pk).exists()


def can_see_card_states(user: User, application: Application) -> bool:
    """Whether a scorecard is in: not while the user still owes one of their own (R3)."""
    return Application.objects.card_state_visible_to(user).filter(pk=application.pk).exists()


def can_assign(user: User, application: Application) -> bool:
    """After a decision too: it may have asked for more evidence. And a coordinator who owes a
    scorecard must not learn from a missing button that there is one."""
    return (
        application.state in (Application.State.ACTIVE, Application.State.DECIDED)
        and application.candidate.erased_at is None
        and application.opening.state != Opening.State.CLOSED
        and can_plan(user, application.opening)
    )


def can_end(user: User, application: Application) -> bool:
    """A decided one too, since candidates withdraw after an offer; and a coordinator who owes a
    scorecard must not learn from a refusal that there is a decision (R3)."""
    return can_assign(user, application)


def can_reopen(user: User, application: Application) -> bool:
    return (
        application.state in (Application.State.WITHDRAWN, Application.State.CLOSED)
        and application.opening.state != Opening.State.CLOSED
        and application.candidate.erased_at is None
        and can_plan(user, application.opening)
    )


def can_cancel(user: User, interview: Interview) -> bool:
    """Cancelling fails once the scorecard is in, so who may not know that may not try (R3)."""
    application = interview.application
    return can_plan(user, application.opening) and (
        interview.interviewer_id == user.pk or can_see_card_states(user, application)
    )


def can_move(user: User, interview: Interview) -> bool:
    return can_cancel(user, interview) and can_assign(user, interview.application)


def can_attend(user: User, interview: Interview) -> bool:
    """Prepare for it, and say afterwards that it did not take place: whose interview it is."""
    return interview.interviewer_id == user.pk


def can_hand_over(user: User, interview: Interview) -> bool:
    """Whose interview it was, once the scorecard is in."""
    return can_attend(user, interview) and interview.scorecard.submitted_at is not None


def can_remind(user: User, interview: Interview) -> bool:
    """A nudge says that a scorecard is not in, so who may not know that sends none (R3)."""
    application = interview.application
    return can_plan(user, application.opening) and can_see_card_states(user, application)


def can_score(user: User, scorecard: Scorecard) -> bool:
    interview = scorecard.interview
    return interview.interviewer_id == user.pk and (
        interview.state in Interview.OWING or scorecard.submitted_at is not None
    )


def can_amend(user: User, scorecard: Scorecard) -> bool:
    """Its author, once it is submitted and while they see the candidate; of an erased candidate
    nothing new is kept."""
    interview = scorecard.interview
    return (
        interview.interviewer_id == user.pk
        and scorecard.submitted_at is not None
        and interview.application.candidate.erased_at is None
        and Scorecard.objects.visible_to(user).filter(pk=scorecard.pk).exists()
    )


def can_review(user: User, application: Application) -> bool:
    return Application.objects.assessed_visible_to(user).filter(pk=application.pk).exists()


def can_decide(user: User, application: Application) -> bool:
    """A chair who sees the assessments. Who interviewed does not decide, unless the opening says
    that they may (R5). About an erased candidate nothing more is decided."""
    opening = application.opening
    if not _is_member(user, opening, Kind.CHAIR) or not can_review(user, application):
        return False
    if application.candidate.erased_at is not None:
        return False
    if application.state not in (Application.State.ACTIVE, Application.State.DECIDED):
        return False
    took_part = application.interviews.filter(
        interviewer=user, scorecard__submitted_at__isnull=False
    )
    return opening.interviewers_may_decide or not took_part.exists()


def can_open_debrief(user: User, application: Application) -> bool:
    return _is_member(user, application.opening, Kind.CHAIR) and can_review(user, application)


def can_debrief(user: User, debrief: Debrief) -> bool:
    """Take part: the committee and its chair, while they see the assessments."""
    return is_seated(user, debrief.application.opening) and can_review(user, debrief.application)


def is_seated(user: User, opening: Opening) -> bool:
    """On the committee, or its chair."""
    return _is_member(user, opening, *ROOM)


def can_lead_debrief(user: User, debrief: Debrief) -> bool:
    return can_open_debrief(user, debrief.application)


def can_vote(user: User, debrief: Debrief) -> bool:
    return voters_of(debrief.application).filter(pk=user.pk).exists()


def can_line_up(user: User, opening: Opening) -> bool:
    """The chair, who leads debriefs and debrief hours."""
    return _is_member(user, opening, Kind.CHAIR)


def can_lead_hour(user: User, hour: DebriefHour) -> bool:
    return can_line_up(user, hour.opening)


def can_comment(user: User, decision: Decision) -> bool:
    """Whoever sees the assessments: an interviewer may know what came of the open question."""
    return can_review(user, decision.application)


def can_read_packet(user: User, decision: Decision) -> bool:
    """Committee and chair who see the assessments. An interviewer may see the review page, as the
    opening allows; a file of everything that others wrote is not theirs to take away."""
    return _is_member(
        user, decision.application.opening, Kind.COMMITTEE, Kind.CHAIR
    ) and can_review(user, decision.application)
