"""Openings with all that their candidates share. What the bank says of a role at a level is read
once, however many openings there are of it."""

import uuid
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interviewbank.access.models import User
from roles.models import QuestionSet, QuestionSetVersion, QuestionVersion
from scorecards.models import Opening, OpeningArea, OpeningMember, OpeningPlan, OpeningRound
from scorecards.workflow.openings import areas_of_profile

from .copying import copy_in

MEMBERS = ("coordinator", "committee", "chair")


class NoBank(Exception):
    """There is nothing to ask: no question set is published."""


@dataclass
class Loop:
    opening: Opening
    plan: OpeningPlan
    areas: list[OpeningArea]
    rounds: list[tuple[OpeningRound, list[QuestionVersion]]]
    members: list[OpeningMember]


@dataclass
class Asking:
    """A question set, its newest published version, and what that asks."""

    question_set: QuestionSet
    version: QuestionSetVersion
    questions: list[QuestionVersion]


class LoopMaker:
    """`new_id` gives the keys, always in the same order."""

    def __init__(self, *, new_id: Callable[[], uuid.UUID], name: str) -> None:
        self.new_id, self.name = new_id, name
        self.asked: dict[tuple[str, str], list[Asking]] = {}
        self.areas: dict[tuple[str, str], list[OpeningArea]] = {}
        self.kinds = sorted(
            QuestionSet.objects.filter(versions__published_at__isnull=False)
            .values_list("role__slug", "level")
            .distinct()
        )
        if not self.kinds:
            raise NoBank("No question set is published. Run `manage.py questions import` first.")

    def make(self, number: int, people: Sequence[User]) -> Loop:
        kind = self.kinds[number % len(self.kinds)]
        if kind not in self.asked:
            self.asked[kind] = _asked(*kind)
        asked = self.asked[kind]
        role, level = asked[0].question_set.role, kind[1]
        opening = Opening(
            id=self.new_id(),
            title=f"{role.name}, {level} ({self.name}, {number + 1})",
            role=role,
            level=level,
            agent_enabled=role.has_agents,
        )
        members = [
            OpeningMember(id=self.new_id(), opening=opening, user=person, kind=part)
            for part, person in zip(MEMBERS, people, strict=False)
        ]
        plan = OpeningPlan(id=self.new_id(), opening=opening, number=1)
        if kind not in self.areas:
            self.areas[kind] = areas_of_profile(plan, opening)
        areas = [self._of(plan, area) for area in self.areas[kind]]
        rounds = [self._round(plan, position, one) for position, one in enumerate(asked, 1)]
        return Loop(opening, plan, areas, rounds, members)

    def _of(self, plan: OpeningPlan, area: OpeningArea) -> OpeningArea:
        mine: Any = copy(area)
        mine.id, mine.plan = self.new_id(), plan
        return mine

    def _round(
        self, plan: OpeningPlan, position: int, one: Asking
    ) -> tuple[OpeningRound, list[QuestionVersion]]:
        made = OpeningRound(
            id=self.new_id(),
            plan=plan,
            position=position,
            name=one.question_set.round_name,
            set_version=one.version,
            minutes=one.question_set.minutes,
        )
        return made, one.questions


def write(loops: Sequence[Loop], *, frozen_at: datetime) -> None:
    """The plans are frozen last: afterwards the trigger refuses their areas and rounds."""
    copy_in([loop.opening for loop in loops])
    copy_in([member for loop in loops for member in loop.members])
    copy_in([loop.plan for loop in loops])
    copy_in([area for loop in loops for area in loop.areas])
    copy_in([made for loop in loops for made, _ in loop.rounds])
    OpeningPlan.objects.filter(pk__in=[loop.plan.pk for loop in loops]).update(frozen_at=frozen_at)


def _asked(slug: str, level: str) -> list[Asking]:
    sets = QuestionSet.objects.filter(role__slug=slug, level=level).select_related("role")
    return [_asking(one) for one in sets.order_by("slug")]


def _asking(question_set: QuestionSet) -> Asking:
    version = question_set.versions.filter(published_at__isnull=False).latest("number")
    items = version.items.select_related("question_version__question__area")
    return Asking(
        question_set, version, [item.question_version for item in items.order_by("position")]
    )
