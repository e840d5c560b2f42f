"""The two kinds of files: what a question and what a question set consists of."""

from dataclasses import dataclass, field
from typing import Any

from roles import limits
from roles.models import Level, Question, QuestionVersion

from .fields import Fields

Change = QuestionVersion.Change
CHANGES = (Change.WORDING.value, Change.MEANING.value)


@dataclass(frozen=True)
class Vocabulary:
    """What the database knows, and a file may name."""

    areas: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class QuestionText:
    """`words` are the columns of a version; `change` is of which kind it is, if it changes.
    `retired` is None where the file says nothing of it."""

    slug: str
    path: str
    line: int
    area: str
    kind: str
    levels: list[str]
    roles: list[str]
    tags: list[str]
    retired: bool | None
    retired_reason: str
    change: str
    words: dict[str, Any]


@dataclass(frozen=True)
class SetText:
    """`items` are (slug of the question, required, line of the file)."""

    slug: str
    path: str
    line: int
    role: str
    columns: dict[str, Any]
    items: list[tuple[str, bool, int]] = field(default_factory=list)


def question(fields: Fields, known: Vocabulary) -> QuestionText:
    made = QuestionText(
        slug=fields.slug("id"),
        path=fields.path,
        line=fields.node.lines.get("id", 1),
        area=fields.choice("area", known.areas),
        kind=fields.choice("kind", Question.Kind.values),
        levels=fields.words("levels", most=len(Level), allowed=Level.values),
        roles=fields.words(
            "roles", most=len(known.roles) or 1, allowed=known.roles, required=False
        ),
        tags=fields.words("tags", most=limits.TAGS, longest=limits.TAG, required=False),
        retired=fields.flag("retired"),
        retired_reason=fields.text("retired_because", limits.NOTE, required=False),
        change=fields.choice("change", CHANGES, default=Change.MEANING.value),
        words={
            "title": fields.text("title", limits.TITLE),
            "minutes": fields.number("minutes", 1, 60),
            "prompt": fields.text("prompt", limits.PROMPT),
            **_anchors(fields),
            **_lines(fields),
        },
    )
    if made.retired_reason and not made.retired:
        fields.wrong("retired_because is for a question with “retired: true”", "retired_because")
    fields.done()
    return made


def question_set(fields: Fields, known: Vocabulary) -> SetText:
    items = [_item(part) for part in fields.parts("questions", limits.ITEMS)]
    slugs = [slug for slug, _, _ in items]
    for slug in sorted({slug for slug in slugs if slug and slugs.count(slug) > 1}):
        fields.wrong(f"questions: “{slug}” stands here a second time", "questions")
    if not items and "questions" in fields.node.values:
        fields.wrong("questions is empty", "questions")
    made = SetText(
        slug=fields.slug("id"),
        path=fields.path,
        line=fields.node.lines.get("id", 1),
        role=fields.choice("role", known.roles),
        columns={
            "name": fields.text("name", 80),
            "level": fields.choice("level", Level.values),
            "round_name": fields.text("round", 60),
            "purpose": fields.text("purpose", limits.PURPOSE, required=False),
            "minutes": fields.number("minutes", 5, 240),
        },
        items=items,
    )
    fields.done()
    return made


def _anchors(fields: Fields) -> dict[str, str]:
    part = fields.part("anchors")
    if part is None:
        return {}
    anchors = {f"anchor_{n}": part.text(str(n), limits.ANCHOR) for n in range(1, 5)}
    part.done()
    return anchors


def _lines(fields: Fields) -> dict[str, list[dict[str, str]]]:
    """Probes and signals. Their ids are what interviewers' ticks are stored by: each id once."""
    seen: set[str] = set()
    found: dict[str, list[dict[str, str]]] = {}
    for key in ("probes", "strong_signals", "weak_signals"):
        found[key] = []
        for part in fields.parts(key, limits.LINES):
            line = {"id": part.slug("id", limits.ITEM_ID), "text": part.text("text", limits.LINE)}
            part.done()
            if line["id"] and line["id"] in seen:
                part.wrong(f"{key}: the id “{line['id']}” stands in this question twice", "id")
            seen.add(line["id"])
            found[key].append(line)
    return found


def _item(part: Fields) -> tuple[str, bool, int]:
    made = (part.slug("question"), part.flag("required") is not False, part.node.line)
    part.done()
    return made
