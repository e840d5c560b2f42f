"""Static files under hashed names: what a module imports must be found there, too."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

LIVE = Path(__file__).parent.parent / "interviewbank/static/live"
IMPORT = re.compile(r'^(?:import|export) .*?from "\./([^"]+)"|^import "\./([^"]+)"', re.M)


def imported(module: str) -> list[str]:
    return [one or other for one, other in IMPORT.findall(module)]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "interviewbank.staticfiles.HashedStorage"}
    with override_settings(STATIC_ROOT=root, STORAGES={"staticfiles": backend}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.mark.parametrize("name", sorted(path.name for path in LIVE.glob("*.js")))
def test_a_hashed_module_imports_hashed_modules(collected, name):
    stem = name.removesuffix(".js")
    hashed = re.compile(rf"{stem}\.[0-9a-f]{{12}}\.js")
    (module,) = [path for path in (collected / "live").iterdir() if hashed.fullmatch(path.name)]
    parts = imported(module.read_text())

    assert len(parts) == len(imported((LIVE / name).read_text()))
    for part in parts:
        assert re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", part)
        assert (collected / "live" / part).is_file()


def test_modules_stay_small():
    for path in LIVE.glob("*.js"):
        assert len(path.read_text().splitlines()) < 300, path.name
