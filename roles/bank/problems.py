"""What is wrong with a bank, named so that somebody can go and mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 50


@dataclass(frozen=True, order=True)
class Problem:
    """`line` 0 is about the file, or the folder, as a whole."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"


class BadBank(Exception):
    """Nothing was imported, because of these."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"and {len(self.problems) - SHOWN} more")
        super().__init__("\n".join(lines))
