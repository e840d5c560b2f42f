"""The page of the role finder: an answer is a link, and no address breaks it."""

from urllib.parse import parse_qs, urlencode

import pytest
from django.urls import reverse

from roles.models import LevelExpectation, Role
from roles.summaries import finder
from roles.summaries.work import load_work
from tests import build, sessions
from tests.role_pages import statement, text
from tests.visit import visit

pytestmark = pytest.mark.django_db
URL = "/roles/finder/"


@pytest.fixture(autouse=True)
def work(db):
    """Two titles, the first with a kind; four statements for the one and three for the other."""
    maker = build.role("maker", position=1, primary_output="Things that work. Not plans.")
    build.role("kind", position=2, parent=maker, primary_output="Things of a kind.")
    build.role("other", position=3, primary_output="Other things.", has_agents=False)
    for number in range(3):
        statement(f"make-{number}", maker=3)
        statement(f"other-{number}", "typical", other=3)
    statement("agent-work", "typical", maker=3, kind=2)
    maker.aliases.create(title="LLM engineer")


def answer(client, person, *ticks, **query):
    address = urlencode([("work", slug) for slug in ticks] + list(query.items()))
    return visit(client, person, f"{URL}?{address}")


def test_nothing_ticked_says_what_to_do(client, people):
    response = visit(client, people.outsider, URL)

    assert "No answer yet Tick three statements or more" in text(response)
    assert response.context["found"].missing == 3


def test_too_little_says_how_much_is_missing_and_where_it_leans(client, people):
    words = text(answer(client, people.recruiter, "make-0", "make-1"))

    assert "Too little to tell Tick 1 more statement So far it leans to Maker ." in words
    assert "Create an opening" not in words


def test_nothing_that_speaks_for_a_role(client, people):
    for slug in "abc":
        statement(slug)
    assert "Nothing ticked speaks for a role" in text(answer(client, people.outsider, *"abc"))


def test_answer_says_why_and_who_is_next(client, people):
    words = text(answer(client, people.outsider, "make-0", "make-1", "make-2", "other-1"))

    assert "Closest match Maker" in words
    assert "The runner-up is Other , 6 points behind." in words
    assert "Because you ticked Somebody does make-0 3 points" in words
    assert "What speaks for others only Somebody does other-1 ( Other )" in words
    assert "What would change it." in words


def test_runner_up_without_points_is_none(client, people):
    words = text(answer(client, people.outsider, "make-0", "make-1", "make-2"))

    assert "so there is no runner-up" in words


def test_tie_is_named(client, people):
    ticks = ("make-0", "make-1", "make-2", "other-0", "other-1", "other-2")
    words = text(answer(client, people.outsider, *ticks))

    assert "A tie Maker" in words
    assert "Maker and Other have 9 points each." in words


def test_mixed_description_names_the_jobs_and_their_statements(client, people):
    response = answer(client, people.outsider, "make-0", "make-1", "other-0", "other-1")
    words = text(response)

    assert "This describes 2 jobs." in words
    assert "Maker : Somebody does make-0; Somebody does make-1" in words
    first, _ = response.context["found"].mixed
    assert parse_qs(first.query) == {"work": ["make-0", "make-1"]}


def test_links_of_what_would_change_lead_there(client, people):
    found = answer(client, people.outsider, "make-0", "make-1", "make-2").context["found"]

    assert [way.becomes.slug for way in found.ways] == ["kind"]
    for way in [*found.ways, *found.ways_to_titles]:
        after = visit(client, people.outsider, f"{URL}?{way.query}").context["found"]
        assert after.role == way.becomes


def test_level_is_carried_to_the_opening(client, people):
    maker = Role.objects.get(slug="maker")
    LevelExpectation.objects.create(role=maker, level="senior", text="Shapes it.")
    ticks = ("make-0", "make-1", "make-2")
    link = f"{reverse('opening_new')}?role=maker&amp;level="

    senior = answer(client, people.recruiter, *ticks, level="senior").content.decode()
    assert f"{link}senior" in senior
    assert f"{link}junior" not in senior
    assert "Shapes it." in senior
    undecided = answer(client, people.recruiter, *ticks).content.decode()
    assert f"{link}senior" in undecided
    assert f"{link}junior" in undecided
    assert link not in answer(client, people.editor, *ticks, level="senior").content.decode()


def test_opening_page_takes_the_link(client, people):
    visit(client, people.recruiter, f"{reverse('opening_new')}?role=maker&level=senior")


def test_agents_follow_from_the_ticks(client, people):
    ticks = ("make-0", "make-1", "make-2")

    assert "Nothing that you ticked is about agents" in text(
        answer(client, people.outsider, *ticks)
    )
    assert "Agents are part of this work" in text(
        answer(client, people.outsider, *ticks, "agent-work")
    )


# a title that somebody has in mind


def test_title_suggests_ticks_and_never_the_answer(client, people):
    response = answer(
        client, people.outsider, "other-0", "other-1", "other-2", title="Sr. llm-Engineer"
    )
    hint = response.context["hint"]

    assert response.context["found"].role.slug == "other"
    assert [role.slug for role in hint.roles] == ["maker"]
    assert hint.typical == ["make-0", "make-1", "make-2", "agent-work"]
    assert set(parse_qs(hint.query)["work"]) >= {"make-0", "other-2"}
    assert text(response).count("typical") == 6  # four marks, and twice in the sentence


def test_title_alone_ticks_nothing(client, people):
    response = answer(client, people.outsider, title="LLM engineer")

    assert response.context["found"].answer.ticks == ()
    assert "No answer yet" in text(response)


@pytest.mark.parametrize("title", ["Wizard", "senior", "   ", "<b>x</b>"])
def test_unknown_title(client, people, title):
    response = answer(client, people.outsider, title=title)

    assert response.context["hint"] is None
    assert "<b>x</b>" not in response.content.decode()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("LLM engineer", "llm  ENGINEER"),
        ("AI/ML systems engineer", "AI ML Systems Engineer"),
        ("Staff ML engineer", "ml engineer, senior"),
    ],
)
def test_titles_are_compared_without_case_punctuation_and_seniority(left, right):
    assert finder.normal(left) == finder.normal(right)


def test_typical_work_stands_under_its_output_without_titles():
    legends = [group.legend for group in finder.groups(load_work(), [], [])]

    assert legends == [
        "What goes into building on models that exist?",
        "Things that work",
        "Other things",
    ]


# addresses that somebody typed


def test_unknown_entries_are_left_out_with_a_note(client, people):
    response = answer(
        client,
        people.outsider,
        "make-0",
        "make-1",
        "make-2",
        "gone",
        "\0",
        "x" * 3000,
        level="boss",
    )

    assert response.context["found"].role.slug == "maker"
    assert "4 entries of this address are not known here" in text(response)


@pytest.mark.parametrize("title", ["x" * 81, "a\0b"])
def test_title_that_cannot_be_is_an_error_at_the_field(client, people, title):
    ticks = [("work", f"make-{number}") for number in range(3)]
    response = visit(
        client, people.outsider, f"{URL}?{urlencode([*ticks, ('title', title)])}", status=422
    )

    assert 'aria-invalid="true"' in response.content.decode()
    assert response.context["found"].role.slug == "maker"


@pytest.mark.parametrize(
    "query", ["work", "work=%ff", "level=%00&level=x", "page=1&=&&", "work[]=1"]
)
def test_odd_addresses_are_answered(client, people, query):
    visit(client, people.outsider, f"{URL}?{query}")


def test_same_statement_twice_counts_once(client, people):
    found = answer(client, people.outsider, "make-0", "make-0", "make-1").context["found"]

    assert found.answer.ticks == ("make-0", "make-1")


def test_queries_do_not_grow_with_ticks(client, people, django_assert_num_queries):
    sessions.sign_in(client, people.outsider)
    for ticks in (1, 7):
        slugs = [one.slug for one in load_work().catalogue][:ticks]
        query = urlencode([("work", slug) for slug in slugs])
        with django_assert_num_queries(8):
            client.get(f"{URL}?{query}&title=LLM+engineer&level=senior")
