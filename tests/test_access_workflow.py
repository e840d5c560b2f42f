"""Invitations, grants and deactivation, below the pages."""

import threading

import pytest
from django.db import connection

from interviewbank.access import workflow
from interviewbank.access.models import Grant, User
from interviewbank.audit.models import Event
from tests import build

ROOT = "http://testserver/"


def invite(by, **extra):
    details = {"name": "Nora", "email": "nora@example.com", "time_zone": "UTC", "grants": []}
    return workflow.invite_person(by=by, root_url=ROOT, **{**details, **extra})


def test_invite_stores_the_address_in_lower_case(people):
    assert (
        invite(people.administrator, email="Nora.New@Example.COM").email == "nora.new@example.com"
    )


def test_invite_taken_in_any_case_leaves_nothing(people, mailoutbox):
    with pytest.raises(workflow.EmailTaken, match=r"Ines\.Asker@example\.com is here already"):
        invite(people.administrator, email="Ines.Asker@example.com")
    assert User.objects.count() == 9
    assert not Event.objects.exists()
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_invite_sends_only_after_commit(people, mailoutbox):
    with pytest.raises(ValueError, match="'owner' is not a valid GrantKind"):
        invite(people.administrator, grants=["recruiter", "owner"])
    assert not User.objects.filter(email="nora@example.com").exists()
    assert mailoutbox == []
    invite(people.administrator)
    assert [mail.to for mail in mailoutbox] == [["nora@example.com"]]


def test_grant_twice_is_refused(people):
    workflow.add_grant(person=people.outsider, kind="recruiter", by=people.administrator)
    with pytest.raises(workflow.NothingToDo):
        workflow.add_grant(person=people.outsider, kind="recruiter", by=people.administrator)
    assert Grant.objects.filter(user=people.outsider).count() == 1
    assert Event.objects.count() == 1


def test_grant_to_the_deactivated_is_refused(people):
    workflow.deactivate_person(person=people.outsider, by=people.administrator)
    with pytest.raises(workflow.Deactivated, match="Otto Nobody is deactivated"):
        workflow.add_grant(person=people.outsider, kind="recruiter", by=people.administrator)


def test_revoke_what_is_not_held_is_refused(people):
    with pytest.raises(workflow.NothingToDo, match="does not hold the grant “Recruiter”"):
        workflow.remove_grant(person=people.outsider, kind="recruiter", by=people.administrator)


def test_link_to_the_deactivated_is_refused(people, mailoutbox):
    workflow.deactivate_person(person=people.outsider, by=people.administrator)
    with pytest.raises(workflow.Deactivated):
        workflow.send_link(person=people.outsider, by=people.administrator, root_url=ROOT)
    assert mailoutbox == []


def test_deactivate_twice_is_refused(people):
    workflow.deactivate_person(person=people.outsider, by=people.administrator)
    with pytest.raises(workflow.NothingToDo):
        workflow.deactivate_person(person=people.outsider, by=people.administrator)


def test_last_administrator_stays(people):
    ada, second = people.administrator, build.user("Second Minister", "administrator")
    workflow.remove_grant(person=second, kind="administrator", by=ada)
    for refused in (
        lambda: workflow.remove_grant(person=ada, kind="administrator", by=second),
        lambda: workflow.deactivate_person(person=ada, by=second),
    ):
        with pytest.raises(workflow.LastAdministrator, match="Ada Minister is the last"):
            refused()
    ada.refresh_from_db()
    assert ada.is_active
    assert Grant.objects.filter(kind="administrator").count() == 1


def test_last_administrator_is_the_last_active_one(people):
    """Somebody deactivated who holds the grant is no help."""
    second = build.user("Second Minister", "administrator")
    workflow.deactivate_person(person=second, by=people.administrator)
    with pytest.raises(workflow.LastAdministrator):
        workflow.remove_grant(
            person=people.administrator, kind="administrator", by=people.administrator
        )


def test_deactivate_keeps_who_is_no_administrator_out_of_the_count(people):
    assert workflow.deactivate_person(person=people.recruiter, by=people.administrator)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["revoke", "deactivate", "mixed"])
def test_two_administrators_can_not_remove_each_other_at_once(how):
    ada, eve = build.user("Ada", "administrator"), build.user("Eve", "administrator")
    refused, start = [], threading.Barrier(2)

    def remove(person, by, revoke):
        start.wait()
        try:
            if revoke:
                workflow.remove_grant(person=person, kind="administrator", by=by)
            else:
                workflow.deactivate_person(person=person, by=by)
        except workflow.LastAdministrator as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=remove, args=(eve, ada, how != "deactivate")),
        threading.Thread(target=remove, args=(ada, eve, how == "revoke")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Grant.objects.filter(kind="administrator", user__is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_address_at_once():
    ada = build.user("Ada", "administrator")
    refused, start = [], threading.Barrier(2)

    def send():
        start.wait()
        try:
            invite(ada)
        except workflow.EmailTaken as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["Somebody with the e-mail nora@example.com is here already."]
    assert User.objects.filter(email="nora@example.com").count() == 1


def test_events_name_what_was_changed_and_hold_no_value(people):
    nora = invite(people.administrator, grants=["recruiter"])
    nora.name = "Nora Renamed"
    workflow.change_account(user=nora, fields=["name"])
    workflow.change_password(user=nora, password="a long secret phrase", by=nora)
    rows = [" ".join(str(value) for value in row) for row in Event.objects.values_list()]
    assert len(rows) == 4
    for value in ("Nora", "nora@example.com", "secret", "Ada"):
        assert not any(value in row for row in rows)
