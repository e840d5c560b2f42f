"""What is missing, as a list of things to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from scorecards.models import Interview
from scorecards.rollup import Missing, MissingKind, Rollup, say_missing

from .matrix import AreaRow, Person

Labels = Mapping[str, str]


@dataclass(frozen=True)
class ToDo:
    """`kind` is evidence, card or raters: the page leads on by it. `at` is when the interview of an
    open scorecard ends or ended."""

    kind: str
    words: str
    then: str
    at: datetime | None = None
    overdue: bool = False
    area: str = ""

    def __str__(self) -> str:
        return self.words


def to_do_list(
    result: Rollup, people: Iterable[Person], areas: Iterable[AreaRow], labels: Labels
) -> list[ToDo]:
    """What the evidence gate lacks, then open scorecards, then areas that too few have rated."""
    people, rows = list(people), {row.slug: row for row in areas}
    found = [
        ToDo("evidence", say_missing(reason, labels), _then(reason, people, rows), area=area)
        for reason in result.missing_evidence
        for area in [reason.area or ""]
    ]
    found += [_card(person, one) for person in people for one in person.open]
    named = {one.area for one in found}
    found += [
        ToDo("raters", _few(row), _who_asks(row), area=row.slug)
        for row in rows.values()
        if not row.result.covered and row.slug not in named
    ]
    return found


def _then(reason: Missing, people: list[Person], rows: dict[str, AreaRow]) -> str:
    if reason.kind is MissingKind.RATERS:
        return _who_asks(rows[reason.area or ""])
    if any(person.open for person in people):
        return "The scorecards that are still to come may settle it."
    if reason.kind is MissingKind.INTERVIEWERS:
        return "Assign one more interviewer."
    return "Assign an interviewer for the areas that are not covered."


def _card(person: Person, interview: Interview) -> ToDo:
    ends = interview.starts_at + timedelta(minutes=interview.minutes)
    overdue = ends < timezone.now()
    return ToDo(
        "card",
        f"{person.name} has not submitted the scorecard of {interview.round.name}.",
        "Ask for it." if overdue else "Nothing to do before then.",
        at=ends,
        overdue=overdue,
    )


def _few(row: AreaRow) -> str:
    need, have = row.result.raters_needed, row.result.raters
    raters = "1 rater" if need == 1 else f"{need} raters"
    return f"{row.name} needs {raters} and has {have or 'none'}."


def _who_asks(row: AreaRow) -> str:
    names = [cell.person.name for cell in row.cells if cell.expected]
    if not names:
        return "Nobody who is still to submit asks about it: assign an interviewer who does."
    if len(names) == 1:
        return f"{names[0]} asks about it and has not submitted yet."
    return f"{', '.join(names[:-1])} and {names[-1]} ask about it and have not submitted yet."
