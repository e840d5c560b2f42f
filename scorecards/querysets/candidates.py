"""Who sees which candidate, and whose assessments (DESIGN.md section 4, R1 to R6).

`visible_to` says that a person may know of the application: identity and, for members, schedule.
`assessed_visible_to` says that they may see what was heard: others' submissions, the roll-up, the
decision. Both are conditions in SQL, so that lists, counts, sort orders and exports obey alike.
"""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from interviewbank.access.models import User

# How long an interviewer goes on seeing a candidate after their last submission (R2).
STILL_SEEN_FOR = timedelta(days=14)
OWING = ("planned", "held")
# What an interviewer says did not take place asks nothing more of them. It shows them nothing more
# either, until a coordinator has cancelled it or planned it again: else to say so, look at what
# others wrote, and take it back, would be a way around R3.
ENDED_BY_INTERVIEWER = ("moved", "no_show")
BLIND = OWING + ENDED_BY_INTERVIEWER
# The reason of what was cancelled because the application or its opening ended. It keeps its
# interviewer blind until that is opened again, for the same cause.
ENDED_WITH_APPLICATION = "The application ended."
_ENDED_WITH_APPLICATION = Q(state="cancelled", state_reason=ENDED_WITH_APPLICATION)
ENDED_APPLICATION = ("withdrawn", "closed")


# Each of these is a set that is read once and hashed, not a question asked of every row: a list of
# 100,000 would ask it 100,000 times, and the planner can't know that inside an aggregate.


def _interviews_of(user: User) -> "InterviewQuerySet":
    return apps.get_model("scorecards", "Interview").objects.filter(interviewer=user)


def _met_in(interviews: "InterviewQuerySet") -> Q:
    return Q(pk__in=interviews.order_by().values("application"))


def _membership_of(user: User, *kinds: str) -> Q:
    members = apps.get_model("scorecards", "OpeningMember").objects.filter(user=user)
    members = members.filter(kind__in=kinds) if kinds else members
    return Q(opening__in=members.order_by().values("opening"))


def owes_scorecard(user: User) -> Q:
    """The user owes a scorecard of this application, or said themselves that they owe none; a
    shadow owes one like anybody else."""
    return _met_in(_interviews_of(user).keeping_blind())


def _has_submitted(user: User) -> Q:
    return _met_in(_interviews_of(user).filter(scorecard__submitted_at__isnull=False))


def reads_assessed(user: User) -> Q:
    """Of applications that are visible to the user: those whose assessments they may read. Like the
    next two it is a condition for lists, where a subquery for each row would take minutes."""
    debriefed, decided = (
        Exists(apps.get_model("scorecards", name).objects.filter(application=OuterRef("pk")))
        for name in ("Debrief", "Decision")
    )
    # A decision is possible without a debrief; then that is what opens them.
    opened = Q(opening__visibility="after_own") | (
        Q(opening__visibility="at_debrief") & (debriefed | decided)
    )
    return Q(~owes_scorecard(user)) & (
        _membership_of(user, "committee", "chair") | (Q(_has_submitted(user)) & opened)
    )


def knows_outcome(user: User) -> Q:
    closed = Q(opening__visibility="never", opening__state="closed")
    return reads_assessed(user) | (Q(~owes_scorecard(user)) & Q(_has_submitted(user)) & closed)


def knows_card_states(user: User) -> Q:
    return Q(_membership_of(user)) & Q(~owes_scorecard(user))


class ApplicationQuerySet(models.QuerySet):
    def not_about(self, user: User) -> "ApplicationQuerySet":
        """R6: who is the candidate sees nothing of the application. Beats every grant."""
        selves = apps.get_model("scorecards", "Candidate").objects.filter(user=user)
        return self.exclude(candidate__in=selves.order_by().values("pk"))

    def visible_to(self, user: User) -> "ApplicationQuerySet":
        if not user.is_authenticated:
            return self.none()
        since = timezone.now() - STILL_SEEN_FOR
        still_seen = (
            Q(state__in=OWING, scorecard__submitted_at__isnull=True)
            | Q(scorecard__submitted_at__gt=since)
            | (~Q(state__in=OWING) & Q(state_changed_at__gt=since))
        )
        return self.not_about(user).filter(
            _membership_of(user) | _met_in(_interviews_of(user).filter(still_seen))
        )

    def assessed_visible_to(self, user: User) -> "ApplicationQuerySet":
        """R3 to R6. Owing a scorecard hides all of it, whatever else one is."""
        return self.visible_to(user).filter(reads_assessed(user))

    def outcome_visible_to(self, user: User) -> "ApplicationQuerySet":
        """Whose decision a person may see: with the assessments, or, where the opening never shows
        those to interviewers, once it is closed."""
        return self.visible_to(user).filter(knows_outcome(user))

    def schedule_visible_to(self, user: User) -> "ApplicationQuerySet":
        """Members see the schedule; an interviewer sees their own interviews only."""
        return self.visible_to(user).filter(_membership_of(user))

    def card_state_visible_to(self, user: User) -> "ApplicationQuerySet":
        """Whether a card is in: for members who owe none themselves (R3, R4)."""
        return self.visible_to(user).filter(knows_card_states(user))

    def with_people(self) -> "ApplicationQuerySet":
        return self.select_related("candidate", "opening__role")


class InterviewQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "InterviewQuerySet":
        """One's own, and all of an application whose schedule one sees."""
        if not user.is_authenticated:
            return self.none()
        applications = apps.get_model("scorecards", "Application").objects
        own = Q(interviewer=user, application__in=applications.visible_to(user).values("pk"))
        scheduled = Q(application__in=applications.schedule_visible_to(user).values("pk"))
        return self.filter(own | scheduled)

    def of(self, user: User) -> "InterviewQuerySet":
        return self.filter(interviewer=user)

    def owing(self) -> "InterviewQuerySet":
        return self.filter(state__in=OWING, scorecard__submitted_at__isnull=True)

    def keeping_blind(self) -> "InterviewQuerySet":
        """Those for which their interviewer must not see what others heard (R3)."""
        return self.filter(
            Q(state__in=BLIND) | _ENDED_WITH_APPLICATION, scorecard__submitted_at__isnull=True
        )

    def ended_with_application(self) -> "InterviewQuerySet":
        return self.filter(_ENDED_WITH_APPLICATION)

    def ended_by_interviewer(self) -> "InterviewQuerySet":
        """Said by the interviewer to be moved or not held, and not yet settled by a coordinator."""
        return self.filter(state__in=ENDED_BY_INTERVIEWER)

    def taking_place(self) -> "InterviewQuerySet":
        """Planned or held; a moved interview goes on as a row of its own."""
        return self.filter(state__in=OWING)

    def going_on(self) -> "InterviewQuerySet":
        """Planned or held, of applications that have not ended: what takes somebody's time. When
        one ends, those whose scorecards are in are not left over, or one could tell them (R3)."""
        ended = Q(application__state__in=ENDED_APPLICATION) | Q(
            application__opening__state="closed"
        )
        return self.taking_place().exclude(ended)

    def counted(self) -> "InterviewQuerySet":
        """Those whose scorecards count: a shadow's never does."""
        return self.filter(shadow=False)

    def with_people(self) -> "InterviewQuerySet":
        return self.select_related(
            "interviewer",
            "round",
            "scorecard",
            "application__candidate",
            "application__opening__role",
        )
