"""Every constraint, by writing the row that it forbids straight to the table."""

import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

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
    Application,
    Candidate,
    Decision,
    ErasureRequest,
    Exclusion,
    Interview,
    Opening,
    OpeningArea,
    OpeningMember,
    OpeningPlan,
    OpeningRound,
    RollupRecord,
    Scorecard,
    Submission,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build

NOW = timezone.now()
LONG = "x" * 20_001
REASONS = "Both interviewers heard in detail how the outage was handled; cost was thin but enough."

# constraint: (model, what is different from a valid row)
FORBIDDEN = {
    "audit_event_number_positive": (Event, {"number": 0}),
    "audit_event_complete": (Event, {"number": 8, "verb": ""}),
    "audit_event_digest_once": (Event, {"number": 8, "previous": "other"}),
    "audit_event_previous_once": (Event, {"number": 8, "digest": "other"}),
    "audit_readevent_scope": (ReadEvent, {"scope": "half"}),
    "access_user_email_once": (User, {"email": "ADA@EXAMPLE.COM"}),
    "access_user_complete": (User, {"email": "new@example.com", "name": ""}),
    "access_user_theme": (User, {"email": "new@example.com", "theme": "sepia"}),
    "access_grant_kind": (Grant, {"kind": "owner"}),
    "access_grant_once": (Grant, {}),
    "roles_role_complete": (Role, {"slug": "new", "name": ""}),
    "roles_role_trains_models": (Role, {"slug": "new", "trains_models": "perhaps"}),
    "roles_area_complete": (EvaluationArea, {"slug": "new", "definition": ""}),
    "roles_titlealias_complete": (TitleAlias, {"title": ""}),
    "roles_titlealias_once": (TitleAlias, {"title": "LLM ENGINEER"}),
    "roles_workitem_complete": (WorkItem, {"slug": "new", "statement": ""}),
    "roles_workitem_kind": (WorkItem, {"slug": "new", "kind": "dull"}),
    "roles_workrole_once": (WorkItemRole, {}),
    "roles_workrole_strength": (WorkItemRole, {"strength": 4}),
    "roles_skill_complete": (Skill, {"slug": "new", "name": ""}),
    "roles_skill_trend": (Skill, {"slug": "new", "trend": "fading"}),
    "roles_expectation_complete": (LevelExpectation, {"level": "junior", "text": ""}),
    "roles_expectation_level": (LevelExpectation, {"level": "staff"}),
    "roles_expectation_once": (LevelExpectation, {}),
    "roles_principle_complete": (Principle, {"slug": "new", "body": ""}),
    "roles_profile_one_per_area": (AreaProfile, {}),
    "roles_profile_level": (AreaProfile, {"level": "staff"}),
    "roles_profile_requirement": (AreaProfile, {"requirement": "nice"}),
    "roles_profile_weight_positive": (AreaProfile, {"weight": 0, "weight_rationale": "None."}),
    "roles_profile_weight_rationale": (AreaProfile, {"weight": 2}),
    "roles_profile_bar_range": (AreaProfile, {"bar": "4.50"}),
    "roles_profile_min_raters_positive": (AreaProfile, {"min_raters": 0}),
    "roles_question_complete": (Question, {"slug": ""}),
    "roles_question_kind": (Question, {"slug": "new", "kind": "riddle"}),
    "roles_question_levels": (Question, {"slug": "new", "levels": []}),
    "roles_questionversion_number_once": (QuestionVersion, {}),
    "roles_questionversion_one_draft": (
        QuestionVersion,
        {"number": 3, "change": "meaning", "published_at": None},
    ),
    "roles_questionversion_change": (QuestionVersion, {"number": 5, "change": "typo"}),
    "roles_questionversion_change_fits_number": (QuestionVersion, {"number": 5}),
    "roles_questionversion_minutes": (QuestionVersion, {"minutes": 61}),
    "roles_questionversion_complete": (QuestionVersion, {"prompt": ""}),
    "roles_questionversion_published_has_anchors": (QuestionVersion, {"anchor_3": ""}),
    "roles_questionset_complete": (QuestionSet, {"slug": "new", "name": ""}),
    "roles_questionset_level": (QuestionSet, {"slug": "new", "level": "staff"}),
    "roles_questionset_minutes": (QuestionSet, {"slug": "new", "minutes": 4}),
    "roles_setversion_number_once": (QuestionSetVersion, {}),
    "roles_setversion_one_draft": (QuestionSetVersion, {"number": 3, "published_at": None}),
    "roles_setversion_number_positive": (QuestionSetVersion, {"number": 0}),
    "roles_setitem_position_once": (QuestionSetItem, {"question_version_id": "other question"}),
    "roles_setitem_question_once": (QuestionSetItem, {"position": 9}),
    "scorecards_opening_complete": (Opening, {"title": ""}),
    "scorecards_opening_level": (Opening, {"level": "staff"}),
    "scorecards_opening_state": (Opening, {"state": "won"}),
    "scorecards_opening_visibility": (Opening, {"visibility": "always"}),
    "scorecards_exclusion_complete": (Exclusion, {"number": 2, "reason": ""}),
    "scorecards_exclusion_number_once": (Exclusion, {}),
    "scorecards_member_kind": (OpeningMember, {"kind": "friend"}),
    "scorecards_member_once": (OpeningMember, {}),
    "scorecards_member_not_by_oneself": (OpeningMember, {"kind": "chair", "added_by_id": "self"}),
    "scorecards_plan_number": (OpeningPlan, {"frozen_at": NOW}),
    "scorecards_plan_one_open": (OpeningPlan, {"number": 2, "reason": "A change."}),
    "scorecards_plan_change_has_reason": (OpeningPlan, {"number": 2}),
    "scorecards_plan_cuts_in_order": (OpeningPlan, {"hire_bar": "3.60"}),
    "scorecards_plan_min_interviewers": (OpeningPlan, {"min_interviewers": 0}),
    "scorecards_plan_min_coverage": (OpeningPlan, {"min_coverage": "1.01"}),
    "scorecards_area_once": (OpeningArea, {}),
    "scorecards_area_weight_positive": (OpeningArea, {"weight": 0, "weight_rationale": "None."}),
    "scorecards_area_weight_rationale": (OpeningArea, {"weight": 2}),
    "scorecards_area_bar_range": (OpeningArea, {"bar": "0.50"}),
    "scorecards_area_min_raters": (OpeningArea, {"min_raters": 0}),
    "scorecards_round_position_once": (OpeningRound, {}),
    "scorecards_round_complete": (OpeningRound, {"name": ""}),
    "scorecards_round_minutes": (OpeningRound, {"minutes": 3}),
    "scorecards_candidate_named_until_erased": (Candidate, {"name": ""}),
    "scorecards_erasure_complete": (ErasureRequest, {"reason": ""}),
    "scorecards_erasure_done_was_approved": (ErasureRequest, {"done_at": NOW}),
    "scorecards_erasure_one_open": (ErasureRequest, {}),
    "scorecards_application_state": (Application, {"state": "hired"}),
    "scorecards_application_once": (Application, {}),
    "scorecards_interview_state": (Interview, {"state": "late"}),
    "scorecards_interview_minutes": (Interview, {"minutes": 481}),
    "scorecards_interview_assigned_once": (Interview, {}),
    "scorecards_rollup_outcome": (RollupRecord, {"outcome": "maybe"}),
    "scorecards_rollup_status": (RollupRecord, {"status": "maybe"}),
    "scorecards_rollup_coverage": (RollupRecord, {"coverage_float": 1.5}),
    "scorecards_rollup_score": (RollupRecord, {"score_float": -0.5}),
    "scorecards_decision_outcome": (Decision, {"outcome": "maybe"}),
    "scorecards_decision_number_once": (Decision, {}),
    "scorecards_decision_later_supersedes": (Decision, {"number": 2}),
    "scorecards_decision_rationale_length": (Decision, {"rationale": "Too short."}),
    "scorecards_decision_override_has_reason": None,  # the trigger is stricter; see below
    "scorecards_decision_complete": (Decision, {"digest": ""}),
    "scorecards_card_recommendation": (Scorecard, {"recommendation": "maybe"}),
    "scorecards_card_submitted_is_complete": (Scorecard, {"submitted_at": NOW}),
    "scorecards_card_text_length": (Scorecard, {"scratch": LONG}),
    "scorecards_answer_one_per_question": (Answer, {}),
    "scorecards_answer_rating_range": (Answer, {"rating": 5}),
    "scorecards_answer_reason": (Answer, {"rating": None, "not_assessed_reason": "tired"}),
    "scorecards_answer_rated_or_not_assessed": (Answer, {"not_assessed_reason": "not_reached"}),
    "scorecards_answer_evidence_length": (Answer, {"evidence": LONG}),
    "scorecards_submission_number_once": (Submission, {}),
    "scorecards_submission_number_positive": (Submission, {"number": 0}),
}


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
            number=7,
            at=NOW,
            verb="a.b",
            object_type="x",
            object_id=uuid.uuid4(),
            digest="d",
            previous="p",
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
            scorecard=card, number=1, digest="d", submitted_at=NOW
        ),
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
    made["other question"] = panel.questions[1].pk
    return made


def write(model, row, changes: dict, rows) -> None:
    """Insert the row again under a new key, with these columns changed; deferred checks at once."""
    columns = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    if model is not Event:
        columns["id"] = uuid.uuid4()
    special = {"other question": rows["other question"], "self": columns.get("user_id")}
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
    with pytest.raises(IntegrityError, match=name):
        write(model, rows[model], changes, rows)


def test_an_override_without_a_reason_is_refused_by_trigger_and_constraint(rows):
    """The trigger speaks first; without it the constraint holds."""
    with pytest.raises(IntegrityError, match="when it departs from the roll-up"):
        write(Decision, rows[Decision], {"departs": True}, rows)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE scorecards_decision DISABLE TRIGGER scorecards_decision_complete"
        )
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
