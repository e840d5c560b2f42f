"""Amendments: beside what was submitted, with a reason, marked when others' were open."""

import hashlib
import json

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import Event, ReadEvent
from scorecards.models import Answer, Decision, Opening, RollupRecord, Scorecard, Submission
from scorecards.summaries.review import review
from scorecards.workflow.amending import (
    AmendedMeanwhile,
    NothingChanged,
    ReasonMissing,
    amend_scorecard,
)
from scorecards.workflow.decisions import unread
from scorecards.workflow.fields import NotStorable
from scorecards.workflow.scoring import NotOpenToYou
from scorecards.workflow.submitting import (
    MissingRatings,
    RecommendationMissing,
    SummaryMissing,
    submit_scorecard,
)
from tests import build
from tests.visit import Meanwhile


def hand_in(interview, ratings=(3, 3, 3)) -> Submission:
    build.answered(interview, ratings, evidence="Words.\r\nMore.")
    return submit_scorecard(
        scorecard=interview.scorecard,
        by=interview.interviewer,
        recommendation="hire",
        summary="Owns it.",
        unworded_ok=True,
    )


@pytest.fixture
def mine(panel) -> Submission:
    return hand_in(panel.mine)


@pytest.fixture
def amend(panel, mine):
    def one(values, *, reason="I read the anchor again.", after=1, by=panel.people.interviewer):
        return amend_scorecard(
            scorecard=panel.mine.scorecard, by=by, values=values, reason=reason, after=after
        )

    return one


@pytest.fixture
def field(panel):
    return lambda kind, number=0: f"{kind}:{panel.questions[number].pk}"


def test_only_what_changed_is_kept(panel, mine, amend, field):
    before = list(Answer.objects.order_by("pk").values()), RollupRecord.objects.values().get()

    amendment = amend(
        {
            "recommendation": "no_hire",
            "summary": "Owns it.",
            field("rating"): 2,
            field("evidence"): "Words.\nMore.",
            field("rating", 1): "no_evidence",
            field("evidence", 1): "שלום 👩🏽‍🔬",
            field("rating", 2): 3,
        },
        reason=" I read the anchor again. ",
    )

    content = {
        "scorecard": str(panel.mine.scorecard.pk),
        "recommendation": "no_hire",
        "questions": [
            {
                "question_version": str(panel.questions[0].pk),
                "rating": 2,
                "not_assessed_reason": "",
            },
            {
                "question_version": str(panel.questions[1].pk),
                "rating": None,
                "not_assessed_reason": "no_evidence",
                "evidence": "שלום 👩🏽‍🔬",
            },
        ],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert (amendment.number, amendment.content) == (2, text)
    assert amendment.digest == hashlib.sha256((amendment.salt + text).encode()).hexdigest()
    assert (amendment.reason, amendment.after_reveal) == ("I read the anchor again.", False)
    after = list(Answer.objects.order_by("pk").values()), RollupRecord.objects.values().get()
    assert after == before, "what was submitted stays and counts"
    card = Scorecard.objects.get(interview=panel.mine)
    assert (card.recommendation, card.summary) == ("hire", "Owns it.")


def test_the_event_has_names_and_no_values(panel, amend, field):
    amend({"summary": "Secret words.", field("rating"): 1}, reason="A secret reason.")

    event = Event.objects.latest("number")
    assert (event.verb, event.object_id) == ("scorecard.amended", panel.mine.scorecard.pk)
    assert event.fields == sorted(["summary", field("rating")])
    assert "ecret" not in str(Event.objects.filter(pk=event.pk).values().get())


def test_a_second_amendment_is_against_the_first(amend, field):
    amend({field("rating"): 2, "summary": "Less."})

    second = amend({field("rating"): 3, "summary": "Less."}, after=2)

    assert second.number == 3
    assert [said["rating"] for said in json.loads(second.content)["questions"]] == [3]
    assert "summary" not in json.loads(second.content)


def test_an_amendment_never_changes(amend, field):
    amendment = amend({field("rating"): 2})

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=amendment.pk).update(reason="Another.")


def test_nothing_changed(amend, field):
    for values in ({}, {field("rating"): 3, "recommendation": "hire"}, {"scratch": "x"}):
        with pytest.raises(NothingChanged):
            amend(values)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_reason_is_needed(amend, field, reason):
    with pytest.raises(ReasonMissing):
        amend({field("rating"): 2}, reason=reason)


def test_what_was_needed_to_submit_stays_needed(amend, field):
    with pytest.raises(MissingRatings, match="2"):
        amend({field("rating", 1): None})
    with pytest.raises(RecommendationMissing):
        amend({"recommendation": None})
    with pytest.raises(SummaryMissing):
        amend({"summary": " "})
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("value", [5, True, "3", 3.0])
def test_a_rating_that_is_none(amend, field, value):
    with pytest.raises(NotStorable):
        amend({field("rating"): value})


def test_words_that_cannot_be_stored(amend, field):
    for value in ("a\0", "\ud83d", "x" * 20_001):
        with pytest.raises(NotStorable):
            amend({field("evidence"): value})


@pytest.mark.parametrize("who", ["colleague", "chair", "committee", "coordinator", "administrator"])
def test_only_its_author(panel, amend, field, who):
    with pytest.raises(NotOpenToYou):
        amend({field("rating"): 1}, by=getattr(panel.people, who))


def test_a_draft_is_not_amended(panel, field):
    with pytest.raises(NotOpenToYou):
        amend_scorecard(
            scorecard=panel.mine.scorecard,
            by=panel.people.interviewer,
            values={field("rating"): 1},
            reason="Early.",
            after=0,
        )


def test_of_an_erased_candidate_nothing_new_is_kept(panel, amend, field):
    type(panel.application.candidate).objects.update(erased_at=timezone.now())

    with pytest.raises(NotOpenToYou):
        amend({field("rating"): 1})


@pytest.mark.parametrize(
    ("visibility", "marked"), [("after_own", True), ("at_debrief", False), ("never", False)]
)
def test_marked_when_others_are_open_to_the_author(panel, amend, field, visibility, marked):
    Opening.objects.update(visibility=visibility)
    assert amend({field("rating"): 2}).after_reveal is False, "nobody else has submitted"
    hand_in(panel.theirs)

    assert amend({field("rating"): 1}, after=2).after_reveal is marked


def test_marked_when_words_of_another_were_shown_before(panel, amend, field):
    theirs = hand_in(panel.theirs)
    Opening.objects.update(visibility="never")
    author = panel.people.interviewer
    trail.record_reads(reader=author, objects=[theirs], scope=ReadEvent.Scope.PART)

    assert amend({field("rating"): 2}).after_reveal is True


def test_not_marked_by_what_somebody_else_was_shown(panel, amend, field):
    theirs = hand_in(panel.theirs)
    Opening.objects.update(visibility="never")
    trail.record_reads(reader=panel.people.chair, objects=[theirs], scope=ReadEvent.Scope.WHOLE)

    assert amend({field("rating"): 2}).after_reveal is False


def test_marked_when_a_decision_is_known(panel, amend, field):
    Opening.objects.update(visibility="at_debrief")
    Decision.objects.create(
        application=panel.application,
        number=1,
        decided_by=panel.people.chair,
        decided_at=timezone.now(),
        outcome="more_evidence",
        departs=False,
        rationale="x" * 80,
        snapshot={"a": 1},
        digest="d",
    )

    assert amend({field("rating"): 2}).after_reveal is True


def test_the_second_line_reads_it(panel, amend, field):
    amend({field("rating"): 1, "recommendation": "no_hire"})

    shown = review(panel.application, panel.people.chair)

    assert shown.result.score != shown.amended.result.score
    assert [one.submission.number for one in shown.amended.all] == [2]


def test_the_chair_has_to_read_it_too(panel, mine, amend, field, sign_in):
    chair = panel.people.chair
    client = sign_in(chair)
    client.get(f"/submissions/{mine.pk}/")
    assert unread(panel.application, chair) == []

    amendment = amend({field("rating"): 1})
    assert [one.submission for one in unread(panel.application, chair)] == [amendment]
    page = client.get(f"/submissions/{mine.pk}/")

    assert "I read the anchor again." in page.content.decode()
    assert unread(panel.application, chair) == []


@pytest.mark.django_db(transaction=True)
def test_two_amendments_at_one_time(panel, mine, amend, field):
    second = Meanwhile(lambda: amend({field("rating"): 1}))
    with transaction.atomic():
        amend({field("rating"): 2})
        assert second.start_until_blocked()

    assert isinstance(second.finish(), AmendedMeanwhile)
    assert Submission.objects.count() == 2
