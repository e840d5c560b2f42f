"""What an import will do to each question and each set."""

from dataclasses import dataclass
from typing import Any, Literal

from roles.models import Question, QuestionSet, QuestionVersion

from .schema import QuestionText, SetText

Retirement = Literal["", "retired", "restored", "explained"]
What = Literal["new", "new version", "changed", "unchanged"]


@dataclass(frozen=True)
class Asked:
    """A question of a set, with the number of the version that the set asks."""

    slug: str
    number: int
    required: bool

    def __str__(self) -> str:
        return f"{self.slug}, version {self.number}{'' if self.required else ', optional'}"


@dataclass
class QuestionStep:
    """`live` is what is asked now; a question that is not in the bank yet is an unsaved row."""

    text: QuestionText
    filing: dict[str, Any]
    question: Question
    new: bool
    live: QuestionVersion | None = None
    words_changed: tuple[str, ...] = ()
    filing_changed: tuple[str, ...] = ()
    retirement: Retirement = ""

    @property
    def what(self) -> What:
        if self.new:
            return "new"
        if self.words_changed:
            return "new version"
        return "changed" if self.filing_changed or self.retirement else "unchanged"

    @property
    def number(self) -> int:
        """Of the version that is asked afterwards."""
        before = self.live.number if self.live else 0
        return before + 1 if self.words_changed else before


@dataclass
class SetStep:
    """`asked` and `asks` are the questions before and afterwards."""

    text: SetText
    columns: dict[str, Any]
    question_set: QuestionSet
    new: bool
    columns_changed: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    asks: tuple[Asked, ...] = ()

    @property
    def asks_anew(self) -> bool:
        return self.asked != self.asks

    @property
    def what(self) -> What:
        if self.new:
            return "new"
        if self.asks_anew:
            return "new version"
        return "changed" if self.columns_changed else "unchanged"


@dataclass
class Plan:
    """`live` are the versions that are asked now, by the slug of the question."""

    questions: list[QuestionStep]
    sets: list[SetStep]
    live: dict[str, QuestionVersion]
