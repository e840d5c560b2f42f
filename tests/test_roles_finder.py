"""The role finder: described jobs to roles, and what holds for every set of ticks."""

import ast
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roles import finder
from roles.finder import Catalogue, Job, Statement, changes, changes_to_another_title, find
from tests.finder_jobs import TEXT, described, rows, shipped_catalogue

SHIPPED = shipped_catalogue()
SLUGS = [statement.slug for statement in SHIPPED]
JOBS = described()
AI_KINDS = ["applied-ai-engineer", "ai-ml-systems-engineer", "ai-infrastructure-engineer"]
any_ticks = st.sets(st.sampled_from(SLUGS), max_size=12)


# described jobs


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.title} {job.ticks[-1]}")
def test_described_job(job):
    answer = find(SHIPPED, job.ticks)

    assert set(answer.ticks) == set(job.ticks)
    assert answer.job == job.role
    assert (answer.runner_up.job if answer.runner_up else None) == job.runner_up
    assert tuple(side.job for side in answer.mixed) == job.mixed


def test_described_jobs_are_enough():
    assert len(JOBS) == TEXT.count(", then ") >= 20
    aliases = {row["title"] for row in rows("titlealias")}
    assert aliases <= {job.title for job in JOBS}
    assert {job.role for job in JOBS} == {row["slug"] for row in rows("role")}


@pytest.mark.parametrize(
    ("goal", "roles"),
    [
        ("ship-ai-features", {"ai-engineer"}),
        ("custom-models", {"ml-engineer"}),
        ("large-training-infrastructure", {"ml-engineer"}),
        ("foundation-models", {"ml-engineer", "ai-researcher"}),
        ("data-arrive-reliably", {"data-engineer"}),
        ("decisions-from-statistics", {"data-scientist"}),
    ],
)
def test_goal_speaks_for_its_roles_by_itself(goal, roles):
    answer = find(SHIPPED, [goal])

    assert {one.job for one in answer.ranking if one.points == 3} == roles
    assert not answer.enough


def test_core_work_is_the_ai_engineer_of_no_kind():
    core = [row["slug"] for row in rows("workitem") if row["kind"] == "core"]

    assert len(core) == 6
    assert find(SHIPPED, core).job == "ai-engineer"


@pytest.mark.parametrize("kind", AI_KINDS)
def test_typical_work_of_a_kind_is_that_kind(kind):
    typical = {row["slug"] for row in rows("workitem") if row["kind"] == "typical"}
    own = [one.slug for one in SHIPPED if one.points.get(kind) == 3 and one.slug in typical]

    assert len(own) == 6
    assert find(SHIPPED, own).job == kind


def test_two_kinds_span_and_do_not_mix():
    answer = find(SHIPPED, ["assistants", "writing-tools", "ai-platform", "evaluation-platform"])

    assert answer.job == "ai-engineer"
    assert answer.mixed == ()
    assert [side.job for side in answer.spans] == [AI_KINDS[0], AI_KINDS[2]]
    assert answer.spans[1].statements == ("ai-platform", "evaluation-platform")


def test_mixed_description_says_which_statements_belong_to_which():
    ticks = ["assistants", "prompts", "retrieval", "forecasts", "experiments"]
    first, second = find(SHIPPED, ticks).mixed

    assert first.statements == ("prompts", "retrieval", "assistants")
    assert (second.job, second.statements) == ("data-scientist", ("forecasts", "experiments"))


@pytest.mark.parametrize(
    ("ticks", "jobs"),
    [
        ("prompts assistants forecasts", 0),  # one statement is no job
        ("prompts assistants forecasts experiments", 2),
        ("prompts assistants retrieval writing-tools forecasts experiments", 2),  # half the points
        ("prompts assistants retrieval writing-tools ai-interface forecasts experiments", 0),
        ("foundation-models model-training new-methods publications", 0),  # one is both titles'
    ],
)
def test_part_that_makes_a_second_job(ticks, jobs):
    assert len(find(SHIPPED, ticks.split()).mixed) == jobs


def test_statements_that_say_nothing_for_the_answer():
    answer = find(SHIPPED, ["assistants", "prompts", "retrieval", "explain-figures"])

    assert answer.elsewhere == ("explain-figures",)
    assert [one.points for one in answer.carried] == [3, 3, 3]


def test_agents_follow_from_the_ticks():
    assert find(SHIPPED, ["agent-orchestration", "prompts"]).agents == ("agent-orchestration",)
    assert find(SHIPPED, ["prompts"]).agents == ()


# ties, and too little


TWO = (Job("second", 2), Job("first", 1), Job("also-first", 1))


def test_tie_is_named_and_broken_by_position_then_slug():
    one = Statement("one", {"second": 2, "first": 2, "also-first": 2})
    answer = find(Catalogue(TWO, (one,)), ["one"])

    assert answer.job == "also-first"
    assert answer.tied == ("also-first", "first", "second")
    assert (answer.runner_up.job, answer.behind) == ("first", 0)


def test_no_tie_with_one_ahead():
    assert find(SHIPPED, ["ingestion"]).tied == ()


def test_nothing_ticked():
    answer = find(SHIPPED, [])

    assert (answer.job, answer.runner_up, answer.tied, answer.enough) == (None, None, (), False)
    assert changes(SHIPPED, answer) == []


def test_three_statements_are_enough():
    assert not find(SHIPPED, ["ingestion", "streaming"]).enough
    assert find(SHIPPED, ["ingestion", "streaming", "data-stores"]).enough


def test_statements_without_points_answer_nothing():
    silent = tuple(Statement(slug, {}) for slug in "abc")
    answer = find(Catalogue(TWO, silent), "abc")

    assert (answer.job, answer.enough) == (None, False)


def test_unknown_statement_is_left_out():
    assert find(SHIPPED, ["ingestion", "gone"]).ticks == ("ingestion",)


def test_kind_needs_more_than_two_thirds():
    jobs = (Job("title", 1), Job("left", 2, "title"), Job("right", 3, "title"))
    statements = (Statement("a", {"left": 2}), Statement("b", {"right": 1}))
    catalogue = Catalogue(jobs, statements)

    assert find(catalogue, ["a"]).job == "left"
    assert find(catalogue, ["a", "b"]).job == "title"


def test_no_roles_at_all():
    assert find(Catalogue((), (Statement("a", {}),)), ["a"]).job is None


def test_ring_of_parents_ends():
    ring = Catalogue((Job("a", 1, "b"), Job("b", 2, "a"), Job("c", 3)), ())

    assert ring.titles == ("c",)


# what holds for every set of ticks


@given(any_ticks.flatmap(lambda ticks: st.permutations(sorted(ticks))))
def test_order_of_ticks_is_irrelevant(ticks):
    assert find(SHIPPED, ticks) == find(SHIPPED, sorted(ticks))


@given(any_ticks, st.integers(1, 3))
def test_statement_that_speaks_only_for_the_winner_never_dethrones_it(ticks, points):
    answer = find(SHIPPED, ticks)
    if answer.job:
        more = Statement("more", {answer.job: points})
        wider = replace(SHIPPED, statements=(*SHIPPED.statements, more))
        assert find(wider, [*ticks, "more"]).job == answer.job


@given(any_ticks)
def test_points_add_up(ticks):
    answer = find(SHIPPED, ticks)

    assert sum(one.points for one in answer.carried) == answer.ranking[0].points
    assert len(answer.carried) + len(answer.elsewhere) == len(answer.ticks)


@settings(deadline=None)
@given(any_ticks)
def test_what_would_change_it_changes_it(ticks):
    answer = find(SHIPPED, ticks)
    found = changes(SHIPPED, answer)

    assert bool(found) is answer.enough
    for change in found:
        after = {*ticks, *change.add} - {*change.remove}
        assert not set(change.add) & ticks
        assert set(change.remove) <= ticks
        assert len(after) >= finder.ENOUGH
        assert find(SHIPPED, after).job == change.becomes != answer.job
    for change in changes_to_another_title(SHIPPED, answer):
        assert SHIPPED.title_of(change.becomes) != answer.title


JOBS_IN_SMALL = (Job("x", 1), Job("x1", 2, "x"), Job("x2", 3, "x"), Job("y", 4), Job("z", 5))
small_points = st.dictionaries(
    st.sampled_from([job.slug for job in JOBS_IN_SMALL]), st.integers(1, 3)
)


@st.composite
def small_cases(draw):
    points = draw(st.lists(small_points, min_size=4, max_size=7))
    statements = tuple(Statement(str(number), given) for number, given in enumerate(points))
    ticks = draw(st.sets(st.sampled_from([one.slug for one in statements]), min_size=3))
    return Catalogue(JOBS_IN_SMALL, statements), ticks


@settings(deadline=None, max_examples=300)
@given(small_cases())
def test_no_smaller_change_exists(case):
    """Against trying every set of ticks."""
    catalogue, ticks = case
    answer = find(catalogue, ticks)
    if not answer.enough:
        return
    found = changes(catalogue, answer)
    everything = [one.slug for one in catalogue]
    smallest = None
    for size in range(1, len(everything) + 1):
        for flipped in combinations(everything, size):
            after = ticks.symmetric_difference(flipped)
            if len(after) >= finder.ENOUGH and changed(catalogue, answer, after):
                smallest = size
                break
        if smallest:
            break
    assert ({change.size for change in found} or {None}) == {smallest}


def changed(catalogue, answer, ticks) -> bool:
    """Another title is strictly ahead, or this one is answered as another kind. A tie is no change:
    it would be left to the order of the roles."""
    ticked = catalogue.ticked(ticks)
    points = catalogue.by_title(ticked)
    kinds = catalogue.by_kind(ticked, answer.title)
    leading = [kind for kind in kinds if 3 * kinds[kind] > 2 * sum(kinds.values())]
    now = leading[0] if leading else answer.title
    return max(points.values()) > points[answer.title] or now != answer.job


def test_the_arithmetic_is_pure():
    """The standard library only, and nothing that could make two answers differ."""
    for path in Path(finder.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            else:
                continue
            assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
            assert not {"random", "time", "datetime", "os"} & set(names)
