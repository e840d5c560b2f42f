"""Compares the files with the bank: what an import will do, before it does anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet

from roles.models import (
    EvaluationArea,
    Question,
    QuestionSet,
    QuestionVersion,
    Role,
)
from roles.workflow import content
from roles.workflow.question_sets import live_items

from .problems import Problem
from .schema import QuestionText, SetText, Vocabulary

What = Literal["new", "new version", "changed", "unchanged"]


@dataclass
class QuestionStep:
    """`live` is what is asked now; a question that is not in the bank yet is an unsaved row."""

    text: QuestionText
    filing: dict[str, Any]
    question: Question
    new: bool
    live: QuestionVersion | None = None
    words_changed: tuple[str, ...] = ()
    filing_changed: tuple[str, ...] = ()

    @property
    def what(self) -> What:
        if self.new:
            return "new"
        if self.words_changed:
            return "new version"
        return "changed" if self.filing_changed else "unchanged"


@dataclass
class SetStep:
    text: SetText
    columns: dict[str, Any]
    question_set: QuestionSet
    new: bool
    columns_changed: tuple[str, ...] = ()
    asks_anew: bool = True

    @property
    def what(self) -> What:
        if self.new:
            return "new"
        if self.asks_anew:
            return "new version"
        return "changed" if self.columns_changed else "unchanged"


@dataclass
class Plan:
    """`live` are the versions that are asked now, by the slug of the question."""

    questions: list[QuestionStep]
    sets: list[SetStep]
    live: dict[str, QuestionVersion]


def vocabulary() -> Vocabulary:
    return Vocabulary(
        areas=tuple(EvaluationArea.objects.values_list("slug", flat=True)),
        roles=tuple(Role.objects.values_list("slug", flat=True)),
    )


def plan(
    questions: list[QuestionText], sets: list[SetText], problems: list[Problem], *, lock: bool
) -> Plan:
    """Adds to `problems` what the bank itself is against."""
    roles = {role.slug: role for role in Role.objects.all()}
    areas = {area.slug: area for area in EvaluationArea.objects.all()}
    named = {slug for one in sets for slug, _, _ in one.items}
    stored = _stored(named | {text.slug for text in questions}, lock=lock)
    steps = [
        _question_step(text, stored.get(text.slug), areas, roles, problems) for text in questions
    ]
    live = {}
    for slug, question in stored.items():
        if version := content.standing(question)[0]:
            live[slug] = version
    moving = {step.text.slug for step in steps if step.what in ("new", "new version")}
    known_sets = _locked(QuestionSet.objects.filter(slug__in=[one.slug for one in sets]), lock)
    stored_sets = {one.slug: one for one in known_sets.select_related("role")}
    set_steps = []
    for one in sets:
        for slug, _, line in one.items:
            if slug not in live and slug not in moving:
                problems.append(Problem(one.path, line, f"there is no question “{slug}”"))
        set_steps.append(_set_step(one, stored_sets.get(one.slug), roles, live, moving))
    return Plan(steps, set_steps, live)


def _locked(rows: QuerySet, lock: bool) -> QuerySet:
    """In the order of the keys: who locks in one order can't wait in a circle."""
    return rows.select_for_update(of=("self",)).order_by("pk") if lock else rows


def _stored(slugs: Iterable[str], *, lock: bool) -> dict[str, Question]:
    rows = _locked(Question.objects.filter(slug__in=slugs), lock).select_related("area")
    versions = Prefetch("versions", QuestionVersion.objects.select_related("author"))
    return {question.slug: question for question in rows.prefetch_related("roles", versions)}


def _question_step(
    text: QuestionText,
    question: Question | None,
    areas: dict[str, EvaluationArea],
    roles: dict[str, Role],
    problems: list[Problem],
) -> QuestionStep:
    filing = {
        "area": areas.get(text.area),
        "kind": text.kind,
        "levels": sorted(text.levels),
        "roles": [roles[slug] for slug in sorted(text.roles)],
        "tags": text.tags,
    }
    if question is None:
        columns = {name: value for name, value in filing.items() if name != "roles"}
        fresh = Question(slug=text.slug, **columns)
        return QuestionStep(text, filing, fresh, new=True, words_changed=content.WORDS)
    live, draft = content.standing(question)
    if draft:
        whose = f" of {draft.author}" if draft.author else ""
        problems.append(
            Problem(
                text.path,
                text.line,
                f"“{text.slug}” has a draft{whose} that is not published: publish or discard it",
            )
        )
    if live and question.area.slug != text.area:
        message = f"“{text.slug}” was published in “{question.area.slug}”; an area stays"
        problems.append(Problem(text.path, text.line, message))
    return QuestionStep(
        text,
        filing,
        question,
        False,
        live,
        tuple(content.changed(content.words_of(live) if live else {}, text.words)),
        tuple(content.changed(content.filing_of(question), filing)),
    )


def _set_step(
    text: SetText,
    question_set: QuestionSet | None,
    roles: dict[str, Role],
    live: dict[str, QuestionVersion],
    moving: set[str],
) -> SetStep:
    columns = {**text.columns, "role": roles.get(text.role)}
    if question_set is None:
        return SetStep(text, columns, QuestionSet(slug=text.slug, **columns), new=True)
    before = {name: getattr(question_set, name) for name in columns}
    asked = [(version.pk, required) for version, required in live_items(question_set)]
    wanted = [(live[slug].pk if slug in live else None, flag) for slug, flag, _ in text.items]
    return SetStep(
        text,
        columns,
        question_set,
        False,
        tuple(content.changed(before, columns)),
        asked != wanted or any(slug in moving for slug, _, _ in text.items),
    )
