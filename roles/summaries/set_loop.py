"""What the whole loop of a role and level asks about each area, against what its profile needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from roles.models import AreaProfile, EvaluationArea, QuestionSet, QuestionSetItem

Requirement = AreaProfile.Requirement
WITH_BAR = 2
FEWEST = 3
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class Reach:
    """How far an area is covered: questions in this set and in the others, rounds that ask it, and
    the interviewers that it needs; `counts` says whether it is part of the profile."""

    area: EvaluationArea
    here: int
    elsewhere: int
    rounds: int
    needed: int
    has_bar: bool
    counts: bool

    @property
    def questions(self) -> int:
        return self.here + self.elsewhere

    @property
    def short(self) -> bool:
        return self.rounds < self.needed

    @property
    def note(self) -> str:
        if not self.counts:
            return f"{self.area} is asked about, and does not count for this role and level."
        if not self.short:
            return ""
        where = {0: "no round", 1: "one round only"}.get(self.rounds, f"{self.rounds} rounds only")
        wants = ""
        if self.needed > 1:
            whose = "its bar wants" if self.has_bar else "the profile wants"
            wants = f"; {whose} {NUMBERS.get(self.needed, self.needed)} interviewers"
        return f"{self.area} is asked in {where}{wants}."


@dataclass(frozen=True)
class Loop:
    areas: list[Reach]
    has_profile: bool

    @property
    def most(self) -> int:
        """The full width of a meter."""
        return max([FEWEST, *(row.questions for row in self.areas)])

    @property
    def notes(self) -> list[str]:
        return [row.note for row in self.areas if row.note]


def loop_of(user: Any, question_set: QuestionSet, asked: Sequence[QuestionSetItem]) -> Loop:
    """The live versions of the other sets for that role and level, and this set asking `asked`. An
    area that the profile leaves out is listed only where something asks it."""
    here: dict[Any, int] = defaultdict(int)
    for item in asked:
        here[item.question_version.question.area_id] += 1
    elsewhere = _by_round(user, question_set)
    role, level = question_set.role_id, question_set.level
    profiles = {row.area_id: row for row in AreaProfile.objects.filter(role=role, level=level)}
    rows = []
    for area in EvaluationArea.objects.all():
        fits = question_set.role.has_agents or not area.agent_roles_only
        counted = fits and not profiles  # without a profile, whatever the role can have
        profile = profiles.get(area.pk)
        rows.append(_reach(area, profile, here[area.pk], elsewhere[area.pk], counted))
    return Loop([row for row in rows if row.counts or row.questions], bool(profiles))


def _by_round(user: Any, question_set: QuestionSet) -> dict[Any, list[Any]]:
    """For each area the rounds of its questions, one entry a question."""
    loop = QuestionSet.objects.visible_to(user).for_role(question_set.role, question_set.level)
    live = [pk for pk in loop.exclude(pk=question_set.pk).live_ids().values() if pk]
    items = QuestionSetItem.objects.filter(set_version__in=live)
    found: dict[Any, list[Any]] = defaultdict(list)
    for area, version in items.values_list("question_version__question__area", "set_version"):
        found[area].append(version)
    return found


def _reach(
    area: EvaluationArea,
    profile: AreaProfile | None,
    here: int,
    elsewhere: list[Any],
    counts: bool,
) -> Reach:
    needed, has_bar = 0, False
    if profile and profile.requirement != Requirement.NOT_APPLICABLE:
        counts, has_bar = True, profile.bar is not None
        least = 1 if profile.requirement == Requirement.REQUIRED else 0
        needed = profile.min_raters or (WITH_BAR if has_bar else least)
    rounds = len(set(elsewhere)) + bool(here)
    return Reach(area, here, len(elsewhere), rounds, needed, has_bar, counts)
