"""The words that a roll-up answers with; their values are what is stored and printed."""

from enum import StrEnum


class Outcome(StrEnum):
    """The level that the arithmetic arrives at. It informs a decision and never makes one."""

    STRONG_NO_HIRE = "strong_no_hire"
    NO_HIRE = "no_hire"
    LEANING_NO_HIRE = "leaning_no_hire"
    LEANING_HIRE = "leaning_hire"
    HIRE = "hire"
    STRONG_HIRE = "strong_hire"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"

    @property
    def side(self) -> str | None:
        """ "hire" or "no_hire"; None for insufficient evidence, which is on no side."""
        if self is Outcome.INSUFFICIENT_EVIDENCE:
            return None
        return "no_hire" if self in LADDER[:3] else "hire"


LADDER = tuple(outcome for outcome in Outcome if outcome is not Outcome.INSUFFICIENT_EVIDENCE)
"""The outcomes from worst to best."""


class Status(StrEnum):
    """Whether the committee can take the outcome as it is."""

    READY = "ready"
    DISCUSS_FIRST = "discuss_first"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"


class BarState(StrEnum):
    """Where an area stands against its own bar; narrowly means within the error of its score."""

    MET = "met"
    MET_NARROWLY = "met_narrowly"
    NOT_MET_NARROWLY = "not_met_narrowly"
    NOT_MET = "not_met"

    @property
    def narrow(self) -> bool:
        """Whether more evidence could easily turn it."""
        return self in (BarState.MET_NARROWLY, BarState.NOT_MET_NARROWLY)
