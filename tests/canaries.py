"""A world in which every text column about people and assessments holds a word of its own for each
row, and the hand-written table of who may come across which of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from interviewbank.access.models import User
from roles.models import Question, QuestionSet, QuestionVersion
from scorecards.models import (
    Answer,
    AnswerOp,
    Application,
    Candidate,
    Decision,
    Interview,
    Opening,
    Scorecard,
    Submission,
    Vote,
)
from scorecards.summaries.records import record_of
from tests import build, matrix
from tests.canary_rows import add_rows

TABLE = Path(__file__).parent / "canary_matrix.txt"
CANARY = re.compile(r"zq[bcdfghjkmnpqrstvwx]{6}qz")
LETTERS = "bcdfghjkmnpqrstvwx"
APPS = ("access", "audit", "roles", "scorecards")

# A new column gets a canary by itself, and then needs a line in the table; or it is named here.
HARMLESS_MODELS = {
    # what everybody who is signed in may read; it knows of nobody
    *("Role", "EvaluationArea", "AreaProfile", "TitleAlias", "WorkItem", "WorkItemRole", "Skill"),
    *("LevelExpectation", "Principle"),
    # figures: tests that compare pages byte by byte stand for them (tests/*_blind.py)
    "RollupRecord",
}
HARMLESS = {
    # one of a few fixed words, or the name of a column
    *("Grant.kind", "Event.verb", "Event.object_type", "Event.fields", "ReadEvent.object_type"),
    *("ReadEvent.scope", "User.theme", "User.time_zone", "Question.kind", "Question.levels"),
    *("QuestionVersion.change", "QuestionSet.level", "Opening.level", "Opening.state"),
    *("Opening.visibility", "Opening.retention", "OpeningMember.kind", "Application.state"),
    *("Interview.state", "AnswerOp.field", "AnswerOp.outcome", "AnswerOp.code", "Decision.outcome"),
    # a rating, a tick or a call: one of a few fixed words, too; see tests/*_blind.py
    *("Scorecard.recommendation", "Answer.not_assessed_reason", "Answer.probes", "Answer.signals"),
    "Vote.recommendation",
    # a digest tells nothing without its salt, and the salt is no digest
    *("Event.reason_digest", "Event.previous", "Event.digest", "AnswerOp.digest"),
    *("Submission.digest", "Decision.digest"),
    # colleagues know each other's names, and the bank goes by its slugs and the names of its sets
    *("User.name", "Question.slug", "QuestionSet.slug", "QuestionSet.name"),
    "QuestionSet.round_name",
}
# In openings beside the main one these are enough.
ELSEWHERE = {
    *("Candidate.name", "Opening.title", "OpeningPlan.reason", "Answer.evidence"),
    *("Scorecard.summary", "Decision.rationale"),
}
BANK = (Question, QuestionSet, QuestionVersion)
TEXT = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True)
class Canary:
    kind: str
    author: object


def columns() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column of ours that can hold words."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                words = field.base_field if isinstance(field, ArrayField) else field
                if isinstance(words, TEXT):
                    yield model, field


def name_of(model: type[models.Model], field: models.Field) -> str:
    return f"{model.__name__}.{field.name}"


def is_harmless(model: type[models.Model], field: models.Field) -> bool:
    return model.__name__ in HARMLESS_MODELS or name_of(model, field) in HARMLESS


def world() -> SimpleNamespace:
    """The world of the access matrix with more in it, each text with its canary."""
    of = matrix.world()
    add_rows(of)
    of.canaries = {}
    with connection.cursor() as cursor:
        # Records refuse any change; here the words of the builders get their canaries.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, field in columns():
            if not is_harmless(model, field):
                _put(of, model, field)
        _keep_snapshots(of)
        cursor.execute("SET LOCAL session_replication_role = origin")
    for kept in vars(of).values():
        if isinstance(kept, models.Model):
            kept.refresh_from_db()
    for person in of.people.values():
        person.refresh_from_db()
    of.bodies = {}
    of.sessions.clear()  # they end with the passwords, which have other salts now
    matrix.sign_everybody_in(of)
    return of


def _put(of: SimpleNamespace, model: type[models.Model], field: models.Field) -> None:
    name = name_of(model, field)
    for row in model._base_manager.order_by("pk"):
        beside = _beside(of, row)
        if (beside and name not in ELSEWHERE) or not _can_hold(row, field.name):
            continue
        word = _next_word(len(of.canaries))
        value = _with(word, row, field)
        model._base_manager.filter(pk=row.pk).update(**{field.name: value})
        kind = "Question.words" if isinstance(row, BANK) else name
        of.canaries[word] = Canary(kind + _state(row) + beside, _author(row))


def _next_word(number: int) -> str:
    digits = ""
    for _ in range(6):
        number, rest = divmod(number, len(LETTERS))
        digits += LETTERS[rest]
    return f"zq{digits}qz"


def _with(word: str, row: models.Model, field: models.Field):
    """The value as it was, with the canary in it."""
    value = getattr(row, field.name)
    special = {
        (User, "password"): lambda: make_password(build.PASSWORD, salt=word),
        (AnswerOp, "value"): lambda: json.dumps(word),
        (Submission, "content"): lambda: json.dumps({**json.loads(value), "summary": word}),
        # taken again once all else is in place
        (Decision, "snapshot"): lambda: {"opening": word},
    }
    if made := special.get((type(row), field.name)):
        return made()
    if isinstance(field, models.EmailField):
        return f"{word}@example.org"
    if isinstance(field, ArrayField):
        return [word]
    if isinstance(value, list):
        return [{**item, "text": f"{word} {item['text']}"} for item in value]
    return f"{word} {value}"[: field.max_length]


def _can_hold(row: models.Model, column: str) -> bool:
    """As the constraints have it: private notes go at submit, plan 1 and submission 1 have no
    reason; and why it did not take place is asked of an interview that did not."""
    if isinstance(row, Scorecard) and column == "scratch":
        return row.submitted_at is None
    if isinstance(row, Question) and column == "retired_reason":
        return row.retired_at is not None
    return (type(row).__name__, column) not in {
        ("Submission", "reason"),
        ("OpeningPlan", "reason"),
    } or row.number > 1


def _opening(row: models.Model) -> Opening | None:
    if isinstance(row, Candidate):
        return row.applications.get().opening
    if isinstance(row, Opening):
        return row
    above = ("scorecard", "interview", "debrief", "decision", "plan", "application", "candidate")
    for name in (*above, "opening"):
        if name in {field.name for field in row._meta.fields}:
            return _opening(getattr(row, name))
    return None


def _beside(of: SimpleNamespace, row: models.Model) -> str:
    """Which of the openings beside the main one."""
    opening = _opening(row)
    return of.beside.get(opening.pk, "") if opening else ""


def _state(row: models.Model) -> str:
    if isinstance(row, Candidate):
        row = row.applications.get()
    if isinstance(row, Application):
        return "" if row.interviews.exists() else "/unmet"
    if isinstance(row, Submission):
        return "/amended" if row.number > 1 else ""
    if isinstance(row, Vote):
        return "" if row.debrief.revealed_at else "/hidden"
    done = {
        Scorecard: lambda: row.submitted_at,
        Answer: lambda: row.scorecard.submitted_at,
        QuestionVersion: lambda: row.published_at,
    }.get(type(row))
    return "/draft" if done and not done() else ""


def _author(row: models.Model) -> object:
    if isinstance(row, User):
        return row.pk
    if isinstance(row, Vote):
        return row.member_id
    if isinstance(row, Answer | AnswerOp | Submission):
        row = row.scorecard
    if isinstance(row, Scorecard):
        row = row.interview
    return row.interviewer_id if isinstance(row, Interview) else None


def _keep_snapshots(of: SimpleNamespace) -> None:
    """What a decision keeps, with all the canaries that are in it by now and one of its own."""
    for decision in Decision.objects.select_related("application__opening"):
        record = record_of(decision.application, decision.decided_by)
        if isinstance(decision.snapshot.get("opening"), str):
            record["opening"]["title"] = decision.snapshot["opening"]
        Decision.objects.filter(pk=decision.pk).update(snapshot=record)


def lines() -> dict[str, dict[str, str]]:
    """The table: by kind of canary, what each person comes across."""
    rows = [
        row.split()
        for row in TABLE.read_text().splitlines()
        if row.strip() and not row.startswith("#")
    ]
    people = rows[0][1:]
    return {kind: dict(zip(people, seen, strict=True)) for kind, *seen in rows[1:]}


def outcomes(of: SimpleNamespace, who: str, seen: set[str]) -> dict[str, str]:
    """By kind: `own` when the person came across words of theirs only."""
    person = of.people[who].pk if who in of.people else None
    found = {canary.kind: "-" for canary in of.canaries.values()}
    for word in seen:
        canary = of.canaries[word]
        own = person is not None and canary.author == person
        if found[canary.kind] != "sees":
            found[canary.kind] = "own" if own else "sees"
    return found
