"""The review page and the decision."""

import pytest
from django.urls import reverse

from interviewbank.audit.models import Event, ReadEvent
from scorecards.models import Decision, Submission
from scorecards.workflow.rollups import refresh_rollup
from tests import build

RATIONALE = (
    "Meets every bar, and both interviewers heard how the outage was handled in detail. " * 2
)


@pytest.fixture
def decided_soon(panel):
    """Both cards are in and rolled up; submissions exist; nobody has opened them."""
    for interview, ratings in ((panel.mine, [4, 3, 3]), (panel.theirs, [3, 4, 3])):
        card = build.submitted(interview, ratings, evidence='"We kept a kill switch."\nShort.')
        panel_submission(card)
    refresh_rollup(panel.application)
    return panel


def panel_submission(card) -> Submission:
    return Submission.objects.create(
        scorecard=card, number=1, content="{}", salt="s", digest="d", submitted_at=card.submitted_at
    )


def read_all(panel, client):
    for submission in Submission.objects.all():
        assert client.get(reverse("submission_detail", args=[submission.pk])).status_code == 200


def review_url(panel) -> str:
    return reverse("application_review", args=[panel.application.pk])


def test_review_shows_the_answer_and_its_parts(decided_soon, sign_in):
    response = sign_in(decided_soon.people.committee).get(review_url(decided_soon))

    page = response.content.decode()
    assert response.status_code == 200
    # production (3.5 + 3.5) / 2 = 3.50, cost 3.00: (3.50 + 3.00) / 2 = 3.25, and 0.50 + 0.25 = 0.75
    assert "3.25" in page and "+0.50" in page and "+0.25" in page
    assert "2 of 2 scorecards submitted" in page
    assert "kill switch" not in page


def test_review_opens_an_area_with_its_words_and_notes_the_reading(decided_soon, sign_in):
    client = sign_in(decided_soon.people.committee)
    page = client.get(review_url(decided_soon), {"area": "production"}).content.decode()

    assert page.count("We kept a kill switch.") == 4
    assert "Says what one hears at 4." in page
    assert ReadEvent.objects.filter(reader=decided_soon.people.committee, scope="part").count() == 2


@pytest.mark.parametrize(
    "who, status",
    [("committee", 200), ("chair", 200), ("interviewer", 200), ("coordinator", 403)],
)
def test_review_for_the_people_of_the_application(decided_soon, sign_in, who, status):
    client = sign_in(getattr(decided_soon.people, who))

    assert client.get(review_url(decided_soon)).status_code == status


@pytest.mark.parametrize("who", ["outsider", "recruiter", "editor", "administrator"])
def test_review_for_others_does_not_exist(decided_soon, sign_in, who):
    assert (
        sign_in(getattr(decided_soon.people, who)).get(review_url(decided_soon)).status_code == 404
    )


def test_review_is_closed_to_a_chair_who_owes_a_scorecard(decided_soon, sign_in):
    build.interview(decided_soon.application, decided_soon.people.chair)

    assert sign_in(decided_soon.people.chair).get(review_url(decided_soon)).status_code == 403


def test_insufficient_evidence_is_an_answer_without_a_verdict(panel, sign_in):
    build.submitted(panel.theirs, [4, 4, None])
    page = sign_in(panel.people.committee).get(review_url(panel)).content.decode()

    assert "Insufficient evidence" in page
    assert "Ratings from 1 interviewer; 2 needed" in page
    assert "Ines Asker has not submitted the scorecard of Deep dive." in page
    assert 'class="ib-figure"' not in page


def decide(client, panel, **data):
    words = {"outcome": "hire", "rationale": RATIONALE, "after": 0, **data}
    return client.post(reverse("decision_new", args=[panel.application.pk]), words)


def test_decision_keeps_what_it_rested_on(decided_soon, sign_in):
    client = sign_in(decided_soon.people.chair)
    read_all(decided_soon, client)

    assert decide(client, decided_soon, dissent="None.").status_code == 302

    decision = Decision.objects.get()
    assert (decision.outcome, decision.departs, decision.number) == ("hire", False, 1)
    assert decision.snapshot["result"]["score"] == "3/4"
    assert len(decision.snapshot["result"]["ratings"]) == 6
    assert len(decision.snapshot["interviews"]) == 2
    decided_soon.application.refresh_from_db()
    assert decided_soon.application.state == "decided"
    event = Event.objects.latest("number")
    assert (event.verb, event.actor_id) == ("decision.recorded", decided_soon.people.chair.pk)
    assert RATIONALE[:20] not in str(event.__dict__)


def test_decision_needs_every_scorecard_opened(decided_soon, sign_in):
    client = sign_in(decided_soon.people.chair)
    response = decide(client, decided_soon)

    assert response.status_code == 422
    assert "Not opened yet: Ines Asker, Colin Asker" in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("data", [{}, {"rationale": ""}])
def test_a_chair_who_owes_a_scorecard_neither_decides_nor_sees_the_review(
    decided_soon, sign_in, data
):
    """A form that is refused comes back with the whole review around it."""
    chair = decided_soon.people.chair
    client = sign_in(chair)
    read_all(decided_soon, client)
    build.interview(decided_soon.application, chair)
    response = decide(client, decided_soon, **data)

    assert response.status_code == 403
    assert "3.25" not in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "data, words",
    [
        ({"rationale": "Too short."}, "The rationale needs 80"),
        ({"outcome": ""}, "Choose what the committee decides"),
        ({"outcome": "maybe"}, "is not one of the available choices"),
        ({"outcome": "no_hire"}, "departs from the scorecards"),
        ({"after": 1}, "Somebody else recorded a decision"),
        ({"rationale": RATIONALE + "\0"}, "Null characters are not allowed"),
    ],
)
def test_decision_with_invalid_input_comes_back(decided_soon, sign_in, data, words):
    client = sign_in(decided_soon.people.chair)
    read_all(decided_soon, client)
    response = decide(client, decided_soon, dissent="Colin would wait.", **data)

    assert response.status_code == 422
    page = response.content.decode()
    assert words in page and "Colin would wait." in page
    assert not Decision.objects.exists()


def test_decision_against_the_roll_up_needs_its_reason(decided_soon, sign_in):
    client = sign_in(decided_soon.people.chair)
    read_all(decided_soon, client)

    assert (
        decide(
            client, decided_soon, outcome="no_hire", override_reason="The offer was withdrawn."
        ).status_code
        == 302
    )
    assert Decision.objects.get().departs is True


def test_decision_before_all_cards_are_in_needs_its_reason(decided_soon, sign_in):
    build.interview(decided_soon.application, decided_soon.people.outsider)
    client = sign_in(decided_soon.people.chair)
    read_all(decided_soon, client)

    assert decide(client, decided_soon).status_code == 422
    assert decide(client, decided_soon, exception_reason="They left the firm.").status_code == 302
    assert Decision.objects.get().exception_reason == "They left the firm."


def test_a_later_decision_supersedes(decided_soon, sign_in):
    client = sign_in(decided_soon.people.chair)
    read_all(decided_soon, client)
    decide(client, decided_soon)

    assert (
        decide(
            client, decided_soon, outcome="more_evidence", after=1, again_reason="New."
        ).status_code
        == 302
    )

    first, second = Decision.objects.order_by("number")
    assert (second.supersedes, second.outcome) == (first, "more_evidence")
    page = client.get(review_url(decided_soon)).content.decode()
    assert "Superseded" in page


@pytest.mark.parametrize(
    "who, status",
    [("committee", 403), ("coordinator", 403), ("interviewer", 403), ("outsider", 404)],
)
def test_decision_is_the_chairs(decided_soon, sign_in, who, status):
    client = sign_in(getattr(decided_soon.people, who))

    assert decide(client, decided_soon).status_code == status
    assert not Decision.objects.exists()


def test_who_interviewed_decides_only_where_the_opening_says_so(decided_soon, sign_in):
    people, opening = decided_soon.people, decided_soon.opening
    opening.members.create(user=people.interviewer, kind="chair")
    client = sign_in(people.interviewer)
    assert decide(client, decided_soon).status_code == 403

    opening.interviewers_may_decide = True
    opening.save(update_fields=["interviewers_may_decide"])
    read_all(decided_soon, client)
    assert decide(client, decided_soon).status_code == 302
