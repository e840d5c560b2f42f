"""R3 for those who plan: a coordinator who owes a scorecard learns nothing of the others'."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.models import Application, Interview, OpeningMember, Submission
from scorecards.permissions import can_cancel
from scorecards.workflow.interviews import WasShownSubmissions, assign_interviewer
from scorecards.workflow.openings import freeze_plan
from tests import build
from tests.pages import masked

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(panel):
    """Coordinates, sits on the committee, and owes a scorecard."""
    person = panel.people.coordinator
    OpeningMember.objects.create(opening=panel.opening, user=person, kind="chair")
    # Ahead, so that the time that the form suggests does not depend on the clock.
    tomorrow = timezone.now() + timedelta(days=1)
    panel.own = build.interview(panel.application, person, starts_at=tomorrow)
    return person


@pytest.fixture
def pages(panel, sign_in):
    """What somebody sees of the opening and its candidate, page by page."""
    application, opening = [panel.application.pk], [panel.opening.pk]
    urls = [
        reverse("opening_list"),
        reverse("opening_detail", args=opening),
        reverse("opening_plan", args=opening),
        reverse("opening_settings", args=opening),
        reverse("opening_member_add", args=opening),
        reverse("candidate_new", args=opening),
        reverse("application_detail", args=application),
        reverse("interview_new", args=application),
    ]

    def seen_by(person):
        client = sign_in(person)
        responses = {url: client.get(url) for url in urls}
        assert {response.status_code for response in responses.values()} == {200}
        return {url: masked(response) for url, response in responses.items()}

    return seen_by


def everything_happens(panel):
    """Everybody else submits, it is read, decided and moved to the end of its life."""
    freeze_plan(panel.plan)
    for interview in (panel.mine, panel.theirs):
        card = build.submitted(interview, [4, 4, 4], recommendation="strong_hire")
        submission = Submission.objects.create(
            scorecard=card, number=1, content="{}", digest="d", submitted_at=card.submitted_at
        )
        trail.record_reads(
            reader=panel.people.committee, objects=[submission], scope=ReadEvent.Scope.WHOLE
        )
        Interview.objects.filter(pk=interview.pk).update(state="held")
    Application.objects.filter(pk=panel.application.pk).update(state="decided")


def test_pages_are_the_same_whether_nobody_or_everybody_submitted(panel, planner, pages):
    before = pages(planner)
    everything_happens(panel)
    after = pages(planner)
    assert [url for url in before if before[url] != after[url]] == []


def test_the_pages_do_tell_who_owes_nothing(panel, pages):
    """Without this the test above could not fail."""
    before = pages(panel.people.coordinator)
    everything_happens(panel)
    after = pages(panel.people.coordinator)
    assert {url.split("/")[-2] for url in before if before[url] != after[url]} == {
        "plan",
        str(panel.application.pk),
        "new",
    }


def test_the_schedule_shows_no_card_but_ones_own(panel, planner, pages):
    text = pages(planner)[reverse("application_detail", args=[panel.application.pk])].decode()
    assert "Ines Asker" in text
    assert "Colin Asker" in text
    assert "Scorecard in" not in text
    assert text.count("Your scorecard is not in") == 1
    assert "Scorecard not in yet" not in text


def test_ones_own_card_in_opens_the_others_states(panel, planner, pages):
    build.submitted(panel.own, [3, 3, 3])
    build.submitted(panel.mine, [3, 3, 3])
    text = pages(planner)[reverse("application_detail", args=[panel.application.pk])].decode()
    assert text.count("Scorecard in") == 2
    assert text.count("Scorecard not in yet") == 1


def test_cancelling_tells_nothing(panel, planner, sign_in):
    """It fails once the card is in, so they can cancel their own interviews only."""
    client = sign_in(planner)

    def answers():
        return [
            client.post(reverse("interview_cancel", args=[one.pk]), {"reason": "Try."}).status_code
            for one in (panel.mine, panel.theirs)
        ]

    assert answers() == [403, 403]
    everything_happens(panel)
    assert answers() == [403, 403]
    assert can_cancel(planner, panel.own) is True
    url = reverse("interview_cancel", args=[panel.own.pk])
    assert client.post(url, {"reason": "I can't."}).status_code == 302


def test_assigning_tells_nothing(panel, planner):
    """Who has read a scorecard is refused; so is everybody who could have."""
    second = panel.plan.rounds.create(
        position=2, name="Second", set_version=panel.set_version, minutes=30
    )

    def refused():
        found = []
        for person in (panel.people.committee, panel.people.chair, panel.people.interviewer):
            with pytest.raises(WasShownSubmissions) as caught:
                assign(person, second, panel, planner)
            found.append(str(caught.value))
        return found

    before = refused()
    everything_happens(panel)
    assert refused() == before
    assert assign(panel.people.outsider, second, panel, planner).state == "planned"
    assert assign(planner, second, panel, planner).state == "planned"


def assign(person, round, panel, by):
    return assign_interviewer(
        application=panel.application,
        round=round,
        interviewer=person,
        starts_at=panel.mine.starts_at,
        minutes=60,
        location="",
        shadow=False,
        by=by,
    )
