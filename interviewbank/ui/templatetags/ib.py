"""The template tags and filters of every page. Registered as builtins: no {% load %} needed."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from interviewbank.ui import charts, glyphs, numbers
from interviewbank.ui.words import CUTS, RATING_WORDS, RECOMMENDATIONS, Recommendation, level_of

register = template.Library()

register.simple_tag(glyphs.icon, name="icon")
register.simple_tag(glyphs.notch, name="notch")
register.simple_tag(glyphs.rate, name="rate")
register.simple_tag(glyphs.chip, name="chip")
register.simple_tag(glyphs.rec_icon, name="rec_icon")
register.simple_tag(glyphs.key, name="key")

register.simple_tag(charts.strip, name="strip")
register.simple_tag(charts.strip_axis, name="strip_axis")
register.simple_tag(charts.waterfall, name="waterfall")
register.simple_tag(charts.gauge, name="gauge")
register.simple_tag(charts.cells, name="cells")
register.simple_tag(charts.meter, name="meter")


@register.filter
def points(value, digits: int = 2) -> str:
    """A score in points of the scale; a dash where there is none."""
    return numbers.NOTHING if numbers.is_missing(value) else numbers.fixed(value, digits)


@register.filter
def signed(value, digits: int = 2) -> str:
    return numbers.NOTHING if numbers.is_missing(value) else numbers.signed(value, digits)


@register.filter
def percent(value, digits: int = 0) -> str:
    """A share from 0 to 1."""
    return numbers.NOTHING if numbers.is_missing(value) else numbers.percent(value, digits)


@register.filter
def level(score, cuts=CUTS) -> str:
    """The value of data-r for a score in points: "1" to "4", or "na"."""
    return "na" if numbers.is_missing(score) else str(level_of(numbers.exact(score), cuts))


@register.filter
def rating_word(rating) -> str:
    return RATING_WORDS[int(rating)]


@register.filter
def rec_label(outcome) -> str:
    """The words of a chip, for a sentence: "leaning no hire"."""
    return RECOMMENDATIONS[str(outcome).replace("-", "_")].label


@register.filter
def rec_symbol(outcome) -> Recommendation:
    """Slug, label and icon, for a page that brings its own symbols."""
    return RECOMMENDATIONS[str(outcome)]


@register.filter
def utc_time(moment: str) -> str:
    """19 Nov 2026, 14:02 UTC, of a time that is kept as text: a file has no viewer, and no zone."""
    at = datetime.fromisoformat(moment).astimezone(UTC)
    return date_format(at, "j M Y, H:i") + " UTC"


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last word: "PS" for Priya Stonebridge."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def plural_count(count: int, words: str) -> str:
    """{{ 1|plural_count:"rating" }} is "1 rating"; irregular ones as "entry,entries"."""
    one, _, many = words.partition(",")
    return f"{count} {one if count == 1 else many or one + 's'}"


@register.filter
def lookup(mapping: Mapping, name):
    """The entry of a mapping, or nothing."""
    return mapping.get(name)


def _time(at: datetime, form: str):
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat("T", "minutes"), date_format(local, form)
    )


@register.filter
def local_time(at: datetime | None):
    """Date and time in the viewer's zone: 19 Nov 2026, 14:02."""
    return numbers.NOTHING if at is None else _time(at, "j M Y, H:i")


@register.filter
def local_day(at: datetime | None):
    """19 Nov 2026, in the viewer's zone."""
    return numbers.NOTHING if at is None else _time(at, "j M Y")


@register.filter
def local_lately(at: datetime | None):
    """14:02 today, 18 Nov, 14:02 before; in the viewer's zone. As clockIn of status.js."""
    if at is None:
        return numbers.NOTHING
    today = timezone.localdate(at) == timezone.localdate()
    return _time(at, "H:i" if today else "j M, H:i")


@register.filter
def local_clock(at: datetime | None):
    """14:02, in the viewer's zone."""
    return numbers.NOTHING if at is None else _time(at, "H:i")
