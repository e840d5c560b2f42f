"""What waits for one person. Others' scorecards show in it only where that person may see them."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from interviewbank.access.models import User
from interviewbank.access.policy import RULES
from interviewbank.audit.models import ReadEvent
from roles.models import EvaluationArea, Question
from scorecards.models import (
    Application,
    Debrief,
    Handover,
    Interview,
    Opening,
    OpeningMember,
    Submission,
)
from scorecards.querysets.candidates import ApplicationQuerySet

from .scoring import Sheet, make_sheet

ROOM = (OpeningMember.Kind.COMMITTEE, OpeningMember.Kind.CHAIR)
# Where to begin for somebody for whom nothing waits: the first of these that is open to them.
FIRST_STEPS = (
    ("opening_new", "Create an opening"),
    ("question_list", "Open the question bank"),
    ("person_list", "See who works here"),
    ("account", "Set your time zone"),
)


@dataclass(frozen=True)
class Task:
    """An interview of this person, with their own scorecard of it."""

    interview: Interview
    sheet: Sheet

    @property
    def day(self) -> datetime:
        return timezone.localtime(self.interview.starts_at)

    @property
    def ends_at(self) -> datetime:
        return self.interview.starts_at + timedelta(minutes=self.interview.minutes)

    @property
    def opened(self) -> bool:
        return self.sheet.card.opened_at is not None

    @property
    def overdue(self) -> str:
        return overdue(self.ends_at, timezone.now())


@dataclass(frozen=True)
class Today:
    now: datetime
    next: Task | None
    later: list[Task]
    to_submit: list[Task]
    to_vote: list[Debrief]
    to_review: list[Application]
    to_plan: list[Interview]
    drafts: list[Question]
    first_step: tuple[str, str]
    covers: list[EvaluationArea]

    @property
    def interviews(self) -> int:
        """How many of today's are still to come."""
        today = timezone.localdate(self.now)
        return len(self.later) + bool(self.next and self.next.day.date() == today)

    @property
    def nothing(self) -> bool:
        return not (self.next or self.to_submit or self.beside)

    @property
    def beside(self) -> bool:
        """Something other than one's own interviews."""
        return bool(self.to_vote or self.to_review or self.to_plan or self.drafts)

    @property
    def in_brief(self) -> str:
        """What there is of each, without what there is none of."""
        counts = (
            (self.interviews, "interview", "interviews", "to come today"),
            (len(self.to_submit), "scorecard", "scorecards", "to submit"),
            (len(self.to_vote), "vote", "votes", "to cast"),
            (len(self.to_review), "candidate", "candidates", "to review"),
            (len(self.to_plan), "interview", "interviews", "to plan again"),
            (len(self.drafts), "draft", "drafts", "to publish"),
        )
        return ", ".join(
            f"{count} {one if count == 1 else many} {what}"
            for count, one, many, what in counts
            if count
        )

    @property
    def next_in_words(self) -> str:
        return when(self.next.interview.starts_at, self.now) if self.next else ""


def today(user: User, now: datetime) -> Today:
    tasks = [
        Task(
            interview,
            make_sheet(
                interview.scorecard,
                interview.round.set_version.items.all(),
                interview.scorecard.answers.all(),
            ),
        )
        for interview in owed_by(user)
    ]
    to_come = [task for task in tasks if task.ends_at > now]
    return Today(
        now=now,
        next=to_come[0] if to_come else None,
        later=[task for task in to_come[1:] if task.day.date() == timezone.localdate(now)],
        to_submit=[task for task in tasks if task.ends_at <= now],
        to_vote=list(to_vote(user)),
        to_review=list(to_review(user)),
        to_plan=list(to_plan(user)),
        drafts=list(own_drafts(user)),
        covers=list(Handover.objects.asked_of(to_come[0].interview).areas()) if to_come else [],
        first_step=next(step for step in FIRST_STEPS if RULES[step[0]].admits(user)),
    )


def owed_by(user: User) -> QuerySet[Interview]:
    """Interviews whose scorecard this person owes, oldest first."""
    return (
        Interview.objects.visible_to(user)
        .of(user)
        .owing()
        .with_people()
        .order_by("starts_at", "pk")
        .prefetch_related(
            "scorecard__answers", "round__set_version__items__question_version__question__area"
        )
    )


def to_vote(user: User) -> QuerySet[Debrief]:
    """Debriefs whose votes are hidden and wait for this person's, too (R5)."""
    took_part = Interview.objects.of(user).filter(
        application=OuterRef("application"), scorecard__submitted_at__isnull=False
    )
    return (
        Debrief.objects.visible_to(user)
        .under_way()
        .with_people()
        .filter(
            Q(application__opening__interviewers_may_decide=True) | ~Exists(took_part),
            revealed_at__isnull=True,
            application__opening__in=Opening.objects.with_member(user, *ROOM),
        )
        .exclude(votes__member=user)
        .order_by("opened_at", "pk")
    )


def to_plan(user: User) -> QuerySet[Interview]:
    """What did not take place, or was moved, and waits for its coordinator."""
    return (
        Interview.objects.visible_to(user)
        .ended_by_interviewer()
        .with_people()
        .filter(
            application__opening__in=Opening.objects.with_member(
                user, OpeningMember.Kind.COORDINATOR
            ),
            application__state=Application.State.ACTIVE,
        )
        .order_by("state_changed_at", "pk")
    )


def to_review(user: User) -> ApplicationQuerySet:
    """All cards are in, and this person is one of those who decide (R5): a chair until the decision
    is recorded, a committee member until they have opened every scorecard.

    Adds `cards_in`, and `not_opened`: how many this person was not shown yet.
    """
    cards = Interview.objects.counted().filter(application=OuterRef("pk"))
    took_part = Interview.objects.of(user).filter(
        application=OuterRef("pk"), scorecard__submitted_at__isnull=False
    )
    chaired = Opening.objects.with_member(user, OpeningMember.Kind.CHAIR)
    return (
        Application.objects.assessed_visible_to(user)
        .with_people()
        .select_related("rollup")
        .annotate(
            cards_in=_count(cards.filter(scorecard__submitted_at__isnull=False), "application"),
            not_opened=_count(_not_shown_to(user), "scorecard__interview__application"),
        )
        .filter(
            ~Exists(cards.owing()),
            Q(opening__interviewers_may_decide=True) | ~Exists(took_part),
            Q(not_opened__gt=0) | Q(opening__in=chaired),
            cards_in__gt=0,
            opening__in=Opening.objects.with_member(user, *ROOM),
            state=Application.State.ACTIVE,
        )
        .order_by("created_at", "pk")
    )


def _not_shown_to(user: User) -> QuerySet[Submission]:
    """Others' submissions of the outer application that this person never had before them."""
    shown = ReadEvent.objects.filter(
        reader=user, object_id=OuterRef("pk"), scope=ReadEvent.Scope.WHOLE
    )
    return Submission.objects.filter(
        ~Exists(shown), scorecard__interview__application=OuterRef("pk")
    ).exclude(scorecard__interview__interviewer=user)


def _count(rows: QuerySet, by: str) -> Coalesce:
    """How many of these rows belong to the outer one; `by` is the path to it."""
    counted = rows.order_by().values(by).annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def own_drafts(user: User) -> QuerySet[Question]:
    """Questions of this editor's with a draft that nobody has published."""
    if not RULES["question_edit"].admits(user):
        return Question.objects.none()
    owned = Question.objects.visible_to(user).in_use().filter(owner=user)
    return owned.drafted().with_draft().order_by("slug")


def overdue(ends_at: datetime, now: datetime) -> str:
    """How long a scorecard has waited. It is easy within a day, so it is late after one."""
    minutes = int((now - ends_at).total_seconds() // 60)
    if minutes < 60:
        return f"ended {_minutes(minutes)} ago"
    hours = minutes // 60
    if hours < 24:
        return f"ended {hours} hours ago" if hours > 1 else "ended 1 hour ago"
    days = hours // 24
    return f"{days} days overdue" if days > 1 else "1 day overdue"


def when(starts_at: datetime, now: datetime) -> str:
    """How far off, in the words of a glance."""
    minutes = math.ceil((starts_at - now).total_seconds() / 60)
    if minutes < 0:
        return f"began {_minutes(-minutes)} ago"
    if minutes < 60:
        return f"in {_minutes(minutes)}" if minutes else "now"
    local = timezone.localtime(starts_at)
    days = (local.date() - timezone.localdate(now)).days
    if days == 0:
        hours = round(minutes / 60)
        return "in 1 hour" if hours == 1 else f"in {hours} hours"
    return "tomorrow" if days == 1 else date_format(local, "l j F")


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"
