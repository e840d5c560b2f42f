"""What is left out of an opening, and what would follow from leaving out one question more."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from interviewbank.access.models import User
from roles.models import Question, QuestionSetItem
from scorecards.models import Application, Exclusion, Opening, OpeningPlan
from scorecards.rollup import Outcome, rollup, to_points
from scorecards.workflow.exclusions import asked_in

from .inputs import Counted, counted_answers, input_of, newest_exclusion, plan_of


@dataclass(frozen=True)
class Answer:
    """What the roll-up of one candidate says; `points` of the scale, None without a verdict."""

    outcome: Outcome
    points: Fraction | None
    coverage: Fraction


@dataclass(frozen=True)
class Effect:
    """One candidate before and after; `ratings` says how many the question earned them."""

    application: Application
    ratings: int
    before: Answer
    after: Answer

    @property
    def outcome_changes(self) -> bool:
        return self.before.outcome is not self.after.outcome

    @property
    def too_little(self) -> bool:
        """There was an answer, and there would be none."""
        return self.outcome_changes and self.after.outcome is Outcome.INSUFFICIENT_EVIDENCE

    @property
    def changes(self) -> bool:
        return self.before != self.after


def effects(opening: Opening, question: Question, viewer: User, *, excluded: bool) -> list[Effect]:
    """For every candidate whose assessments the viewer may see: another outcome first, then other
    figures. Of the others nothing is said. Writes nothing."""
    applications = list(
        Application.objects.assessed_visible_to(viewer)
        .filter(opening=opening)
        .select_related("candidate")
        .order_by("candidate__name_folded", "pk")
    )
    plan = plan_of(opening)
    answers: dict[UUID, list[Counted]] = {one.pk: [] for one in applications}
    for one in counted_answers(applications):
        answers[one.application].append(one)
    found = [
        Effect(
            application=one,
            ratings=sum(
                given.question == question.pk and given.rating is not None
                for given in answers[one.pk]
            ),
            before=_answer(plan, (given for given in answers[one.pk] if not given.left_out)),
            after=_answer(plan, _after(answers[one.pk], question, excluded)),
        )
        for one in applications
    ]
    return sorted(found, key=lambda effect: (not effect.outcome_changes, not effect.changes))


def _after(answers: Iterable[Counted], question: Question, excluded: bool) -> list[Counted]:
    return [
        one for one in answers if not (excluded if one.question == question.pk else one.left_out)
    ]


def _answer(plan: OpeningPlan, answers: Iterable[Counted]) -> Answer:
    given = input_of(plan, answers)
    result = rollup(given.config, given.ratings)
    # With too little evidence there is a score, and it must not read as a verdict.
    verdict = None if result.outcome is Outcome.INSUFFICIENT_EVIDENCE else result.score
    return Answer(
        outcome=result.outcome,
        points=None if verdict is None else to_points(verdict),
        coverage=result.coverage,
    )


@dataclass(frozen=True)
class LeftOut:
    """A question that a candidate was asked and that counts for nobody of the opening."""

    title: str
    area: str
    reason: str
    ratings: int


def exclusion_columns() -> dict[str, Subquery]:
    """For answers: what was said last about their question."""
    return {
        "excluded": Subquery(newest_exclusion().values("excluded")[:1]),
        "because": Subquery(newest_exclusion().values("reason")[:1]),
    }


def left_out_lines(answers: Iterable[Any]) -> list[LeftOut]:
    """One line for each question, whatever its version; `answers` come with exclusion_columns and
    are of such questions."""
    by_question: dict[UUID, list[Any]] = {}
    for answer in answers:
        by_question.setdefault(answer.question_version.question_id, []).append(answer)
    return [
        LeftOut(
            title=given[0].question_version.title,
            area=given[0].question_version.question.area.name,
            reason=given[0].because,
            ratings=sum(answer.rating is not None for answer in given),
        )
        for given in by_question.values()
    ]


def history(opening: Opening) -> QuerySet[Exclusion]:
    """The newest first, each with the `title` of its question."""
    return (
        opening.exclusions.select_related("created_by", "question__area")
        .annotate(title=_title_in(opening, "question"))
        .order_by("-number")
    )


def left_out(rows: Iterable[Exclusion]) -> list[Exclusion]:
    """Of a history: what holds now, and leaves a question out."""
    newest: dict[UUID, Exclusion] = {}
    for row in rows:
        newest.setdefault(row.question_id, row)
    return [row for row in newest.values() if row.excluded]


def askable(opening: Opening) -> QuerySet[Question]:
    """The questions that the opening asks, each with the `title` of its newest asked version and
    whether it is `out`."""
    newest = opening.exclusions.filter(question=OuterRef("pk")).order_by("-number")
    return (
        asked_in(opening)
        .select_related("area")
        .annotate(title=_title_in(opening, "pk"), out=Subquery(newest.values("excluded")[:1]))
        .order_by("area__position", "area__name", "title", "slug")
    )


def _title_in(opening: Opening, question: str) -> Subquery:
    items = QuestionSetItem.objects.filter(
        set_version__rounds__plan__opening=opening,
        question_version__question=OuterRef(question),
    ).order_by("-question_version__number")
    return Subquery(items.values("question_version__title")[:1])
