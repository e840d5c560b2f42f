"""Every trigger, by trying to break it: through the ORM, in bulk, in raw SQL, by TRUNCATE, by
loaddata. And the one guarded exception, erasure, by trying to widen it."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from interviewbank.audit.models import Event
from roles.models import QuestionSetItem, QuestionSetVersion, QuestionVersion
from scorecards.models import (
    Answer,
    Debrief,
    Decision,
    ErasureRequest,
    Exclusion,
    OpeningArea,
    OpeningPlan,
    OpeningRound,
    Scorecard,
    Submission,
    Vote,
)
from tests import build
from tests.records import REASONS, kept, refused


@pytest.fixture
def records(panel):
    return kept(panel)


# model, a column that somebody might want to change, a value for it
KEPT = [
    (Event, "verb", "nothing.happened"),
    (QuestionVersion, "prompt", "Something else entirely?"),
    (QuestionVersion, "published_at", None),
    (QuestionSetVersion, "number", 9),
    (QuestionSetVersion, "published_at", None),
    (QuestionSetItem, "required", False),
    (OpeningPlan, "hire_bar", "2.00"),
    (OpeningPlan, "frozen_at", None),
    (OpeningArea, "weight", "2.00"),
    (OpeningRound, "name", "Another round"),
    (Scorecard, "recommendation", "strong_hire"),
    (Scorecard, "submitted_at", None),
    (Answer, "rating", 4),
    (Answer, "evidence", "Something else."),
    (Exclusion, "excluded", False),
    (Submission, "content", "{}"),
    (Submission, "digest", "other"),
    (Decision, "outcome", "hire"),
    (Decision, "rationale", REASONS + " Or not."),
    (Vote, "recommendation", "no_hire"),
    (Vote, "rationale", "Something else."),
    (Debrief, "revealed_at", None),
    (Debrief, "closed_at", None),
]
LOCKED = {
    Scorecard: {"submitted_at__isnull": False},
    Answer: {"scorecard__submitted_at__isnull": False},
}
IDS = [f"{model.__name__}.{column}" for model, column, _ in KEPT]


def row_of(model):
    return model.objects.filter(**LOCKED.get(model, {})).first()


@pytest.mark.parametrize("model, column, value", KEPT, ids=IDS)
def test_update_is_refused(records, model, column, value):
    row = row_of(model)
    before = model.objects.filter(pk=row.pk).values().get()
    setattr(row, column, value)
    with refused():
        row.save(update_fields=[column])
    with refused():
        model.objects.filter(pk=row.pk).update(**{column: value})
    with refused():
        model.objects.bulk_update([row], [column])
    with refused(), connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE {model._meta.pk.column} = %s',
            [value, row.pk],
        )

    assert model.objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("model", sorted({row[0] for row in KEPT}, key=lambda one: one.__name__))
def test_delete_and_truncate_are_refused(records, model):
    row, count = row_of(model), model.objects.count()
    with refused(), connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", [row.pk]
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        # Without CASCADE a foreign key refuses first; with it the trigger has to.
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")

    assert model.objects.count() == count


def test_loaddata_is_refused(records, tmp_path):
    version = records.questions[0]
    fields = {**QuestionVersion.objects.filter(pk=version.pk).values().get()}
    fields = {
        key.removesuffix("_id"): value
        for key, value in fields.items()
        if key not in ("id", "published_at", "saved_at")
    }
    fields |= {"prompt": "Rewritten by a fixture.", "question": str(version.question_id)}
    fixture = tmp_path / "again.json"
    fixture.write_text(
        json.dumps(
            [{"model": "roles.questionversion", "pk": str(version.pk), "fields": fields}],
            default=str,
        )
    )
    with refused("stays as it was"):
        call_command("loaddata", fixture, verbosity=0)

    version.refresh_from_db()
    assert version.prompt == "Tell me about shipped."


def test_nothing_is_added_to_what_is_locked(records):
    with refused("the scorecard is submitted"):
        Answer.objects.create(
            scorecard=records.theirs.scorecard,
            question_version=build.question("late", in_area=records.areas[0]),
            rating=4,
        )
    with refused():
        QuestionSetItem.objects.create(
            set_version=records.set_version, question_version=build.question("more"), position=9
        )
    with refused("the plan is frozen"):
        OpeningArea.objects.create(plan=records.plan, area=build.area("more-area"))


def test_a_revealed_vote_gets_no_company(records):
    with refused("the votes are revealed"):
        Vote.objects.create(
            debrief=records.application.debriefs.get(),
            member=records.people.committee,
            recommendation="hire",
        )


def test_an_answer_cannot_move_out_of_a_locked_scorecard(records):
    answer = records.theirs.scorecard.answers.first()
    with refused():
        Answer.objects.filter(pk=answer.pk).update(scorecard=records.mine.scorecard)


def test_drafts_change_freely(records):
    draft = build.version(records.questions[0].question, number=2, published=False)
    draft.prompt = "A better way to ask?"
    draft.save(update_fields=["prompt"])
    card = build.answered(records.mine, [1, 1, 1])
    card.answers.update(rating=2)
    card.answers.all().delete()
    draft.delete()
    debrief = Debrief.objects.create(
        application=build.application(records.opening), number=1, opened_by=records.people.chair
    )
    vote = Vote.objects.create(debrief=debrief, member=records.people.chair, recommendation="hire")
    Vote.objects.filter(pk=vote.pk).update(recommendation="no_hire")
    vote.delete()


def test_a_decision_needs_its_reasons(records):
    words = {
        "application": build.application(records.opening),
        "number": 1,
        "decided_by": records.people.chair,
        "outcome": "hire",
        "rationale": REASONS,
        "departs": False,
        "snapshot": {"a": 1},
        "digest": "d",
    }
    for broken in (
        {"rationale": ""},
        {"rationale": "Too short."},
        {"snapshot": {}},
        {"departs": True, "override_reason": ""},
        {"number": 2, "again_reason": "New."},
        {"number": 2, "supersedes": Decision.objects.get()},
        {"outcome": "maybe"},
        {"digest": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**{**words, **broken})


# Erasure ----------------------------------------------------------------------------------------

BLANKED = [
    (Scorecard, "summary", ""),
    (Answer, "evidence", ""),
    (Submission, "content", ""),
    (Submission, "salt", ""),
    (Decision, "rationale", ""),
    (Decision, "dissent", ""),
    (Decision, "again_reason", ""),
    (Decision, "snapshot", {}),
    (Vote, "rationale", ""),
]


def erasure(records, **extra) -> ErasureRequest:
    return ErasureRequest.objects.create(
        candidate=records.application.candidate,
        reason="Asked for it.",
        requested_by=records.people.administrator,
        approved_by=records.people.recruiter,
        **{"approved_at": timezone.now(), **extra},
    )


@pytest.mark.parametrize(
    "model, column, blank", BLANKED, ids=[f"{m.__name__}.{c}" for m, c, _ in BLANKED]
)
def test_an_approved_erasure_may_blank_the_listed_words(records, model, column, blank):
    row = row_of(model)
    with refused():
        model.objects.filter(pk=row.pk).update(**{column: blank})
    erasure(records)
    model.objects.filter(pk=row.pk).update(**{column: blank})

    row.refresh_from_db()
    assert getattr(row, column) == blank


@pytest.mark.parametrize("model, column, value", KEPT, ids=IDS)
def test_an_erasure_lets_nothing_else_through(records, model, column, value):
    erasure(records)
    row = row_of(model)
    with refused():
        model.objects.filter(pk=row.pk).update(**{column: value})


@pytest.mark.parametrize("why", ["not approved", "done already", "legal hold", "another candidate"])
def test_an_erasure_needs_its_approval(records, why):
    candidate = records.application.candidate
    if why == "not approved":
        erasure(records, approved_at=None)
    elif why == "done already":
        erasure(records, done_at=timezone.now())
    elif why == "legal hold":
        erasure(records)
        candidate.legal_hold = "A claim is open."
        candidate.save(update_fields=["legal_hold"])
    else:
        other = build.application(records.opening)
        ErasureRequest.objects.create(
            candidate=other.candidate, reason="Asked.", approved_at=timezone.now()
        )
    with refused():
        Answer.objects.filter(pk=row_of(Answer).pk).update(evidence="")


def test_deleting_stays_refused_under_an_erasure(records):
    erasure(records)
    for model in (Answer, Submission, Decision, Scorecard):
        with refused(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row_of(model).pk])
