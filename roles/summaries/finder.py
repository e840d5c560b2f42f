"""What the page of the role finder shows."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from roles import finder
from roles.models import LevelExpectation, Role, TitleAlias, WorkItem
from roles.models.work import WorkKind

from .work import Work, owns

LEGENDS = {
    WorkKind.GOAL: "What is it for?",
    WorkKind.CORE: "What goes into building on models that exist?",
}
SENIORITY = {"junior", "jr", "senior", "sr", "lead", "staff", "principal"}


# what can be ticked


@dataclass(frozen=True)
class Option:
    item: WorkItem
    ticked: bool
    typical: bool  # of the title that was typed in


@dataclass(frozen=True)
class Group:
    legend: str
    options: list[Option]


def groups(work: Work, ticked: Collection[str], typical: Collection[str]) -> list[Group]:
    """Typical work stands under the output that it mostly leads to, as the titles are not said."""
    found: dict[str, list[Option]] = {}
    for statement in work.catalogue:
        item = work.items[statement.slug]
        option = Option(item, item.slug in ticked, item.slug in typical)
        found.setdefault(_legend(work, item, statement), []).append(option)
    return [Group(legend, options) for legend, options in found.items()]


def _legend(work: Work, item: WorkItem, statement: finder.Statement) -> str:
    kind = WorkKind(item.kind)
    role = work.catalogue.strongest(statement)
    output = work.roles[role].primary_output if role and kind not in LEGENDS else ""
    return output.split(".")[0] or LEGENDS.get(kind, kind.label)


# a title that was typed in


@dataclass(frozen=True)
class Hint:
    """What a title usually stands for. It suggests ticks and never decides."""

    roles: list[Role]
    typical: list[str]
    query: str  # the same page with the typical statements ticked as well


def hint(work: Work, title: str, ticked: Sequence[str], level: str) -> Hint | None:
    """None where the title is not known here."""
    names = [(role.name, role.slug) for role in work.roles.values()]
    names += TitleAlias.objects.values_list("title", "role__slug")
    wanted = normal(title)
    meant = {slug for name, slug in names if wanted and normal(name) == wanted}
    if not meant:
        return None
    typical = [
        statement.slug
        for statement in work.catalogue
        if any(owns(work, slug, statement) for slug in meant)
    ]
    both = [slug for slug in work.items if slug in ticked or slug in typical]
    roles = [role for slug, role in work.roles.items() if slug in meant]
    return Hint(roles, typical, address(both, level, title))


def normal(title: str) -> str:
    """Case, punctuation and seniority do not tell titles apart."""
    words = re.findall(r"\w+", title.casefold())
    return " ".join(word for word in words if word not in SENIORITY)


def address(ticks: Iterable[str], level: str = "", title: str = "") -> str:
    query = [("work", slug) for slug in ticks]
    query += [(name, value) for name, value in (("level", level), ("title", title)) if value]
    return urlencode(query)


# the answer


@dataclass(frozen=True)
class Bar:
    role: Role
    points: int


@dataclass(frozen=True)
class Part:
    """A job inside a mixed description, and the page with its statements alone."""

    role: Role
    statements: list[str]
    query: str


@dataclass(frozen=True)
class Way:
    add: list[str]
    remove: list[str]
    becomes: Role | None
    query: str


@dataclass(frozen=True)
class Found:
    answer: finder.Answer
    role: Role | None
    title: Role | None
    reasons: list[tuple[str, int]]
    elsewhere: list[tuple[str, Role | None]]
    ranking: list[Bar]
    most: int
    kinds: list[Bar]
    kind_points: int
    runner_up: Bar | None
    tied: list[Role]
    mixed: list[Part]
    spans: list[Part]
    ways: list[Way]
    ways_to_titles: list[Way]
    agents: list[str]
    missing: int  # statements until there is enough to tell


def found(work: Work, ticked: Collection[str], level: str = "") -> Found:
    answer = finder.find(work.catalogue, ticked)
    roles = work.roles

    def ways(changes: list[finder.Change]) -> list[Way]:
        return [_way(work, answer, change, level) for change in changes]

    smallest = finder.changes(work.catalogue, answer)
    stays = bool(smallest) and all(
        change.becomes and work.catalogue.title_of(change.becomes) == answer.title
        for change in smallest
    )
    to_titles = finder.changes_to_another_title(work.catalogue, answer) if stays else []
    second = answer.runner_up
    statements = {statement.slug: statement for statement in work.catalogue}
    elsewhere = [(slug, work.catalogue.strongest(statements[slug])) for slug in answer.elsewhere]
    return Found(
        answer=answer,
        role=roles[answer.job] if answer.job else None,
        title=roles[answer.title] if answer.title else None,
        reasons=[(work.items[one.statement].statement, one.points) for one in answer.carried],
        elsewhere=[
            (work.items[slug].statement, roles[job] if job else None) for slug, job in elsewhere
        ],
        ranking=[Bar(roles[one.job], one.points) for one in answer.ranking],
        most=answer.ranking[0].points if answer.ranking else 0,
        kinds=[Bar(roles[one.job], one.points) for one in answer.kinds],
        kind_points=sum(one.points for one in answer.kinds),
        runner_up=Bar(roles[second.job], second.points) if second else None,
        tied=[roles[job] for job in answer.tied],
        mixed=_parts(work, answer.mixed, level),
        spans=_parts(work, answer.spans, level),
        ways=ways(smallest),
        ways_to_titles=ways(to_titles),
        agents=work.said(answer.agents),
        missing=max(finder.ENOUGH - len(answer.ticks), 0),
    )


def _parts(work: Work, sides: Iterable[finder.Side], level: str) -> list[Part]:
    return [
        Part(work.roles[side.job], work.said(side.statements), address(side.statements, level))
        for side in sides
    ]


def _way(work: Work, answer: finder.Answer, change: finder.Change, level: str) -> Way:
    after = {*answer.ticks, *change.add} - {*change.remove}
    return Way(
        add=work.said(change.add),
        remove=work.said(change.remove),
        becomes=work.roles[change.becomes] if change.becomes else None,
        query=address([slug for slug in work.items if slug in after], level),
    )


def expectation(role: Role | None, level: str) -> str:
    """What the level answers for in this role, in general."""
    if role is None or not level:
        return ""
    general = LevelExpectation.objects.filter(role=role, level=level, area=None)
    return general.values_list("text", flat=True).first() or ""
