"""The package is the standard library only: no framework, no clock, no file, no network."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "scorecards" / "rollup").glob("*.py"))
ALLOWED = {
    *("collections.abc", "dataclasses", "enum", "fractions", "functools", "hashlib", "json"),
    *("math", "re", "types", "typing"),
}


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_imports(path):
    foreign = {name for name in imports_of(path) if not name.startswith("scorecards.rollup.")}

    assert foreign <= ALLOWED


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_files_and_no_printing(path):
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert not calls & {"open", "print", "input", "exec", "eval", "__import__"}


def test_it_loads_without_the_framework():
    code = "import sys, scorecards.rollup; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()

    assert "scorecards.rollup" in loaded
    assert not [name for name in loaded if name.partition(".")[0] in ("django", "numpy", "scipy")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_public_names_have_docstrings(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"
