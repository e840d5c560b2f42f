"""No code sets a decision from a score: held over the syntax tree."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scorecards.forms.decisions import DecisionForm

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = "scorecards/workflow/decisions.py"
# Who may record one: the page of the form, and the demo company, whose decisions are written down.
RECORDERS = {"scorecards/views/decisions.py", "scorecards/demo/committee.py"}
MAKERS = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for top in ("interviewbank", "roles", "scorecards"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {
        one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)
    }


def makes_a_decision(call: ast.Call) -> bool:
    """Decision(…), Decision.objects.create(…), application.decisions.update(…) and the like."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "Decision"
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in MAKERS
        and bool({"Decision", "decisions"} & names(call.func))
    )


def record_decision() -> ast.FunctionDef:
    tree = ast.parse((ROOT / WORKFLOW).read_text())
    return next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "record_decision"
    )


def test_decisions_are_made_in_one_place():
    places = {path for path, tree in trees() for call in calls(tree) if makes_a_decision(call)}
    assert places == {WORKFLOW}


def test_only_the_form_records_one():
    users = {path for path, tree in trees() if "record_decision" in names(tree)}
    assert users - {WORKFLOW} == RECORDERS


def test_the_outcome_is_the_one_that_was_given():
    function = record_decision()
    assigned = {
        target.id
        for node in ast.walk(function)
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr))
        for target in ast.walk(node)
        if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
    }
    made = [call for call in calls(function) if makes_a_decision(call)]
    given = [one.value for call in made for one in call.keywords if one.arg == "outcome"]

    assert "outcome" in {arg.arg for arg in function.args.kwonlyargs}
    assert "outcome" not in assigned
    assert [ast.unparse(value) for value in given] == ["outcome"]


def test_nothing_sets_the_outcome_afterwards():
    for path, tree in trees():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                assert not (isinstance(target, ast.Attribute) and target.attr == "outcome"), path


def test_the_page_hands_over_what_the_form_read_and_nothing_else():
    tree = ast.parse((ROOT / "scorecards/views/decisions.py").read_text())
    (call,) = [one for one in calls(tree) if "record_decision" in names(one.func)]

    assert [ast.unparse(one.value) for one in call.keywords if one.arg is None] == [
        "form.cleaned_data"
    ]
    assert {one.arg for one in call.keywords} == {"application", "by", None}
    assert DecisionForm().fields["outcome"].initial is None
    assert 'checked=""' not in DecisionForm().as_p()


def test_the_rule_notices():
    for code in (
        "Decision(outcome=result.outcome)",
        "Decision.objects.create(outcome='hire')",
        "application.decisions.update(outcome=score)",
    ):
        assert any(makes_a_decision(call) for call in calls(ast.parse(code)))
