"""Compares the files with the bank: what an import will do, before it does anything."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from roles.models import (
    EvaluationArea,
    Question,
    QuestionSet,
    QuestionSetItem,
    QuestionVersion,
    Role,
)
from roles.workflow import content

from .plain import plain
from .problems import Problem
from .schema import QuestionText, SetText, Vocabulary
from .steps import Asked, Plan, QuestionStep, Retirement, SetStep


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
    moving = {step.text.slug: step.number for step in steps if step.words_changed}
    numbers = {slug: version.number for slug, version in live.items()} | moving
    return Plan(steps, _set_steps(sets, roles, numbers, moving, problems, lock=lock), live)


def asked_by(sets: Iterable[QuestionSet]) -> dict[Any, list[Asked]]:
    """What the live version of each set asks, by the key of the set."""
    rows = QuestionSet.objects.filter(pk__in=[one.pk for one in sets])
    items = QuestionSetItem.objects.filter(set_version__in=rows.live_ids().values())
    found: dict[Any, list[Asked]] = {}
    for pk, slug, number, required in items.order_by("position").values_list(
        "set_version__question_set",
        "question_version__question__slug",
        "question_version__number",
        "required",
    ):
        found.setdefault(pk, []).append(Asked(slug, number, required))
    return found


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
        retired_at = timezone.now() if text.retired else None
        reason = text.retired_reason
        fresh = Question(slug=text.slug, retired_at=retired_at, retired_reason=reason, **columns)
        return QuestionStep(text, filing, fresh, new=True, words_changed=content.WORDS)
    live, draft = content.standing(question)
    before = plain(content.words_of(live)) if live else {}
    step = QuestionStep(
        text,
        filing,
        question,
        False,
        live,
        tuple(content.changed(before, text.words)),
        tuple(content.changed(content.filing_of(question), filing)),
    )
    step.retirement = _retirement(text, question)
    problems += _against(step, draft)
    return step


def _retirement(text: QuestionText, question: Question) -> Retirement:
    if text.retired is not None and text.retired != bool(question.retired_at):
        return "retired" if text.retired else "restored"
    said = text.retired and text.retired_reason
    return "explained" if said and said != plain(question.retired_reason) else ""


def _against(step: QuestionStep, draft: QuestionVersion | None) -> Iterable[Problem]:
    text = step.text
    if draft and step.words_changed:
        whose = f" of {draft.author}" if draft.author else ""
        message = f"“{text.slug}” has a draft{whose} that is not published: publish or discard it"
        yield Problem(text.path, text.line, message)
    area = step.question.area.slug
    if step.live and area != text.area:
        message = f"“{text.slug}” was published in “{area}”; an area stays"
        yield Problem(text.path, text.line, message)


def _set_steps(
    texts: list[SetText],
    roles: dict[str, Role],
    numbers: dict[str, int],
    moving: Collection[str],
    problems: list[Problem],
    *,
    lock: bool,
) -> list[SetStep]:
    """`numbers` has the version of each question that is asked afterwards."""
    rows = _locked(QuestionSet.objects.filter(slug__in=[one.slug for one in texts]), lock)
    stored = {one.slug: one for one in rows.select_related("role")}
    asked = asked_by(stored.values())
    steps = []
    for text in texts:
        missing = [(slug, line) for slug, _, line in text.items if slug not in numbers]
        problems += [
            Problem(text.path, line, f"there is no question “{slug}”") for slug, line in missing
        ]
        if not missing:
            found = stored.get(text.slug)
            before = asked.get(found.pk, []) if found else []
            steps.append(_set_step(text, found, roles, before, numbers, moving))
    return steps


def _set_step(
    text: SetText,
    question_set: QuestionSet | None,
    roles: dict[str, Role],
    asked: list[Asked],
    numbers: dict[str, int],
    moving: Collection[str],
) -> SetStep:
    """A set that asks what it asked keeps its versions, unless one of the questions moves now:
    editors may have left it on an earlier version on purpose."""
    columns = {**text.columns, "role": roles.get(text.role)}
    asks = [Asked(slug, numbers[slug], required) for slug, required, _ in text.items]
    same = [replace(one, number=0) for one in asked] == [replace(one, number=0) for one in asks]
    if same and not any(one.slug in moving for one in asks):
        asks = asked
    new = question_set is None
    found = question_set or QuestionSet(slug=text.slug, **columns)
    before = plain({name: getattr(found, name) for name in columns})
    return SetStep(
        text,
        columns,
        found,
        new,
        () if new else tuple(content.changed(before, columns)),
        tuple(asked),
        tuple(asks),
    )
