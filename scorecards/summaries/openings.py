"""What the pages of an opening show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from interviewbank.access.models import User
from interviewbank.db import Folded, having_words
from roles.models import (
    AreaProfile,
    EvaluationArea,
    QuestionSetItem,
    QuestionSetVersion,
    Role,
)
from scorecards.models import (
    Application,
    Opening,
    OpeningArea,
    OpeningMember,
    OpeningPlan,
    OpeningRound,
)
from scorecards.permissions import grantable_kinds
from scorecards.rollup import Area


@dataclass(frozen=True)
class OpeningRow:
    """`part` is what the viewer is in it; an administrator who is no member has none."""

    opening: Opening
    part: list[str]
    members: list[str]


def opening_rows(openings: Iterable[Opening], viewer: User) -> list[OpeningRow]:
    """`openings` come with their team. Nobody is named twice."""
    rows = []
    for opening in openings:
        members = list(opening.members.all())
        rows.append(
            OpeningRow(
                opening=opening,
                part=[one.get_kind_display() for one in members if one.user_id == viewer.pk],
                members=list(dict.fromkeys(one.user.name for one in members)),
            )
        )
    return rows


def part_in(opening: Opening, viewer: User) -> list[str]:
    return [one.get_kind_display() for one in opening.members.filter(user=viewer)]


def still_visible(opening: Opening, viewer: User) -> bool:
    return Opening.objects.visible_to(viewer).filter(pk=opening.pk).exists()


@dataclass(frozen=True)
class MemberRow:
    member: OpeningMember
    removable: bool


def member_rows(opening: Opening, viewer: User) -> list[MemberRow]:
    """Coordinators first, then the committee with its chair."""
    kinds = grantable_kinds(viewer, opening)
    order = list(OpeningMember.Kind.values)
    members = opening.members.select_related("user")
    return [
        MemberRow(member, member.kind in kinds)
        for member in sorted(members, key=lambda one: (order.index(one.kind), one.added_at))
    ]


def members_visible_to(user: User) -> QuerySet[OpeningMember]:
    return OpeningMember.objects.filter(
        opening__in=Opening.objects.visible_to(user)
    ).select_related("opening", "user")


@dataclass(frozen=True)
class AreaRow:
    """An area of a plan: how much it counts, and which rounds ask about it.

    `asked` is the number of questions in each round, `needed` how many interviewers have to rate.
    """

    row: OpeningArea
    share: Fraction
    needed: int
    asked: list[int]

    @property
    def rounds(self) -> int:
        return sum(1 for count in self.asked if count)

    @property
    def width(self) -> str:
        """The share as a length that SVG takes."""
        return f"{float(self.share) * 100:.2f}%"

    @property
    def note(self) -> str:
        """What the loop leaves open, when each round has one interviewer."""
        name = self.row.area.name
        if not self.rounds:
            return f"{name} is asked about in no round."
        if self.rounds < self.needed:
            return f"{name} needs {self.needed} interviewers and is asked about by {self.rounds}."
        return "" if self.rounds > 1 else f"{name} is asked about by one interviewer only."


@dataclass(frozen=True)
class Loop:
    """Areas × rounds of a plan. `uncounted` are asked about and have no weight."""

    plan: OpeningPlan
    rounds: list[OpeningRound]
    areas: list[AreaRow]
    uncounted: list[str]
    minutes: dict[Any, int]

    @property
    def notes(self) -> list[str]:
        notes = [area.note for area in self.areas if area.note]
        notes += [f"{name} is asked about, and doesn't count." for name in self.uncounted]
        return notes + [self._too_short(one) for one in self.rounds if self._too_short(one)]

    def _too_short(self, a_round: OpeningRound) -> str:
        planned = self.minutes.get(a_round.set_version_id, 0)
        if planned <= a_round.minutes:
            return ""
        return f"“{a_round}” has {a_round.minutes} minutes, and its questions take {planned}."


def current_loop(opening: Opening) -> Loop:
    plan = opening.plans.latest("number")
    rounds = list(plan.rounds.select_related("set_version__question_set"))
    rows = list(plan.areas.select_related("area"))
    asked, minutes = _questions_by_area(one.set_version_id for one in rounds)
    total = sum((Fraction(row.weight) for row in rows), Fraction(0))
    counted = {row.area_id for row in rows}
    extra = {area for (_, area) in asked if area not in counted}
    return Loop(
        plan=plan,
        rounds=rounds,
        areas=[
            AreaRow(
                row=row,
                share=Fraction(row.weight) / total,
                needed=raters_needed(row),
                asked=[asked[one.set_version_id, row.area_id] for one in rounds],
            )
            for row in rows
        ],
        minutes=minutes,
        uncounted=list(EvaluationArea.objects.filter(pk__in=extra).values_list("name", flat=True)),
    )


def raters_needed(row: OpeningArea) -> int:
    bar = None if row.bar is None else Fraction(0)
    return Area(weight=Fraction(row.weight), bar=bar, min_raters=row.min_raters).raters_needed


def _questions_by_area(versions: Iterable[Any]) -> tuple[Counter, Counter]:
    """How many questions each set asks about each area, and the minutes that a set's take."""
    counts = (
        QuestionSetItem.objects.filter(set_version__in=list(versions))
        .values("set_version", area=F("question_version__question__area"))
        .annotate(count=Count("pk"), minutes=Sum("question_version__minutes"))
        .order_by()
    )
    asked: Counter = Counter()
    minutes: Counter = Counter()
    for one in counts:
        asked[one["set_version"], one["area"]] = one["count"]
        minutes[one["set_version"]] += one["minutes"]
    return asked, minutes


def planned_coverage(application: Application) -> list[str]:
    """What the interviews that are planned for this candidate leave open, in sentences. Planned and
    held ones count alike, so it says nothing of whose scorecards are in (R3)."""
    plan = application.opening.plans.latest("number")
    met = application.interviews.taking_place().counted()
    pairs = set(met.values_list("interviewer", "round__set_version"))
    asked, _ = _questions_by_area({version for _, version in pairs})
    notes = []
    for row in plan.areas.select_related("area"):
        count = len({who for who, version in pairs if asked[version, row.area_id]})
        needed = raters_needed(row)
        if not count:
            notes.append(f"Nobody will ask about {row.area.name.lower()}.")
        elif count < needed:
            people = "1 interviewer asks" if count == 1 else f"{count} interviewers ask"
            notes.append(f"{people} about {row.area.name.lower()}, and {needed} are needed.")
        elif count == 1:
            notes.append(f"{row.area.name} is asked about by one interviewer only.")
    return notes


def plan_changes(opening: Opening) -> list[OpeningPlan]:
    """All plans with a reason, the newest first; plan 1 has none."""
    return list(opening.plans.filter(number__gt=1).select_related("created_by").order_by("-number"))


def candidates_of(opening: Opening, viewer: User) -> list[Application]:
    """For members, by name: any other order could tell what others did."""
    return list(
        Application.objects.schedule_visible_to(viewer)
        .filter(opening=opening)
        .select_related("candidate")
        .order_by("candidate__name_folded", "pk")
    )


def addresses_of(opening: Opening, viewer: User) -> set[str]:
    """Of its candidates, in lower case. Not that of the viewer's own application (R6)."""
    found = Application.objects.not_about(viewer).filter(opening=opening)
    return {one.lower() for one in found.values_list("candidate__email", flat=True) if one}


def live_set_versions(role: Role, level: str) -> QuerySet[QuestionSetVersion]:
    """The latest published version of each question set for the role and level."""
    newer = QuestionSetVersion.objects.filter(
        question_set=OuterRef("question_set"),
        number__gt=OuterRef("number"),
        published_at__isnull=False,
    )
    return (
        QuestionSetVersion.objects.filter(
            ~Exists(newer),
            question_set__role=role,
            question_set__level=level,
            published_at__isnull=False,
        )
        .select_related("question_set")
        # The short rounds come first in a loop; a coordinator puts the rest in order.
        .order_by("question_set__minutes", "question_set__name", "pk")
    )


def pickable_set_versions(plan: OpeningPlan) -> list[QuestionSetVersion]:
    """For the rounds of a plan: the live versions, and those that it uses already."""
    live = live_set_versions(plan.opening.role, plan.opening.level)
    return list(
        QuestionSetVersion.objects.filter(Q(pk__in=live.values("pk")) | Q(rounds__plan=plan))
        .select_related("question_set")
        .distinct()
        .order_by("question_set__name", "number")
    )


def profile_of(role: Role, level: str) -> Sequence[AreaProfile]:
    """What the first plan will be made of."""
    return list(
        AreaProfile.objects.filter(role=role, level=level)
        .exclude(requirement=AreaProfile.Requirement.NOT_APPLICABLE)
        .select_related("area")
        .order_by("area__position")
    )


def found_people(words: str) -> QuerySet[User]:
    """Active colleagues by name or address; all of them without words."""
    people = User.objects.active()
    if words:
        people = people.alias(name_folded=Folded("name"), email_folded=Folded("email"))
        people = people.filter(having_words(words, "name_folded", "email_folded"))
    return people
