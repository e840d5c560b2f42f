"""Handing a scorecard in: what it needs, what it locks, and that it happens once."""

import hashlib
import json
import threading

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from interviewbank.audit.models import Event
from roles.models import QuestionSetItem, QuestionSetVersion
from scorecards.models import Answer, Interview, RollupRecord, Scorecard, Submission
from scorecards.workflow.fields import NotStorable
from scorecards.workflow.interviews import cancel_interview
from scorecards.workflow.scoring import AlreadySubmitted, Change, NotOpenToYou, save_fields
from scorecards.workflow.submitting import (
    ChangedElsewhere,
    MissingRatings,
    RecommendationMissing,
    UnwordedRatings,
    submit_scorecard,
)
from tests import build

STATEMENT = "Owns evaluation end to end, weakest after a bad output."


@pytest.fixture
def submit(panel):
    def one(interview=panel.mine, **extra) -> Submission:
        return submit_scorecard(
            scorecard=interview.scorecard,
            by=interview.interviewer,
            **{
                "recommendation": "hire",
                "summary": STATEMENT,
                "unworded_ok": False,
                **extra,
            },
        )

    return one


def make_optional(panel, question) -> None:
    """Published sets never change, so the panel's round gets one in which it is optional."""
    asked = QuestionSetVersion.objects.create(question_set=panel.set_version.question_set, number=2)
    for position, version in enumerate(panel.questions, 1):
        QuestionSetItem.objects.create(
            set_version=asked,
            question_version=version,
            position=position,
            required=version != question,
        )
    panel.plan.rounds.update(set_version=asked)
    for interview in (panel.mine, panel.theirs):
        interview.refresh_from_db()


def test_submitting_locks_and_tells(panel, submit):
    build.answered(panel.mine, [3, 4, None])
    Scorecard.objects.filter(interview=panel.mine).update(scratch="Ask about pay.")

    submission = submit()

    card = Scorecard.objects.get(interview=panel.mine)
    assert (card.recommendation, card.summary, card.scratch) == ("hire", STATEMENT, "")
    assert card.submitted_at == submission.submitted_at is not None
    assert submission.number == 1
    panel.mine.refresh_from_db()
    assert panel.mine.state == Interview.State.HELD
    event = Event.objects.latest("number")
    assert (event.verb, event.object_id, event.actor) == (
        "scorecard.submitted",
        card.pk,
        panel.people.interviewer,
    )
    assert (
        RollupRecord.objects.get(application=panel.application).areas["production"]["raters"] == 1
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(scorecard=card).update(rating=1, not_assessed_reason="")


def test_the_content_is_canonical_and_its_digest_salted(panel, submit):
    words = '"We graded tone." שלום e\u0301 👩🏽‍🔬'
    build.answered(panel.mine, [3, 4, None], evidence=words)
    Scorecard.objects.filter(interview=panel.mine).update(scratch="Never in the content.")

    submission = submit()

    assert json.loads(submission.content) == {
        "scorecard": str(panel.mine.scorecard.pk),
        "interview": str(panel.mine.pk),
        "recommendation": "hire",
        "summary": STATEMENT,
        "questions": [
            {
                "question_version": str(question.pk),
                "rating": rating,
                "not_assessed_reason": "" if rating else "not_reached",
                "evidence": words if rating else "",
                "probes": [],
                "signals": [],
            }
            for question, rating in zip(panel.questions, [3, 4, None], strict=True)
        ],
    }
    assert submission.content == json.dumps(
        json.loads(submission.content),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    assert len(bytes.fromhex(submission.salt)) == 16
    assert (
        submission.digest
        == hashlib.sha256((submission.salt + submission.content).encode()).hexdigest()
    )


def test_equal_content_has_another_salt(panel, submit):
    build.answered(panel.mine, [3, 3, 3])
    build.answered(panel.theirs, [3, 3, 3])

    assert submit().salt != submit(panel.theirs).salt


def test_a_required_question_needs_a_rating_or_a_reason(panel, submit):
    save_fields(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        changes=[
            Change(f"rating:{panel.questions[1].pk}", 0, 3),
            Change(f"evidence:{panel.questions[1].pk}", 0, "Words."),
            Change(f"evidence:{panel.questions[0].pk}", 0, "Words without a rating."),
        ],
    )

    with pytest.raises(MissingRatings, match="1, 3"):
        submit()
    assert not Submission.objects.exists()
    assert Scorecard.objects.get(interview=panel.mine).submitted_at is None


def test_an_optional_question_may_stay_blank_and_gets_its_row(panel, submit):
    make_optional(panel, panel.questions[2])
    save_fields(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        changes=[Change(f"rating:{question.pk}", 0, 3) for question in panel.questions[:2]],
    )

    submit(unworded_ok=True)

    blank = Answer.objects.get(scorecard=panel.mine.scorecard, question_version=panel.questions[2])
    assert (blank.rating, blank.not_assessed_reason, blank.evidence) == (None, "", "")


def test_a_rating_without_words_needs_a_tick(panel, submit):
    build.answered(panel.mine, [3, 3, None], evidence="  \n ")

    with pytest.raises(UnwordedRatings, match="1, 2"):
        submit()
    assert submit(unworded_ok=True).number == 1


@pytest.mark.parametrize("recommendation", ["", "leaning_hire", "more_evidence"])
def test_a_recommendation_is_needed(panel, submit, recommendation):
    build.answered(panel.mine, [3, 3, 3])

    with pytest.raises(RecommendationMissing):
        submit(recommendation=recommendation)


@pytest.mark.parametrize("summary", ["x" * 4_001, "a\0", "\ud83d"])
def test_a_statement_that_cannot_be_stored(panel, submit, summary):
    build.answered(panel.mine, [3, 3, 3])

    with pytest.raises(NotStorable):
        submit(summary=summary)
    assert not Submission.objects.exists()


def test_what_changed_since_the_page_was_read_stops_it(panel, submit):
    build.answered(panel.mine, [3, 3, 3])
    save_fields(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        changes=[Change(f"rating:{panel.questions[0].pk}", 0, 1)],
    )

    with pytest.raises(ChangedElsewhere):
        submit(expected=0)
    assert submit(expected=1).number == 1


def test_a_second_time(panel, submit):
    build.answered(panel.mine, [3, 3, 3])
    submit()

    with pytest.raises(AlreadySubmitted):
        submit(recommendation="strong_no_hire")
    assert Submission.objects.get().content.count('"recommendation":"hire"') == 1


def test_a_cancelled_interview_is_not_submitted(panel, submit):
    build.answered(panel.mine, [3, 3, 3])
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Moved on.")

    with pytest.raises(NotOpenToYou):
        submit()


def test_a_card_that_was_never_opened(panel, submit):
    """All of its questions may be optional; it is opened by being handed in."""
    empty = build.question_set(name="Chat")
    panel.plan.rounds.update(set_version=empty)
    panel.mine.refresh_from_db()

    submit()

    card = Scorecard.objects.get(interview=panel.mine)
    assert card.opened_at is not None
    panel.plan.refresh_from_db()
    assert panel.plan.frozen_at is not None


def test_a_shadow_submits_and_does_not_count(panel, submit):
    shadow = build.interview(panel.application, build.user("Shay Dow"), shadow=True)
    build.answered(shadow, [4, 4, 4])

    submit(shadow)

    assert RollupRecord.objects.get(application=panel.application).score == ""


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_one_time(panel, submit):
    build.answered(panel.mine, [3, 3, 3])
    outcomes = []
    together = threading.Barrier(2)

    def press():
        together.wait()
        try:
            outcomes.append(submit().number)
        except AlreadySubmitted as error:
            outcomes.append(str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes, key=str) == [1, "This scorecard was already submitted."]
    assert Submission.objects.count() == 1
    connection.close()
