"""Imports run one way, between the apps and inside each (DESIGN.md, "The house")."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("interviewbank", "roles", "scorecards")

# Lower layers know nothing of higher ones. A module belongs to the longest prefix that fits.
APPS = {
    "interviewbank.db": 0,
    "interviewbank.ui": 0,
    "interviewbank.localpg": 0,
    "interviewbank.bootstrap": 0,
    "interviewbank.dbcheck": 0,
    "interviewbank.audit": 1,
    "interviewbank.access": 2,
    "roles": 3,
    "scorecards": 4,
    "interviewbank": 5,
}
INSIDE = {
    "rollup": 0,
    "packet": 0,
    "finder": 0,
    "advice": 0,
    "models": 1,
    "querysets": 1,
    "permissions": 2,
    "workflow": 2,
    "summaries": 2,
    "bank": 2,
    "forms": 3,
    "views": 4,
    "urls": 5,
    "management": 4,
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in CODE:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield dotted.removesuffix(".__init__"), path


def imports(module: str, path: Path) -> Iterator[str]:
    """Every module named by an import, in functions too; relative ones made absolute."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, base] if base else parts)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def layer(module: str) -> int | None:
    if module == "interviewbank":  # the package itself is empty
        return None
    fitting = [name for name in APPS if module == name or module.startswith(name + ".")]
    return APPS[max(fitting, key=len)] if fitting else None


def inner_layer(module: str) -> tuple[str, int] | None:
    """(app, layer inside it) of a module such as scorecards.views.committee."""
    for app in ("interviewbank.access", "interviewbank.audit", "roles", "scorecards"):
        if module.startswith(app + "."):
            first = module.removeprefix(app + ".").split(".")[0]
            return (app, INSIDE[first]) if first in INSIDE else None
    return None


def faults(module: str, imported: list[str]) -> Iterator[str]:
    own, inner = layer(module), inner_layer(module)
    for name in imported:
        target = layer(name)
        if target is not None and own is not None and target > own:
            yield f"{module} imports {name}, which is above it"
        other = inner_layer(name)
        if inner and other and inner[0] == other[0] and other[1] > inner[1]:
            yield f"{module} imports {name}, which is above it inside {inner[0]}"


@pytest.mark.parametrize("module, path", list(modules()), ids=lambda value: str(value)[-40:])
def test_imports_run_one_way(module, path):
    if module in ("interviewbank.settings", "interviewbank.urls"):
        return
    assert list(faults(module, list(imports(module, path)))) == []


@pytest.mark.parametrize(
    "module, name",
    [
        ("interviewbank.audit.trail", "interviewbank.access.models"),
        ("interviewbank.access.views", "roles.models"),
        ("roles.views.questions", "scorecards.models"),
        ("scorecards.models.openings", "scorecards.views.openings"),
        ("scorecards.workflow.openings", "scorecards.forms.openings"),
        ("roles.models.roles", "interviewbank.settings"),
    ],
)
def test_the_rule_notices(module, name):
    assert len(list(faults(module, [name]))) >= 1


def test_the_rollup_is_pure():
    """The standard library only: no Django, no clock, no I/O."""
    outside = set()
    for module, path in modules():
        if module.startswith("scorecards.rollup"):
            for name in imports(module, path):
                top = name.split(".")[0]
                if not name.startswith("scorecards.rollup") and name != "scorecards":
                    assert top in sys.stdlib_module_names, f"{module} imports {name}"
                    outside.add(top)
    assert not outside & {"datetime", "time", "os", "random", "pathlib", "io", "socket"}


def test_views_read_through_visible_to():
    """`.filter(` and `.objects.get(` do not appear in views: what exists for a person is
    `visible_to`."""
    for module, path in modules():
        if ".views" in module:
            source = path.read_text()
            assert ".filter(" not in source, module
            assert ".objects.get(" not in source, module
            assert "request.POST[" not in source, module
            assert "objects.all(" not in source, module
