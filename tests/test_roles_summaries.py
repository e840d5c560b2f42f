"""What the pages of the bank show: differences, steps, time and coverage."""

import pytest

from roles.models import Level, QuestionVersion
from roles.summaries import changes, questions
from roles.summaries.sets import set_page
from roles.workflow.content import words_of
from tests import build


def marked(line: list[changes.Chunk]) -> str:
    marks = {"": "{}", "ins": "[+{}]", "del": "[-{}]"}
    return "".join(marks[chunk.mark].format(chunk.text) for chunk in line)


def row(label: str, before: dict, after: dict) -> tuple[list[str], list[str]]:
    base = words_of(QuestionVersion(title="T", prompt="P", minutes=8, probes=[], strong_signals=[]))
    found = {one.label: one for one in changes.rows({**base, **before}, {**base, **after})}
    return [marked(line) for line in found[label].before], [
        marked(line) for line in found[label].after
    ]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("Finds it.", "Finds it.", [], []),
        ("Finds it.", "", ["[-Finds it.]"], []),
        ("", "Finds it.", [], ["[+Finds it.]"]),
        ("Reads the log.", "Reads some log.", ["Reads [-the] log."], ["Reads [+some] log."]),
        ("Finds it.", "Finds it, and why.", ["Finds it."], ["Finds it[+, and why]."]),
        ("one two three", "six two ten", ["[-one two three]"], ["[+six two ten]"]),
        (
            "same word here",
            "other word there",
            ["[-same] word [-here]"],
            ["[+other] word [+there]"],
        ),
    ],
)
def test_words_that_change(before, after, left, right):
    assert row("Prompt", {"prompt": before}, {"prompt": after}) == (left, right)


def test_numbers_that_change():
    assert row("Minutes", {"minutes": 7}, {"minutes": 8}) == (["[-7]"], ["[+8]"])


def test_lines_that_change():
    before = [{"id": "a", "text": "One"}, {"id": "b", "text": "Two old"}, {"id": "c", "text": "C"}]
    after = [{"id": "b", "text": "Two new"}, {"id": "c", "text": "C"}, {"id": "d", "text": "Four"}]
    assert row("Probes", {"probes": before}, {"probes": after}) == (
        ["[-One]", "Two [-old]"],
        ["Two [+new]", "[+Four]"],
    )


def test_lines_in_another_order():
    lines = [{"id": "a", "text": "One"}, {"id": "b", "text": "Two"}]
    found = row("Weak signals", {"weak_signals": lines}, {"weak_signals": lines[::-1]})
    assert found == (["One", "Two"], ["Two", "One"])


def test_every_field_has_a_row():
    base = words_of(QuestionVersion(title="T", prompt="P", minutes=8))
    assert [one.label for one in changes.rows(base, base)] == list(changes.LABELS.values())
    assert set(changes.LABELS) == set(base)


@pytest.mark.django_db
def test_steps_of_a_draft():
    live = build.question("outage")
    draft = build.version(live.question, number=2, published=False, anchor_3="", probes=[])
    assert questions.steps(draft, live) == [
        questions.Step("Title, prompt and minutes", True),
        questions.Step("Four anchors", False, "The anchor for level 3 is empty."),
        questions.Step("Something changes from version 1", True),
        questions.Step(
            "Advice on the words",
            None,
            "Look at: Level 2, mixed; Level 4, outstanding; Probes; Strong signals; Weak signals. "
            "You can publish without.",
        ),
        questions.Step("Roles", None, "None ticked: nobody finds it under a role."),
    ]
    assert not questions.ready(draft, live)
    draft.anchor_3 = live.anchor_3
    assert questions.ready(draft, live)
    draft.probes = live.probes
    assert not questions.ready(draft, live)


@pytest.mark.django_db
def test_history_knows_what_took_the_place_of_what():
    first = build.question("outage")
    second = build.version(first.question, number=2)
    third = build.version(first.question, number=3)
    draft = build.version(first.question, number=4, published=False)
    history = questions.history(first.question)
    assert (history.draft, history.live, history.newest) == (draft, third, draft)
    assert [history.successor(one) for one in (first, second, third, draft)] == [
        second,
        third,
        None,
        None,
    ]
    assert (history.numbered(2), history.numbered(9)) == (second, None)


@pytest.fixture
def loop(people):
    """A set of 60 minutes with neighbours of one area, and another set of the same loop."""
    role = build.role("applied", has_agents=False)
    production, cost = build.area("production", position=1), build.area("cost", position=2)
    build.area("agents", position=3, agent_roles_only=True)
    asked = [
        build.question("a", in_area=production, minutes=10),
        build.question("b", in_area=production, minutes=5),
        build.question("c", in_area=cost, minutes=8),
    ]
    other = build.question("d", in_area=cost)
    first = build.question_set(*asked, of_role=role, name="First")
    build.question_set(other, of_role=role, name="Second")
    build.question_set(build.question("e", in_area=cost), name="Of another role")
    return first.question_set


def test_time_of_a_set(people, loop):
    page = set_page(people.editor, loop)
    assert (page.planned, page.slack) == (23, 37)
    assert [(one.label, one.minutes) for one in page.ribbon] == [
        ("Production", 15),
        ("Cost", 8),
        ("Left", 37),
    ]
    assert loop.level == Level.SENIOR


def test_coverage_of_a_loop(people, loop):
    page = set_page(people.editor, loop)
    assert [(row.area.slug, row.here, row.elsewhere) for row in page.coverage] == [
        ("production", 2, 0),
        ("cost", 1, 1),
    ]
    assert page.most == 3


def test_coverage_names_the_agent_area_where_the_role_has_agents(people, loop):
    loop.role.has_agents = True
    loop.role.save()
    slugs = [row.area.slug for row in set_page(people.editor, loop).coverage]
    assert slugs == ["production", "cost", "agents"]


def test_set_without_a_published_version(people, loop):
    empty = type(loop).objects.create(
        slug="empty", name="Empty", role=loop.role, level="junior", round_name="R", minutes=30
    )
    page = set_page(people.editor, empty)
    assert (page.live, page.items, page.planned, page.slack) == (None, [], 0, 30)
    assert [(row.here, row.elsewhere) for row in page.coverage] == [(0, 0), (0, 0)]
