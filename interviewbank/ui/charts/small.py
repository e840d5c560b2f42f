"""Charts that fit into a line of a list."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from interviewbank.ui.numbers import Number, Real, exact, fixed
from interviewbank.ui.words import CUTS, level_of

from .draw import label_attributes, svg

NOT_IN_ROLE = "-"
Score = Number | None


def cells(
    areas: Sequence[tuple[str, Score]], cuts: Sequence[Real] = CUTS, label: str | None = None
) -> SafeString:
    """A block for each (area, score): None is not assessed, "-" is not part of the role."""
    if label is None:
        label = ", ".join(f"{name} {_words(score)}" for name, score in areas)
    return format_html(
        '<span class="ib-strip" {}>{}</span>',
        label_attributes(label),
        format_html_join("", '<i data-r="{}">{}</i>', (_cell(score, cuts) for _, score in areas)),
    )


def _cell(score: Score, cuts: Sequence[Real]) -> tuple[str, str]:
    if score is None:
        return "na", ""
    if score == NOT_IN_ROLE:
        return "none", ""
    return str(level_of(exact(score), tuple(cuts))), fixed(score, 1)


def _words(score: Score) -> str:
    if score is None:
        return "not assessed"
    return "not part of the role" if score == NOT_IN_ROLE else fixed(score, 1)


def meter(value: Real, total: Real, other: Real = 0, label: str = "") -> SafeString:
    """A share of a whole, always beside its number; `other` is what comes from elsewhere."""
    here = _share(value, total)
    there = min(_share(other, total), 100 - here)
    return svg(
        10,
        label,
        [
            '<rect class="c-track" x="0" width="100%" y="0" height="10" rx="2"/>',
            f'<rect class="m-here" x="0" width="{here:.2f}%" y="0" height="10" rx="2"/>',
            f'<rect class="m-2" x="{here:.2f}%" width="{there:.2f}%" y="0" height="10" rx="2"/>',
        ],
    )


def _share(value: Real, total: Real) -> float:
    return min(100 * float(value) / float(total), 100) if total else 0
