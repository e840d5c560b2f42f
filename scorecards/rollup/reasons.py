"""What is missing and what to talk about: a kind with ids and numbers, worded elsewhere."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorecards.rollup.outcomes import BarState


class MissingKind(StrEnum):
    """What the evidence gate of section 3 finds missing."""

    INTERVIEWERS = "interviewers"
    COVERAGE = "coverage"
    RATERS = "raters"


@dataclass(frozen=True, slots=True)
class Missing:
    """One reason for insufficient evidence: `have` of `need`.

    INTERVIEWERS and RATERS count people, COVERAGE is a share 0..1. RATERS names the area.
    """

    kind: MissingKind
    have: int | Fraction
    need: int | Fraction
    area: str | None = None


class DiscussKind(StrEnum):
    """Why people should talk before they take the outcome (section 6)."""

    SPLIT = "split"
    DISSENT = "dissent"
    BAR_NARROW = "bar_narrow"
    AREA_DISAGREES = "area_disagrees"


@dataclass(frozen=True, slots=True)
class Discuss:
    """One reason to talk first.

    `amount` is for SPLIT the panel's Q, for DISSENT that interviewer's own score, for BAR_NARROW
    the gap to the bar, for AREA_DISAGREES the distance of the outermost interviewers.
    """

    kind: DiscussKind
    amount: Fraction
    area: str | None = None
    interviewer: str | None = None
    bar_state: BarState | None = None
