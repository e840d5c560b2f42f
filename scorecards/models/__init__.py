from .candidates import Application, Candidate, ErasureRequest, Interview
from .exclusions import Exclusion
from .openings import Opening, OpeningArea, OpeningMember, OpeningPlan, OpeningRound
from .outcomes import Decision, RollupRecord
from .scorecards import Answer, Recommendation, Scorecard, Submission

__all__ = [
    "Answer",
    "Application",
    "Candidate",
    "Decision",
    "ErasureRequest",
    "Exclusion",
    "Interview",
    "Opening",
    "OpeningArea",
    "OpeningMember",
    "OpeningPlan",
    "OpeningRound",
    "Recommendation",
    "RollupRecord",
    "Scorecard",
    "Submission",
]
