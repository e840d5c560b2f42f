"""Openings: made from a profile, their settings, their members."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from interviewbank.audit.models import Event
from roles.models import AreaProfile, QuestionSetVersion
from scorecards.models import Opening, OpeningMember
from scorecards.permissions import can_remove_member, grantable_kinds
from scorecards.workflow.openings import (
    AlreadyMember,
    DraftSet,
    InactivePerson,
    LastCoordinator,
    NoProfile,
    NotToOneself,
    add_member,
    change_settings,
    create_opening,
    freeze_plan,
    remove_member,
)
from tests import build

pytestmark = pytest.mark.django_db


def profile(role, area, **extra):
    return AreaProfile.objects.create(
        role=role, level="senior", area=area, **{"requirement": "required", **extra}
    )


@pytest.fixture
def bank():
    """A role whose agent area applies, one area that doesn't, and one set."""
    role = build.role("applied", has_agents=True)
    production, cost, unused = build.area("production"), build.area("cost"), build.area("unused")
    agents = build.area("agents", agent_roles_only=True)
    profile(role, production, bar=Decimal("2.50"), min_raters=3)
    profile(role, cost, requirement="optional", weight=Decimal("0.5"), weight_rationale="Minor.")
    profile(role, unused, requirement="not_applicable")
    profile(role, agents, weight=Decimal("2"), weight_rationale="Most of the job.")
    asked = build.question_set(build.question(in_area=production), of_role=role, name="Deep dive")
    return role, asked


def made(people, role, *rounds, **extra):
    values = {
        "by": people.recruiter,
        "title": "Applied, senior",
        "role": role,
        "level": "senior",
        "agent_enabled": True,
        "visibility": "after_own",
        "interviewers_may_decide": False,
        "rounds": rounds,
    }
    return create_opening(**{**values, **extra})


def test_create_opening_copies_the_profile(people, bank):
    role, asked = bank
    opening = made(people, role, ("Deep dive", asked, 45))
    plan = opening.plans.get()
    assert [
        (row.area.slug, row.weight, row.weight_rationale, row.bar, row.min_raters)
        for row in plan.areas.order_by("area__slug")
    ] == [
        ("agents", Decimal("2.00"), "Most of the job.", None, None),
        ("cost", Decimal("0.50"), "Minor.", None, None),
        ("production", Decimal("1.00"), "", Decimal("2.50"), 3),
    ]
    row = plan.rounds.get()
    assert (row.position, row.name, row.set_version, row.minutes) == (1, "Deep dive", asked, 45)
    assert (plan.number, plan.reason, plan.frozen_at) == (1, "", None)
    assert [(one.user, one.kind) for one in opening.members.all()] == [
        (people.recruiter, "coordinator")
    ]
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.actor) == (
        "opening.created",
        opening.pk,
        people.recruiter,
    )


def test_create_opening_without_agents_leaves_their_area_out(people, bank):
    opening = made(people, bank[0], agent_enabled=False)
    areas = opening.plans.get().areas.values_list("area__slug", flat=True)
    assert sorted(areas) == ["cost", "production"]


def test_create_opening_with_agents_has_their_area_though_the_role_has_none(people, bank):
    AreaProfile.objects.filter(area__slug="agents").update(requirement="not_applicable")
    opening = made(people, bank[0])
    row = opening.plans.get().areas.get(area__slug="agents")
    assert (row.weight, row.bar) == (1, None)


def test_create_opening_without_a_profile_is_refused(people, bank):
    with pytest.raises(NoProfile):
        made(people, bank[0], level="junior")
    assert not Opening.objects.exists()


def test_create_opening_with_a_draft_set_is_refused(people, bank):
    draft = QuestionSetVersion.objects.create(question_set=bank[1].question_set, number=2)
    with pytest.raises(DraftSet):
        made(people, bank[0], ("Deep dive", draft, 45))
    assert not Opening.objects.exists()


def test_freeze_plan_once(panel):
    assert freeze_plan(panel.plan) is True
    first = panel.opening.plans.get().frozen_at
    assert freeze_plan(panel.plan) is False
    assert panel.opening.plans.get().frozen_at == first <= timezone.now()


def test_change_settings_records_what_changed(panel):
    values = {"title": "Applied AI engineer", "state": "on_hold", "visibility": "never"}
    change_settings(
        opening=panel.opening,
        by=panel.people.coordinator,
        interviewers_may_decide=True,
        **values,
    )
    panel.opening.refresh_from_db()
    assert panel.opening.state == "on_hold"
    assert panel.opening.interviewers_may_decide is True
    event = Event.objects.get()
    assert event.verb == "opening.settings_changed"
    assert event.fields == ["interviewers_may_decide", "state", "visibility"]


def test_change_settings_to_the_same_writes_nothing(panel):
    opening = panel.opening
    change_settings(
        opening=opening,
        by=panel.people.coordinator,
        title=f" {opening.title} ",
        state="open",
        visibility="after_own",
        interviewers_may_decide=False,
    )
    assert not Event.objects.exists()


# Members


def test_add_member(panel):
    people = panel.people
    member = add_member(
        opening=panel.opening, user=people.outsider, kind="committee", by=people.chair
    )
    assert (member.user, member.kind, member.added_by) == (
        people.outsider,
        "committee",
        people.chair,
    )
    event = Event.objects.get()
    assert (event.verb, event.object_id) == ("opening.committee_added", member.pk)


@pytest.mark.parametrize("kind", ["committee", "chair"])
def test_nobody_makes_themselves_committee_or_chair(panel, kind):
    person = panel.people.administrator
    with pytest.raises(NotToOneself):
        add_member(opening=panel.opening, user=person, kind=kind, by=person)
    with (
        pytest.raises(IntegrityError, match="scorecards_member_not_by_oneself"),
        transaction.atomic(),
    ):
        OpeningMember.objects.create(opening=panel.opening, user=person, kind=kind, added_by=person)


def test_add_member_twice_or_deactivated_is_refused(panel):
    people = panel.people
    with pytest.raises(AlreadyMember):
        add_member(opening=panel.opening, user=people.chair, kind="chair", by=people.administrator)
    people.outsider.is_active = False
    with pytest.raises(InactivePerson):
        add_member(
            opening=panel.opening, user=people.outsider, kind="chair", by=people.administrator
        )
    assert not Event.objects.exists()


def test_remove_member(panel):
    chair = panel.opening.members.get(kind="chair")
    pk = chair.pk
    remove_member(member=chair, by=panel.people.administrator)
    assert not panel.opening.members.filter(kind="chair").exists()
    event = Event.objects.get()
    assert (event.verb, event.object_id) == ("opening.chair_removed", pk)


def test_the_last_coordinator_stays(panel):
    people = panel.people
    only = panel.opening.members.get(kind="coordinator")
    with pytest.raises(LastCoordinator):
        remove_member(member=only, by=people.coordinator)
    add_member(
        opening=panel.opening, user=people.recruiter, kind="coordinator", by=people.coordinator
    )
    remove_member(member=only, by=people.coordinator)
    assert panel.opening.members.get(kind="coordinator").user == people.recruiter


def test_who_grants_what(panel):
    people, opening = panel.people, panel.opening
    everything = {"coordinator", "committee", "chair"}
    assert grantable_kinds(people.administrator, opening) == everything
    assert grantable_kinds(people.chair, opening) == everything
    assert grantable_kinds(people.coordinator, opening) == {"coordinator"}
    assert grantable_kinds(people.committee, opening) == set()
    assert grantable_kinds(people.interviewer, opening) == set()
    chair = opening.members.get(kind="chair")
    assert can_remove_member(people.administrator, chair) is True
    assert can_remove_member(people.coordinator, chair) is False
