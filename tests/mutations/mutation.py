"""One way in which a rule is broken, and the tests that should notice.

A mutation is a replacement of text that fits exactly once, so that the list can't go stale
unnoticed: tests/test_mutations.py tries whether each still fits.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Mutation:
    name: str
    path: str
    old: str
    new: str
    tests: str

    def applied_to(self, text: str) -> str:
        """The text of the file with this rule broken."""
        found = text.count(self.old)
        if found != 1:
            raise ValueError(f"{self.name}: {self.path} holds it {found} times")
        return text.replace(self.old, self.new)


MATRIX = "tests/test_access_matrix.py"


def inside(path: str, tests: str):
    """Mutations of one file; `tests` unless one of them names its own."""

    def mutation(name: str, old: str, new: str, by: str = tests) -> Mutation:
        where = path.removesuffix(".py").replace("/", ".").removeprefix("scorecards.")
        return Mutation(f"{where}: {name}", path, old, new, by)

    return mutation
