"""What the pages of drafts show: time, coverage of the loop, differences, questions to pick."""

from datetime import timedelta

import pytest
from django.utils import timezone

from roles.models import QuestionVersion
from roles.summaries.set_changes import changes
from roles.summaries.set_drafts import draft_page, misfits, picks, publish_page, time_of
from roles.summaries.set_loop import loop_of
from roles.workflow.set_content import standing
from tests import build


@pytest.fixture
def areas(db):
    return [
        build.area(slug, position=n) for n, slug in enumerate(("production", "cost", "failure"))
    ]


@pytest.fixture
def role(db):
    return build.role("applied")


def rows(loop) -> list[tuple]:
    return [(row.area.slug, row.here, row.elsewhere, row.rounds, row.needed) for row in loop.areas]


# time


@pytest.mark.parametrize(
    ("minutes", "tight", "note", "tail"),
    [
        (40, False, "5 minutes of slack.", [("Close", 5), ("Left", 5)]),
        (36, False, "1 minute of slack.", [("Close", 5), ("Left", 1)]),
        (35, False, "No slack.", [("Close", 5)]),
        (
            31,
            True,
            "The questions leave 1 minute for what the candidate asks. Keep 5 minutes.",
            [("Close", 1)],
        ),
        (
            30,
            True,
            "The questions leave no minute for what the candidate asks. Keep 5 minutes.",
            [],
        ),
        (28, True, "The questions take 2 minutes longer than the round.", []),
    ],
)
def test_time(areas, minutes, tight, note, tail):
    asked = [
        build.question(in_area=areas[0], minutes=8),
        build.question(in_area=areas[0], minutes=12),
        build.question(in_area=areas[1], minutes=10),
    ]
    question_set = build.question_set(*asked).question_set
    question_set.minutes = minutes
    time = time_of(question_set, standing(question_set).items)
    assert (time.asked, time.planned, time.tight, time.note) == (30, 35, tight, note)
    ribbon = [(segment.label, segment.minutes) for segment in time.ribbon]
    assert ribbon == [("Production", 20), ("Cost", 10), *tail]


def test_a_segment_is_as_wide_as_the_rules_go(areas):
    asked = [build.question(in_area=areas[0], minutes=60) for _ in range(3)]
    question_set = build.question_set(*asked).question_set
    (segment,) = time_of(question_set, standing(question_set).items).ribbon
    assert (segment.minutes, segment.width) == (180, 120)


# the loop


def test_loop_counts_the_draft_and_the_other_live_versions(areas, role, people):
    production, cost, failure = areas
    for area, bar in ((production, "2.50"), (cost, None), (failure, "2.00")):
        role.profiles.create(level="senior", area=area, requirement="required", bar=bar)
    question = build.question(in_area=production)
    mine = build.question_set(question, of_role=role).question_set
    other = build.question_set(question, build.question(in_area=failure), of_role=role)
    build.set_draft(other.question_set, build.question(in_area=cost))
    elsewhere = build.question_set(build.question(in_area=cost), of_role=build.role())
    assert elsewhere.question_set.role != role
    build.set_draft(mine, question, build.question(in_area=production))
    loop = loop_of(people.editor, mine, standing(mine).items)
    assert rows(loop) == [
        ("production", 2, 1, 2, 2),
        ("cost", 0, 0, 0, 1),
        ("failure", 0, 1, 1, 2),
    ]
    assert loop.notes == [
        "Cost is asked in no round.",
        "Failure is asked in one round only; its bar wants two interviewers.",
    ]
    assert (loop.has_profile, loop.most) == (True, 3)


def test_loop_of_a_profile_with_numbers_of_its_own(areas, role, people):
    production, cost, failure = areas
    role.profiles.create(level="senior", area=production, requirement="required", min_raters=3)
    role.profiles.create(level="senior", area=cost, requirement="optional")
    role.profiles.create(level="senior", area=failure, requirement="not_applicable")
    role.profiles.create(level="junior", area=failure, requirement="required", bar="3.00")
    mine = build.question_set(
        *(build.question(in_area=area) for area in (production, failure)), of_role=role
    ).question_set
    build.question_set(build.question(in_area=production), of_role=role)
    loop = loop_of(people.editor, mine, standing(mine).items)
    assert rows(loop) == [
        ("production", 1, 1, 2, 3),
        ("cost", 0, 0, 0, 0),
        ("failure", 1, 0, 1, 0),
    ]
    assert loop.notes == [
        "Production is asked in 2 rounds only; the profile wants three interviewers.",
        "Failure is asked about, and does not count for this role and level.",
    ]


def test_loop_without_a_profile_counts_and_wants_nothing(areas, role, people):
    build.area("agents", agent_roles_only=True, position=9)
    mine = build.question_set(build.question(in_area=areas[0]), of_role=role).question_set
    loop = loop_of(people.editor, mine, standing(mine).items)
    assert rows(loop) == [
        ("production", 1, 0, 1, 0),
        ("cost", 0, 0, 0, 0),
        ("failure", 0, 0, 0, 0),
    ]
    assert (loop.has_profile, loop.notes) == (False, [])


# what changes


def say(live, draft) -> list[tuple[str, str, str]]:
    return [(one.what, one.version.title, one.detail) for one in changes(live, draft)]


def test_changes():
    def version(name, number=1):
        return QuestionVersion(question_id=name, title=name, number=number)

    a, b, c, d = (version(name) for name in "abcd")
    live = [(a, True), (b, True), (c, False), (d, True)]
    assert say(live, live) == []
    assert say([], [(a, True), (b, False)]) == [
        ("Added", "a", "Question 1"),
        ("Added", "b", "Question 2, optional"),
    ]
    assert say(live, [(b, True), (c, False), (d, True)]) == [("Removed", "a", "It was question 1")]
    assert say(live, [(d, True), (a, True), (b, True), (c, False)]) == [
        ("Moved", "d", "From question 4 to 1")
    ]
    newer, older = version("a", 2), version("b", 1)
    assert say([(a, True), (version("b", 3), False)], [(newer, False), (older, True)]) == [
        ("Version", "a", "From version 1 to 2"),
        ("Optional", "a", "It was required"),
        ("Version", "b", "From version 3 to 1, an earlier one"),
        ("Required", "b", "It was optional"),
    ]


# the page


def test_page_says_what_does_not_fit(areas, role, people):
    agents = build.area("agents", agent_roles_only=True, position=9)
    fits, other, senior, agent, gone = (
        build.question(slug, in_area=agents if slug == "agent" else areas[0])
        for slug in ("fits", "other", "senior", "agent", "gone")
    )
    for version in (fits, senior, agent, gone):
        version.question.roles.add(role)
    senior.question.levels = ["junior"]
    senior.question.save()
    gone.question.retired_at = timezone.now()
    gone.question.save()
    build.version(fits.question, number=2)
    build.version(fits.question, number=3, published=False)
    mine = build.question_set(fits, other, senior, agent, gone, of_role=role).question_set
    page = draft_page(people.editor, mine, at=f"up:{other.question_id}")
    assert [row.marks for row in page.rows] == [
        [],
        ["not filed under Applied"],
        ["not for level senior"],
        ["for roles with agents, and Applied has none"],
        ["retired, take it out"],
    ]
    assert [row.newer and row.newer.number for row in page.rows] == [2, None, None, None, None]
    assert [row.focus for row in page.rows] == ["", "up", "", "", ""]
    assert [(row.first, row.last) for row in page.rows][::4] == [(True, False), (False, True)]
    assert page.outdated == [page.rows[0]]
    assert page.notes == [
        "“Other”: not filed under Applied.",
        "“Senior”: not for level senior.",
        "“Agent”: for roles with agents, and Applied has none.",
        "“Gone”: retired, take it out.",
        "“Fits” is asked in version 1; version 2 is live.",
    ]


def test_a_question_of_the_parent_fits_its_subtypes(areas):
    parent = build.role("parent")
    child = build.role("child", parent=parent)
    question = build.question(in_area=areas[0]).question
    question.roles.add(parent)
    assert misfits(question, child, "senior") == []
    assert misfits(question, build.role(), "senior") != []


def test_publish_page_of_a_draft_with_faults(areas, role, people):
    question = build.question("gone", in_area=areas[0])
    mine = build.question_set(question, of_role=role).question_set
    question.question.retired_at = timezone.now() - timedelta(days=1)
    question.question.save()
    build.set_draft(mine, question)
    found = publish_page(people.editor, mine)
    assert found.faults == [
        "“Gone” is retired. Take it out.",
        "The draft asks the same as version 1. Change something, or discard the draft.",
    ]
    assert found.changes == []


# picking


def test_picks(areas, role, people):
    first, second, third = (build.question(slug, in_area=areas[0]) for slug in ("a1", "b2", "c3"))
    elsewhere = build.question("d4", in_area=areas[1], prompt="Tell me about the price.")
    retired = build.question("e5", in_area=areas[0])
    retired.question.retired_at = timezone.now()
    retired.question.save()
    build.question("f6", in_area=areas[0], published=False)
    for version in (second, elsewhere, retired):
        version.question.roles.add(role)
    mine = build.question_set(third, of_role=role).question_set
    items = standing(mine).items

    def found(**which):
        return [
            (one.slug, one.fits) for one in picks(people.editor, mine, items, **which).questions
        ]

    assert found() == [("b2", True), ("d4", True), ("a1", False)]
    assert found(area=areas[0]) == [("b2", True), ("a1", False)]
    assert found(search="price") == [("d4", True)]
    assert found(search="price", area=areas[0]) == []
    assert (first.title, picks(people.editor, mine, items).more) == ("A1", False)


def test_picks_leave_out_what_is_too_much(areas, role, people):
    for number in range(9):
        build.question(f"q{number}", in_area=areas[0])
    mine = build.question_set(of_role=role).question_set
    found = picks(people.editor, mine, [])
    assert (len(found.questions), found.more) == (8, True)


def test_picks_of_a_role_without_agents(role, people):
    agents = build.area("agents", agent_roles_only=True)
    build.question("agent", in_area=agents).question.roles.add(role)
    mine = build.question_set(of_role=role).question_set
    assert [one.fits for one in picks(people.editor, mine, []).questions] == [False]
