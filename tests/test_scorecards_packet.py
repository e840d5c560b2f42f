"""The packet on its pages: who gets it, what it holds, and that it stays the same."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import ReadEvent
from scorecards.models import Candidate, Decision, Exclusion
from scorecards.packet import embedded, first_difference, read
from scorecards.workflow.amending import amend_scorecard
from tests import build
from tests.decided import both_in, decide, hand_in
from tests.test_scorecards_decisions_pages import erase

KINDS = ("decision_packet", "decision_packet_file", "decision_packet_json")


@pytest.fixture
def room(panel):
    both_in(panel)
    return panel


def get(client, kind, decision):
    return client.get(reverse(kind, args=[decision.pk]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "who, status",
    [
        ("chair", 200),
        ("committee", 200),
        ("interviewer", 403),
        ("coordinator", 404),
        ("administrator", 404),
        ("outsider", 404),
    ],
)
def test_who_gets_a_packet(room, sign_in, kind, who, status):
    decision = decide(room)

    assert get(sign_in(getattr(room.people, who)), kind, decision).status_code == status


@pytest.mark.parametrize("kind", KINDS)
def test_a_chair_who_owes_a_card_gets_none(room, sign_in, kind):
    decision = decide(room)
    build.interview(room.application, room.people.chair)

    assert get(sign_in(room.people.chair), kind, decision).status_code == 404


@pytest.mark.parametrize("visibility", ["never", "at_debrief", "after_own"])
def test_an_interviewer_gets_none_whatever_the_opening_shows(room, sign_in, visibility):
    type(room.opening).objects.update(visibility=visibility, state="closed")
    decision = decide(room)

    assert get(sign_in(room.people.interviewer), "decision_packet", decision).status_code == 403


def test_the_files_are_downloads_without_the_candidates_name(room, sign_in):
    decision = decide(room)
    client = sign_in(room.people.committee)
    short = str(decision.pk)[:8]
    for kind, ending, content_type in (
        ("decision_packet_file", "html", "text/html; charset=utf-8"),
        ("decision_packet_json", "json", "application/json"),
    ):
        response = get(client, kind, decision)
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == (
            f'attachment; filename="packet-{short}-1.{ending}"'
        )
        assert "no-store" in response["Cache-Control"]


def test_both_files_hold_the_same_record_and_it_verifies(room, sign_in):
    amend_scorecard(
        scorecard=room.mine.scorecard,
        by=room.people.interviewer,
        values={
            f"rating:{room.questions[0].pk}": 1,
            f"evidence:{room.questions[0].pk}": "It was staged.",
            "recommendation": "no_hire",
        },
        reason="I misread my notes.",
        after=1,
    )
    decision = decide(room, dissent="Inés würde “warten” </script><b>.")
    client = sign_in(room.people.committee)
    text = get(client, "decision_packet_json", decision).content.decode()
    page = get(client, "decision_packet_file", decision).content.decode()

    assert embedded(page) == text
    assert first_difference(text) is None
    document = read(text)
    assert document["digest"] == decision.digest
    result = document["record"]["result"]
    # By hand: production (4 + 3) / 2 and (3 + 4) / 2, cost 3; with the amendment (1 + 3) / 2.
    assert (result["outcome"], result["score"]) == ("hire", "3/4")
    assert result["with_amendments"] == {"outcome": "leaning_hire", "score": "5/8"}
    for words in (
        "It was staged.",
        "I misread my notes.",
        "New recommendation: no hire",
        "Inés würde “warten” &lt;/script&gt;&lt;b&gt;.",
        "Says what one hears at 4.",
        "We kept a kill switch.",
        "Shipped, version 1",
    ):
        assert words in page, words


def test_the_packet_stays_as_it_was(room, sign_in):
    """Names, plans, exclusions and cards change; what was sealed does not."""
    decision = decide(room)
    client = sign_in(room.people.chair)
    before = [get(client, kind, decision).content for kind in KINDS[1:]]

    Candidate.objects.update(name="Somebody Else")
    type(room.people.interviewer).objects.filter(pk=room.people.interviewer.pk).update(name="New")
    type(room.opening).objects.update(title="Another title", interviewers_may_decide=True)
    Exclusion.objects.create(
        opening=room.opening,
        question=room.questions[0].question,
        number=1,
        excluded=True,
        reason="It was misread.",
        created_by=room.people.chair,
    )
    decide(room, again_reason="A question was bad.")

    assert [get(client, kind, decision).content for kind in KINDS[1:]] == before


def test_what_was_left_out_is_in_the_packet(room, sign_in):
    Exclusion.objects.create(
        opening=room.opening,
        question=room.questions[0].question,
        number=1,
        excluded=True,
        reason="It was misread.",
        created_by=room.people.chair,
    )
    decision = decide(room)
    client = sign_in(room.people.chair)
    text = get(client, "decision_packet_json", decision).content.decode()

    assert first_difference(text) is None
    assert len(json.loads(text)["record"]["result"]["ratings"]) == 4
    page = get(client, "decision_packet", decision).content.decode()
    assert page.count("It was misread.") == 4


def test_reading_a_packet_is_reading_the_cards(room, sign_in):
    decision = decide(room)
    reader = room.people.committee
    client = sign_in(reader)
    client.head(reverse("decision_packet", args=[decision.pk]))
    assert not ReadEvent.objects.filter(reader=reader).exists()
    for kind in KINDS:
        get(client, kind, decision)

    shown = ReadEvent.objects.filter(reader=reader, scope="whole")
    assert {event.object_id for event in shown} == {
        one.scorecard.submissions.get().pk for one in (room.mine, room.theirs)
    }
    assert shown.count() == 2


@pytest.mark.parametrize("kind", KINDS)
def test_an_erased_packet_is_gone(room, sign_in, kind):
    decision = decide(room)
    erase(room)
    response = get(sign_in(room.people.chair), kind, decision)

    assert response.status_code == 410
    page = response.content.decode()
    assert "This packet was erased" in page and decision.digest in page
    assert not ReadEvent.objects.filter(reader=room.people.chair, scope="part").exists()


@pytest.mark.parametrize(
    "retention, words",
    [
        ("6_months", "for 6 months after the opening is closed, then destroy it; earlier when"),
        ("by_hand", "for as long as the opening keeps its candidates, then destroy it; earlier"),
    ],
)
def test_the_page_says_who_printed_it_and_how_long_to_keep_it(room, sign_in, retention, words):
    type(room.opening).objects.update(retention=retention)
    room.application.refresh_from_db()
    decision = decide(room)
    type(room.opening).objects.update(retention="24_months")
    page = get(sign_in(room.people.committee), "decision_packet", decision).content.decode()

    assert "by Carl Reader</span>" in page and "Printed " in page
    assert f"Keep with the hiring record {words}" in page
    assert "<style" not in page and "<script" not in page and " style=" not in page


def test_a_packet_asks_as_much_for_four_cards_as_for_two(room, sign_in):
    client = sign_in(room.people.committee)
    client.get(reverse("account"))  # the first request also notes the session
    counts = []
    for more in (0, 2):
        for _ in range(more):
            hand_in(build.interview(room.application, build.user()), (3, 3, 3))
        decision = decide(room, again_reason="Again." if more else "")
        with CaptureQueriesContext(connection) as queries:
            get(client, "decision_packet", decision)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Decision.objects.count() == 2


def test_a_packet_on_too_little_evidence_names_no_score_as_a_verdict(panel, sign_in):
    hand_in(panel.theirs, (4, None, 3))
    decision = decide(
        panel, outcome="more_evidence", exception_reason="She is away until the end of March."
    )
    client = sign_in(panel.people.chair)
    page = get(client, "decision_packet_file", decision).content.decode()

    assert first_difference(embedded(page)) is None
    assert '<div class="ib-figure">' not in page and "Would the answer change?" not in page
    assert "Ratings from 1 interviewer; 2 needed" in page
    assert "Ines Asker had not submitted." in page
    assert "Not in: Ines Asker. She is away until the end of March." in page


def test_a_packet_of_nothing_at_all(panel, sign_in):
    decision = decide(panel, outcome="more_evidence", exception_reason="Nobody was there.")
    client = sign_in(panel.people.chair)
    page = get(client, "decision_packet_file", decision).content.decode()

    assert first_difference(embedded(page)) is None
    assert "Nothing was rated." in page
    assert page.count("The scorecard was not in when it was decided.") == 2


def test_a_packet_holds_what_the_debrief_said(room, sign_in):
    people = room.people
    debrief = build.debrief(room.application, people.chair, exception_reason="It could not wait.")
    debrief.notes.create(author=people.committee, area=room.areas[0], text="Who was on call?")
    debrief.panel_ratings.create(area=room.areas[1], rating=2, note="Thin.", set_by=people.chair)
    debrief.votes.create(member=people.committee, recommendation="hire", rationale="Shipped.")
    debrief.revealed_at = timezone.now()
    debrief.save(update_fields=["revealed_at"])
    decision = decide(room)
    page = get(sign_in(people.chair), "decision_packet_file", decision).content.decode()

    assert first_difference(embedded(page)) is None
    for words in ("Who was on call?", "on production", "Thin.", "Shipped.", "It could not wait."):
        assert words in page
