"""Members of an opening: who adds and removes whom."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from interviewbank.audit.models import Event
from scorecards.models import OpeningMember
from scorecards.permissions import can_remove_member, grantable_kinds
from scorecards.workflow.openings import (
    AlreadyMember,
    InactivePerson,
    LastCoordinator,
    NotToOneself,
    add_member,
    remove_member,
)
from tests.visit import visit

pytestmark = pytest.mark.django_db


def path(name, obj):
    return reverse(name, args=[obj.pk])


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
    assert events() == [
        ("opening.committee_added", panel.opening.pk, []),
        ("person.seat_given", people.outsider.pk, ["committee"]),
    ]


def events():
    return list(Event.objects.values_list("verb", "object_id", "fields"))


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
    remove_member(member=chair, by=panel.people.administrator)
    assert not panel.opening.members.filter(kind="chair").exists()
    assert events() == [
        ("opening.chair_removed", panel.opening.pk, []),
        ("person.seat_taken", panel.people.chair.pk, ["chair"]),
    ]


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


# Pages


@pytest.fixture
def page(client):
    return partial(visit, client)


def test_member_add(panel, page):
    people, url = panel.people, path("opening_member_add", panel.opening)
    assert (
        b"Chair"
        not in page(people.coordinator, url).content.split(b"<fieldset")[1].split(b"</fieldset")[0]
    )
    page(people.coordinator, url, {"user": people.outsider.pk, "kind": "chair"}, status=422)
    page(people.coordinator, url, {"user": people.outsider.pk, "kind": "coordinator"}, status=302)
    page(people.chair, url, {"user": people.outsider.pk, "kind": "chair"}, status=302)
    kinds = panel.opening.members.filter(user=people.outsider).values_list("kind", flat=True)
    assert sorted(kinds) == ["chair", "coordinator"]


def test_nobody_names_themselves_on_the_page(panel, page):
    people, url = panel.people, path("opening_member_add", panel.opening)
    for person, kind in ((people.administrator, "chair"), (people.chair, "committee")):
        response = page(person, url, {"user": person.pk, "kind": kind}, status=422)
        assert list(response.context["form"].errors) == ["user"]
    assert panel.opening.members.count() == 3


def test_member_search(panel, page):
    url = path("opening_member_add", panel.opening)
    found = page(panel.people.coordinator, f"{url}?q=otto").context["form"]["user"]
    assert [label for value, label in found.field.choices][1:] == [
        "Otto Nobody (otto.nobody@example.com)"
    ]
    assert "No colleague matches" in page(None, f"{url}?q=zzz").content.decode()
    page(None, f"{url}?q=%00", status=422)


def test_member_remove(panel, page):
    people = panel.people
    chair = panel.opening.members.get(kind="chair")
    url = path("opening_member_remove", chair)
    page(people.outsider, url, {}, status=404)
    page(people.coordinator, url, {}, status=403)
    page(people.coordinator, url, status=405)
    page(people.administrator, url, {}, status=302)
    assert not panel.opening.members.filter(kind="chair").exists()


def test_the_last_coordinator_can_not_be_removed(panel, page):
    only = panel.opening.members.get(kind="coordinator")
    page(panel.people.coordinator, path("opening_member_remove", only), {}, status=302)
    text = page(None, path("opening_detail", panel.opening)).content.decode()
    assert "Cora Scheduler is the only coordinator." in text


def test_who_removes_themselves_goes_to_the_list(panel, page):
    OpeningMember.objects.create(
        opening=panel.opening, user=panel.people.recruiter, kind="coordinator"
    )
    own = panel.opening.members.get(user=panel.people.coordinator)
    response = page(panel.people.coordinator, path("opening_member_remove", own), {}, status=302)
    assert response["Location"] == "/openings/"
