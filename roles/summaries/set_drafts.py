"""What the pages show where a question set is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from roles.models import (
    EvaluationArea,
    Level,
    Question,
    QuestionSet,
    QuestionSetItem,
    QuestionVersion,
    Role,
)
from roles.workflow import set_content
from roles.workflow.set_content import Standing
from roles.workflow.set_edits import live_versions

from . import changes as words
from . import sets
from .set_changes import Change, changes
from .set_loop import Loop, loop_of

# For what the candidate wants to ask, at the end of each round.
CLOSING = 5
PICKS = 8
FACTS = {"name": "Name", "round_name": "Round", "minutes": "Minutes", "purpose": "Purpose"}


@dataclass(frozen=True)
class Time:
    minutes: int
    asked: int
    ribbon: list[sets.Segment]
    closing: int = CLOSING

    @property
    def planned(self) -> int:
        return self.asked + self.closing

    @property
    def left(self) -> int:
        return self.minutes - self.asked

    @property
    def tight(self) -> bool:
        return self.left < CLOSING

    @property
    def note(self) -> str:
        if self.left < 0:
            return f"The questions take {_minutes(-self.left)} longer than the round."
        if self.tight:
            left = _minutes(self.left) if self.left else "no minute"
            return (
                f"The questions leave {left} for what the candidate asks. Keep {CLOSING} minutes."
            )
        slack = self.left - CLOSING
        return f"{_minutes(slack)} of slack." if slack else "No slack."


@dataclass(frozen=True)
class Row:
    """A question that is asked; `newer` is its live version where that is a later one, and `focus`
    the button that was pressed last."""

    item: QuestionSetItem
    newer: QuestionVersion | None
    marks: list[str]
    first: bool
    last: bool
    focus: str = ""

    @property
    def version(self) -> QuestionVersion:
        return self.item.question_version

    @property
    def question(self) -> Question:
        return self.version.question


@dataclass(frozen=True)
class DraftPage:
    now: Standing
    rows: list[Row]
    time: Time
    loop: Loop

    @property
    def outdated(self) -> list[Row]:
        return [row for row in self.rows if row.newer]

    @property
    def notes(self) -> list[str]:
        """Worth a look before publishing, beside those of the loop; none stands in the way."""
        found = [self.time.note] if self.time.tight else []
        found += [f"“{row.version.title}”: {mark}." for row in self.rows for mark in row.marks]
        return found + [
            f"“{row.version.title}” is asked in version {row.version.number}; "
            f"version {row.newer.number} is live."
            for row in self.rows
            if row.newer
        ]


def draft_page(user: Any, question_set: QuestionSet, at: str = "") -> DraftPage:
    """`at` names the button that was pressed last, and the question: "up:<key>"."""
    now = set_content.standing(question_set)
    live = live_versions([item.question_version.question_id for item in now.items])
    button, _, pressed = at.partition(":")
    rows = [
        Row(
            item,
            newer=_newer(item.question_version, live),
            marks=misfits(item.question_version.question, question_set.role, question_set.level),
            first=place == 1,
            last=place == len(now.items),
            focus=button if str(item.question_version.question_id) == pressed else "",
        )
        for place, item in enumerate(now.items, 1)
    ]
    return DraftPage(
        now, rows, time_of(question_set, now.items), loop_of(user, question_set, now.items)
    )


def misfits(question: Question, role: Role, level: str) -> list[str]:
    """Why the question is not for that role and level; reads its roles."""
    found = ["retired, take it out"] if question.retired_at else []
    if question.area.agent_roles_only and not role.has_agents:
        found.append(f"for roles with agents, and {role} has none")
    elif not {role.pk, role.parent_id} & {one.pk for one in question.roles.all()}:
        found.append(f"not filed under {role}")
    if level not in question.levels:
        found.append(f"not for level {Level(level).label.lower()}")
    return found


def time_of(question_set: QuestionSet, asked: Sequence[QuestionSetItem]) -> Time:
    total = sum(item.question_version.minutes for item in asked)
    left = question_set.minutes - total
    segments = sets.ribbon(list(asked), 0)
    if left > 0:
        segments.append(sets.Segment("Close", min(left, CLOSING)))
    if left > CLOSING:
        segments.append(sets.Segment("Left", left - CLOSING))
    return Time(question_set.minutes, total, segments)


@dataclass(frozen=True)
class PublishPage:
    page: DraftPage
    faults: list[str]
    changes: list[Change]


def publish_page(user: Any, question_set: QuestionSet) -> PublishPage:
    page = draft_page(user, question_set)
    now = page.now
    return PublishPage(
        page,
        faults=list(dict.fromkeys(str(fault) for fault in set_content.faults(now))),
        changes=changes(set_content.pairs(now.live), set_content.pairs(now.draft)),
    )


@dataclass(frozen=True)
class Picks:
    """Questions to add. Those for the role and level of the set come first: `fits` of each."""

    questions: list[Any]
    more: bool


def picks(
    user: Any,
    question_set: QuestionSet,
    asked: Sequence[QuestionSetItem],
    *,
    search: str = "",
    area: EvaluationArea | None = None,
) -> Picks:
    taken = [item.question_version.question_id for item in asked]
    found = Question.objects.visible_to(user).in_use().published().exclude(pk__in=taken)
    if search:
        found = found.matching(search)
    if area:
        found = found.filter(area=area)
    found = found.annotate(fits=_fits(question_set)).with_live().select_related("area")
    shown = list(found.order_by("-fits", "area__position", "slug")[: PICKS + 1])
    return Picks(shown[:PICKS], more=len(shown) > PICKS)


def _fits(question_set: QuestionSet) -> ExpressionWrapper:
    role = question_set.role
    filed = Question.roles.through.objects.filter(
        question=OuterRef("pk"), role__in=[pk for pk in (role.pk, role.parent_id) if pk]
    )
    wanted = Q(Exists(filed), levels__contains=[question_set.level])
    if not role.has_agents:
        wanted &= Q(area__agent_roles_only=False)
    return ExpressionWrapper(wanted, output_field=BooleanField())


def fact_differences(question_set: QuestionSet, typed: dict[str, Any]) -> list[words.Row]:
    """From what is stored to what somebody typed."""
    stored = set_content.facts_of(question_set)
    return [words.row(label, stored[name], typed[name]) for name, label in FACTS.items()]


def _newer(version: QuestionVersion, live: dict[Any, QuestionVersion]) -> QuestionVersion | None:
    found = live.get(version.question_id)
    return found if found and found.number > version.number else None


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"
