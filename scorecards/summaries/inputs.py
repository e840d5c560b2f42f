"""Rows out of the database → the roll-up's input. Points of the scale become the unit scale here.

The interviewer is the user; the question is `<interview>:<question_version>`, so that a person's
several interviews pool and a question asked twice is two ratings.
"""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scorecards.models import Answer, Application, OpeningPlan
from scorecards.rollup import Area, Config, Question, Rating

POINTS = 4


@dataclass(frozen=True)
class RollupInput:
    config: Config
    ratings: tuple[Rating, ...]


def unit(points: Decimal) -> Fraction:
    """A number of points on the scale, 1.00 to 4.00, on the unit scale."""
    return (Fraction(points) - 1) / (POINTS - 1)


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
    config = Config(
        areas={
            row.area.slug: Area(
                weight=Fraction(row.weight),
                bar=None if row.bar is None else unit(row.bar),
                min_raters=row.min_raters,
            )
            for row in plan.areas.all()
        },
        questions={
            f"{interview}:{question}": Question(area=area)
            for interview, _, question, area, _ in answers
        },
        points=POINTS,
        strong_no=unit(plan.strong_no_cut),
        hire_bar=unit(plan.hire_bar),
        strong_hire=unit(plan.strong_hire_cut),
        min_interviewers=plan.min_interviewers,
        min_coverage=Fraction(plan.min_coverage),
    )
    ratings = tuple(
        Rating(interviewer=str(person), question=f"{interview}:{question}", value=rating)
        for interview, person, question, _, rating in answers
    )
    return RollupInput(config=config, ratings=ratings)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON form; fractions and ids as text."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
