"""The decision on the review page: before, while and after it is recorded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviewbank.audit.models import Event
from scorecards.models import Decision, DecisionNote, ErasureRequest, Vote
from scorecards.workflow.amending import amend_scorecard
from tests import build
from tests.decided import RATIONALE, both_in, decide, read_all


@pytest.fixture
def room(panel):
    both_in(panel)
    return panel


def review(client, panel) -> str:
    return client.get(reverse("application_review", args=[panel.application.pk])).content.decode()


def post(client, panel, **data):
    words = {"outcome": "hire", "rationale": RATIONALE, "after": 0, **data}
    return client.post(reverse("decision_new", args=[panel.application.pk]), words)


def erase(panel):
    """As an approved erasure leaves a decision."""
    ErasureRequest.objects.create(
        candidate=panel.application.candidate, reason="Asked.", approved_at=build.timezone.now()
    )
    Decision.objects.update(rationale="", dissent="", snapshot={})


def test_the_form_says_beforehand_what_is_to_be_read(room, sign_in):
    amend_scorecard(
        scorecard=room.mine.scorecard,
        by=room.people.interviewer,
        values={"summary": "On second thought, thin."},
        reason="I misread my notes.",
        after=1,
    )
    client = sign_in(room.people.chair)
    page = review(client, room)
    for submission in room.mine.scorecard.submissions.all():
        assert reverse("submission_detail", args=[submission.pk]) in page
    assert "Ines Asker (amendment)</a>" in page and "Colin Asker</a>" in page
    assert "From what the scorecards say now, no hire would depart." in page
    assert "Why it is decided again" not in page and "Not in yet" not in page

    read_all(room.application, room.people.chair)
    assert "Still to open" not in review(client, room)


def test_the_record_replaces_the_form(room, sign_in):
    client = sign_in(room.people.chair)
    read_all(room.application, room.people.chair)
    assert post(client, room, dissent="Colin would wait.").status_code == 302

    page = review(client, room)
    decision = Decision.objects.get()
    assert "The decision is recorded: hire." in page
    assert f"sha256 {decision.digest}" in page
    assert "Hire, 3.25 (" in page and "The decision does not depart from it." in page
    assert "Colin would wait." in page and "Decided by</dt><dd>Chiara Decider</dd>" in page
    assert "Plan 1, 2 scorecards, 6 ratings, formula 1" in page
    assert reverse("decision_packet", args=[decision.pk]) in page
    assert "Record a decision that supersedes this one" in page
    assert "interviewers may vote and decide" not in page


@pytest.mark.parametrize("may", [True, False])
def test_who_may_decide_is_shown_as_it_was_then(room, sign_in, may):
    type(room.opening).objects.update(interviewers_may_decide=may)
    room.application.opening.refresh_from_db()
    decide(room)
    type(room.opening).objects.update(interviewers_may_decide=not may)

    page = review(sign_in(room.people.committee), room)
    assert ("interviewers may vote and decide" in page) is may


def test_an_interviewer_who_decides_is_named_as_one(room, sign_in):
    type(room.opening).objects.update(interviewers_may_decide=True)
    room.application.opening.refresh_from_db()
    room.opening.members.create(user=room.people.interviewer, kind="chair")
    decide(room, by=room.people.interviewer)

    page = review(sign_in(room.people.committee), room)
    assert "Ines Asker, who also interviewed" in page


def test_votes_are_shown_with_the_record_once_they_were_revealed(room, sign_in):
    debrief = build.debrief(room.application, room.people.chair)
    Vote.objects.create(
        debrief=debrief, member=room.people.committee, recommendation="no_hire", rationale="Thin."
    )
    hidden = decide(room)
    assert hidden.snapshot["debriefs"][0]["votes"] == []
    debrief.revealed_at = build.timezone.now()
    debrief.save(update_fields=["revealed_at"])
    shown = decide(room, again_reason="Now with the votes.")

    assert shown.snapshot["debriefs"][0]["votes"][0]["rationale"] == "Thin."
    page = review(sign_in(room.people.committee), room)
    assert "Carl Reader <span" in page
    assert page.count("Packet of decision 1") == 1


def test_a_second_window_can_go_on_once_it_saw_the_first_decision(room, sign_in):
    client = sign_in(room.people.chair)
    decide(room, outcome="more_evidence")
    refused = post(client, room)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody else recorded a decision while this page was open" in page
    assert 'name="after" value="1"' in page and RATIONALE in page
    assert post(client, room, after=1).status_code == 422
    assert post(client, room, after=1, again_reason="We talked.").status_code == 302


@pytest.mark.parametrize(
    "data, words",
    [
        ({"outcome": "no_hire"}, 'href="#id_override_reason">'),
        ({"rationale": "Short."}, 'href="#id_rationale">'),
        ({"outcome": ""}, 'href="#div_id_outcome">'),
        ({"dissent": "x" * 20_001}, 'href="#id_dissent">'),
    ],
)
def test_the_summary_of_errors_leads_to_the_field(room, sign_in, data, words):
    read_all(room.application, room.people.chair)
    response = post(sign_in(room.people.chair), room, **data)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_comments_come_after_and_change_nothing(room, sign_in):
    decision = decide(room)
    url = reverse("decision_note", args=[decision.pk])
    client = sign_in(room.people.colleague)
    assert client.post(url, {"text": " The price was asked <again>: fine. "}).status_code == 302

    page = review(client, room)
    assert "Your comment is added below the decision." in page
    assert "The price was asked &lt;again&gt;: fine." in page and "Added later" in page
    note = DecisionNote.objects.get()
    assert (note.author, note.text) == (
        room.people.colleague,
        "The price was asked <again>: fine.",
    )
    event = Event.objects.latest("number")
    assert (event.verb, event.object_id) == ("decision.commented", decision.pk)
    decision.refresh_from_db()
    assert "asked" not in str(decision.snapshot)


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001, "a\0b"])
def test_a_comment_that_cant_be_taken_comes_back(room, sign_in, text):
    decision = decide(room)
    response = sign_in(room.people.committee).post(
        reverse("decision_note", args=[decision.pk]), {"text": text}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "ib-errors" in page and '<details class="ib-no-print" open>' in page
    assert not DecisionNote.objects.exists()


def test_an_erased_decision_says_so(room, sign_in):
    decision = decide(room)
    erase(room)
    client = sign_in(room.people.chair)
    page = review(client, room)

    assert "What this decision said and rested on was erased" in page
    assert f"sha256 {decision.digest}" in page and RATIONALE not in page
    assert reverse("decision_packet", args=[decision.pk]) not in page
    response = client.post(reverse("decision_note", args=[decision.pk]), {"text": "Late."})
    assert response.status_code == 422
    assert "nothing can be added" in response.content.decode()


def test_the_decided_page_asks_as_much_for_three_decisions(room, sign_in):
    client = sign_in(room.people.chair)
    review(client, room)  # the first request also notes the session, and whose words were read
    counts = []
    for number in range(3):
        decide(room, again_reason="Again." if number else "")
        decision = Decision.objects.latest("number")
        DecisionNote.objects.create(decision=decision, author=room.people.chair, text="So.")
        with CaptureQueriesContext(connection) as queries:
            review(client, room)
        counts.append(len(queries))
    assert counts[0] == counts[2]
