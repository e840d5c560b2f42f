"""An interviewer's own scorecard, ready to be shown. Reads nothing of anybody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from roles.models import EvaluationArea, QuestionSetItem, QuestionVersion
from scorecards.models import Answer, OpeningRound, Scorecard

from .evidence import lines


@dataclass(frozen=True)
class Asked:
    """A question of the round. The answer is a blank one where nothing was written yet."""

    number: int
    version: QuestionVersion
    required: bool
    answer: Answer

    @property
    def slug(self) -> str:
        return self.version.question.slug

    @property
    def area(self) -> EvaluationArea:
        return self.version.question.area

    @property
    def settled(self) -> bool:
        """Rated, or marked not assessed with the reason."""
        return bool(self.answer.rating or self.answer.not_assessed_reason)

    @property
    def missing(self) -> bool:
        return self.required and not self.settled

    @property
    def unworded(self) -> bool:
        return bool(self.answer.rating) and not self.answer.evidence.strip()

    @property
    def quotes(self) -> int:
        return sum(line.quote for line in lines(self.answer.evidence))


@dataclass(frozen=True)
class Group:
    """Questions of one area."""

    area: EvaluationArea
    questions: tuple[Asked, ...]

    @property
    def minutes(self) -> int:
        return sum(asked.version.minutes for asked in self.questions)


@dataclass(frozen=True)
class Sheet:
    """A scorecard with the questions of its round, in their order."""

    card: Scorecard
    questions: tuple[Asked, ...]

    def at(self, slug: str) -> Asked | None:
        return next((asked for asked in self.questions if asked.slug == slug), None)

    def first_open(self) -> Asked | None:
        """Where to go on: the first question without a rating or reason."""
        return next((asked for asked in self.questions if not asked.settled), self.first)

    @property
    def first(self) -> Asked | None:
        return self.questions[0] if self.questions else None

    def before(self, asked: Asked) -> Asked | None:
        return self.questions[asked.number - 2] if asked.number > 1 else None

    def after(self, asked: Asked) -> Asked | None:
        return self.questions[asked.number] if asked.number < len(self.questions) else None

    @cached_property
    def groups(self) -> list[Group]:
        """Areas in the order of the interview; one that is come back to is there twice."""
        found: list[Group] = []
        for asked in self.questions:
            if found and found[-1].area == asked.area:
                found[-1] = Group(asked.area, (*found[-1].questions, asked))
            else:
                found.append(Group(asked.area, (asked,)))
        return found

    @property
    def areas(self) -> list[Group]:
        """Each area once, wherever its questions stand."""
        together: dict[EvaluationArea, tuple[Asked, ...]] = {}
        for asked in self.questions:
            together[asked.area] = (*together.get(asked.area, ()), asked)
        return [Group(area, questions) for area, questions in together.items()]

    @property
    def spare_minutes(self) -> int:
        """What the questions leave of the interview, for the candidate's own."""
        return self.card.interview.minutes - sum(group.minutes for group in self.groups)

    @property
    def rated(self) -> int:
        return sum(bool(asked.answer.rating) for asked in self.questions)

    @property
    def not_assessed(self) -> int:
        return sum(bool(asked.answer.not_assessed_reason) for asked in self.questions)

    @property
    def missing(self) -> list[Asked]:
        return [asked for asked in self.questions if asked.missing]

    @property
    def unworded(self) -> list[Asked]:
        return [asked for asked in self.questions if asked.unworded]

    @property
    def rounds(self) -> int:
        """How many rounds the interview's plan has."""
        return OpeningRound.objects.filter(plan=self.card.interview.round.plan_id).count()


def asked_in(a_round: OpeningRound) -> QuerySet[QuestionSetItem]:
    """The questions of the round in their order."""
    return (
        QuestionSetItem.objects.filter(set_version=a_round.set_version_id)
        .select_related("question_version__question__area")
        .order_by("position")
    )


def read_sheet(card: Scorecard) -> Sheet:
    """`card` comes with its interview and round."""
    return make_sheet(card, asked_in(card.interview.round), card.answers.all())


def make_sheet(
    card: Scorecard, items: Iterable[QuestionSetItem], answers: Iterable[Answer]
) -> Sheet:
    given = {answer.question_version_id: answer for answer in answers}
    questions = []
    for number, item in enumerate(items, 1):
        version = item.question_version
        answer = given.get(version.pk) or Answer(scorecard=card)
        answer.question_version = version
        questions.append(Asked(number, version, item.required, answer))
    return Sheet(card=card, questions=tuple(questions))
