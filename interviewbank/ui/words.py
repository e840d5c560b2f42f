"""The words and icons of the two scales: ratings, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .numbers import Real, exact

RATING_WORDS = {1: "Weak", 2: "Mixed", 3: "Solid", 4: "Outstanding"}
NOT_ASSESSED = "Not assessed"
CUTS = (Fraction(3, 2), Fraction(5, 2), Fraction(7, 2))
BAR = CUTS[1]


@dataclass(frozen=True)
class Recommendation:
    """`slug` is the value of data-rec, from which the style sheet takes shape and colour."""

    slug: str
    label: str
    icon: str


RECOMMENDATIONS = {
    "strong_hire": Recommendation("strong-hire", "Strong hire", "chevron-double-up"),
    "hire": Recommendation("hire", "Hire", "chevron-up"),
    "leaning_hire": Recommendation("leaning-hire", "Leaning hire", "chevron-up"),
    "leaning_no_hire": Recommendation("leaning-no-hire", "Leaning no hire", "chevron-down"),
    "no_hire": Recommendation("no-hire", "No hire", "chevron-down"),
    "strong_no_hire": Recommendation("strong-no-hire", "Strong no hire", "chevron-double-down"),
    "insufficient_evidence": Recommendation("insufficient", "Insufficient evidence", "question-lg"),
    "pending": Recommendation("pending", "In progress", "three-dots"),
    "cannot_say": Recommendation("cannot-say", "Cannot say", "question-lg"),
    "more_evidence": Recommendation("more-evidence", "More evidence", "plus-lg"),
}


def level_of(score: Real, cuts: Sequence[Real] = CUTS) -> int:
    """Which of the four levels a score in points rounds into; the cuts belong to the one above."""
    return 1 + sum(exact(score) >= exact(cut) for cut in cuts)
