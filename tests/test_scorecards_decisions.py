"""Recording a decision: what it needs, what it keeps, and that it departs only with a reason."""

import pytest
from django.db import IntegrityError, transaction

from interviewbank.audit.models import Event
from scorecards.models import Decision
from scorecards.packet import departs
from scorecards.rollup import Outcome
from scorecards.summaries.decisions import unread
from scorecards.summaries.packets import document_of
from scorecards.workflow.amending import amend_scorecard
from scorecards.workflow.decisions import (
    AgainReasonMissing,
    DecidedMeanwhile,
    ExceptionReasonMissing,
    NoLongerOpen,
    OverrideReasonMissing,
    RationaleTooShort,
    UnreadSubmissions,
    record_decision,
)
from tests import build
from tests.decided import RATIONALE, both_in, decide, hand_in, read_all

HIRE_SIDE = {"strong_hire", "hire", "leaning_hire"}
NO_SIDE = {"strong_no_hire", "no_hire", "leaning_no_hire"}


@pytest.mark.parametrize("rolled_up", Outcome)
def test_departing_is_the_other_side_or_a_side_where_there_is_none(rolled_up):
    assert departs("hire", rolled_up) is (rolled_up not in HIRE_SIDE)
    assert departs("no_hire", rolled_up) is (rolled_up not in NO_SIDE)
    assert departs("more_evidence", rolled_up) is False


@pytest.mark.parametrize(
    "ratings, outcome",
    [((4, 3, 3), "no_hire"), ((1, 2, 2), "hire")],
    ids=["hire, and they say no", "no hire, and they say yes"],
)
def test_a_departure_needs_its_reason_both_ways(panel, ratings, outcome):
    both_in(panel, mine=ratings, theirs=ratings)
    with pytest.raises(OverrideReasonMissing, match="departs"):
        decide(panel, outcome=outcome, override_reason="  ")

    decision = decide(panel, outcome=outcome, override_reason=" The team was closed. ")

    assert (decision.departs, decision.override_reason) == (True, "The team was closed.")


def test_hire_on_insufficient_evidence_departs(panel):
    hand_in(panel.theirs, (4, 4, 4))
    reasons = {"exception_reason": "Ines left the company."}
    with pytest.raises(OverrideReasonMissing):
        decide(panel, **reasons)

    assert decide(panel, outcome="more_evidence", **reasons).departs is False


def test_reasons_that_are_not_asked_for_are_not_kept(panel):
    both_in(panel)
    decision = decide(
        panel, override_reason="None.", exception_reason="None.", again_reason="None.", dissent=" "
    )

    assert decision.override_reason == decision.exception_reason == decision.again_reason == ""
    assert Event.objects.latest("number").fields == ["outcome", "rationale"]


def test_missing_cards_need_their_reason_and_shadows_do_not(panel):
    both_in(panel)
    build.interview(panel.application, build.user("Sven Shadow"), shadow=True)
    assert decide(panel).exception_reason == ""
    build.interview(panel.application, build.user("Lars Late"))
    with pytest.raises(ExceptionReasonMissing, match="not in"):
        decide(panel, again_reason="New.")


@pytest.mark.parametrize("rationale", ["", " " * 200, "x" * 79, " " + "x" * 79 + " "])
def test_the_rationale_has_eighty_characters(panel, rationale):
    both_in(panel)
    with pytest.raises(RationaleTooShort):
        decide(panel, rationale=rationale)

    assert decide(panel, rationale=" " + "x" * 80 + " ").rationale == "x" * 80


def test_a_later_decision_says_why(panel):
    both_in(panel)
    first = decide(panel)
    with pytest.raises(AgainReasonMissing, match="decided again"):
        decide(panel, outcome="more_evidence")
    later = decide(panel, outcome="more_evidence", again_reason="The reference call was odd.")

    assert (later.number, later.supersedes, later.again_reason) == (
        2,
        first,
        "The reference call was odd.",
    )
    kept = later.snapshot["earlier"]
    assert [(one["number"], one["digest"]) for one in kept] == [(1, first.digest)]
    with pytest.raises(IntegrityError, match="when it supersedes"), transaction.atomic():
        Decision.objects.create(
            application=panel.application,
            number=3,
            supersedes=later,
            decided_by=panel.people.chair,
            outcome="hire",
            rationale=RATIONALE,
            departs=False,
            snapshot={"a": 1},
            digest="d",
        )


def test_every_submission_is_read_first_amendments_and_shadows_too(panel):
    both_in(panel)
    shadow = build.interview(panel.application, build.user("Sven Shadow"), shadow=True)
    chair = panel.people.chair
    read_all(panel.application, chair)
    hand_in(shadow, (2, 2, 2))
    amend_scorecard(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        values={f"rating:{panel.questions[0].pk}": 1},
        reason="I misread my notes.",
        after=1,
    )

    named = [str(one) for one in unread(panel.application, chair)]
    assert named == ["Sven Shadow", "Ines Asker (amendment)"]
    with pytest.raises(UnreadSubmissions, match=r"Not opened yet: Sven Shadow, Ines Asker \(amend"):
        record_decision(
            application=panel.application, by=chair, outcome="hire", rationale=RATIONALE
        )
    assert decide(panel).snapshot["result"]["score"] == "3/4"


def test_the_reading_of_an_area_is_not_enough(panel, sign_in):
    both_in(panel)
    client = sign_in(panel.people.chair)
    client.get(f"/applications/{panel.application.pk}/review/", {"area": "production"})

    assert len(unread(panel.application, panel.people.chair)) == 2


def test_what_changed_meanwhile_is_said(panel):
    both_in(panel)
    with pytest.raises(DecidedMeanwhile):
        decide(panel, after=1)
    panel.application.state = "withdrawn"
    panel.application.save(update_fields=["state"])
    with pytest.raises(NoLongerOpen, match="withdrawn"):
        decide(panel)
    assert not Decision.objects.exists()


def test_the_digest_is_the_packets_and_the_trail_keeps_it_salted(panel):
    both_in(panel)
    decision = decide(panel, dissent="Colin would wait.")
    stored = Decision.objects.get()

    assert document_of(stored) == document_of(decision)
    assert stored.digest == document_of(stored)["digest"] == decision.digest
    event = Event.objects.latest("number")
    assert (event.verb, event.fields) == ("decision.recorded", ["dissent", "outcome", "rationale"])
    assert event.reason_digest and decision.digest not in str(vars(event))


def test_the_record_holds_everything_but_drafts(panel):
    build.answered(panel.mine, (1, 1, 1), evidence="A draft is mine alone.")
    hand_in(panel.theirs, (4, None, 3), evidence="Heard it.")
    record = decide(
        panel, outcome="more_evidence", exception_reason="She is away until March."
    ).snapshot

    mine, theirs = sorted(record["interviews"], key=lambda one: one["submitted_at"] or "")
    assert (mine["submitted_at"], mine["answers"], mine["submissions"]) == (None, [], [])
    assert "mine alone" not in str(record)
    assert [one["rating"] for one in theirs["answers"]] == [4, None, 3]
    assert theirs["answers"][1]["not_assessed_reason"] == "not_reached"
    assert [one["slug"] for one in record["questions"]] == ["outage", "price", "shipped"]
    assert record["questions"][0]["anchors"][3] == "Says what one hears at 4."
    assert record["candidate"] == "Odalys Brambleworth"
    assert record["people"][str(panel.people.chair.pk)] == "Chiara Decider"
    assert record["decider_interviewed"] is False
