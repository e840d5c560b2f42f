"""What the pages of question sets show."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch

from roles.models import EvaluationArea, QuestionSet, QuestionSetItem, QuestionSetVersion

ENOUGH = 3


@dataclass(frozen=True)
class Segment:
    label: str
    minutes: int

    @property
    def width(self) -> int:
        """As data-min: there are rules for up to two hours."""
        return min(self.minutes, 120)


@dataclass(frozen=True)
class Coverage:
    """How many questions of an area this set asks, and the other sets of the same loop."""

    area: EvaluationArea
    here: int
    elsewhere: int

    @property
    def all(self) -> int:
        return self.here + self.elsewhere


@dataclass(frozen=True)
class SetPage:
    versions: list[QuestionSetVersion]
    live: QuestionSetVersion | None
    items: list[QuestionSetItem]
    planned: int
    slack: int
    ribbon: list[Segment]
    coverage: list[Coverage]
    most: int


def set_page(user: Any, question_set: QuestionSet) -> SetPage:
    items = QuestionSetItem.objects.select_related("question_version__question__area")
    versions = list(
        question_set.versions.filter(published_at__isnull=False)
        .select_related("author")
        .prefetch_related(Prefetch("items", items.order_by("position")))
        .order_by("-number")
    )
    live = versions[0] if versions else None
    asked = list(live.items.all()) if live else []
    planned = sum(item.question_version.minutes for item in asked)
    coverage = loop_coverage(user, question_set)
    return SetPage(
        versions=versions,
        live=live,
        items=asked,
        planned=planned,
        slack=question_set.minutes - planned,
        ribbon=ribbon(asked, question_set.minutes - planned),
        coverage=coverage,
        most=max([ENOUGH, *(row.all for row in coverage)]),
    )


def ribbon(items: list[QuestionSetItem], slack: int) -> list[Segment]:
    """Neighbours of one area are one segment; what is left of the round comes last."""
    areas = groupby(items, key=lambda item: item.question_version.question.area)
    found = [
        Segment(area.short_name, sum(item.question_version.minutes for item in group))
        for area, group in areas
    ]
    return [*found, Segment("Left", slack)] if slack > 0 else found


def loop_coverage(user: Any, question_set: QuestionSet) -> list[Coverage]:
    """Over the live versions of all sets for the same role and level. An area for roles with agents
    is left out where the role has none and nothing asks for it."""
    loop = QuestionSet.objects.visible_to(user).for_role(question_set.role, question_set.level)
    live = loop.live_ids()
    items = QuestionSetItem.objects.filter(set_version__in=[pk for pk in live.values() if pk])
    counts: Counter[tuple[Any, bool]] = Counter(
        (area, set_version == live.get(question_set.pk))
        for area, set_version in items.values_list(
            "question_version__question__area", "set_version"
        )
    )
    rows = [
        Coverage(area, counts[area.pk, True], counts[area.pk, False])
        for area in EvaluationArea.objects.all()
    ]
    agents = question_set.role.has_agents
    return [row for row in rows if agents or row.all or not row.area.agent_roles_only]
