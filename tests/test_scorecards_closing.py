"""Ending an application or an opening: who owes what afterwards, and who stays blind."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards.models import Application, Interview, Scorecard
from scorecards.summaries.today import owed_by
from scorecards.workflow.closing import (
    ClosingError,
    change_opening_state,
    end_application,
    reopen_application,
)
from scorecards.workflow.decisions import record_decision
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.matrix import REASONS
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def end(panel):
    def ended(application=None, **extra):
        values = {"state": "withdrawn", "reason": " Took another offer. "}
        return end_application(
            application=application or panel.application,
            by=panel.people.coordinator,
            **{**values, **extra},
        )

    return ended


def reopen(panel):
    return reopen_application(application=panel.application, by=panel.people.coordinator)


def states(panel):
    rows = Interview.objects.filter(application=panel.application)
    return list(rows.order_by("pk").values_list("state", flat=True))


def sees(person, panel):
    return Application.objects.assessed_visible_to(person).filter(pk=panel.application.pk).exists()


def test_ending_cancels_what_is_owed_and_keeps_what_is_in(panel, end):
    build.submitted(panel.theirs, [3, 3, 3])
    build.answered(panel.mine, [2, 2, 2])
    ended = end()
    assert (ended.state, ended.state_reason) == ("withdrawn", "Took another offer.")
    panel.mine.refresh_from_db()
    panel.theirs.refresh_from_db()
    assert (panel.mine.state, panel.theirs.state) == ("cancelled", "planned")
    assert not owed_by(panel.people.interviewer).exists()
    event = Event.objects.get()
    assert (event.verb, event.fields) == ("application.ended", ["state", "state_reason"])


def test_the_draft_stays_readable_to_its_author(panel, page, end):
    build.answered(panel.mine, [2, 2, 2], evidence="Paged at two in the morning.")
    end()
    url = reverse("interview_prepare", args=[panel.mine.pk])
    assert b"Paged at two in the morning." in page(panel.people.interviewer, url).content
    page(panel.people.coordinator, url, status=403)


@pytest.mark.parametrize("how", ["application", "opening"])
def test_who_loses_an_open_card_by_it_stays_blind(panel, page, end, how):
    """A committee member with a draft, and an interviewer with one card in and one open: closing
    must not show them what others wrote."""
    people = panel.people
    build.submitted(panel.theirs, [3, 3, 3])
    build.answered(build.interview(panel.application, people.chair), [2, 2, 2])
    second = panel.plan.rounds.create(
        position=2, name="Second", set_version=panel.set_version, minutes=30
    )
    build.submitted(panel.mine, [1, 1, 1])
    build.interview(panel.application, people.interviewer, round=second)
    refresh_rollup(panel.application)
    if how == "application":
        end()
    else:
        change_opening_state(opening=panel.opening, by=people.coordinator, state="closed")
    assert sees(people.committee, panel)
    assert sees(people.colleague, panel)
    review = reverse("application_review", args=[panel.application.pk])
    for person in (people.chair, people.interviewer):
        assert not sees(person, panel)
        page(person, review, status=403)


def test_opening_again_settles_it_and_brings_no_interview_back(panel, end):
    """From then on the draft can't be gone on with, so seeing does no harm."""
    people = panel.people
    build.submitted(panel.theirs, [3, 3, 3])
    build.answered(build.interview(panel.application, people.chair), [2, 2, 2])
    end()
    again = reopen(panel)
    assert (again.state, again.state_reason) == ("active", "")
    assert states(panel).count("cancelled") == 2
    assert sees(people.chair, panel)
    assert not owed_by(people.chair).exists()
    assert Event.objects.latest("number").verb == "application.reopened"


def test_opening_again_settles_what_an_interviewer_ended(panel, end):
    Interview.objects.filter(pk=panel.mine.pk).update(state="no_show", state_reason="Nobody came.")
    end()
    panel.mine.refresh_from_db()
    assert (panel.mine.state, panel.mine.state_reason) == ("no_show", "Nobody came.")
    reopen(panel)
    panel.mine.refresh_from_db()
    assert (panel.mine.state, panel.mine.state_reason) == ("cancelled", "Nobody came.")


def decide(panel):
    for interview in (panel.mine, panel.theirs):
        build.submitted(interview, [3, 3, 3])
    refresh_rollup(panel.application)
    record_decision(
        application=panel.application,
        by=panel.people.chair,
        outcome="more_evidence",
        rationale=REASONS,
    )
    panel.application.refresh_from_db()


def test_a_decision_stays_and_so_does_being_decided(panel, end):
    decide(panel)
    end()
    assert panel.application.decisions.count() == 1
    assert reopen(panel).state == "decided"


def test_ending_twice_and_taking_up_what_goes_on(panel, end):
    with pytest.raises(ClosingError, match="goes on already"):
        reopen(panel)
    end()
    with pytest.raises(ClosingError, match="ended already"):
        end()


def test_closing_an_opening(panel):
    people = panel.people
    decided = build.application(panel.opening, "Cleo Thornapple")
    left = build.application(panel.opening, "Ulla Farwell")
    Application.objects.filter(pk=decided.pk).update(state="decided")
    Application.objects.filter(pk=left.pk).update(state="withdrawn", state_reason="Moved away.")
    more = build.interview(decided, people.outsider)
    closed = change_opening_state(opening=panel.opening, by=people.coordinator, state="closed")
    assert timezone.now() - closed.closed_at < timedelta(minutes=1)
    assert [states(panel), Interview.objects.get(pk=more.pk).state] == [
        ["cancelled", "cancelled"],
        "cancelled",
    ]
    found = dict(Application.objects.values_list("candidate__name", "state"))
    assert found == {
        "Odalys Brambleworth": "closed",
        "Cleo Thornapple": "decided",
        "Ulla Farwell": "withdrawn",
    }
    assert not Interview.objects.owing().exists()
    opened = change_opening_state(opening=panel.opening, by=people.coordinator, state="open")
    assert opened.closed_at is None
    found = dict(Application.objects.values_list("candidate__name", "state"))
    assert found["Odalys Brambleworth"] == "active"
    assert found["Ulla Farwell"] == "withdrawn"
    assert [event.verb for event in Event.objects.order_by("number")] == [
        "opening.closed",
        "opening.reopened",
    ]


def test_holding_an_opening_touches_no_interview(panel):
    change_opening_state(opening=panel.opening, by=panel.people.coordinator, state="on_hold")
    assert states(panel) == ["planned", "planned"]
    change_opening_state(opening=panel.opening, by=panel.people.coordinator, state="on_hold")
    assert [event.verb for event in Event.objects.all()] == ["opening.held"]


@pytest.mark.parametrize("how", ["application", "opening"])
@pytest.mark.parametrize("happened", ["submitted", "decided"])
def test_a_blind_coordinator_sees_the_same_after_it_ended(panel, client, end, how, happened):
    """Which interviews were cancelled by it, and which were not, would tell whose cards are in."""
    people = panel.people
    build.interview(
        panel.application, people.coordinator, starts_at=timezone.now() + timedelta(days=1)
    )
    other = build.application(panel.opening, "Bram Oldtree")
    build.interview(other, people.coordinator)
    urls = [
        reverse("application_detail", args=[panel.application.pk]),
        reverse("application_end", args=[panel.application.pk]),
        reverse("application_list"),
    ]

    def pages():
        return [masked(client.get(url)) for url in urls]

    def closed_pages():
        if how == "application":
            end()
        else:
            change_opening_state(opening=panel.opening, by=people.coordinator, state="closed")
        return pages()

    visit(client, people.coordinator, urls[1])
    seen = []
    for something in (False, True):
        sid = transaction.savepoint()
        if something:
            for interview in (panel.mine, panel.theirs):
                build.submitted(interview, [4, 4, 4])
            if happened == "decided":
                Application.objects.filter(pk=panel.application.pk).update(state="decided")
        seen.append((pages(), closed_pages()))
        transaction.savepoint_rollback(sid)
    assert seen[0] == seen[1]


# Pages


def test_end_page_names_what_is_cancelled(panel, page):
    build.submitted(panel.theirs, [3, 3, 3])
    url = reverse("application_end", args=[panel.application.pk])
    text = page(panel.people.coordinator, url).content.decode()
    assert "1 interview without a scorecard is cancelled" in text
    assert "Deep dive with Ines Asker" in text
    assert "Colin" not in text
    response = page(None, url, {"state": "withdrawn", "reason": "x" * 501}, status=422)
    assert list(response.context["form"].errors) == ["reason"]
    page(None, url, {"state": "closed", "reason": "Role filled."}, status=302)
    detail = page(None, reverse("application_detail", args=[panel.application.pk]))
    assert b"Role filled." in detail.content
    page(None, url, status=403)
    page(None, reverse("application_reopen", args=[panel.application.pk]), {}, status=302)
    page(None, url)


def test_opening_state_page(panel, page):
    url = reverse("opening_state", args=[panel.opening.pk])
    text = page(panel.people.coordinator, url).content.decode()
    assert "Every interview whose scorecard is not in is cancelled" in text
    page(None, url, {"state": "gone"}, status=422)
    page(None, url, {"state": "closed"}, status=302)
    assert b"go on" in page(None, url).content
    assert Scorecard.objects.count() == 2
