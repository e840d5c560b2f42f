"""The demo company loads through the workflow; its candidates are in the states that it names."""

import os
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from interviewbank.access.models import User
from interviewbank.audit.models import Event
from interviewbank.audit.trail import digest_of
from roles.models import Question
from scorecards.models import Application, DebriefHour, Exclusion, Handover, Interview, Submission

STATES = {
    "Amara Delacroix": ("insufficient_evidence", "active"),
    "Jonas Whitfield": ("insufficient_evidence", "active"),
    "Bruno Castellani": ("insufficient_evidence", "active"),
    "Leila Haddad": ("hire", "active"),
    "Viktor Nemeth": ("leaning_hire", "active"),
    "Grace Oduya": ("hire", "decided"),
    "Hannah Sorensen": ("no_hire", "active"),
    "Tariq Mahmoud": ("no_hire", "active"),
}
STORIES = ("Grace Oduya", "Viktor Nemeth")


@pytest.fixture
def local(settings, tmp_path):
    settings.LOCAL_DIR = tmp_path
    settings.DEBUG = True
    settings.SITE_ADDRESS = ""
    return tmp_path


def demo() -> str:
    out = StringIO()
    call_command("demo", no_server=True, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_demo_has_a_candidate_in_every_state(local, client):
    printed = demo()

    found = Application.objects.values_list("candidate__name", "rollup__outcome", "state")
    assert {name: (outcome, state) for name, outcome, state in found} == STATES
    previous = ""
    for event in Event.objects.all():
        assert (event.previous, event.digest) == (previous, digest_of(event))
        previous = event.digest
    for person in User.objects.filter(is_demo=True):
        assert person.email in printed
    assert stat.S_IMODE(os.stat(local / "demo-passwords.json").st_mode) == 0o600


@pytest.mark.django_db
def test_mails_of_a_demo_lead_to_its_port(local, settings):
    call_command("demo", no_server=True, port=8103, stdout=StringIO())
    assert settings.SITE_ADDRESS == "http://127.0.0.1:8103"


@pytest.mark.django_db
def test_demo_shows_what_a_committee_meets(local):
    demo()

    grace, viktor = (Application.objects.get(candidate__name=name) for name in STORIES)
    first, second = grace.decisions.order_by("number")
    assert (first.outcome, second.outcome, second.supersedes) == ("more_evidence", "hire", first)
    debrief = grace.debriefs.get()
    assert debrief.closed_at < first.decided_at
    assert (debrief.votes.count(), debrief.notes.count()) == (3, 2)
    amendment = Submission.objects.of_application(grace).get(number=2)
    assert amendment.after_reveal
    assert first.decided_at < amendment.submitted_at < second.decided_at
    hidden = viktor.debriefs.get()
    assert (hidden.revealed_at, hidden.votes.count(), hidden.notes.count()) == (None, 1, 3)
    assert [one.application.candidate.name for one in DebriefHour.objects.get().items.all()] == [
        "Viktor Nemeth",
        "Leila Haddad",
        "Jonas Whitfield",
    ]
    missed = Interview.objects.get(state=Interview.State.NO_SHOW)
    assert missed.application.candidate.name == "Amara Delacroix"
    assert missed.state_reason.startswith("The candidate was not there. Sent a message")
    assert Handover.objects.get().area.slug == "production-experience"
    assert Exclusion.objects.get().question.slug == "busy-a-third-of-the-day"


@pytest.mark.django_db
def test_demo_again_keeps_passwords_and_people(local, client):
    first, again = demo(), demo()

    accounts = [line for line in first.splitlines() if "@example.com" in line]
    assert accounts == [line for line in again.splitlines() if "@example.com" in line]
    assert len(accounts) == User.objects.count() == 13
    assert Question.objects.count() >= 65
    email, password = accounts[0].split()[:2]
    response = client.post(reverse("account_login"), {"login": email, "password": password})
    assert response.status_code == 302


@pytest.mark.django_db
def test_demo_accounts_work_in_local_mode_only(local, client, settings):
    email, password = next(line for line in demo().splitlines() if "@" in line).split()[:2]
    settings.DEBUG = False
    response = client.post(reverse("account_login"), {"login": email, "password": password})

    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_what_is_missing_looks_in_the_demo_as_it_does_anywhere(local, people, panel, sign_in):
    client = sign_in(people.outsider)
    for address in ("/nonsense/", f"/applications/{panel.application.pk}/"):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 404
        assert "<h1>Page not found</h1>" in page
        assert "DEBUG" not in page


def test_demo_is_for_local_mode(settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="for this machine only"):
        call_command("demo", no_server=True)


def test_demo_says_when_its_port_is_taken(live_server):
    port = int(live_server.url.rsplit(":", 1)[1])
    with pytest.raises(CommandError, match=f"Port {port} is in use"):
        call_command("demo", port=port)
