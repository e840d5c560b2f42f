"""The pages of roles: what they say, to whom, and from how many queries."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from roles.models import Principle, QuestionSet
from roles.summaries.roles import area_shares, role_page
from tests import build, sessions
from tests.role_pages import statement, text
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(people) -> SimpleNamespace:
    """A title with a kind and with areas at both levels, and another title."""
    builder = build.role("builder", position=1, has_agents=True)
    kind = build.role("kind", position=2, parent=builder)
    other = build.role("other", position=3)
    areas = [build.area("production", position=1), build.area("cost", position=2)]
    for level in ("junior", "senior"):
        for area in areas:
            builder.profiles.create(level=level, area=area, requirement="required", bar="2.50")
    statements = [statement(f"work-{number}", builder=3) for number in range(3)]
    return SimpleNamespace(
        builder=builder, kind=kind, other=other, areas=areas, statements=statements
    )


# the list


def test_list_shows_titles_with_their_kinds_and_principles(client, people, small):
    Principle.objects.create(slug="first", title="Describe the work", body="Not the title.")
    response = visit(client, people.outsider, reverse("role_list"))

    cards = response.context["cards"]
    assert [(card.role, card.kinds) for card in cards] == [
        (small.builder, [small.kind]),
        (small.other, []),
    ]
    assert "Describe the work Not the title." in text(response)
    assert "New role" not in text(response)
    assert "New role" in text(visit(client, people.editor, reverse("role_list")))


def test_list_of_none_says_what_a_role_is(client, people):
    assert "No roles yet" in text(visit(client, people.outsider, reverse("role_list")))
    assert "No roles yet" in text(visit(client, people.outsider, reverse("role_compare")))


# one role


def test_kind_says_what_is_different_and_has_the_rest_from_its_title(client, people, small):
    build_on = small.builder.expectations
    build_on.create(level="senior", text="Shapes the system.")
    build_on.create(level="senior", area=small.areas[0], text="Has run one.")
    small.kind.expectations.create(level="senior", text="Shapes the part.")
    small.kind.profiles.create(level="senior", area=small.areas[0], requirement="required")
    page = role_page(small.kind)

    assert [level.expectation for level in page.levels] == ["", "Shapes the part."]
    assert page.areas[0].cells[0].expectation == "Has run one."


def test_role_owns_what_speaks_for_nobody_more(small):
    statement("shared", builder=2, other=2)
    statement("theirs", builder=1, other=3)
    statement("kinds", "typical", kind=3)
    statement("hardly", "typical", builder=1)
    statement("far", "typical", other=3)

    title, kind = role_page(small.builder), role_page(small.kind)
    assert [item.slug for item in title.core] == ["shared", "work-0", "work-1", "work-2"]
    assert [item.slug for item in kind.core] == ["shared", "work-0", "work-1", "work-2"]
    assert (title.typical, [item.slug for item in kind.typical]) == ([], ["kinds"])
    assert [(one.role, one.statements) for one in title.not_owned] == [
        (small.other, ["Somebody does theirs"])
    ]
    assert [(one.role, one.statements) for one in kind.not_owned] == [
        (small.other, ["Somebody does theirs"])
    ]


def test_not_owned_names_the_right_role_with_a_link(client, people, small):
    statement("theirs", "typical", builder=1, other=3)
    response = visit(client, people.outsider, reverse("role_detail", args=["builder"]))

    assert "That is Other Somebody does theirs" in text(response).replace("  ", " ")
    assert reverse("role_detail", args=["other"]) in response.content.decode()


def test_shares_leave_out_what_is_not_applicable(small):
    profile = small.builder.profiles.get(level="senior", area=small.areas[1])
    third = build.area("agents", position=3)
    small.builder.profiles.create(level="senior", area=third, requirement="not_applicable")
    profile.weight, profile.weight_rationale = "0.5", "Set by others."
    profile.save(update_fields=["weight", "weight_rationale"])
    shares = area_shares(small.builder.profiles.select_related("area").filter(level="senior"))

    assert [one.share and str(one.share) for one in shares] == ["2/3", "1/3", None]


def test_weight_rationale_and_bar_show(client, people, small):
    small.builder.profiles.filter(area=small.areas[1]).update(
        weight="0.5", weight_rationale="Set by others."
    )
    words = text(visit(client, people.outsider, reverse("role_detail", args=["builder"])))

    assert "67%" in words
    assert "33%" in words
    assert "Must meet 2.50" in words
    assert "Weight 0.50: Set by others." in words


def test_loop_is_linked_for_who_may_read_the_bank(client, people, small):
    version = build.question_set(build.question(), of_role=small.builder, name="Deep dive")
    QuestionSet.objects.create(
        slug="not-yet",
        name="Not yet",
        role=small.builder,
        level="junior",
        round_name="A",
        minutes=45,
    ).versions.create(number=1)
    link = reverse("question_set_detail", args=[version.question_set_id])
    page = reverse("role_detail", args=["builder"])

    outside = visit(client, people.outsider, page)
    assert version.question_set.round_name in text(outside)
    assert link not in outside.content.decode()
    assert link in visit(client, people.recruiter, page).content.decode()
    assert [len(level.sets) for level in outside.context["page"].levels] == [0, 1]


def test_opening_is_offered_to_recruiters(client, people, small):
    link = f"{reverse('opening_new')}?role=builder&amp;level=senior"
    page = reverse("role_detail", args=["builder"])

    assert link in visit(client, people.recruiter, page).content.decode()
    assert link not in visit(client, people.editor, page).content.decode()


def test_unknown_role_is_not_found(client, people):
    visit(client, people.outsider, reverse("role_detail", args=["nobody"]), status=404)


def test_comparison_has_every_role_at_a_level(client, people, small):
    small.builder.profiles.filter(level="junior").update(bar=None)
    page = reverse("role_compare")
    senior = visit(client, people.outsider, page)
    junior = visit(client, people.outsider, page + "?level=junior")

    rows = senior.context["rows"]
    assert [row.role for row in rows] == [small.builder, small.kind, small.other]
    assert rows[1].parent == small.builder
    assert "bar 2.50" in text(senior)
    assert "bar 2.50" not in text(junior)
    assert visit(client, people.outsider, page + "?level=%00").context["level"] == "senior"


# everywhere


@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [
        ("role_list", [], 5),
        ("role_compare", [], 7),
        ("role_detail", ["builder"], 12),
        ("role_finder", [], 6),
    ],
)
def test_queries_are_the_same_for_more_rows(
    client, people, small, django_assert_num_queries, name, args, queries
):
    page = reverse(name, args=args)
    sessions.sign_in(client, people.recruiter)
    with django_assert_num_queries(queries):
        assert client.get(page).status_code == 200
    for number in range(3):
        role = build.role(f"more-{number}", parent=small.builder if number else None)
        statement(f"more-{number}", "typical", **{role.slug: 3, "builder": 1})
        area = build.area(f"more-{number}")
        role.profiles.create(level="senior", area=area, requirement="required")
        small.builder.profiles.create(level="senior", area=area, requirement="required")
        small.builder.aliases.create(title=f"Name {number}")
        small.builder.skills.create(slug=f"skill-{number}", name="Skill", trend="core")
        build.question_set(build.question(), of_role=small.builder, name=f"Set {number}")
        Principle.objects.create(slug=f"p-{number}", title="One", body="More")
    with django_assert_num_queries(queries):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("name", ["role_list", "role_compare", "role_finder"])
def test_signed_out_and_wrong_method(client, people, name):
    assert client.get(reverse(name)).status_code == 302
    visit(client, people.outsider, reverse(name), {"any": "thing"}, status=405)
