"""Everything that the review page shows, from one set of reads. A constant number of queries."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, QuerySet

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import QuestionSetItem
from scorecards.models import Answer, Application, Decision, Interview, Submission
from scorecards.rollup import (
    Explanation,
    analyse,
    explain_result,
    ratings_hash,
    rollup,
)

from .amendments import Amendments, WithAmendments, read_amendments
from .exclusions import exclusion_columns, left_out_lines
from .inputs import current_plan, rollup_input
from .matrix import Person
from .missing import to_do_list
from .review_page import Review
from .rows import area_rows, people_of
from .what_ifs import weights_of, what_if_rows

__all__ = ["Review", "review"]


def review(application: Application, viewer: User) -> Review:
    """The caller has made sure that the viewer may see the assessments of this application."""
    plan = current_plan(application)
    given = rollup_input(application, plan)
    result = rollup(given.config, given.ratings)
    explanation, analysis = explain_result(result), analyse(given.config, given.ratings)
    submissions = list(_submissions(application, viewer))
    answers = _answers(application, viewer)
    amendments = _amendments(submissions, answers)
    amended = rollup(given.config, amendments.applied(given.ratings))
    people = people_of(_interviews(application), submissions, result)
    _complete(people, explanation, amendments)
    others = [one for one in submissions if one.scorecard.interview.interviewer_id != viewer.pk]
    read = trail.read_in_whole(reader=viewer, object_ids=[one.pk for one in others])
    for person in people:
        person.read = all(one.pk in read or one not in others for one in person.submissions)
    out = [one for one in answers if one.excluded]
    areas = area_rows(
        opening_areas=list(plan.areas.all()),
        answers=answers,
        people=people,
        result=result,
        left_out={one.question_version.question_id: one.because for one in out},
        explanation=explanation,
        later=amendments.answers,
        amended=amended,
    )
    labels = {row.slug: row.name for row in areas} | {one.id: one.name for one in people}
    return Review(
        application=application,
        plan=plan,
        result=result,
        explanation=explanation,
        analysis=analysis,
        labels=labels,
        people=people,
        areas=areas,
        left_out=left_out_lines(out),
        shadows=[one for one in submissions if one.scorecard.interview.shadow],
        amended=WithAmendments(amended, amendments.all) if amendments.all else None,
        missing=to_do_list(result, people, areas, labels),
        unread_submissions=[one for one in others if one.pk not in read],
        what_ifs=what_if_rows(given, result, analysis, labels),
        weights=weights_of(result, analysis, labels),
        decisions=list(_decisions(application, viewer)),
        ratings_digest=ratings_hash(given.ratings),
    )


def _interviews(application: Application) -> QuerySet[Interview]:
    """Those that count, with what their rounds ask."""
    asked = QuestionSetItem.objects.select_related("question_version__question")
    return (
        Interview.objects.filter(application=application)
        .taking_place()
        .counted()
        .select_related("interviewer", "round__set_version", "scorecard")
        .prefetch_related(Prefetch("round__set_version__items", queryset=asked))
    )


def _submissions(application: Application, viewer: User) -> QuerySet[Submission]:
    return (
        Submission.objects.visible_to(viewer)
        .of_application(application)
        .with_interview()
        .order_by("scorecard", "number")
    )


def _answers(application: Application, viewer: User) -> list[Any]:
    """With `excluded` and `because`, of their questions."""
    return list(
        Answer.objects.visible_to(viewer)
        .counted()
        .filter(scorecard__interview__application=application)
        .select_related("question_version__question__area", "scorecard__interview")
        .annotate(**exclusion_columns())
        .order_by("scorecard__interview__starts_at", "question_version__title")
    )


def _decisions(application: Application, viewer: User) -> QuerySet[Decision]:
    return (
        Decision.objects.visible_to(viewer)
        .filter(application=application)
        .select_related("decided_by")
        .order_by("number")
    )


def _amendments(submissions: Iterable[Submission], answers: Iterable[Answer]) -> Amendments:
    versions = {str(one.question_version_id): one.question_version for one in answers}
    counted = [one for one in submissions if not one.scorecard.interview.shadow]
    return read_amendments(counted, versions)


def _complete(people: Iterable[Person], explanation: Explanation, amendments: Amendments) -> None:
    """What each one adds as printed, and the recommendation that an amendment changed."""
    adds = {part.interviewer: Fraction(part.hundredths, 100) for part in explanation.by_interviewer}
    for person in people:
        person.adds = adds.get(person.id)
        for card in person.cards:
            person.later_call = amendments.calls.get(str(card.pk), person.later_call)
