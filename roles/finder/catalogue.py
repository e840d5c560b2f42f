"""What can be ticked, and the roles that it points to.

A role without a parent is a title; the roles below it are its kinds. A statement gives a title the
most that it gives to any role of that family, so that it counts once however many kinds share it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Job:
    """A role: `position` and then `slug` decide where points are equal."""

    slug: str
    position: int = 0
    parent: str | None = None


@dataclass(frozen=True)
class Statement:
    slug: str
    points: Mapping[str, int]  # by the slug of the role
    agents: bool = False


@dataclass(frozen=True)
class Catalogue:
    jobs: tuple[Job, ...]
    statements: tuple[Statement, ...]  # in the order of the page
    titles: tuple[str, ...] = field(init=False)
    _title_of: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.jobs, key=lambda job: (job.position, job.slug))
        parents = {job.slug: job.parent for job in ordered}
        heads = {slug: _head(slug, parents) for slug in parents}
        object.__setattr__(self, "_title_of", heads)
        object.__setattr__(self, "titles", tuple(s for s in parents if heads[s] == s))

    def title_of(self, job: str) -> str:
        return self._title_of[job]

    def family(self, title: str) -> list[str]:
        """The title and its kinds, in order."""
        return [job for job, head in self._title_of.items() if head == title]

    def kinds(self, title: str) -> list[str]:
        return [job for job in self.family(title) if job != title]

    def ticked(self, slugs: Collection[str]) -> list[Statement]:
        """In the order of the page; what is not known here is left out."""
        return [one for one in self.statements if one.slug in slugs]

    def for_title(self, statement: Statement, title: str) -> int:
        return max((statement.points.get(job, 0) for job in self.family(title)), default=0)

    def by_title(self, statements: Iterable[Statement]) -> dict[str, int]:
        found = list(statements)
        return {t: sum(self.for_title(one, t) for one in found) for t in self.titles}

    def by_kind(self, statements: Iterable[Statement], title: str) -> dict[str, int]:
        found = list(statements)
        return {k: sum(one.points.get(k, 0) for one in found) for k in self.kinds(title)}

    def strongest(self, statement: Statement) -> str | None:
        """The role that it speaks for most: the first where several are equal, and of a family the
        title itself before its kinds."""
        best = max(statement.points.values(), default=0)
        for title in self.titles if best else ():
            for job in [title, *self.kinds(title)]:
                if statement.points.get(job, 0) == best:
                    return job
        return None

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)


def _head(slug: str, parents: Mapping[str, str | None]) -> str:
    """The topmost role above it. A parent that is not among the jobs, or a ring, ends the way."""
    seen = {slug}
    parent = parents[slug]
    while parent is not None and parent in parents and parent not in seen:
        seen.add(parent)
        slug, parent = parent, parents[parent]
    return slug
