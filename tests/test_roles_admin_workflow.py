"""What editors do with roles, areas and profiles: exact results, and what is refused."""

from decimal import Decimal

import pytest

from interviewbank.audit.models import Event
from roles.models import AreaProfile, EvaluationArea, LevelExpectation, Role
from roles.workflow.profiles import AreaTerms, profile_token, set_profile, suggested_terms
from roles.workflow.roles import (
    AgentAreaCounts,
    ChangedMeanwhile,
    IdFixed,
    IdTaken,
    NotATopRole,
    area_says,
    change_area,
    change_role,
    create_area,
    create_role,
    is_in_use,
    role_says,
    token,
)
from scorecards.workflow.openings import create_opening
from tests import build

pytestmark = pytest.mark.django_db

REQUIRED, OPTIONAL, NOT = "required", "optional", "not_applicable"
ROLE = {
    "name": "Applied AI engineer",
    "summary": "Puts models to work.",
    "trains_models": "no",
}


def events() -> list[tuple[str, list[str]]]:
    return list(Event.objects.order_by("number").values_list("verb", "fields"))


def edit_role(role, by, **fields):
    return change_role(role=role, by=by, seen=token(role_says(role)), **fields)


def edit_area(area, by, **fields):
    return change_area(area=area, by=by, seen=token(area_says(area)), **fields)


def profile(role, by, *terms, level="senior"):
    seen = profile_token(role, level)
    return set_profile(role=role, level=level, by=by, seen=seen, terms=terms)


# Roles


def test_create_role(people):
    top = create_role(by=people.editor, slug="ai-engineer", **ROLE)
    made = create_role(by=people.editor, slug="applied", **{**ROLE, "parent": top})
    assert Role.objects.get(slug="applied").parent == top
    assert events() == [("role.created", []), ("role.created", [])]
    assert Event.objects.get(number=2).object_id == made.pk


@pytest.mark.parametrize("slug", ["taken", "new", "compare", "finder"])
def test_create_role_with_an_id_that_is_taken(people, slug):
    build.role("taken")
    with pytest.raises(IdTaken):
        create_role(by=people.editor, slug=slug, **ROLE)
    assert Role.objects.count() == 1
    assert events() == []


def test_change_role(people):
    role = build.role("applied")
    edit_role(role, people.editor, name="Applied AI", summary=role.summary, has_agents=True)
    role.refresh_from_db()
    assert (role.name, role.has_agents, role.slug) == ("Applied AI", True, "applied")
    assert events() == [("role.changed", ["has_agents", "name"])]


def test_change_role_without_a_difference_writes_nothing(people):
    role = build.role()
    edit_role(role, people.editor, **role_says(role))
    assert events() == []


def test_change_role_that_somebody_changed(people):
    role = build.role()
    seen = token(role_says(role))
    edit_role(role, people.editor, name="Theirs")
    with pytest.raises(ChangedMeanwhile):
        change_role(role=role, by=people.editor, seen=seen, name="Mine")
    assert Role.objects.get().name == "Theirs"


def test_parent_is_a_top_role(people):
    top, sub, other = build.role("top"), build.role("sub"), build.role("other")
    sub = edit_role(sub, people.editor, parent=top)
    for role, parent in ((other, sub), (top, other), (other, other)):
        with pytest.raises(NotATopRole):
            edit_role(role, people.editor, parent=parent)
    with pytest.raises(NotATopRole):
        create_role(
            by=people.editor, slug="deep", **{**ROLE, "parent": Role.objects.get(slug="sub")}
        )
    assert Role.objects.filter(parent__isnull=False).count() == 1


def test_role_stops_building_agents(people):
    role, agents = build.role("role", has_agents=True), build.area("agents", agent_roles_only=True)
    profile(role, people.editor, AreaTerms(agents.pk, REQUIRED))
    with pytest.raises(AgentAreaCounts, match="Agents counts for Role") as refusal:
        edit_role(role, people.editor, has_agents=False)
    assert refusal.value.field == "has_agents"
    profile(role, people.editor, AreaTerms(agents.pk, NOT))
    assert edit_role(role, people.editor, has_agents=False).has_agents is False


# Areas

AREA = {"name": "Cost", "short_name": "Cost", "definition": "What an answer costs."}


def test_create_and_change_area(people):
    area = create_area(by=people.editor, slug="cost", **AREA)
    edit_area(area, people.editor, slug="price", position=7, name="Cost")
    area = EvaluationArea.objects.get()
    assert (area.slug, area.position) == ("price", 7)
    assert events() == [("area.created", []), ("area.changed", ["position", "slug"])]


def test_area_id_that_is_taken(people):
    taken, other = build.area("taken"), build.area("other")
    with pytest.raises(IdTaken):
        create_area(by=people.editor, slug="taken", **AREA)
    with pytest.raises(IdTaken):
        edit_area(other, people.editor, slug=taken.slug)
    assert events() == []


def test_change_area_that_somebody_changed(people):
    area = build.area()
    seen = token(area_says(area))
    edit_area(area, people.editor, name="Theirs")
    with pytest.raises(ChangedMeanwhile):
        change_area(area=area, by=people.editor, seen=seen, name="Mine")


@pytest.mark.parametrize(
    "use",
    [
        lambda area: build.question(in_area=area),
        lambda area: build.role().profiles.create(level="junior", area=area, requirement=NOT),
        lambda area: build.opening(areas=[area]),
        lambda area: LevelExpectation.objects.create(
            role=build.role(), level="junior", area=area, text="Asks."
        ),
    ],
)
def test_area_id_is_fixed_once_something_points_to_it(people, use):
    area = build.area("cost")
    assert not is_in_use(area)
    use(area)
    with pytest.raises(IdFixed):
        edit_area(area, people.editor, slug="price")
    assert edit_area(area, people.editor, name="Price").slug == "cost"


def test_area_becomes_one_for_agents(people):
    area, role = build.area("agents"), build.role("ml")
    profile(role, people.editor, AreaTerms(area.pk, OPTIONAL), level="junior")
    with pytest.raises(AgentAreaCounts, match="Agents counts for Ml, junior") as refusal:
        edit_area(area, people.editor, agent_roles_only=True)
    assert refusal.value.field == "agent_roles_only"
    Role.objects.update(has_agents=True)
    assert edit_area(area, people.editor, agent_roles_only=True).agent_roles_only is True


# Profiles


def test_profile_is_written_and_changed(people):
    role, cost, speed = build.role(), build.area("cost"), build.area("speed")
    terms = AreaTerms(cost.pk, REQUIRED, Decimal("1.50"), "It decides.", Decimal("2.50"), 3)
    assert profile(role, people.editor, terms, AreaTerms(speed.pk, OPTIONAL)) == [
        "bar",
        "min_raters",
        "requirement",
        "weight",
        "weight_rationale",
    ]
    row = AreaProfile.objects.get(area=cost)
    assert (row.level, row.requirement, row.weight, row.bar) == (
        "senior",
        REQUIRED,
        Decimal("1.50"),
        Decimal("2.50"),
    )
    assert (row.weight_rationale, row.min_raters) == ("It decides.", 3)
    assert profile(role, people.editor, terms, AreaTerms(speed.pk, REQUIRED)) == ["requirement"]
    assert profile(role, people.editor, terms, AreaTerms(speed.pk, REQUIRED)) == []
    assert [(verb, fields) for verb, fields in events()][1:] == [
        ("profile.changed", ["senior.requirement"])
    ]
    assert AreaProfile.objects.count() == 2


def test_what_does_not_apply_keeps_no_weight_and_no_bar(people):
    role, cost = build.role(), build.area("cost")
    profile(role, people.editor, AreaTerms(cost.pk, NOT, Decimal(2), "Was so.", Decimal(3), 2))
    row = AreaProfile.objects.get()
    assert (row.weight, row.weight_rationale, row.bar, row.min_raters) == (1, "", None, None)


def test_profile_of_a_role_without_agents(people):
    role, agents = build.role(), build.area("agents", agent_roles_only=True)
    with pytest.raises(AgentAreaCounts):
        profile(role, people.editor, AreaTerms(agents.pk, OPTIONAL))
    assert not AreaProfile.objects.exists()
    profile(role, people.editor, AreaTerms(agents.pk, NOT))
    assert AreaProfile.objects.get().requirement == NOT


@pytest.mark.parametrize("change", ["profile", "role"])
def test_profile_that_somebody_changed(people, change):
    role, cost = build.role(), build.area("cost")
    seen = profile_token(role, "senior")
    if change == "profile":
        profile(role, people.editor, AreaTerms(cost.pk, OPTIONAL))
    else:
        edit_role(role, people.editor, has_agents=True)
    with pytest.raises(ChangedMeanwhile):
        set_profile(role=role, level="senior", by=people.editor, seen=seen, terms=[])


def test_suggestions_for_a_first_profile(people):
    cost, agents = build.area("cost"), build.area("agents", agent_roles_only=True)
    plain, with_agents = build.role(), build.role(has_agents=True)
    assert [one.requirement for one in suggested_terms(plain, "senior", [cost, agents])] == [
        REQUIRED,
        NOT,
    ]
    assert [one.requirement for one in suggested_terms(with_agents, "senior", [cost, agents])] == [
        REQUIRED,
        REQUIRED,
    ]
    profile(plain, people.editor, AreaTerms(cost.pk, OPTIONAL))
    late = build.area("late")
    # An area that came later counts nowhere until somebody says so.
    assert [one.requirement for one in suggested_terms(plain, "senior", [cost, late])] == [
        OPTIONAL,
        NOT,
    ]


def test_a_profile_reaches_new_openings_only(people):
    role, cost, speed = build.role(), build.area("cost"), build.area("speed")
    profile(role, people.editor, AreaTerms(cost.pk, REQUIRED))

    def opened():
        made = create_opening(
            by=people.recruiter,
            title="One more",
            role=role,
            level="senior",
            agent_enabled=False,
            visibility="after_own",
            interviewers_may_decide=False,
            rounds=[],
        )
        return made.plans.get()

    before = opened()
    profile(role, people.editor, AreaTerms(cost.pk, NOT), AreaTerms(speed.pk, REQUIRED))
    assert [row.area for row in before.areas.all()] == [cost]
    assert [row.area for row in opened().areas.all()] == [speed]
