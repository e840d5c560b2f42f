"""The charts of the review page. Each says its finding to whoever can't see it."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from interviewbank.ui import charts
from interviewbank.ui.numbers import fixed
from interviewbank.ui.words import RECOMMENDATIONS
from scorecards.rollup import to_points

from .matrix import AreaRow
from .review import Review


@dataclass(frozen=True)
class Step:
    """One line of the sum: `weight` is the share among the areas that were assessed."""

    slug: str
    name: str
    weight: Fraction
    score: Fraction
    adds: Fraction
    svg: SafeString


@dataclass(frozen=True)
class Drawings:
    gauge: SafeString | None
    strips: dict[str, SafeString]
    strip_axis: SafeString
    waterfall: charts.Waterfall | None
    steps: list[Step]


def draw(review: Review) -> Drawings:
    """With insufficient evidence neither gauge nor sum, which would look like a verdict."""
    waterfall = None if review.insufficient else _waterfall(review)
    return Drawings(
        gauge=None if review.insufficient else _gauge(review),
        strips={
            row.slug: charts.strip(
                row.ratings, row.score, row.low, row.high, row.bar, label=_strip_label(row)
            )
            for row in review.areas
        },
        strip_axis=charts.strip_axis(),
        waterfall=waterfall,
        steps=_steps(review, waterfall) if waterfall else [],
    )


def _gauge(review: Review) -> SafeString:
    """What would leave too little evidence has no place on the scale of answers."""
    low, high = review.range or (None, None)
    marks = [
        (row.points, not row.flips)
        for row in review.what_ifs
        if row.points is not None and not row.thin
    ]
    return charts.gauge(
        review.points, low, high, marks=marks, cuts=review.cuts, label=_gauge_label(review)
    )


def _gauge_label(review: Review) -> str:
    if review.points is None or review.range is None:
        return "No score yet"
    (low, high), bar = review.range, review.cuts[1]
    if low < bar <= high:
        where = "which reaches across"
    else:
        where = "all of it above" if low >= bar else "all of it below"
    said = RECOMMENDATIONS[review.result.outcome].label.lower()
    return (
        f"Score {fixed(review.points)}, likely range {fixed(low)} to {fixed(high)}, {where} the "
        f"hire bar of {fixed(bar)}. {review.what_ifs_same} of {len(review.what_ifs)} what-ifs stay "
        f"{said}."
    )


def _strip_label(row: AreaRow) -> str:
    if row.score is None or row.low is None or row.high is None:
        return "Not assessed"
    ratings = ", ".join(str(rating) for rating in sorted(row.ratings))
    label = (
        f"Ratings {ratings}; score {fixed(row.score)}; "
        f"likely range {fixed(row.low)} to {fixed(row.high)}"
    )
    return label if row.bar is None else f"{label}; bar {fixed(row.bar)} {row.bar_words}"


def _assessed(review: Review) -> list[AreaRow]:
    """In the order of the table."""
    return [row for row in review.ranked if row.score is not None]


def _waterfall(review: Review) -> charts.Waterfall:
    """The printed parts, so that what is shown adds up to what is shown."""
    return charts.waterfall(
        [(row.short_name, row.adds or Fraction(0)) for row in _assessed(review)],
        bar=to_points(review.result.config.hire_bar),
    )


def _steps(review: Review, waterfall: charts.Waterfall) -> list[Step]:
    assessed = _assessed(review)
    total = sum(row.result.weight for row in assessed)
    return [
        Step(
            slug=row.slug,
            name=row.short_name,
            weight=row.result.weight / total,
            score=row.score or Fraction(0),
            adds=step.adds,
            svg=step.svg,
        )
        for row, step in zip(assessed, waterfall.steps, strict=True)
    ]
