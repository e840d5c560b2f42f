"""Openings: made from a profile, their settings, their members."""

from decimal import Decimal

import pytest
from django.utils import timezone

from interviewbank.audit.models import Event
from roles.models import AreaProfile, QuestionSetVersion
from scorecards.models import Opening
from scorecards.workflow.openings import (
    DraftSet,
    NoProfile,
    change_settings,
    create_opening,
    freeze_plan,
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
    values = {"title": "Applied AI engineer", "visibility": "never"}
    change_settings(
        opening=panel.opening,
        by=panel.people.coordinator,
        interviewers_may_decide=True,
        retention="12_months",
        **values,
    )
    panel.opening.refresh_from_db()
    assert panel.opening.interviewers_may_decide is True
    event = Event.objects.get()
    assert event.verb == "opening.settings_changed"
    assert event.fields == ["interviewers_may_decide", "visibility"]


def test_change_settings_to_the_same_writes_nothing(panel):
    opening = panel.opening
    change_settings(
        opening=opening,
        by=panel.people.coordinator,
        title=f" {opening.title} ",
        visibility="after_own",
        interviewers_may_decide=False,
        retention="12_months",
    )
    assert not Event.objects.exists()
