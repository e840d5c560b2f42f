from .candidates import Application, Candidate, ErasureRequest, Interview
from .debriefs import (
    Debrief,
    DebriefHour,
    DebriefHourItem,
    DebriefNote,
    DecisionNote,
    PanelRating,
    Vote,
)
from .exclusions import Exclusion
from .handovers import Handover
from .openings import Opening, OpeningArea, OpeningMember, OpeningPlan, OpeningRound
from .operations import AnswerOp
from .outcomes import Decision, RollupRecord
from .scorecards import Answer, Recommendation, Scorecard, Submission

__all__ = [
    "Answer",
    "AnswerOp",
    "Application",
    "Candidate",
    "Debrief",
    "DebriefHour",
    "DebriefHourItem",
    "DebriefNote",
    "Decision",
    "DecisionNote",
    "ErasureRequest",
    "Exclusion",
    "Handover",
    "Interview",
    "Opening",
    "OpeningArea",
    "OpeningMember",
    "OpeningPlan",
    "OpeningRound",
    "PanelRating",
    "Recommendation",
    "RollupRecord",
    "Scorecard",
    "Submission",
    "Vote",
]
