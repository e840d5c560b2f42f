"""One area in one row: every rating, the score, and how sure it is."""

from collections import Counter
from collections.abc import Sequence

from django.utils.safestring import SafeString

from interviewbank.ui.numbers import Real, fixed

from .draw import Axis, diamond, svg

AXIS = Axis(0.75, 4.25)
SCALE = (1, 2, 3, 4)
UPPER, LOWER = 11, 28
HEIGHT = 40
WIDEST_ROW = 40
LONGEST_ROW = 4


def strip(
    ratings: Sequence[int],
    score: Real | None = None,
    low: Real | None = None,
    high: Real | None = None,
    bar: Real | None = None,
    label: str | None = None,
) -> SafeString:
    """Above, a ring for each rating; below, the likely range split at the bar, with the score."""
    shapes = [AXIS.line("c-grid", point, 0, HEIGHT) for point in SCALE]
    if low is not None and high is not None:
        shapes += _range(float(low), float(high), None if bar is None else float(bar))
    if bar is not None:
        shapes.append(AXIS.line("c-bar", bar, 1, HEIGHT - 1))
    shapes += [
        AXIS.mark(rating, UPPER, _row(count)) for rating, count in sorted(Counter(ratings).items())
    ]
    if score is not None:
        shapes.append(AXIS.mark(score, LOWER, diamond()))
    return svg(HEIGHT, _words(ratings, score, low, high, bar) if label is None else label, shapes)


def _range(low: float, high: float, bar: float | None) -> list[str]:
    if bar is None:
        return [AXIS.rect("c-int", (low, high), LOWER - 5, 10, 1.5)]
    parts = ("c-int-below", low, min(high, bar)), ("c-int-above", max(low, bar), high)
    return [AXIS.rect(cls, (a, b), LOWER - 5, 10, 1.5) for cls, a, b in parts if a < b]


def _row(count: int) -> str:
    """Rings side by side; many of them in two rows, and these closer together, instead of reaching
    those of the next rating."""
    if count <= LONGEST_ROW:
        return _rings(count, 0)
    return _rings((count + 1) // 2, -4.5) + _rings(count // 2, 4.5)


def _rings(count: int, y: float) -> str:
    step = min(10.0, WIDEST_ROW / max(count - 1, 1))
    up = f' cy="{y:g}"' if y else ""
    return "".join(
        f'<circle class="c-dot" cx="{(k - (count - 1) / 2) * step:g}"{up} r="4"/>'
        for k in range(count)
    )


def _words(
    ratings: Sequence[int],
    score: Real | None,
    low: Real | None,
    high: Real | None,
    bar: Real | None,
) -> str:
    if not ratings:
        return "Not assessed"
    parts = ["Ratings " + ", ".join(str(rating) for rating in sorted(ratings))]
    if score is not None:
        parts.append(f"score {fixed(score)}")
    if low is not None and high is not None:
        parts.append(f"likely range {fixed(low)} to {fixed(high)}")
    if bar is not None:
        parts.append(f"bar {fixed(bar)}")
    return "; ".join(parts)


def strip_axis() -> SafeString:
    """The numerals 1 to 4, for the head of the column."""
    return svg(16, "", [AXIS.text(point, 12, str(point)) for point in SCALE])
