"""The few facts about the normal and the chi-square distribution that the roll-up needs."""

from fractions import Fraction
from math import erfc, sqrt

LIKELY_Z = 1.2816
"""Half width of an 80 % interval in standard errors (normal distribution)."""

# Upper 5 % points of chi-square for 1 to 20 degrees of freedom, to four decimals, from the
# usual printed tables. Decimals on purpose: the comparison with an exact Q stays exact.
CHI_SQUARE = tuple(
    Fraction(point)
    for point in (
        *("3.8415", "5.9915", "7.8147", "9.4877", "11.0705"),
        *("12.5916", "14.0671", "15.5073", "16.9190", "18.3070"),
        *("19.6751", "21.0261", "22.3620", "23.6848", "24.9958"),
        *("26.2962", "27.5871", "28.8693", "30.1435", "31.4104"),
    )
)


def phi(x: float) -> float:
    """The normal distribution function, 0 to 1; `erfc` keeps the lower tail accurate."""
    return erfc(-x / sqrt(2.0)) / 2.0


def beyond_chance(q: Fraction, df: int) -> bool:
    """Whether Q exceeds the upper 5 % point; false without degrees of freedom, above 20 as 20."""
    return df > 0 and q > CHI_SQUARE[min(df, len(CHI_SQUARE)) - 1]


def confident(margin: Fraction, variance: Fraction, true: Fraction, z: Fraction) -> bool:
    """Whether the posterior puts the truth on the margin's side of the bar by `z` errors.

    Exact, no root taken: margin^2 * true >= z^2 * V * (true + V), on integers because it is
    asked up to twenty times for one result. All arguments on the unit scale, variances
    positive. Source: normal prior of variance `true` centred on the bar (rollup.md 4).
    """
    spread, unit = variance.numerator, variance.denominator
    prior, prior_unit = true.numerator, true.denominator
    gain = (margin.numerator * z.denominator * unit) ** 2 * prior
    doubt = (z.numerator * margin.denominator) ** 2 * spread
    return gain >= doubt * (prior * unit + spread * prior_unit)


def chance_above(margin: Fraction, variance: Fraction, true: Fraction) -> float:
    """Posterior probability, 0 to 1, that the truth lies at or above the bar."""
    return phi(float(margin) * sqrt(float(true / (variance * (true + variance)))))


def likely_range(
    score: Fraction, variance: Fraction, low: float = 0.0, high: float = 1.0
) -> tuple[float, float]:
    """The 80 % range of a score or of an area, clipped to the unit scale.

    Range: `low` <= first <= second <= `high`. Floats, because of the root; take each end through
    `to_points` for the page. Source: M +- 1.2816 SE (rollup.md 7b).
    """
    half = LIKELY_Z * sqrt(float(variance))
    return max(low, float(score) - half), min(high, float(score) + half)
