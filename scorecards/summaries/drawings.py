"""The charts of the review page."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from interviewbank.ui import charts
from scorecards.rollup import to_points

from .review import Review


@dataclass(frozen=True)
class Step:
    """One line of the sum: `weight` is the share among the areas that were assessed."""

    name: str
    weight: Fraction
    score: Fraction
    adds: Fraction
    svg: SafeString


@dataclass(frozen=True)
class Drawings:
    gauge: SafeString
    strips: dict[str, SafeString]
    strip_axis: SafeString
    waterfall: charts.Waterfall | None
    steps: list[Step]


def draw(review: Review) -> Drawings:
    low, high = review.range or (None, None)
    waterfall = _waterfall(review)
    return Drawings(
        gauge=charts.gauge(
            review.points,
            low,
            high,
            marks=[
                (row.points, not row.flips) for row in review.what_ifs if row.points is not None
            ],
            cuts=review.cuts,
        ),
        strips={
            row.slug: charts.strip(row.ratings, row.score, row.low, row.high, row.bar)
            for row in review.areas
        },
        strip_axis=charts.strip_axis(),
        waterfall=waterfall,
        steps=_steps(review, waterfall) if waterfall else [],
    )


def _waterfall(review: Review) -> charts.Waterfall | None:
    """The printed parts, so that what is shown adds up to what is shown."""
    if review.points is None:
        return None
    names = {row.slug: row.short_name for row in review.areas}
    return charts.waterfall(
        [
            (names[part.area or ""], Fraction(part.hundredths, 100))
            for part in review.explanation.by_area
        ],
        bar=to_points(review.result.config.hire_bar),
    )


def _steps(review: Review, waterfall: charts.Waterfall) -> list[Step]:
    assessed = [row for row in review.areas if row.score is not None]
    total = sum(row.result.weight for row in assessed)
    return [
        Step(
            row.short_name, row.result.weight / total, row.score or Fraction(0), step.adds, step.svg
        )
        for row, step in zip(assessed, waterfall.steps, strict=True)
    ]
