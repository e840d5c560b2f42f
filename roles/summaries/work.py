"""Roles and the statements of work that speak for them, read once for a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roles import finder
from roles.models import Role, WorkItem
from roles.models.work import WorkKind

ORDER = (WorkKind.GOAL, WorkKind.CORE, WorkKind.TYPICAL)
AGENTS = "agent-"  # a statement whose slug begins so is about agents
CLEARLY = 2  # points of a statement that a role owns
NAMED = 3  # statements of one other role, at most, that are named as not owned


@dataclass(frozen=True)
class Work:
    """Roles and statements by slug, in the order of the page, and what points where."""

    roles: Mapping[str, Role]
    items: Mapping[str, WorkItem]
    catalogue: finder.Catalogue

    def said(self, slugs: Iterable[str]) -> list[str]:
        return [self.items[slug].statement for slug in slugs]


def load_work() -> Work:
    roles = list(Role.objects.all())
    slugs = {role.pk: role.slug for role in roles}
    items = sorted(
        WorkItem.objects.prefetch_related("pointers"),
        key=lambda item: (ORDER.index(WorkKind(item.kind)), item.position, item.slug),
    )
    statements = (
        finder.Statement(
            item.slug,
            {slugs[pointer.role_id]: pointer.strength for pointer in item.pointers.all()},
            agents=item.slug.startswith(AGENTS),
        )
        for item in items
    )
    jobs = (
        finder.Job(role.slug, role.position, slugs[role.parent_id] if role.parent_id else None)
        for role in roles
    )
    return Work(
        roles={role.slug: role for role in roles},
        items={item.slug: item for item in items},
        catalogue=finder.Catalogue(tuple(jobs), tuple(statements)),
    )


@dataclass(frozen=True)
class NotOwned:
    """What somebody might expect of the role, and the right role for it."""

    role: Role
    statements: list[str]


def goals(work: Work, slug: str) -> list[str]:
    """What an organisation wants when it needs this role; a kind has those of its title."""
    title = work.catalogue.title_of(slug)
    return [
        work.items[one.slug].statement
        for one in work.catalogue
        if work.items[one.slug].kind == WorkKind.GOAL
        and max(one.points.get(slug, 0), one.points.get(title, 0)) >= CLEARLY
    ]


def owns(work: Work, slug: str, statement: finder.Statement) -> bool:
    """Nothing speaks for another title more. A title with kinds owns what they share, and a kind
    that, too, where no kind is named."""
    catalogue, title = work.catalogue, work.catalogue.title_of(slug)
    most = max(catalogue.for_title(statement, other) for other in catalogue.titles)
    if catalogue.for_title(statement, title) < most:
        return False
    kinds = max((statement.points.get(kind, 0) for kind in catalogue.kinds(title)), default=0)
    if slug == title or not kinds:
        return statement.points.get(title, 0) >= max(CLEARLY, kinds)
    return statement.points.get(slug, 0) >= max(CLEARLY, kinds)


def not_owned(work: Work, slug: str) -> list[NotOwned]:
    """What lies near and belongs to somebody else, and one thing at least of every other title."""
    catalogue, title = work.catalogue, work.catalogue.title_of(slug)
    near: dict[str, list[str]] = {}
    far: dict[str, dict[str, list[str]]] = {}
    for one in catalogue:
        right = _right_role(work, slug, one)
        if right is None or work.items[one.slug].kind == WorkKind.GOAL:
            continue
        said = work.items[one.slug].statement
        if one.points.get(slug, 0) or catalogue.title_of(right) == title:
            near.setdefault(right, []).append(said)
        else:
            far.setdefault(catalogue.title_of(right), {}).setdefault(right, []).append(said)
    for other, statements in far.items():
        if not any(catalogue.title_of(right) == other for right in near):
            right, said_of_it = next(iter(statements.items()))
            near[right] = said_of_it[:1]
    return [
        NotOwned(role, near[right][:NAMED]) for right, role in work.roles.items() if right in near
    ]


def _right_role(work: Work, slug: str, statement: finder.Statement) -> str | None:
    """Who owns it instead; None where this role does, or one of its kinds, or nobody clearly."""
    catalogue, title = work.catalogue, work.catalogue.title_of(slug)
    if owns(work, slug, statement):
        return None
    most = max(statement.points.values(), default=0)
    if catalogue.for_title(statement, title) < most:
        return catalogue.strongest(statement)
    beside = [] if slug == title else [kind for kind in catalogue.kinds(title) if kind != slug]
    best = max(beside, key=lambda kind: statement.points.get(kind, 0), default=None)
    return best if best and owns(work, best, statement) else None
