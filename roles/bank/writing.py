"""The bank as files: what is published, a file for each question and each question set."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.db import transaction

from roles.limits import SLUG
from roles.models import Level, Question, QuestionSet, QuestionVersion
from roles.workflow import content

from .plain import plain
from .planning import asked_by
from .steps import Asked
from .yamltext import Prose, Value, write

MARKER = "EXPORTED.txt"
MARKED = """\
The question bank, as text. An export replaces questions/ and sets/ in this folder, nothing else.
"""
FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class CantExport(Exception):
    """Nothing was written, because of this."""


def export_files() -> dict[str, bytes]:
    """The files by their names, in the order of the names."""
    with transaction.atomic():
        # Sets first: what they ask was published before, and is found among the questions.
        sets = {_place("sets", one.slug): set_text(one, asked) for one, asked in _sets()}
        questions = {
            _place("questions", version.question.area.slug, version.question.slug): text
            for version, text in ((one, question_text(one)) for one in _live_versions())
        }
    files = {MARKER: MARKED} | questions | sets
    return {name: files[name].encode() for name in sorted(files)}


def question_text(version: QuestionVersion) -> str:
    question = version.question
    words = plain(content.words_of(version))
    roles = sorted(role.slug for role in question.roles.all())
    tags = plain(list(question.tags))
    document: dict[str, Value] = {
        "id": question.slug,
        "title": words["title"],
        "area": question.area.slug,
        "kind": question.kind,
        "levels": [level for level in Level.values if level in question.levels],
        **({"roles": roles} if roles else {}),
        **({"tags": tags} if tags else {}),
        **_retired(question),
        "minutes": words["minutes"],
        "prompt": Prose(words["prompt"]),
        "probes": words["probes"],
        "anchors": {str(n): Prose(words[f"anchor_{n}"]) for n in (1, 2, 3, 4)},
        "strong_signals": words["strong_signals"],
        "weak_signals": words["weak_signals"],
    }
    return write(document)


def _retired(question: Question) -> dict[str, Value]:
    reason = plain(question.retired_reason)
    because: dict[str, Value] = {"retired_because": Prose(reason)} if reason else {}
    return {"retired": True, **because} if question.retired_at else {}


def set_text(question_set: QuestionSet, asked: list[Asked]) -> str:
    purpose = plain(question_set.purpose)
    document: dict[str, Value] = {
        "id": question_set.slug,
        "name": plain(question_set.name),
        "role": question_set.role.slug,
        "level": question_set.level,
        "round": plain(question_set.round_name),
        **({"purpose": Prose(purpose)} if purpose else {}),
        "minutes": question_set.minutes,
        "questions": [{"question": one.slug, "required": one.required} for one in asked],
    }
    return write(document)


def _live_versions() -> Iterator[QuestionVersion]:
    published = QuestionVersion.objects.filter(published_at__isnull=False)
    newest = published.order_by("question_id", "-number").distinct("question_id")
    rows = newest.select_related("question__area").prefetch_related("question__roles")
    yield from rows.iterator(chunk_size=1_000)


def _sets() -> Iterator[tuple[QuestionSet, list[Asked]]]:
    """Those that were published at least once."""
    sets = list(QuestionSet.objects.select_related("role"))
    asked = asked_by(sets)
    yield from ((one, asked[one.pk]) for one in sets if one.pk in asked)


def _place(*parts: str) -> str:
    *folders, slug = parts
    if not all(FOLDER.fullmatch(one) for one in folders) or not SLUG.fullmatch(slug):
        raise CantExport(f"“{'/'.join(parts)}” can't be the name of a file: {slug!r} is no id")
    return str(PurePosixPath(*folders, f"{slug}.yaml"))
