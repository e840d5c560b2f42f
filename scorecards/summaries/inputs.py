"""Rows out of the database → the roll-up's input. Points of the scale become the unit scale here.

The interviewer is the user; the question is `<interview>:<question_version>`, so that a person's
several interviews pool and a question asked twice is two ratings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorecards.models import Answer, Application, OpeningArea, OpeningPlan
from scorecards.rollup import Area, Config, Question, Rating, from_points

POINTS = 4


@dataclass(frozen=True)
class RollupInput:
    config: Config
    ratings: tuple[Rating, ...]


def current_plan(application: Application) -> OpeningPlan:
    return application.opening.plans.order_by("-number").prefetch_related("areas__area")[0]


def rollup_input(application: Application, plan: OpeningPlan) -> RollupInput:
    """What counts: locked answers of interviews that are no shadows, judged by the plan."""
    answers = list(
        Answer.objects.counted()
        .filter(scorecard__interview__application=application)
        .order_by("scorecard__interview_id", "question_version_id")
        .values_list(
            "scorecard__interview_id",
            "scorecard__interview__interviewer_id",
            "question_version_id",
            "question_version__question__area__slug",
            "rating",
        )
    )
    questions = {f"{interview}:{question}": area for interview, _, question, area, _ in answers}
    ratings = tuple(
        Rating(interviewer=str(person), question=f"{interview}:{question}", value=rating)
        for interview, person, question, _, rating in answers
    )
    return RollupInput(config=config_of(plan, plan.areas.all(), questions), ratings=ratings)


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
