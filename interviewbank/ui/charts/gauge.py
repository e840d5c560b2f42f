"""The score on the scale of decisions, with what would change the answer."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.safestring import SafeString

from interviewbank.ui.numbers import Real, fixed
from interviewbank.ui.words import CUTS

from .draw import LARGE, Axis, diamond, svg

AXIS = Axis(1, 4, pad=0.8)
NAMES = (("Strong", "no hire"), ("No hire",), ("Hire",), ("Strong", "hire"))
TRACK, LANE = 20, 9
CLOSE = 0.04
SAME = '<path class="c-wi" d="M0 0 3.8-6.8H-3.8Z"/>'
FLIPS = '<path class="c-wi c-wi-x" d="M-3.2-.6 3.2-7M3.2-.6-3.2-7"/>'

Mark = tuple[Real, bool]


def gauge(
    score: Real | None,
    low: Real | None = None,
    high: Real | None = None,
    marks: Iterable[Mark] = (),
    cuts: Sequence[Real] = CUTS,
    label: str | None = None,
) -> SafeString:
    """Zones with their cuts, the likely range, the score. A mark is (score, same answer?)."""
    placed = _stack(marks)
    lanes = max((lane for _, lane, _ in placed), default=-1) + 1
    top = 30 + lanes * LANE + (4 if lanes else 0)
    shapes = _zones(top, cuts)
    if low is not None and high is not None:
        shapes.append(AXIS.rect("c-range", (low, high), top + 5, 10, 5))
    if score is not None:
        shapes.append(AXIS.mark(score, top + TRACK / 2, diamond(LARGE)))
    shapes += [
        AXIS.mark(value, top - 4 - lane * LANE, SAME if same else FLIPS)
        for value, lane, same in placed
    ]
    return svg(top + TRACK + 20, _words(score, low, high, cuts) if label is None else label, shapes)


def _zones(top: float, cuts: Sequence[Real]) -> list[str]:
    edges = [1.0, *map(float, cuts), 4.0]
    shapes = []
    for k, (left, right) in enumerate(pairwise(edges)):
        shapes.append(AXIS.rect(f"c-zone c-z{k + 1}", (left, right), top, TRACK, 0))
        middle = (left + right) / 2
        for line, word in enumerate(reversed(NAMES[k])):
            shapes.append(AXIS.text(middle, 22 - 12 * line, word, cls=" c-zones"))
    for cut in cuts:
        shapes.append(AXIS.line("c-bar", cut, top - 4, top + TRACK + 4))
        shapes.append(AXIS.text(cut, top + TRACK + 17, fixed(cut)))
    shapes.append(AXIS.text(1, top + TRACK + 17, "1", anchor="start"))
    shapes.append(AXIS.text(4, top + TRACK + 17, "4", anchor="end"))
    return shapes


def _stack(marks: Iterable[Mark]) -> list[tuple[Real, int, bool]]:
    """(score, lane, same answer?): close ones go on top of each other, those that flip highest."""
    placed: list[tuple[Real, int, bool]] = []
    for value, same in sorted(marks, key=lambda mark: (not mark[1], float(mark[0]))):
        taken = {lane for other, lane, _ in placed if abs(float(value) - float(other)) < CLOSE}
        lane = next(n for n in range(len(placed) + 1) if n not in taken)
        placed.append((value, lane, same))
    return placed


def _words(score: Real | None, low: Real | None, high: Real | None, cuts: Sequence[Real]) -> str:
    if score is None:
        return "No score yet"
    words = f"Score {fixed(score)}"
    if low is not None and high is not None:
        words += f", likely range {fixed(low)} to {fixed(high)}"
    return words + "; cuts at " + ", ".join(fixed(cut) for cut in cuts)
