"""Which role the ticked statements call for, and what speaks for it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from .catalogue import Catalogue, Statement

ENOUGH = 3  # ticked statements; fewer say too little


@dataclass(frozen=True)
class Points:
    job: str
    points: int


@dataclass(frozen=True)
class Carried:
    """A ticked statement and what it gave to the title that was found."""

    statement: str
    points: int


@dataclass(frozen=True)
class Side:
    """One of the jobs that a description mixes: the statements that are its own, and the role that
    they would call for alone."""

    job: str
    statements: tuple[str, ...]
    points: int


@dataclass(frozen=True)
class Answer:
    """`job` is a kind when one has more than two thirds of the points that tell the kinds apart,
    else the title. Without any point there is none."""

    ticks: tuple[str, ...]
    job: str | None
    title: str | None
    ranking: tuple[Points, ...]  # of the titles, best first
    kinds: tuple[Points, ...]  # of the title that was found, best first
    tied: tuple[str, ...]  # titles with as many points as the first, itself included; or none
    carried: tuple[Carried, ...]
    elsewhere: tuple[str, ...]  # ticked statements that say nothing for the title
    mixed: tuple[Side, ...]  # two titles or more in one description
    spans: tuple[Side, ...]  # two kinds or more of the same title
    agents: tuple[str, ...]  # the ticked statements that are about agents

    @property
    def enough(self) -> bool:
        return self.job is not None and len(self.ticks) >= ENOUGH

    @property
    def runner_up(self) -> Points | None:
        second = self.ranking[1] if len(self.ranking) > 1 else None
        return second if second and second.points else None

    @property
    def behind(self) -> int:
        """How far the runner-up is behind."""
        return self.ranking[0].points - self.runner_up.points if self.runner_up else 0


def find(catalogue: Catalogue, ticks: Collection[str]) -> Answer:
    ticked = catalogue.ticked(ticks)
    ranking = ranked(catalogue.by_title(ticked))
    top = ranking[0].points if ranking else 0
    title = ranking[0].job if top else None
    kinds = ranked(catalogue.by_kind(ticked, title)) if title else ()
    level = tuple(one.job for one in ranking if top and one.points == top)
    worth = [(one, catalogue.for_title(one, title) if title else 0) for one in ticked]
    carried = [Carried(one.slug, points) for one, points in worth if points]
    return Answer(
        ticks=tuple(one.slug for one in ticked),
        job=leading_kind(kinds) or title,
        title=title,
        ranking=ranking,
        kinds=kinds,
        tied=level if len(level) > 1 else (),
        carried=tuple(sorted(carried, key=lambda one: -one.points)),
        elsewhere=tuple(one.slug for one, points in worth if not points),
        mixed=_mixed_titles(catalogue, ticked),
        spans=_spanned_kinds(catalogue, ticked, title) if title else (),
        agents=tuple(one.slug for one in ticked if one.agents),
    )


def ranked(points: Mapping[str, int]) -> tuple[Points, ...]:
    """Most points first. What is equal keeps the order of the roles: the sort is stable."""
    return tuple(sorted((Points(*one) for one in points.items()), key=lambda one: -one.points))


def leading_kind(kinds: Sequence[Points]) -> str | None:
    """The kind with more than two thirds of all points of the kinds."""
    rest = sum(one.points for one in kinds[1:])
    return kinds[0].job if kinds and kinds[0].points > 2 * rest else None


def _mixed_titles(catalogue: Catalogue, ticked: Sequence[Statement]) -> tuple[Side, ...]:
    def role_of(own: Sequence[Statement], title: str) -> str:
        return leading_kind(ranked(catalogue.by_kind(own, title))) or title

    return _sides(catalogue.titles, ticked, catalogue.for_title, role_of)


def _spanned_kinds(
    catalogue: Catalogue, ticked: Sequence[Statement], title: str
) -> tuple[Side, ...]:
    return _sides(
        catalogue.kinds(title),
        ticked,
        lambda statement, kind: statement.points.get(kind, 0),
        lambda own, kind: kind,
    )


def _sides(
    jobs: Sequence[str],
    ticked: Sequence[Statement],
    worth: Callable[[Statement, str], int],
    role_of: Callable[[Sequence[Statement], str], str],
) -> tuple[Side, ...]:
    """The jobs with a part of their own in it: at least two statements that speak for them more
    than for any other, and together at least half as many points as the largest part. One such
    part is what a description should have; it is returned as none."""
    own: dict[str, list[Statement]] = {job: [] for job in jobs}
    for statement in ticked:
        points = {job: worth(statement, job) for job in jobs}
        best = [job for job in jobs if points[job] == max(points.values()) > 0]
        if len(best) == 1:
            own[best[0]].append(statement)
    sums = {job: sum(worth(one, job) for one in own[job]) for job in jobs}
    most = max(sums.values(), default=0)
    parts = [job for job in jobs if len(own[job]) > 1 and 2 * sums[job] >= most]
    if len(parts) < 2:
        return ()
    return tuple(
        Side(role_of(own[job], job), tuple(one.slug for one in own[job]), sums[job])
        for job in sorted(parts, key=lambda job: -sums[job])
    )
