"""The review page's figures. Nothing here reads the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from interviewbank.access.models import User
from scorecards.models import Application, Decision, OpeningPlan, Submission
from scorecards.rollup import (
    Analysis,
    Explanation,
    Outcome,
    Rollup,
    say_discuss,
    sentence,
    to_points,
)
from scorecards.rollup.wording import say_chance

from .amendments import WithAmendments
from .exclusions import LeftOut
from .matrix import AreaRow, Cell, Person
from .missing import ToDo
from .what_ifs import Weights, WhatIfRow

HIRE, NO_HIRE = ("hire", "strong_hire"), ("no_hire", "strong_no_hire")


@dataclass(frozen=True)
class Review:
    """`missing` is what everybody may see; `unread_submissions` is what this viewer has not opened,
    which matters to a chair."""

    application: Application
    plan: OpeningPlan
    result: Rollup
    explanation: Explanation
    analysis: Analysis
    labels: Mapping[str, str]
    people: list[Person]
    areas: list[AreaRow]
    left_out: list[LeftOut]
    shadows: list[Submission]
    amended: WithAmendments | None
    missing: list[ToDo]
    unread_submissions: list[Submission]
    what_ifs: list[WhatIfRow]
    weights: Weights | None
    decisions: list[Decision]
    ratings_digest: str

    @property
    def decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def outdated(self) -> bool:
        """Whether the scorecards say something else now than what the decision rested on."""
        kept = self.decision.snapshot.get("result", {}) if self.decision else {}
        return bool(kept) and kept["ratings_digest"] != self.ratings_digest

    # The answer

    @property
    def sentence(self) -> str:
        return sentence(self.result, self.labels)

    @property
    def insufficient(self) -> bool:
        return self.result.outcome is Outcome.INSUFFICIENT_EVIDENCE

    @property
    def points(self) -> Fraction | None:
        return None if self.result.score is None else to_points(self.result.score)

    @property
    def range(self) -> tuple[float, float] | None:
        ends = self.result.likely_range
        return None if ends is None else (to_points(ends[0]), to_points(ends[1]))

    @property
    def chance(self) -> str:
        """To be above the hire bar, in the words of the sentence."""
        return "" if self.result.p_above_bar is None else say_chance(self.result.p_above_bar)

    @property
    def chance_here(self) -> str:
        """The same with this panel's own disagreement."""
        spread = self.result.p_above_bar_own_spread
        return "" if spread is None else say_chance(spread)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The score if all areas without a rating came out worst, and best."""
        return to_points(self.result.lo), to_points(self.result.hi)

    @property
    def cuts(self) -> tuple[Fraction, ...]:
        config = self.result.config
        return tuple(
            to_points(cut) for cut in (config.strong_no, config.hire_bar, config.strong_hire)
        )

    @property
    def to_discuss(self) -> list[str]:
        return [say_discuss(reason, self.labels) for reason in self.result.discuss]

    # What is missing

    @property
    def cards_in(self) -> int:
        return sum(len(person.cards) for person in self.people)

    @property
    def cards_planned(self) -> int:
        return self.cards_in + sum(person.owing for person in self.people)

    @property
    def unread(self) -> list[Person]:
        return [person for person in self.people if not person.read]

    @property
    def asked(self) -> int:
        return sum(len(cell.counted) for row in self.areas for cell in row.cells)

    @property
    def assessed(self) -> int:
        return sum(len(row.ratings) for row in self.areas)

    @property
    def unmade(self) -> int:
        return self.asked - self.assessed

    @property
    def gaps(self) -> list[tuple[AreaRow, Cell]]:
        """Where a question was asked and not assessed, in the order of the table."""
        return [(row, cell) for row in self.ranked for cell in row.cells if cell.unrated]

    @property
    def uncovered(self) -> list[AreaRow]:
        return [row for row in self.areas if not row.result.covered]

    # Where they disagree

    @property
    def ranked(self) -> list[AreaRow]:
        """By spread x weight; in one order of the plan where that is the same."""
        return sorted(self.areas, key=lambda row: -row.heat)

    @property
    def apart(self) -> list[AreaRow]:
        """The rows of the table: all that are not folded."""
        return [row for row in self.ranked if row not in self.folded]

    @property
    def folded(self) -> list[AreaRow]:
        """Where all agree and nothing else needs a look; not folded when there is nothing else."""
        agreed = [row for row in self.ranked if row.unanimous]
        return agreed if len(agreed) < len(self.areas) else []

    @property
    def barred(self) -> list[AreaRow]:
        return [row for row in self.areas if row.bar is not None]

    @property
    def bars_met(self) -> int:
        return sum(bool(row.result.gap is not None and row.result.gap >= 0) for row in self.barred)

    @property
    def bars_in_doubt(self) -> list[AreaRow]:
        return [row for row in self.barred if row.narrow or row.missed or row.score is None]

    @property
    def disagreeing(self) -> list[AreaRow]:
        return [row for row in self.ranked if row.result.flagged]

    def submissions_heard_in(self, area: AreaRow, viewer: User) -> list[Submission]:
        """The submissions of others, amendments too, whose words stand in this area."""
        shown = {
            one.scorecard_id: {1, *(later.submission.number for later in one.later)}
            for cell in area.cells
            for one in cell.answers
        }
        return [
            submission
            for cell in area.cells
            if cell.person.id != str(viewer.pk)
            for submission in cell.person.submissions
            if submission.number in shown.get(submission.scorecard_id, ())
        ]

    def submissions_quoted(self, viewer: User) -> list[Submission]:
        """The submissions of others whose statement stands beside their call."""
        return [
            submission
            for person in self.callers
            if person.id != str(viewer.pk)
            for submission in person.submissions
            if submission.number == 1
        ]

    # Interviewers

    @property
    def leaning_hire(self) -> int:
        """How many interviewers' own calls are on the hire side."""
        return sum(card.recommendation in HIRE for one in self.people for card in one.cards)

    @property
    def callers(self) -> list[Person]:
        """Interviewers with a card in, dissent from the outcome first."""
        with_cards = [person for person in self.people if person.cards]
        return sorted(with_cards, key=lambda person: not self.dissents(person))

    @property
    def dissenters(self) -> list[Person]:
        return [person for person in self.callers if self.dissents(person)]

    def dissents(self, person: Person) -> bool:
        """Their own call, or their own ratings, are on the other side; of insufficient evidence
        there is no other side."""
        side = self.result.outcome.side
        if side is None:
            return False
        other = NO_HIRE if side == "hire" else HIRE
        return person.dissents or any(card.recommendation in other for card in person.cards)

    # What would change the answer

    @property
    def what_ifs_same(self) -> int:
        return sum(row.outcome is self.result.outcome for row in self.what_ifs)

    @property
    def what_ifs_thin(self) -> int:
        return sum(row.thin for row in self.what_ifs)
