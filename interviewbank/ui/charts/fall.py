"""How a score adds up: from the bar, one step for each area, to the score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from django.utils.safestring import SafeString

from interviewbank.ui.numbers import Number, Real, exact, fixed, signed
from interviewbank.ui.words import BAR

from .draw import Axis, diamond, svg

HEIGHT, TOP = 34, 7
TICK_STEPS = (0.05, 0.1, 0.25, 0.5, 1.0)
MOST_TICKS = 6


@dataclass(frozen=True)
class Step:
    name: str
    adds: Fraction
    svg: SafeString


@dataclass(frozen=True)
class Waterfall:
    """The plots of a table: one for the bar, one for each step, one for the score, and the axis."""

    bar: Fraction
    score: Fraction
    base: SafeString
    steps: list[Step]
    total: SafeString
    axis: SafeString


def waterfall(parts: Sequence[tuple[str, Number]], bar: Number = BAR) -> Waterfall:
    """Parts are (name, points added), as they are printed: what is shown sums to what is shown."""
    ends = [exact(bar)]
    for _, adds in parts:
        ends.append(ends[-1] + exact(adds))
    start, score = ends[0], ends[-1]
    axis = axis_around(ends)
    return Waterfall(
        bar=start,
        score=score,
        base=fall(start, None, axis, bar=start, label=f"Bar {fixed(start)}"),
        steps=[
            _step(name, before, after - before, axis, start)
            for (name, _), (before, after) in zip(parts, pairwise(ends), strict=True)
        ],
        total=fall(score, 0, axis, bar=start, kind="total", label=f"Score {fixed(score)}"),
        axis=fall_axis(axis, bar=start),
    )


def _step(name: str, start: Fraction, adds: Fraction, axis: Axis, bar: Fraction) -> Step:
    label = f"{name} {signed(adds)}"
    return Step(name, adds, fall(start, adds, axis, bar=bar, label=label))


def axis_around(values: Iterable[Real]) -> Axis:
    """Wide enough for every step, and never so narrow that a hundredth looks large."""
    numbers = [float(value) for value in values]
    low, high = min(numbers), max(numbers)
    room = max(0.1 * (high - low), 0.1)
    return Axis(low - room, high + room, pad=1)


def fall(
    start: Real,
    adds: Real | None,
    axis: Axis,
    *,
    bar: Real = BAR,
    kind: str = "step",
    label: str = "",
) -> SafeString:
    """One row. Without `adds` it is the first, where the dashed line of the bar begins."""
    shapes = [axis.line("c-bar", bar, 4 if adds is None else 0, HEIGHT)]
    if adds is not None and kind == "total":
        shapes.append(axis.line("c-link", start, 0, HEIGHT / 2))
        shapes.append(axis.mark(start, HEIGHT / 2, diamond()))
    elif adds is not None:
        end, bottom = exact(start) + exact(adds), HEIGHT - TOP
        shapes.append(axis.line("c-link", start, 0, TOP))
        cls = "c-pos" if adds >= 0 else "c-neg"
        shapes.append(axis.rect(cls, (start, end), TOP, bottom - TOP, 2))
        shapes.append(axis.line("c-link", end, bottom, HEIGHT))
    return svg(HEIGHT, label, shapes)


def fall_axis(axis: Axis, *, bar: Real = BAR) -> SafeString:
    """Ticks counted from the bar; on a phone every second one leaves, and the bar stays."""
    shapes = []
    for k, value in _ticks(axis, float(bar)):
        shapes.append(axis.line("c-tick", value, 0, 4))
        shapes.append(axis.text(value, 16, fixed(round(value, 2)), cls=" c-alt" if k % 2 else ""))
    return svg(18, "", shapes)


def _ticks(axis: Axis, bar: float) -> list[tuple[int, float]]:
    for step in TICK_STEPS:
        first, last = ceil((axis.low - bar) / step), floor((axis.high - bar) / step)
        if last - first < MOST_TICKS:
            break
    return [(k, bar + k * step) for k in range(first, last + 1)]
