"""An import field by field, before it happens: for the command, and for the page."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from roles.workflow import content

from .plain import plain
from .steps import Plan, QuestionStep, SetStep

Lines = list[dict[str, str]]


@dataclass(frozen=True)
class Difference:
    """Texts, or lists of {id, text}."""

    name: str
    before: str | Lines
    after: str | Lines


def of_question(step: QuestionStep) -> Iterator[Difference]:
    """Nothing for a new one: all of it is new."""
    if step.new:
        return
    words = plain(content.words_of(step.live)) if step.live else {}
    filing = content.filing_of(step.question)
    for name in step.words_changed:
        yield Difference(name, _shown(words.get(name, "")), _shown(step.text.words[name]))
    for name in step.filing_changed:
        yield Difference(name, _shown(filing[name]), _shown(step.filing[name]))
    if step.retirement:
        retired = (bool(step.text.retired), step.text.retired_reason)
        before = (bool(step.question.retired_at), plain(step.question.retired_reason))
        yield Difference("state", _state(*before), _state(*retired))


def _state(retired: bool, reason: str) -> str:
    because = f": {reason}" if reason else ""
    return f"retired{because}" if retired else "in use"


def of_set(step: SetStep) -> Iterator[Difference]:
    if step.new:
        return
    for name in step.columns_changed:
        before = getattr(step.question_set, name)
        yield Difference(name, _shown(before), _shown(step.columns[name]))
    if step.asks_anew:
        yield Difference(
            "questions",
            [{"id": one.slug, "text": str(one)} for one in step.asked],
            [{"id": one.slug, "text": str(one)} for one in step.asks],
        )


def token(plan: Plan) -> str:
    """Recognises what somebody was shown of an import: it differs as soon as a word of it does."""
    questions = [(s.text.slug, s.what, [vars(d) for d in of_question(s)]) for s in plan.questions]
    sets = [(s.text.slug, s.what, [vars(d) for d in of_set(s)]) for s in plan.sets]
    shown = json.dumps([questions, sets], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _shown(value: Any) -> str | Lines:
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return value
        return ", ".join(getattr(one, "slug", str(one)) for one in value)
    return str(getattr(value, "slug", value))
