"""The interviews of one candidate, as one person may see them.

Whoever still owes a scorecard must not learn which of the others are in (R3): then planned and held
read alike, and no other state of a scorecard is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Application, Interview, Opening, OpeningRound
from scorecards.permissions import can_plan, can_see_card_states
from scorecards.querysets.candidates import ENDED_APPLICATION, ENDED_WITH_APPLICATION
from scorecards.workflow.reminding import is_overdue

# As the constraint on an interview's minutes has it.
LONGEST = timedelta(minutes=480)
CANCELLED = Interview.State.CANCELLED
ENDED = "Ended with the application"


@dataclass(frozen=True)
class Slot:
    """One interview. `card` is "in", "open", or nothing where the viewer may not know. `ended`: its
    interviewer says that it did not take place, for the reason given to those who plan."""

    interview: Interview
    mine: bool
    state: str
    off: bool
    card: str
    clashes: bool
    may_cancel: bool
    may_remind: bool
    reminded_at: datetime | None
    ended: bool
    reason: str


@dataclass
class RoundSlots:
    """A round; `earlier` says that it belongs to a plan that was replaced."""

    round: OpeningRound
    earlier: bool
    slots: list[Slot] = field(default_factory=list)


@dataclass(frozen=True)
class Schedule:
    rounds: list[RoundSlots]
    shows_cards: bool


def schedule_of(application: Application, viewer: User) -> Schedule:
    plan = application.opening.plans.latest("number")
    interviews = list(
        application.interviews.select_related("interviewer", "round__plan", "scorecard").order_by(
            "starts_at", "interviewer__name", "pk"
        )
    )
    shows_cards = can_see_card_states(viewer, application)
    plans = can_plan(viewer, application.opening)
    over = has_ended(application)
    clashing = set() if over else _clashing(interviews)
    rounds = {one.pk: RoundSlots(one, earlier=False) for one in plan.rounds.all()}
    for interview in interviews:
        group = rounds.setdefault(interview.round_id, RoundSlots(interview.round, earlier=True))
        knows = shows_cards or interview.interviewer_id == viewer.pk
        ended = interview.state in Interview.ENDED_BY_INTERVIEWER
        group.slots.append(
            Slot(
                interview=interview,
                mine=interview.interviewer_id == viewer.pk,
                state=_state(interview, knows, over),
                off=interview.state == CANCELLED and (knows or not _ended_with(interview)),
                card=_card(interview) if knows else "",
                clashes=interview.pk in clashing,
                may_cancel=plans and knows and (ended or _card(interview) == "open"),
                may_remind=plans
                and shows_cards
                and not over
                and _card(interview) == "open"
                and is_overdue(interview)
                and interview.reminded_at is None,
                reminded_at=interview.reminded_at if plans and shows_cards else None,
                ended=ended,
                reason=interview.state_reason if plans and not _ended_with(interview) else "",
            )
        )
    return Schedule(list(rounds.values()), shows_cards)


def state_shown(application: Application, schedule: Schedule) -> str:
    """The state worth naming. A decision is none of what who owes a scorecard may know (R3)."""
    shown = Application.State(application.state)
    if shown == Application.State.DECIDED and not schedule.shows_cards:
        # With the opening the others are closed, and so is this one for all that they may know.
        closed = application.opening.state == Opening.State.CLOSED
        shown = Application.State.CLOSED if closed else Application.State.ACTIVE
    return "" if shown == Application.State.ACTIVE else shown.label


def has_ended(application: Application) -> bool:
    return (
        application.state in ENDED_APPLICATION or application.opening.state == Opening.State.CLOSED
    )


def rounds_of(application: Application) -> QuerySet[OpeningRound]:
    """Where an interviewer can be assigned: the rounds of the plan that applies now."""
    return application.opening.plans.latest("number").rounds.all()


def _state(interview: Interview, knows: bool, over: bool) -> str:
    """An interview is held once its scorecard is in, so that can't be told from planned either; nor
    from what was cancelled because the application ended."""
    if not knows and (interview.state in Interview.OWING or _ended_with(interview)):
        return ENDED if over else Interview.State.PLANNED.label
    return interview.get_state_display()


def _ended_with(interview: Interview) -> bool:
    return interview.state_reason == ENDED_WITH_APPLICATION


def _card(interview: Interview) -> str:
    if interview.scorecard.submitted_at:
        return "in"
    return "open" if interview.state in Interview.OWING else ""


def _clashing(interviews: Iterable[Interview]) -> set:
    """The interviews at whose time their interviewer has another one, of whatever candidate."""
    planned = [one for one in interviews if one.state in Interview.OWING]
    if not planned:
        return set()
    first = min(one.starts_at for one in planned)
    last = max(ends_at(one) for one in planned)
    others = _of_people_between({one.interviewer_id for one in planned}, first, last)
    return {
        one.pk for one in planned for other in others if other.pk != one.pk and overlap(one, other)
    }


def ends_at(interview: Interview) -> datetime:
    return interview.starts_at + timedelta(minutes=interview.minutes)


def overlap(one: Interview, other: Interview) -> bool:
    return (
        one.interviewer_id == other.interviewer_id
        and one.starts_at < ends_at(other)
        and other.starts_at < ends_at(one)
    )


def _of_people_between(people: set, first: datetime, last: datetime) -> list[Interview]:
    return list(
        Interview.objects.going_on()
        .filter(interviewer__in=people, starts_at__gt=first - LONGEST, starts_at__lt=last)
        .order_by("starts_at", "pk")
    )


def next_assignment(application: Application) -> dict:
    """What the form for the next interviewer begins with: a round that nobody has yet, and the time
    after the last interview, or the next full hour."""
    planned = list(application.interviews.taking_place())
    taken = {one.round_id for one in planned}
    rounds = rounds_of(application)
    full_hour = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {
        "round": next((one.pk for one in rounds if one.pk not in taken), None),
        "starts_at": max([full_hour, *(ends_at(one) for one in planned)]),
    }
