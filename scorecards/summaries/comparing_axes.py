"""Which areas candidates may be compared in.

An area is an axis when the questions that were rated there mean the same for everybody who was
rated in it: versions of one question in other words may stand beside each other, another meaning
may not. And some question must have been rated for all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from roles.models import QuestionVersion
from roles.summaries.comparability import pooled_with

from .inputs import Counted


def incomparable(answers: Iterable[Counted]) -> dict[str, str]:
    """Why an area is no axis, by slug. Only ratings count: what was not reached says nothing."""
    rated = [one for one in answers if one.rating is not None]
    versions = list(
        QuestionVersion.objects.filter(
            question__in={one.question for one in rated}, published_at__isnull=False
        ).order_by("question", "number")
    )
    histories = _histories(versions)
    titles = {version.pk: version.title for version in versions}
    faults = {}
    for slug in dict.fromkeys(one.area for one in rated):
        here = [one for one in rated if one.area == slug]
        if title := _other_meaning(here, histories, titles):
            faults[slug] = f"“{title}” was asked in versions that do not mean the same."
        elif not _in_common(here, histories):
            faults[slug] = "No question was rated for everybody who was rated here."
    return faults


def _histories(versions: Iterable[QuestionVersion]) -> dict[UUID, UUID]:
    """For each version the first one that means the same."""
    of_question: dict[UUID, list[QuestionVersion]] = {}
    for version in versions:
        of_question.setdefault(version.question_id, []).append(version)
    return {
        one.pk: pooled_with(one, group)[0].pk for group in of_question.values() for one in group
    }


def _other_meaning(
    here: Sequence[Counted], histories: Mapping[UUID, UUID], titles: Mapping[UUID, str]
) -> str:
    """The title of a question that was asked in two meanings, or nothing."""
    meaning: dict[UUID, UUID] = {}
    for one in here:
        if meaning.setdefault(one.question, histories[one.version]) != histories[one.version]:
            return titles[one.version]
    return ""


def _in_common(here: Sequence[Counted], histories: Mapping[UUID, UUID]) -> set[UUID]:
    asked: dict[UUID, set[UUID]] = {}
    for one in here:
        asked.setdefault(one.application, set()).add(histories[one.version])
    return set.intersection(*asked.values())
