"""From ratings to a recommendation: exact, pure, explained. The standard library only.

`rollup` is the core (sections 1 to 6 of the roll-up's specification) and cheap enough to run on
every submit.
"""

from scorecards.rollup.checks import InvalidInput
from scorecards.rollup.config import SETTINGS, Area, Config, Question, Rating
from scorecards.rollup.core import FORMULA_VERSION, rollup
from scorecards.rollup.ledger import Contribution
from scorecards.rollup.normal import likely_range
from scorecards.rollup.outcomes import LADDER, BarState, Outcome, Status
from scorecards.rollup.points import distance_in_points, from_points, to_points
from scorecards.rollup.reasons import Discuss, DiscussKind, Missing, MissingKind
from scorecards.rollup.results import AreaResult, InterviewerResult, Rollup

__all__ = [
    "FORMULA_VERSION",
    "LADDER",
    "SETTINGS",
    "Area",
    "AreaResult",
    "BarState",
    "Config",
    "Contribution",
    "Discuss",
    "DiscussKind",
    "InterviewerResult",
    "InvalidInput",
    "Missing",
    "MissingKind",
    "Outcome",
    "Question",
    "Rating",
    "Rollup",
    "Status",
    "distance_in_points",
    "from_points",
    "likely_range",
    "rollup",
    "to_points",
]
