"""Who is clearly ahead of whom, and the sentence that says it.

The roll-up's own rule (docs/rollup.md): over the areas that both were rated in, the probability
that the higher of the two is the higher one; from .95 they are clearly apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import floor

from scorecards.rollup import Case, Comparison, InvalidInput, compare


@dataclass(frozen=True)
class Pair:
    """`ahead` and `behind` are names; without `p`, the probability of that order, nothing can be
    said of it, and `why` says why."""

    ahead: str
    behind: str
    p: float | None = None
    areas: int = 0
    why: str = ""
    apart: bool = False

    @property
    def in_hundred(self) -> str:
        """Never rounded up to where they would be clearly apart."""
        share = floor((self.p or 0) * 100)
        return "over 99" if share > 99 or (self.p or 0) > 0.99 else str(share)


def pairs_of(cases: Sequence[tuple[str, Case]], axes: Sequence[str]) -> list[Pair]:
    """Each with each, by name and case, over the areas that may be compared."""
    narrowed = [(name, _over(case, axes)) for name, case in cases]
    return [_pair(*one, *other) for one, other in combinations(narrowed, 2)]


def _over(case: Case, axes: Sequence[str]) -> Case | None:
    areas = {name: area for name, area in case.config.areas.items() if name in axes}
    return Case(replace(case.config, areas=areas), case.ratings) if areas else None


def _pair(one: str, first: Case | None, other: str, second: Case | None) -> Pair:
    if first is None or second is None:
        return Pair(one, other, why=SHARE_NOTHING)
    try:
        found: Comparison | None = compare(first, second)
    except InvalidInput:
        return Pair(one, other, why="Their openings weigh the areas that they share differently.")
    if found is None:
        return Pair(one, other, why=SHARE_NOTHING)
    count, apart = len(found.areas), found.clearly_apart
    if found.p_first_higher >= 0.5:
        return Pair(one, other, found.p_first_higher, count, apart=apart)
    return Pair(other, one, 1 - found.p_first_higher, count, apart=apart)


SHARE_NOTHING = "They share no area that may be compared."


def sentence(pairs: Sequence[Pair], unplaced: Sequence[str]) -> str:
    """Who is clearly apart and who is not; then who can't be placed."""
    said = [part for part in (_apart(pairs), _close(pairs), _unsaid(pairs)) if part]
    if unplaced:
        verb = "has" if len(unplaced) == 1 else "have"
        said.append(f"{_and(unplaced)} {verb} too little evidence to be placed")
    return "; ".join(said) + "."


def _apart(pairs: Sequence[Pair]) -> str:
    behind: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.apart:
            behind.setdefault(pair.ahead, []).append(pair.behind)
    return "; ".join(f"{name} is clearly ahead of {_and(all_)}" for name, all_ in behind.items())


def _close(pairs: Sequence[Pair]) -> str:
    close = [pair for pair in pairs if pair.p is not None and not pair.apart]
    if not close:
        return ""
    if len(close) == len(pairs) and len(pairs) > 1:
        return "No two of them are clearly apart"
    return "; ".join(
        f"{_and(group)} are not clearly apart"
        if len(group) == 2
        else f"no two of {_and(group)} are clearly apart"
        for group in _groups([(pair.ahead, pair.behind) for pair in close])
    )


def _groups(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The pairs as few groups, within which each makes a pair with each."""
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    edges, left, groups = {frozenset(pair) for pair in pairs}, list(pairs), []
    while left:
        group = list(left[0])
        for name in names:
            if all(frozenset((name, one)) in edges for one in group):
                group.append(name)
        groups.append(group)
        left = [pair for pair in left if not set(pair) <= set(group)]
    return groups


def _unsaid(pairs: Sequence[Pair]) -> str:
    unsaid = [pair for pair in pairs if pair.p is None]
    return "; ".join(f"{pair.ahead} and {pair.behind} can't be put in order" for pair in unsaid)


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
