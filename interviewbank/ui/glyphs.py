"""Small pieces of markup: icons, the notch glyph, ratings, chips, chart keys."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .words import NOT_ASSESSED, RATING_WORDS, RECOMMENDATIONS

NOTCH_HEIGHTS = (5, 8, 11, 14)
KEYS = {
    "rating": '<circle class="c-dot" r="4"/>',
    "estimate": '<path class="c-est" d="M0-7.5 5.5 0 0 7.5-5.5 0Z"/>',
    "same": '<path class="c-wi" d="M0 3.4 3.8-3.4H-3.8Z"/>',
    "flips": '<path class="c-wi c-wi-x" d="M-3.2-3.2 3.2 3.2M3.2-3.2-3.2 3.2"/>',
    "bar": '<path class="c-bar" d="M0-8V8"/>',
    "range": (
        '<path class="c-key-below" d="M-8-5H0V5H-8Z"/><path class="c-key-above" d="M0-5H8V5H0Z"/>'
    ),
}


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Give a label only where no word stands beside it."""
    role = mark_safe('aria-hidden="true"')
    if label:
        role = format_html('role="img" aria-label="{}"', label)
    return format_html(
        '<svg class="ib-i" {}><use href="{}#{}"></use></svg>',
        role,
        static("ib/icons.svg"),
        name,
    )


def notch(rating: int | None) -> SafeString:
    """Four rising notches, as many of them full as the rating; all hollow for None."""
    bars = "".join(
        f'<rect class="{"on" if i < (rating or 0) else "off"}" x="{i * 4.25:g}" y="{14 - height}"'
        f' width="3.25" height="{height}" rx=".8"/>'
        for i, height in enumerate(NOTCH_HEIGHTS)
    )
    return mark_safe(f'<svg class="ib-notch" viewBox="0 0 16 14" aria-hidden="true">{bars}</svg>')  # noqa: S308


def rate(rating: int | str | None, *, word: bool = False) -> SafeString:
    """1 to 4; None is not assessed; "open" is not rated yet; "none" was never asked."""
    if rating is None:
        return format_html('<span class="ib-rate" data-r="na"><span>{}</span></span>', NOT_ASSESSED)
    if rating == "open":
        return format_html(
            '<span class="ib-rate" data-r="open">{}'
            '<span class="visually-hidden">Not rated yet</span></span>',
            notch(None),
        )
    if rating == "none":
        return mark_safe(
            '<span class="ib-rate" data-r="none"><span aria-hidden="true">·</span>'
            '<span class="visually-hidden">Not in this round</span></span>'
        )
    return format_html(
        '<span class="ib-rate" data-r="{}"><b>{}</b>{}<span{}> {}</span></span>',
        rating,
        rating,
        notch(int(rating)),
        "" if word else mark_safe(' class="visually-hidden"'),
        RATING_WORDS[int(rating)],
    )


def chip(outcome: str, *, size: str = "") -> SafeString:
    """A recommendation, outcome or decision; size is "", "lg" or "mini"."""
    shown = RECOMMENDATIONS[str(outcome).replace("-", "_")]
    return format_html(
        '<span class="ib-chip{}" data-rec="{}">{}{}</span>',
        {"": "", "lg": " ib-chip-lg", "mini": " ib-mini"}[size],
        shown.slug,
        icon(shown.icon),
        shown.label,
    )


def rec_icon(outcome: str) -> SafeString | str:
    """The icon of a recommendation; nothing for any other value."""
    shown = RECOMMENDATIONS.get(str(outcome))
    return icon(shown.icon) if shown else ""


def key(name: str) -> SafeString:
    """The mark that a chart uses, to stand before its name in a legend."""
    return mark_safe(  # noqa: S308  constants of this module
        '<svg class="ib-i ib-key" viewBox="-8 -8 16 16" aria-hidden="true">' + KEYS[name] + "</svg>"
    )
