"""Views get rows from `visible_to(user)` only (DESIGN.md section 4): over the syntax tree."""

import ast
from collections.abc import Iterator

import pytest

from tests.test_architecture import modules

# What everybody who is signed in may read; it holds nothing about a person.
OPEN_TO_ALL = {"Role", "EvaluationArea"}
# Ways around a manager: whole tables, raw SQL, Django's shortcuts.
FORBIDDEN_NAMES = {"get_object_or_404", "get_list_or_404", "connection", "apps"}
FORBIDDEN_CALLS = {"filter", "exclude", "raw", "in_bulk", "extra"}


def faults(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    asked = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr.endswith("visible_to")
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="objects" | "_default_manager" | "_base_manager"):
                owner = node.value.id if isinstance(node.value, ast.Name) else ""
                if id(node) not in asked and owner not in OPEN_TO_ALL:
                    yield f"line {node.lineno}: {ast.unparse(node)} without visible_to"
            case ast.Call(func=ast.Attribute(attr=name)) if name in FORBIDDEN_CALLS:
                yield f"line {node.lineno}: .{name}() belongs in a queryset or a summary"
            case ast.ImportFrom(names=names):
                for alias in names:
                    if alias.name in FORBIDDEN_NAMES:
                        yield f"line {node.lineno}: {alias.name} goes around visible_to"


VIEWS = [
    (module, path)
    for module, path in modules()
    if ".views" in module or module.endswith((".views", ".api"))
]


def test_there_are_views():
    assert len(VIEWS) > 15


@pytest.mark.parametrize("path", [path for _, path in VIEWS], ids=[module for module, _ in VIEWS])
def test_rows_come_from_visible_to(path):
    assert list(faults(path.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "Scorecard.objects.get(pk=pk)",
        "models.Scorecard.objects.all()",
        "Scorecard.objects.select_related('interview').visible_to(user)",
        "Scorecard._base_manager.get(pk=pk)",
        "Scorecard.objects.visible_to(user).filter(pk=pk)",
        "from django.shortcuts import get_object_or_404",
        "from django.db import connection",
        "from django.apps import apps",
        "manager = Scorecard.objects",
    ],
)
def test_the_check_finds(source):
    assert list(faults(source))


def test_the_check_lets_through():
    assert not list(faults("fetch(request, Scorecard.objects.visible_to(request.user), pk=pk)"))
