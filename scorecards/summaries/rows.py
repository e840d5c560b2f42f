"""Columns and rows of the review page's table, from what was read and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from scorecards.models import Answer, Interview, OpeningArea, Submission
from scorecards.rollup import (
    AreaResult,
    Explanation,
    Rollup,
    distance_in_points,
    likely_range,
    round_parts,
    to_points,
)

from .evidence import Heard, Later, heard
from .matrix import AreaRow, Cell, Person
from .names import short_names


def people_of(
    interviews: Iterable[Interview], submissions: Iterable[Submission], result: Rollup
) -> list[Person]:
    """One column each, in the order of their first interview; `interviews` are those that count."""
    found: dict[str, Person] = {}
    for interview in interviews:
        key = str(interview.interviewer_id)
        person = found.setdefault(key, Person(id=key, name=interview.interviewer.name))
        person.rounds.append(interview.round.name)
        if interview.scorecard.submitted_at is None:
            person.open.append(interview)
            asked = interview.round.set_version.items.all()
            person.asks |= {item.question_version.question.area_id for item in asked}
    people = list(found.values())
    for person, short in zip(people, short_names([one.name for one in people]), strict=True):
        person.short = short
    for submission in submissions:
        author = str(submission.scorecard.interview.interviewer_id)
        if author in found and not submission.scorecard.interview.shadow:
            found[author].submissions.append(submission)
    for key, rated in result.interviewers.items():
        found[key].dissents = rated.dissents
        found[key].points = to_points(rated.score)
    return people


def area_rows(
    *,
    opening_areas: Iterable[OpeningArea],
    answers: Iterable[Answer],
    people: list[Person],
    result: Rollup,
    left_out: Mapping[UUID, str],
    explanation: Explanation,
    later: Mapping[str, tuple[Later, ...]],
    amended: Rollup,
) -> list[AreaRow]:
    """One row for each area of the plan, in its order. `left_out` maps questions to the reason,
    `later` the roll-up's ids of questions to amendments; `amended` is the result with them."""
    adds = _parts_of_ratings(explanation)
    area_adds = {one.area: Fraction(one.hundredths, 100) for one in explanation.by_area}
    told: dict[tuple[UUID, str], list[Heard]] = {}
    for answer in answers:
        version, interview = answer.question_version, answer.scorecard.interview
        name = f"{interview.pk}:{version.pk}"
        said = replace(
            heard(answer, left_out.get(version.question_id, "")),
            adds=adds.get(name),
            later=later.get(name, ()),
        )
        place = (version.question.area_id, str(interview.interviewer_id))
        told.setdefault(place, []).append(said)
    rows = [
        _row(one, told, people, result.areas[one.area.slug], amended.areas[one.area.slug])
        for one in opening_areas
    ]
    return [replace(row, adds=area_adds.get(row.slug)) for row in rows]


def _row(
    counted: OpeningArea,
    told: Mapping[tuple[UUID, str], list[Heard]],
    people: list[Person],
    area: AreaResult,
    amended: AreaResult,
) -> AreaRow:
    low, high = (None, None)
    if area.score is not None and area.variance is not None:
        low, high = (to_points(end) for end in likely_range(area.score, area.variance))
    return AreaRow(
        slug=counted.area.slug,
        name=counted.area.name,
        short_name=counted.area.short_name,
        result=area,
        cells=tuple(
            Cell(
                anchor=f"cell-{counted.area.slug}-{person.id}",
                person=person,
                answers=tuple(told.get((counted.area_id, person.id), ())),
                points=_points(area.means.get(person.id)),
                expected=counted.area_id in person.asks,
                amended=area.means.get(person.id) != amended.means.get(person.id),
                later=_points(amended.means.get(person.id)),
            )
            for person in people
        ),
        bar=_points(area.bar),
        score=_points(area.score),
        low=low,
        high=high,
        later=_points(amended.score),
    )


def _points(unit: Fraction | None) -> Fraction | None:
    return None if unit is None else to_points(unit)


def _parts_of_ratings(explanation: Explanation) -> dict[str, Fraction]:
    """The part of each rating, by question, rounded so that an area's ratings add up to what the
    area adds as printed."""
    found: dict[str, Fraction] = {}
    for area in explanation.by_area:
        parts = [part for part in explanation.by_rating if part.area == area.area]
        rounded = round_parts([distance_in_points(one.amount) for one in parts], area.hundredths)
        found |= {
            str(part.question): Fraction(count, 100)
            for part, count in zip(parts, rounded, strict=True)
        }
    return found
