"""The one style sheet: current, self-contained, and ready to be served under hashed names."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from interviewbank.ui import join_css
from scorecards.summaries.packet_page import FONT_FACE

STATIC = Path(settings.BASE_DIR) / "interviewbank" / "static"
SHEET = join_css.JOINED.read_text(encoding="utf-8")
OWN = [name for name in join_css.ORDER if not name.startswith("bootstrap")]


def test_the_served_sheet_is_current():
    assert join_css.joined() == SHEET, "Run: python -m interviewbank.ui.join_css"


def test_every_sheet_is_joined():
    assert sorted(path.name for path in join_css.SOURCES.glob("*.css")) == sorted(join_css.ORDER)


def test_the_sheet_asks_for_nothing_that_the_policy_refuses():
    assert "data:" not in SHEET
    assert "sourceMappingURL" not in SHEET
    assert "@import" not in SHEET
    addresses = re.findall(r'url\("?([^")]+)"?\)', SHEET)
    assert len(addresses) == 4
    for address in addresses:
        assert (join_css.JOINED.parent / address).resolve().is_file()


def test_bootstrap_keeps_its_licence():
    assert "Licensed under MIT" in SHEET


@pytest.mark.parametrize("name", OWN)
def test_braces_are_balanced(name):
    text = re.sub(r"/\*.*?\*/", "", (join_css.SOURCES / name).read_text(), flags=re.S)
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("name", [name for name in OWN if name not in ("tokens.css", "shell.css")])
def test_colours_come_from_the_tokens(name):
    """Apart from the mark, the dark bar of a selection, what print and paper need, and the ground
    of a code that a camera has to read."""
    text = (join_css.SOURCES / name).read_text()
    fixed = {value.lower() for value in re.findall(r"#[0-9A-Fa-f]{3,8}\b", text)}
    allowed = {
        "lists.css": {"#17181a", "#2e3238", "#ffffff"},
        "states.css": {"#fff"},
        "print.css": {"#fff", "#999", "#000", "#777", "#555"},
    }
    assert fixed <= allowed.get(name, set())


def test_minutes_have_widths():
    for minutes in (1, 45, 60, 120):
        assert f'[data-min="{minutes}"] {{ --ib-min: {minutes}; }}' in SHEET


def test_vendored_files_are_listed_with_their_versions():
    listed = (STATIC / "vendor/README.md").read_text()
    version = re.search(r"Bootstrap\s+v([\d.]+)", SHEET)
    assert version
    assert f"| npm `bootstrap` {version[1]} |" in listed
    assert f"bootstrap-{version[1]}.min.css" in join_css.ORDER


def test_static_files_can_be_served_under_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (sheet,) = (tmp_path / "ib").glob("site.*.css")
    fonts = re.findall(r'url\("(\.\./vendor/fonts/[^"]+)"\)', sheet.read_text())
    assert len(fonts) == 4
    assert all(re.search(r"\.[0-9a-f]{12}\.woff2$", font) for font in fonts)
    assert all((sheet.parent / font).resolve().is_file() for font in fonts)


def test_the_packets_sheet_is_current_and_needs_no_other():
    sheet = join_css.PACKET.read_text(encoding="utf-8")
    assert join_css.packet() == sheet, "Run: python -m interviewbank.ui.join_css"
    assert "@import" not in sheet and "</" not in sheet
    # The fonts go when a page is saved; nothing else is asked for.
    assert "url(" not in FONT_FACE.sub("", sheet)


def test_the_packets_colours_come_from_the_tokens():
    own = (join_css.SOURCES / "packet" / "packet.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", own)
    assert own.count("{") == own.count("}")
