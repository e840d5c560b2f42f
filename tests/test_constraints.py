"""Every constraint, by writing the row that it forbids straight to the table."""

import uuid
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from interviewbank.access.models import Grant, User
from interviewbank.audit.models import Event, ReadEvent
from roles.models import (
    AreaProfile,
    EvaluationArea,
    LevelExpectation,
    Principle,
    Question,
    QuestionSet,
    QuestionSetItem,
    QuestionSetVersion,
    QuestionVersion,
    Role,
    Skill,
    TitleAlias,
    WorkItem,
    WorkItemRole,
)
from scorecards.models import (
    Answer,
    AnswerOp,
    Application,
    Candidate,
    Debrief,
    DebriefHour,
    DebriefHourItem,
    Decision,
    ErasureRequest,
    Exclusion,
    Handover,
    Interview,
    Opening,
    OpeningArea,
    OpeningMember,
    OpeningPlan,
    OpeningRound,
    PanelRating,
    RollupRecord,
    Scorecard,
    Submission,
    Vote,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.forbidden_rows import FORBIDDEN, NOW, REASONS


@pytest.fixture
def rows(panel):
    """A valid row of each model, as a mapping of its columns."""
    people = panel.people
    build.version(panel.questions[0].question, number=2, published=False)
    draft = QuestionSetVersion.objects.create(question_set=panel.set_version.question_set, number=2)
    draft_item = QuestionSetItem.objects.create(
        set_version=draft, question_version=panel.questions[0], position=1
    )
    card = build.answered(panel.mine, [3, 3, 3])
    refresh_rollup(panel.application)
    role = panel.opening.role
    work = WorkItem.objects.create(slug="rag", statement="Answers from documents", kind="core")
    made = {
        Event: Event.objects.create(
            number=1,
            at=datetime.now(UTC),
            verb="a.b",
            object_type="x",
            object_id=uuid.uuid4(),
            digest="d",
        ),
        ReadEvent: ReadEvent.objects.create(
            reader=people.chair, object_type="x", object_id=uuid.uuid4(), scope="whole"
        ),
        User: build.user("Ada", email="ada@example.com"),
        Grant: people.editor.grants.get(),
        Role: panel.opening.role,
        EvaluationArea: panel.areas[0],
        TitleAlias: TitleAlias.objects.create(role=role, title="LLM engineer"),
        WorkItem: work,
        WorkItemRole: WorkItemRole.objects.create(work_item=work, role=role, strength=2),
        Skill: Skill.objects.create(slug="python", name="Python", trend="core"),
        LevelExpectation: LevelExpectation.objects.create(role=role, level="senior", text="All."),
        Principle: Principle.objects.create(slug="work", title="Work first", body="Match on it."),
        Exclusion: Exclusion.objects.create(
            opening=panel.opening,
            question=panel.questions[0].question,
            number=1,
            excluded=True,
            reason="It was misread.",
            created_by=people.chair,
        ),
        AreaProfile: AreaProfile.objects.create(
            role=panel.opening.role, level="senior", area=panel.areas[0], requirement="required"
        ),
        Question: panel.questions[0].question,
        QuestionVersion: panel.questions[0],
        QuestionSet: panel.set_version.question_set,
        QuestionSetVersion: panel.set_version,
        QuestionSetItem: draft_item,
        Opening: panel.opening,
        OpeningMember: panel.opening.members.first(),
        OpeningPlan: panel.plan,
        OpeningArea: panel.plan.areas.first(),
        OpeningRound: panel.plan.rounds.first(),
        Candidate: panel.application.candidate,
        ErasureRequest: ErasureRequest.objects.create(
            candidate=panel.application.candidate, reason="Asked for it."
        ),
        Application: panel.application,
        Interview: panel.mine,
        Scorecard: card,
        Answer: card.answers.first(),
        RollupRecord: panel.application.rollup,
        Submission: Submission.objects.create(
            scorecard=card, number=1, content="{}", digest="d", submitted_at=NOW
        ),
        AnswerOp: AnswerOp.objects.create(
            scorecard=card,
            op=uuid.uuid4(),
            field="summary",
            base=0,
            rev=1,
            outcome="conflict",
            digest="d",
            value='"What lost."',
        ),
        Handover: Handover.objects.create(interview=panel.mine, area=panel.areas[0]),
        Decision: Decision.objects.create(
            application=panel.application,
            number=1,
            decided_by=people.chair,
            outcome="hire",
            rationale=REASONS,
            departs=False,
            snapshot={"a": 1},
            digest="d",
        ),
    }
    debrief = Debrief.objects.create(
        application=panel.application, number=1, opened_by=people.chair
    )
    hour = DebriefHour.objects.create(opening=panel.opening, opened_by=people.chair)
    return made | {
        Debrief: debrief,
        PanelRating: PanelRating.objects.create(
            debrief=debrief, area=panel.areas[0], rating=3, set_by=people.chair
        ),
        Vote: Vote.objects.create(debrief=debrief, member=people.chair, recommendation="hire"),
        DebriefHour: hour,
        DebriefHourItem: DebriefHourItem.objects.create(
            hour=hour, application=panel.application, position=1
        ),
        "other question": panel.questions[1].pk,
        "other area": panel.areas[1].pk,
        "other": people.committee.pk,
        "other application": build.application(panel.opening).pk,
    }


def write(model, row, changes: dict, rows) -> None:
    """Insert the row again under a new key, with these columns changed; deferred checks at once."""
    columns = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    if model is not Event:
        columns["id"] = uuid.uuid4()
    special = {name: key for name, key in rows.items() if isinstance(name, str)}
    special["self"] = columns.get("user_id")
    columns |= {
        name: special.get(value, value) if isinstance(value, str) else value
        for name, value in changes.items()
    }
    with transaction.atomic():
        model.objects.bulk_create([model(**columns)])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def our_constraints() -> set[str]:
    ours = ("interviewbank", "roles", "scorecards")
    return {
        constraint.name
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ours
        for constraint in model._meta.constraints
    }


def test_every_constraint_is_tried():
    assert set(FORBIDDEN) == our_constraints()


@pytest.mark.parametrize("name", [name for name, broken in FORBIDDEN.items() if broken])
def test_constraint_refuses(rows, name):
    model, changes = FORBIDDEN[name]
    if model is Event:
        _without_trigger("audit_event", "audit_event_in_order")
    with pytest.raises(IntegrityError, match=name):
        write(model, rows[model], changes, rows)


def _without_trigger(table: str, name: str) -> None:
    """Where a trigger speaks first, the constraint is tried without it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def test_an_override_without_a_reason_is_refused_by_trigger_and_constraint(rows):
    """The trigger speaks first; without it the constraint holds."""
    with pytest.raises(IntegrityError, match="when it departs from the roll-up"):
        write(Decision, rows[Decision], {"departs": True}, rows)
    _without_trigger("scorecards_decision", "scorecards_decision_complete")
    with pytest.raises(IntegrityError, match="scorecards_decision_override_has_reason"):
        write(Decision, rows[Decision], {"departs": True}, rows)


@pytest.mark.parametrize(
    "model, column",
    [
        (Role, "slug"),
        (EvaluationArea, "slug"),
        (Question, "slug"),
        (QuestionSet, "slug"),
        (RollupRecord, "application"),
        (Scorecard, "interview"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_unique_columns(rows, model, column):
    with pytest.raises(IntegrityError, match="duplicate key"):
        write(model, rows[model], {}, rows)


def test_a_rating_rests_on_what_cannot_be_deleted(rows):
    from django.db.models import ProtectedError

    for model in (User, Question, QuestionVersion, Interview, Application, Candidate, Scorecard):
        row = rows[model] if model is not User else rows[Interview].interviewer
        with pytest.raises(ProtectedError):
            row.delete()
