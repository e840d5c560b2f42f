"""Rows out of the database → the roll-up's input. Points of the scale become the unit scale here.

The interviewer is the user; the question is `<interview>:<question_version>`, so that a person's
several interviews pool and a question asked twice is two ratings. A question that was found bad
is left out for everybody of the opening.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from scorecards.models import (
    Answer,
    Application,
    Exclusion,
    Opening,
    OpeningArea,
    OpeningPlan,
)
from scorecards.rollup import Area, Config, Question, Rating, from_points

POINTS = 4


@dataclass(frozen=True)
class RollupInput:
    config: Config
    ratings: tuple[Rating, ...]


@dataclass(frozen=True)
class Counted:
    """One locked answer; `left_out` when its question is left out of the opening."""

    application: UUID
    interview: UUID
    interviewer: UUID
    version: UUID
    question: UUID
    area: str
    rating: int | None
    left_out: bool

    @property
    def name(self) -> str:
        return f"{self.interview}:{self.version}"


def plan_of(opening: Opening) -> OpeningPlan:
    return opening.plans.order_by("-number").prefetch_related("areas__area")[0]


def current_plan(application: Application) -> OpeningPlan:
    return plan_of(application.opening)


def newest_exclusion() -> QuerySet[Exclusion]:
    """For a subquery on answers: what was said last about their question in their opening."""
    return Exclusion.objects.filter(
        opening=OuterRef("scorecard__interview__application__opening"),
        question=OuterRef("question_version__question"),
    ).order_by("-number")


def counted_answers(applications: Iterable[Application]) -> list[Counted]:
    """What may count: locked answers of interviews that are no shadows. One query."""
    rows = (
        Answer.objects.counted()
        .filter(scorecard__interview__application__in=applications)
        .order_by("scorecard__interview_id", "question_version_id")
        .values_list(
            "scorecard__interview__application_id",
            "scorecard__interview_id",
            "scorecard__interview__interviewer_id",
            "question_version_id",
            "question_version__question_id",
            "question_version__question__area__slug",
            "rating",
            Coalesce(Subquery(newest_exclusion().values("excluded")[:1]), False),
        )
    )
    return [Counted(*row) for row in rows]


def rollup_input(application: Application, plan: OpeningPlan) -> RollupInput:
    """What counts, judged by the plan: all answers but those to a question that is left out."""
    answers = counted_answers([application])
    return input_of(plan, [one for one in answers if not one.left_out])


def input_of(plan: OpeningPlan, answers: Iterable[Counted]) -> RollupInput:
    counted = list(answers)
    return RollupInput(
        config=config_of(plan, plan.areas.all(), {one.name: one.area for one in counted}),
        ratings=tuple(
            Rating(interviewer=str(one.interviewer), question=one.name, value=one.rating)
            for one in counted
        ),
    )


def config_of(
    plan: OpeningPlan, areas: Iterable[OpeningArea], questions: Mapping[str, str]
) -> Config:
    """The plan as the roll-up takes it; `questions` maps their ids to the slug of an area."""
    return Config(
        areas={
            row.area.slug: Area(
                weight=Fraction(row.weight),
                bar=None if row.bar is None else from_points(Fraction(row.bar), POINTS),
                min_raters=row.min_raters,
            )
            for row in areas
        },
        questions={name: Question(area=area) for name, area in questions.items()},
        points=POINTS,
        strong_no=from_points(Fraction(plan.strong_no_cut), POINTS),
        hire_bar=from_points(Fraction(plan.hire_bar), POINTS),
        strong_hire=from_points(Fraction(plan.strong_hire_cut), POINTS),
        min_interviewers=plan.min_interviewers,
        min_coverage=Fraction(plan.min_coverage),
    )
