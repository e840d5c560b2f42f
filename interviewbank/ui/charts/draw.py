"""What the charts share: an axis and a few shapes. Only numbers and constants go into the markup;
labels are escaped."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from interviewbank.ui.numbers import Real

SMALL, LARGE = "M0-8.5 6 0 0 8.5-6 0Z", "M0-11 8 0 0 11-8 0Z"


def label_attributes(label: str) -> SafeString:
    if label:
        return format_html('role="img" aria-label="{}"', label)
    return mark_safe('aria-hidden="true"')


def svg(height: float, label: str, shapes: Iterable[str]) -> SafeString:
    return format_html(
        '<svg class="ib-chart" height="{}" {}>{}</svg>',
        f"{height:g}",
        label_attributes(label),
        mark_safe("".join(shapes)),  # noqa: S308  shapes are made below, from numbers
    )


@dataclass(frozen=True)
class Axis:
    """Where a value lies, in percent of the width; `pad` keeps the outermost marks inside."""

    low: float
    high: float
    pad: float = 1.5

    def at(self, value: Real) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return self.pad + share * (100 - 2 * self.pad)

    def line(self, cls: str, value: Real, top: float, bottom: float) -> str:
        x = f"{self.at(value):.2f}%"
        return f'<line class="{cls}" x1="{x}" x2="{x}" y1="{top:g}" y2="{bottom:g}"/>'

    def rect(self, cls: str, ends: tuple[Real, Real], top: float, height: float, r: float) -> str:
        left, right = sorted(self.at(end) for end in ends)
        return (
            f'<rect class="{cls}" x="{left:.2f}%" width="{right - left:.2f}%"'
            f' y="{top:g}" height="{height:g}" rx="{r:g}"/>'
        )

    def mark(self, value: Real, y: float, shape: str) -> str:
        """A shape in pixels, drawn around the point."""
        return f'<svg class="c-over" x="{self.at(value):.2f}%" y="{y:g}">{shape}</svg>'

    def text(
        self, value: Real, y: float, words: str, *, anchor: str = "middle", cls: str = ""
    ) -> str:
        """`words` are figures or names of this package, never a person's."""
        return (
            f'<text class="c-lab{cls}" x="{self.at(value):.2f}%" y="{y:g}"'
            f' text-anchor="{anchor}">{words}</text>'
        )


def diamond(path: str = SMALL) -> str:
    return f'<path class="c-est" d="{path}"/>'
