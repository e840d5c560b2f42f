"""From ratings to a recommendation: exact, pure, explained. The standard library only.

`rollup` is the core (sections 1 to 6 of the specification) and cheap enough to run on every
submit. `analyse` (section 7) and `explain` (section 8) are for the pages that show them; `as_json`
and `read_cases` are the forms that files have.
"""

from scorecards.rollup.analysis import Analysis, WhatIf, analyse
from scorecards.rollup.checks import InvalidInput
from scorecards.rollup.comparison import Comparison, compare
from scorecards.rollup.config import SETTINGS, Area, Config, Question, Rating
from scorecards.rollup.core import FORMULA_VERSION, rollup
from scorecards.rollup.explanation import Explanation, Figures, Part, explain, explain_result
from scorecards.rollup.fingerprint import config_hash, ratings_hash
from scorecards.rollup.form import Case, read_case, read_cases, write_case
from scorecards.rollup.ledger import Contribution
from scorecards.rollup.normal import likely_range
from scorecards.rollup.outcomes import LADDER, BarState, Outcome, Status
from scorecards.rollup.output import as_json
from scorecards.rollup.points import (
    distance_in_points,
    from_points,
    hundredths,
    printed,
    round_parts,
    to_points,
)
from scorecards.rollup.reasons import Discuss, DiscussKind, Missing, MissingKind
from scorecards.rollup.results import AreaResult, InterviewerResult, Rollup
from scorecards.rollup.sentence import sentence
from scorecards.rollup.weighting import Interval
from scorecards.rollup.wording import say_discuss, say_missing, say_outcome

__all__ = [
    "FORMULA_VERSION",
    "LADDER",
    "SETTINGS",
    "Analysis",
    "Area",
    "AreaResult",
    "BarState",
    "Case",
    "Comparison",
    "Config",
    "Contribution",
    "Discuss",
    "DiscussKind",
    "Explanation",
    "Figures",
    "Interval",
    "InterviewerResult",
    "InvalidInput",
    "Missing",
    "MissingKind",
    "Outcome",
    "Part",
    "Question",
    "Rating",
    "Rollup",
    "Status",
    "WhatIf",
    "analyse",
    "as_json",
    "compare",
    "config_hash",
    "distance_in_points",
    "explain",
    "explain_result",
    "from_points",
    "hundredths",
    "likely_range",
    "printed",
    "ratings_hash",
    "read_case",
    "read_cases",
    "rollup",
    "round_parts",
    "say_discuss",
    "say_missing",
    "say_outcome",
    "sentence",
    "to_points",
    "write_case",
]
