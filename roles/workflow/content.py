"""What a question version says, as plain values: to compare, to complete, to recognise."""

import hashlib
import json
from typing import Any

from roles.models import Question, QuestionVersion

ANCHORS = ("anchor_1", "anchor_2", "anchor_3", "anchor_4")
LISTS = ("probes", "strong_signals", "weak_signals")
WORDS = ("title", "prompt", "minutes", *ANCHORS, *LISTS)
# What a question is filed under: it belongs to the question, not to a version of it.
FILING = ("area", "kind", "levels", "roles", "tags", "owner")


def words_of(version: QuestionVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in WORDS}


def filing_of(question: Question) -> dict[str, Any]:
    """Roles and levels in one order, so that two filings can be compared."""
    return {
        "area": question.area,
        "kind": question.kind,
        "levels": sorted(question.levels),
        "roles": sorted(question.roles.all(), key=lambda role: role.slug),
        "tags": list(question.tags),
    }


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields in `after` that differ."""
    return [name for name, value in after.items() if before.get(name) != value]


def standing(question: Question) -> tuple[QuestionVersion | None, QuestionVersion | None]:
    """The live version and the draft."""
    live = draft = None
    for version in sorted(question.versions.all(), key=lambda version: -version.number):
        if version.published_at is None:
            draft = version
        else:
            live = live or version
    return live, draft


def missing(version: QuestionVersion) -> list[str]:
    """What has to be written before the version can be published."""
    return [
        f"The anchor for level {level} is empty." for level, text in version.anchors if not text
    ]


def token(question: Question, version: QuestionVersion | None) -> str:
    """Recognises what an editor had before them: it differs as soon as a word of it changes."""
    filing = filing_of(question)
    seen = [
        filing["area"].slug,
        filing["kind"],
        filing["levels"],
        [role.slug for role in filing["roles"]],
        filing["tags"],
        str(question.owner_id or ""),
        version and [version.number, version.published_at is None, words_of(version)],
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]
