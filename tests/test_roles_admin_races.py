"""Two editors at one time: what waits for what."""

import pytest
from django.db import transaction

from roles.models import AreaProfile, Role
from roles.workflow.profiles import AreaTerms, profile_token, set_profile
from roles.workflow.roles import (
    AgentAreaCounts,
    ChangedMeanwhile,
    NotATopRole,
    area_says,
    change_area,
    change_role,
    role_says,
    token,
)
from tests import build
from tests.visit import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def edit(role, by, **fields):
    return change_role(role=role, by=by, seen=token(role_says(role)), **fields)


def test_two_roles_do_not_become_each_others_parent(people):
    one, other = build.role("one"), build.role("other")
    second = Meanwhile(
        lambda: edit(Role.objects.get(slug="other"), people.editor, parent=Role(pk=one.pk))
    )
    with transaction.atomic():
        edit(one, people.editor, parent=other)
        assert second.start_until_blocked()
    assert isinstance(second.finish(), NotATopRole)
    assert list(Role.objects.filter(parent__isnull=False)) == [one]


def test_a_role_does_not_lose_its_agents_under_a_profile(people):
    role, agents = build.role(has_agents=True), build.area("agents", agent_roles_only=True)
    terms = [AreaTerms(agents.pk, "required")]
    seen = profile_token(role, "senior")

    def save():
        return set_profile(role=role, level="senior", by=people.editor, seen=seen, terms=terms)

    second = Meanwhile(lambda: edit(role, people.editor, has_agents=False))
    with transaction.atomic():
        save()
        assert second.start_until_blocked()
    assert isinstance(second.finish(), AgentAreaCounts)
    third = Meanwhile(save)
    with transaction.atomic():
        AreaProfile.objects.update(requirement="not_applicable")
        edit(role, people.editor, has_agents=False)
        assert third.start_until_blocked()
    assert isinstance(third.finish(), ChangedMeanwhile)


def test_an_area_does_not_become_one_for_agents_under_a_profile(people):
    role, area = build.role(), build.area("agents")
    seen = profile_token(role, "senior")
    second = Meanwhile(
        lambda: change_area(
            area=area, by=people.editor, seen=token(area_says(area)), agent_roles_only=True
        )
    )
    with transaction.atomic():
        set_profile(
            role=role,
            level="senior",
            by=people.editor,
            seen=seen,
            terms=[AreaTerms(area.pk, "optional")],
        )
        assert second.start_until_blocked()
    assert isinstance(second.finish(), AgentAreaCounts)
