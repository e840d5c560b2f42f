"""What the pages of roles show."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from roles.models import (
    AreaProfile,
    EvaluationArea,
    Level,
    LevelExpectation,
    Principle,
    QuestionSet,
    Role,
    Skill,
    WorkItem,
)
from roles.models.roles import Requirement
from roles.models.work import WorkKind

from .work import NotOwned, goals, load_work, not_owned, owns


@dataclass(frozen=True)
class Card:
    role: Role
    kinds: list[Role]


def cards() -> list[Card]:
    roles = list(Role.objects.all())
    return [
        Card(role, [kind for kind in roles if kind.parent_id == role.pk])
        for role in roles
        if role.parent_id is None
    ]


def principles() -> list[Principle]:
    return list(Principle.objects.all())


# areas at a level


@dataclass(frozen=True)
class AreaShare:
    """`share` of the weights of all areas that count; None where the area does not."""

    area: EvaluationArea
    profile: AreaProfile | None
    share: Fraction | None


def area_shares(profiles: Iterable[AreaProfile]) -> list[AreaShare]:
    """Of one role and level. An area that is not applicable has no weight and no bar."""
    found = list(profiles)
    counting = [one for one in found if one.requirement != Requirement.NOT_APPLICABLE]
    total = sum(Fraction(one.weight) for one in counting)
    return [
        AreaShare(one.area, one, Fraction(one.weight) / total if one in counting else None)
        for one in found
    ]


# one role


@dataclass(frozen=True)
class LevelCell:
    level: str
    label: str
    share: AreaShare
    expectation: str


@dataclass(frozen=True)
class AreaLine:
    area: EvaluationArea
    cells: list[LevelCell]


@dataclass(frozen=True)
class LevelColumn:
    value: str
    label: str
    expectation: str
    sets: list[QuestionSet]


@dataclass(frozen=True)
class RolePage:
    head: Role
    kinds: list[Role]
    goals: list[str]
    core: list[WorkItem]
    typical: list[WorkItem]
    not_owned: list[NotOwned]
    titles: list[str]
    skills: list[Skill]
    levels: list[LevelColumn]
    areas: list[AreaLine]
    most: Fraction  # the largest share, as the full length of a bar

    @property
    def sets(self) -> bool:
        return any(level.sets for level in self.levels)


def role_page(role: Role) -> RolePage:
    work = load_work()
    head = work.roles[work.catalogue.title_of(role.slug)]
    owned = [work.items[one.slug] for one in work.catalogue if owns(work, role.slug, one)]
    areas, levels = _levels(role, head)
    shares = [cell.share.share for line in areas for cell in line.cells if cell.share.share]
    return RolePage(
        head=head,
        kinds=[work.roles[slug] for slug in work.catalogue.kinds(head.slug)],
        goals=goals(work, role.slug),
        core=[item for item in owned if item.kind == WorkKind.CORE],
        typical=[item for item in owned if item.kind == WorkKind.TYPICAL],
        not_owned=not_owned(work, role.slug),
        titles=[alias.title for alias in role.aliases.all()],
        skills=list(role.skills.all()),
        levels=levels,
        areas=areas,
        most=max(shares, default=Fraction(1)),
    )


def _levels(role: Role, head: Role) -> tuple[list[AreaLine], list[LevelColumn]]:
    """A kind says only what is different for it: the rest is the title's."""
    said = {
        (one.role_id, one.level, one.area_id): one.text
        for one in LevelExpectation.objects.filter(role__in=[role, head])
    }

    def expected(level: str, area: EvaluationArea | None) -> str:
        key = (level, area.pk if area else None)
        return said.get((role.pk, *key)) or said.get((head.pk, *key), "")

    # Everybody sees which sets a loop has; the questions in them are for who may read the bank.
    sets = list(
        QuestionSet.objects.filter(role=role, versions__published_at__isnull=False).distinct()
    )
    profiles = list(role.profiles.select_related("area"))
    lines: dict[EvaluationArea, list[LevelCell]] = {}
    columns = []
    for level, label in Level.choices:
        here = [one for one in profiles if one.level == level]
        for share in area_shares(here):
            text = expected(level, share.area) if share.share else ""
            lines.setdefault(share.area, []).append(LevelCell(level, label, share, text))
        asked = [one for one in sets if one.level == level]
        columns.append(LevelColumn(level, label, expected(level, None), asked))
    ordered = sorted(lines, key=lambda area: (area.position, area.name))
    return [AreaLine(area, lines[area]) for area in ordered], columns


# all of them


@dataclass(frozen=True)
class Compared:
    role: Role
    parent: Role | None
    goals: list[str]
    areas: list[AreaShare]


def comparison(level: str) -> list[Compared]:
    work = load_work()
    by_role: dict[object, list[AreaProfile]] = {}
    profiles = AreaProfile.objects.filter(level=level).select_related("area")
    for profile in profiles.order_by("area__position", "area__name"):
        by_role.setdefault(profile.role_id, []).append(profile)
    heads = {slug: work.catalogue.title_of(slug) for slug in work.roles}
    return [
        Compared(
            role=role,
            parent=work.roles[heads[slug]] if heads[slug] != slug else None,
            goals=goals(work, slug),
            areas=[one for one in area_shares(by_role.get(role.pk, [])) if one.share],
        )
        for slug, role in work.roles.items()
    ]
