"""What ending an application or an opening would do, said before anybody confirms it."""

from dataclasses import dataclass

from interviewbank.access.models import User
from scorecards.models import Application, Interview, Opening
from scorecards.permissions import can_see_card_states
from scorecards.workflow.closing import WITH_OPENING


@dataclass(frozen=True)
class Ending:
    """`open`: the interviews that would be cancelled; None for who may not know which they are,
    since the others are those whose scorecards are in (R3)."""

    open: list[Interview] | None


def why_ended(application: Application) -> str:
    """What somebody said. That it ended with the opening is said of none: decided ones did not, and
    who owes a scorecard may not know which those are (R3)."""
    return "" if application.state_reason == WITH_OPENING else application.state_reason


def ending_of(application: Application, viewer: User) -> Ending:
    if not can_see_card_states(viewer, application):
        return Ending(open=None)
    owed = application.interviews.owing().select_related("interviewer", "round")
    return Ending(open=list(owed.order_by("starts_at", "pk")))


@dataclass(frozen=True)
class Effect:
    """A state that the opening is not in, and what choosing it does."""

    label: str
    lines: tuple[str, ...]


CLOSING = (
    "Every interview whose scorecard is not in is cancelled, and nobody owes one any more.",
    "What was written in drafts stays readable to whoever wrote it, and to nobody else.",
    "Candidates without a decision are closed. Decisions stay as they are.",
    "Whoever loses an open scorecard by it does not see the others' by that.",
    "The time after which candidates are erased begins.",
)
HOLDING = (
    "No candidates are added.",
    "Planned interviews and drafts stay as they are, and scorecards are still owed.",
)
OPENING = ("Candidates can be added and interviews assigned again.",)
REOPENING = (
    *OPENING,
    "Candidates who were closed with the opening go on. Those who withdrew don't.",
    "Interviews that were cancelled stay cancelled: assign them anew.",
    "The time after which candidates are erased stops.",
)


def effects_of(opening: Opening) -> list[Effect]:
    was_closed = opening.state == Opening.State.CLOSED
    said = {
        Opening.State.OPEN: REOPENING if was_closed else OPENING,
        Opening.State.ON_HOLD: (*REOPENING[1:], HOLDING[0]) if was_closed else HOLDING,
        Opening.State.CLOSED: CLOSING,
    }
    labels = {"open": "Open", "on_hold": "On hold", "closed": "Closed"}
    return [Effect(labels[state], lines) for state, lines in said.items() if state != opening.state]
