"""Areas that an interviewer did not reach, and what became of them."""

from dataclasses import dataclass

from roles.models import EvaluationArea
from scorecards.models import Answer, Application, Handover, Interview

NOT_REACHED = Answer.NotAssessed.NOT_REACHED


@dataclass(frozen=True)
class Offer:
    """An area that was not reached; `handover` once it is handed over."""

    area: EvaluationArea
    handover: Handover | None


def areas_not_reached(interview: Interview) -> list[EvaluationArea]:
    """With a question that was not reached and none that was rated, of a scorecard that is in and
    counts."""
    answers = Answer.objects.filter(
        scorecard__interview=interview,
        scorecard__interview__shadow=False,
        scorecard__submitted_at__isnull=False,
    )
    left = answers.filter(not_assessed_reason=NOT_REACHED)
    rated = answers.filter(rating__isnull=False)
    by_area = "question_version__question__area"
    return list(
        EvaluationArea.objects.filter(pk__in=left.values(by_area)).exclude(
            pk__in=rated.values(by_area)
        )
    )


def offers_of(interview: Interview) -> list[Offer]:
    """What its interviewer may hand over, or did."""
    made = {one.area_id: one for one in interview.handovers.all()}
    return [Offer(area, made.get(area.pk)) for area in areas_not_reached(interview)]


def handed_over(application: Application) -> list[Handover]:
    """With the names: for coordinators who may know which scorecards are in."""
    found = Handover.objects.filter(interview__application=application)
    return list(found.select_related("area", "interview__interviewer"))
