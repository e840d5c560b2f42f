"""Icons, ratings and chips: what they say, and that nothing gets in unescaped."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone

from interviewbank.ui import glyphs
from interviewbank.ui.words import RATING_WORDS, RECOMMENDATIONS

ROOT = Path(settings.BASE_DIR)
SPRITE = (ROOT / "interviewbank/static/ib/icons.svg").read_text()
ICONS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
TEMPLATES = sorted(
    path
    for app in ("interviewbank", "roles", "scorecards")
    for path in (ROOT / app).rglob("templates/**/*.html")
)
SHEET = (ROOT / "interviewbank/static/ib/site.css").read_text()


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_icon_uses_the_sprite_and_is_hidden():
    use = '<use href="/static/ib/icons.svg#check-lg"></use>'
    markup = render('{% icon "check-lg" %}')
    assert markup == f'<svg class="ib-i" aria-hidden="true">{use}</svg>'


def test_icon_label_is_escaped():
    assert 'role="img" aria-label="&quot;&lt;b&gt;"' in glyphs.icon("eye", label='"<b>')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_of_a_template_is_in_the_sprite(path):
    assert set(re.findall(r'{% icon "([^"]+)"', path.read_text())) <= ICONS


def test_every_icon_of_a_recommendation_is_in_the_sprite():
    assert {shown.icon for shown in RECOMMENDATIONS.values()} <= ICONS


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_notch_has_as_many_full_bars_as_the_rating(rating):
    assert glyphs.notch(rating).count('class="on"') == rating
    assert glyphs.notch(rating).count("<rect") == 4


@pytest.mark.parametrize(("rating", "word"), RATING_WORDS.items())
def test_rate_says_numeral_and_word(rating, word):
    hidden = glyphs.rate(rating)
    assert f'data-r="{rating}"><b>{rating}</b>' in hidden
    assert f'<span class="visually-hidden"> {word}</span>' in hidden
    assert f"<span> {word}</span>" in glyphs.rate(rating, word=True)


def test_rate_keeps_the_three_kinds_of_nothing_apart():
    assert "Not assessed" in glyphs.rate(None)
    assert "Not rated yet" in glyphs.rate("open")
    assert "Not in this round" in glyphs.rate("none")
    assert not any(digit in glyphs.rate(None) for digit in "01234")


@pytest.mark.parametrize("outcome", RECOMMENDATIONS)
def test_chip_says_the_word_and_has_a_look(outcome):
    shown = RECOMMENDATIONS[outcome]
    markup = glyphs.chip(outcome)
    assert f'class="ib-chip" data-rec="{shown.slug}"' in markup
    assert markup.endswith(f"</svg>{shown.label}</span>")
    assert f'[data-rec="{shown.slug}"]' in SHEET
    assert glyphs.chip(shown.slug if outcome != "insufficient_evidence" else outcome) == markup


def test_chip_sizes():
    assert 'class="ib-chip ib-chip-lg"' in glyphs.chip("hire", size="lg")
    assert 'class="ib-chip ib-mini"' in glyphs.chip("hire", size="mini")


def test_chip_refuses_an_unknown_outcome():
    with pytest.raises(KeyError):
        glyphs.chip("maybe")


def test_rec_icon_is_empty_for_other_choices():
    assert render('{% rec_icon "never" %}') == ""
    assert "chevron-up" in render('{% rec_icon "hire" %}')


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Priya Stonebridge", "PS"), ("Bo", "B"), ("ana de la Cruz", "AC"), ("", "")],
)
def test_initials(name, letters):
    assert render("{{ name|initials }}", name=name) == letters


@pytest.mark.parametrize(
    ("count", "words", "text"),
    [(1, "rating", "1 rating"), (0, "rating", "0 ratings"), (2, "entry,entries", "2 entries")],
)
def test_plural_count(count, words, text):
    assert render("{{ count|plural_count:words }}", count=count, words=words) == text


def test_times_are_shown_in_the_zone_of_the_viewer():
    at = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert render("{{ at|local_time }}", at=at) == (
            '<time datetime="2026-11-20T00:30+01:00">20 Nov 2026, 00:30</time>'
        )
        assert ">20 Nov 2026<" in render("{{ at|local_day }}", at=at)
        assert ">00:30<" in render("{{ at|local_clock }}", at=at)
    assert render("{{ at|local_time }}", at=None) == "–"
