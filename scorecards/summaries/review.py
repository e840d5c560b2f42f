"""Everything that the review page shows, from one set of reads. A constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Answer, Application, Decision, Interview, OpeningPlan, Submission
from scorecards.rollup import (
    Analysis,
    Explanation,
    Outcome,
    Rollup,
    analyse,
    explain_result,
    ratings_hash,
    rollup,
    say_discuss,
    say_missing,
    sentence,
    to_points,
)

from .exclusions import LeftOut, exclusion_columns, left_out_lines
from .inputs import current_plan, rollup_input
from .matrix import AreaRow, Person, area_rows, people_of


@dataclass(frozen=True)
class WhatIfRow:
    """One change to the inputs and what follows from it; `points` of the scale."""

    words: str
    outcome: Outcome
    points: Fraction | None
    flips: bool

    @property
    def thin(self) -> bool:
        """Too little evidence would be left to say; that is no other answer."""
        return self.outcome is Outcome.INSUFFICIENT_EVIDENCE


@dataclass(frozen=True)
class Review:
    application: Application
    plan: OpeningPlan
    result: Rollup
    explanation: Explanation
    analysis: Analysis
    labels: Mapping[str, str]
    people: list[Person]
    areas: list[AreaRow]
    left_out: list[LeftOut]
    asked: int
    assessed: int
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
    def cuts(self) -> tuple[Fraction, ...]:
        config = self.result.config
        return tuple(
            to_points(cut) for cut in (config.strong_no, config.hire_bar, config.strong_hire)
        )

    @property
    def cards_in(self) -> int:
        return sum(len(person.cards) for person in self.people)

    @property
    def cards_planned(self) -> int:
        return self.cards_in + sum(person.owing for person in self.people)

    @property
    def to_do(self) -> list[str]:
        """What is missing, as sentences: first what the evidence gate lacks, then open cards."""
        missing = [say_missing(reason, self.labels) for reason in self.result.missing_evidence]
        return missing + [
            f"{person.name} has not submitted yet." for person in self.people if person.owing
        ]

    @property
    def to_discuss(self) -> list[str]:
        return [say_discuss(reason, self.labels) for reason in self.result.discuss]

    @property
    def unread(self) -> list[Person]:
        return [person for person in self.people if not person.read]

    def submissions_heard_in(self, area: AreaRow, viewer: User) -> list[Submission]:
        """The first submissions of others whose words stand in this area."""
        return [
            submission
            for cell in area.cells
            if cell.answers and cell.person.id != str(viewer.pk)
            for submission in cell.person.submissions
            if submission.number == 1
        ]

    @property
    def barred(self) -> list[AreaRow]:
        return [row for row in self.areas if row.bar is not None]

    @property
    def bars_met(self) -> int:
        return sum(bool(row.result.gap is not None and row.result.gap >= 0) for row in self.barred)

    @property
    def disagreeing(self) -> list[AreaRow]:
        return [row for row in self.areas if row.result.flagged]

    @property
    def leaning_hire(self) -> int:
        """How many interviewers' own calls are on the hire side."""
        return sum(
            card.recommendation in ("hire", "strong_hire")
            for person in self.people
            for card in person.cards
        )

    @property
    def callers(self) -> list[Person]:
        """Interviewers with a card in, dissent from the outcome first."""
        side = self.result.outcome.side
        with_cards = [person for person in self.people if person.cards]
        return sorted(with_cards, key=lambda person: not _dissents(person, side))

    @property
    def what_ifs(self) -> list[WhatIfRow]:
        """Leaving one interviewer or one area out; what would change the answer comes first."""
        analysis = self.analysis
        rows = [
            WhatIfRow(
                words=f"Leave out {self.labels[name]}",
                outcome=what.outcome,
                points=None if what.score is None else to_points(what.score),
                flips=what.outcome not in (self.result.outcome, Outcome.INSUFFICIENT_EVIDENCE),
            )
            for group in (analysis.without_interviewer, analysis.without_area)
            for name, what in group.items()
        ]
        return sorted(rows, key=lambda row: (not row.flips, not row.thin))

    @property
    def what_ifs_same(self) -> int:
        return sum(row.outcome is self.result.outcome for row in self.what_ifs)

    @property
    def what_ifs_thin(self) -> int:
        return sum(row.thin for row in self.what_ifs)


def _dissents(person: Person, side: str | None) -> bool:
    calls = {card.recommendation for card in person.cards}
    if side == "hire":
        return bool(calls & {"no_hire", "strong_no_hire"})
    return bool(calls & {"hire", "strong_hire"})


def review(application: Application, viewer: User) -> Review:
    """The caller has made sure that the viewer may see the assessments of this application."""
    plan = current_plan(application)
    given = rollup_input(application, plan)
    result = rollup(given.config, given.ratings)
    interviews = list(
        Interview.objects.filter(application=application)
        .taking_place()
        .counted()
        .select_related("interviewer", "round", "scorecard")
    )
    submissions = list(
        Submission.objects.visible_to(viewer)
        .of_application(application)
        .with_interview()
        .order_by("scorecard", "number")
    )
    answers = list(
        Answer.objects.visible_to(viewer)
        .counted()
        .filter(scorecard__interview__application=application)
        .select_related("question_version__question__area", "scorecard__interview")
        .annotate(**exclusion_columns())
        .order_by("scorecard__interview__starts_at", "question_version__title")
    )
    people = people_of(interviews, submissions, result)
    _mark_unread(people, viewer)
    out = [one for one in answers if one.excluded]
    areas = area_rows(
        opening_areas=list(plan.areas.all()),
        answers=answers,
        people=people,
        result=result,
        left_out={one.question_version.question_id: one.because for one in out},
    )
    counted = [one for row in areas for cell in row.cells for one in cell.counted]
    return Review(
        application=application,
        plan=plan,
        result=result,
        explanation=explain_result(result),
        analysis=analyse(given.config, given.ratings),
        labels={row.slug: row.name for row in areas} | {one.id: one.name for one in people},
        people=people,
        areas=areas,
        left_out=left_out_lines(out),
        asked=len(counted),
        assessed=sum(one.rating is not None for one in counted),
        decisions=list(
            Decision.objects.visible_to(viewer)
            .filter(application=application)
            .select_related("decided_by")
            .order_by("number")
        ),
        ratings_digest=ratings_hash(given.ratings),
    )


def _mark_unread(people: list[Person], viewer: User) -> None:
    """What the viewer wrote themselves is read."""
    others = {
        submission.pk: person
        for person in people
        for submission in person.submissions
        if person.id != str(viewer.pk)
    }
    read = trail.read_in_whole(reader=viewer, object_ids=others)
    for key, person in others.items():
        if key not in read:
            person.read = False
