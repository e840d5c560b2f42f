"""What is kept does not move to somebody else, and nothing is slipped in before it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import Event, ReadEvent
from roles.models import Question
from scorecards.models import (
    Application,
    Debrief,
    Decision,
    Interview,
    Scorecard,
    Submission,
    Vote,
)
from tests import build
from tests.records import kept, refused


@pytest.fixture
def records(panel):
    return kept(panel)


def moved(records):
    """(model, row, a column that says whose it is, somebody else's)"""
    other = build.application(records.opening)
    elsewhere = build.opening(records.set_version)
    again = records.plan.opening.plans.create(number=2, reason="More time.")
    a_round = again.rounds.create(
        position=1, name="Deep dive", set_version=records.set_version, minutes=60
    )
    met, debrief = records.theirs, Debrief.objects.get()
    return [
        (Application, records.application, "candidate", other.candidate),
        (Application, records.application, "opening", elsewhere),
        (Interview, met, "application", other),
        (Interview, met, "interviewer", records.people.outsider),
        (Interview, met, "round", a_round),
        (Interview, met, "shadow", True),
        (Debrief, debrief, "application", other),
        (Debrief, debrief, "number", 2),
        (Debrief, debrief, "opened_by", records.people.outsider),
        (Vote, debrief.votes.get(), "member", records.people.outsider),
        (Decision, records.application.decisions.get(), "application", other),
        (Submission, Submission.objects.get(), "scorecard", records.mine.scorecard),
        (Scorecard, met.scorecard, "interview", build.interview(other, records.people.outsider)),
        (Question, records.questions[0].question, "area", records.areas[1]),
    ]


def test_what_is_kept_does_not_move_to_another(records):
    for model, row, column, other in moved(records):
        with refused():
            model.objects.filter(pk=row.pk).update(**{column: other})


def test_who_was_shown_what_stays_on_record(records):
    trail.record_reads(
        reader=records.people.chair, objects=Submission.objects.all(), scope=ReadEvent.Scope.WHOLE
    )
    for write in (ReadEvent.objects.all().delete, lambda: ReadEvent.objects.update(scope="part")):
        with refused("what was read stays on record"):
            write()
    with refused(), connection.cursor() as cursor:
        # else TRUNCATE fails for the foreign keys that this transaction has yet to check
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE audit_readevent")


def test_what_is_not_kept_yet_may_move(records):
    unopened = build.interview(build.application(records.opening), records.people.outsider)
    Interview.objects.filter(pk=unopened.pk).update(shadow=True)
    unasked = build.question("unasked", published=False).question
    Question.objects.filter(pk=unasked.pk).update(area=records.areas[0])


def test_a_second_first_submission_is_refused(records):
    with pytest.raises(IntegrityError, match="submission_number_once"), transaction.atomic():
        Submission.objects.create(
            scorecard=records.theirs.scorecard, number=1, digest="d", submitted_at=timezone.now()
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 3},
        {"number": 1, "previous": ""},
        {"previous": "f" * 64},
        {"at": timedelta(hours=-2)},
        {"at": timedelta(hours=2)},
    ],
)
def test_an_event_comes_at_the_end_and_in_its_time(records, changed):
    last = Event.objects.get()
    values = {"number": 2, "previous": last.digest, "at": timedelta(), **changed}
    more = {"verb": "a.b", "object_type": "x", "object_id": last.object_id, "digest": "d" * 64}
    with refused():
        Event.objects.create(**{**values, "at": timezone.now() + values["at"]}, **more)
