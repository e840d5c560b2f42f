"""The smallest change of ticks that brings another answer.

Every way to another answer is one inequality over the ticks: another title gets more points, the
kind loses its two thirds, or a kind gains them. A tick that is added or taken away moves the sum by
a number of its own, so the fewest changes are those that move it furthest: exact, without trying
all combinations.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from .answers import ENOUGH, Answer, find
from .catalogue import Catalogue, Statement

Worth = Callable[[Statement], int]


@dataclass(frozen=True)
class Change:
    """`becomes` is what the finder answers after it: none, when nothing that is left has points."""

    add: tuple[str, ...]
    remove: tuple[str, ...]
    becomes: str | None

    @property
    def size(self) -> int:
        return len(self.add) + len(self.remove)


def changes(catalogue: Catalogue, answer: Answer) -> list[Change]:
    """The smallest sets of ticks to add and take away that bring another role: one for each role
    that can be reached with so few."""
    return _smallest(catalogue, answer, [*_titles(catalogue, answer), *_kinds(catalogue, answer)])


def changes_to_another_title(catalogue: Catalogue, answer: Answer) -> list[Change]:
    return _smallest(catalogue, answer, list(_titles(catalogue, answer)))


def _titles(catalogue: Catalogue, answer: Answer) -> Iterator[tuple[Worth, int]]:
    """Strictly ahead: a tie would leave the answer to the order of the roles."""
    mine = answer.title
    if mine is not None:
        for other in catalogue.titles:
            if other != mine:
                yield _ahead(catalogue, other, mine), 1


def _ahead(catalogue: Catalogue, other: str, mine: str) -> Worth:
    return lambda one: catalogue.for_title(one, other) - catalogue.for_title(one, mine)


def _kinds(catalogue: Catalogue, answer: Answer) -> Iterator[tuple[Worth, int]]:
    if answer.title is None:
        return
    kinds = catalogue.kinds(answer.title)
    if answer.job in kinds:
        lead = _lead(answer.job, kinds)
        yield lambda one: -lead(one), 0
    else:
        for kind in kinds:
            yield _lead(kind, kinds), 1


def _lead(kind: str, kinds: list[str]) -> Worth:
    """Above 0 in sum: more than two thirds of the points of the kinds."""

    def worth(one: Statement) -> int:
        rest = sum(one.points.get(other, 0) for other in kinds if other != kind)
        return one.points.get(kind, 0) - 2 * rest

    return worth


def _smallest(catalogue: Catalogue, answer: Answer, ways: list[tuple[Worth, int]]) -> list[Change]:
    """The shortest of the shortest of each way; of two to the same role, the first."""
    if not answer.enough:
        return []
    found = [_shortest(catalogue, answer, worth, need) for worth, need in ways]
    reached = [change for change in found if change]
    size = min((change.size for change in reached), default=0)
    by_role: dict[str | None, Change] = {}
    for change in reached:
        if change.size == size:
            by_role.setdefault(change.becomes, change)
    return list(by_role.values())


def _shortest(catalogue: Catalogue, answer: Answer, worth: Worth, need: int) -> Change | None:
    """Never below the number of statements that is enough. Of equally short ones the clearest, and
    then the one that takes fewest away."""
    ticked = set(answer.ticks)
    adds = sorted(((worth(s), s.slug) for s in catalogue if s.slug not in ticked), key=_furthest)
    removes = sorted(((-worth(s), s.slug) for s in catalogue if s.slug in ticked), key=_furthest)
    start = sum(worth(s) for s in catalogue if s.slug in ticked)
    gained = [0, *accumulate(gain for gain, _ in adds)]
    lost = [0, *accumulate(gain for gain, _ in removes)]
    for size in range(1, len(catalogue.statements) + 1):
        fitting = [
            (start + gained[more] + lost[size - more], more)
            for more in range(size + 1)
            if more <= len(adds)
            and size - more <= len(removes)
            and len(ticked) + 2 * more - size >= ENOUGH
        ]
        total, more = max(fitting, default=(need - 1, 0))
        if total >= need:
            add = tuple(slug for _, slug in adds[:more])
            remove = tuple(slug for _, slug in removes[: size - more])
            after = find(catalogue, ticked.union(add).difference(remove)).job
            return Change(add, remove, after)
    return None


def _furthest(gain: tuple[int, str]) -> int:
    return -gain[0]  # stable: what is equal keeps the order of the page
