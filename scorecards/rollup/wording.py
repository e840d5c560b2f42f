"""The words for outcomes and reasons, in one place for page, packet, list and API.

Areas and people are ids here; `labels` gives their names on screen, and an id without one stands
for itself.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType

from scorecards.rollup.outcomes import BarState, Outcome
from scorecards.rollup.reasons import Discuss, DiscussKind, Missing, MissingKind

Labels = Mapping[str, str]
NO_LABELS: Labels = MappingProxyType({})


def say_outcome(outcome: Outcome) -> str:
    """The outcome as a heading: "Leaning no hire"."""
    return outcome.value.replace("_", " ").capitalize()


def say_missing(reason: Missing, labels: Labels = NO_LABELS) -> str:
    """One thing that the evidence lacks, as a sentence."""
    if reason.kind is MissingKind.COVERAGE:
        # Rounded apart, so that a coverage just under the minimum never reads as equal to it.
        have, need = floor(reason.have * 100), ceil(reason.need * 100)
        return f"Only {have}% of the area weight is covered; {need}% is needed."
    if reason.kind is MissingKind.INTERVIEWERS:
        return f"Ratings from {_count(reason.have, 'interviewer')}; {reason.need} needed."
    label = labels.get(reason.area or "", reason.area)
    return f"{label} has a bar and needs {_count(reason.need, 'rater')}; it has {reason.have}."


def say_discuss(reason: Discuss, labels: Labels = NO_LABELS) -> str:
    """One thing to talk about before taking the outcome, as a sentence."""
    area = labels.get(reason.area or "", reason.area)
    if reason.kind is DiscussKind.SPLIT:
        return "The panel disagrees more than interviewers normally do."
    if reason.kind is DiscussKind.DISSENT:
        person = labels.get(reason.interviewer or "", reason.interviewer)
        return f"{person} is on the other side of the hire bar."
    if reason.kind is DiscussKind.BAR_NARROW:
        verb = "meets" if reason.bar_state is BarState.MET_NARROWLY else "misses"
        return f"{area} {verb} its bar only narrowly."
    return f"Interviewers are far apart on {area}, which has a bar."


def say_chance(chance: float) -> str:
    """A probability in whole per cent; never 0% or 100%, because it never is."""
    if chance > 0.99:
        return "more than 99%"
    if chance < 0.01:
        return "less than 1%"
    return f"{round(chance * 100)}%"


def say_number(value: Fraction) -> str:
    """A count with one decimal where it has one: 3 or 2.4."""
    return f"{round(float(value), 1):g}"


def _count(count: int | Fraction, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
