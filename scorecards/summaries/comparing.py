"""Two to five candidates on the same axes. A constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from uuid import UUID

from django.utils.safestring import SafeString

from interviewbank.access.models import User
from interviewbank.ui import charts
from roles.models import EvaluationArea
from scorecards.models import Application, Interview, OpeningPlan
from scorecards.rollup import (
    AreaResult,
    Case,
    Outcome,
    Rollup,
    analyse,
    likely_range,
    rollup,
    to_points,
)

from .comparing_axes import incomparable
from .comparing_pairs import Pair, pairs_of
from .inputs import Counted, counted_answers, input_of
from .matrix import BAR_WORDS

# Rows that differ most: the widest gap, and others nearly as wide, if it is worth a look at all.
WORTH_A_LOOK = Fraction(1, 2)
NEARLY = Fraction(1, 4)
COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}


@dataclass(frozen=True)
class Chosen:
    """`refused` are known to the viewer, who may not read what was heard; `unknown` are not there
    for them."""

    readable: list[Application]
    refused: list[Application]
    unknown: int

    @property
    def refused_names(self) -> list[str]:
        return sorted(str(one.candidate) for one in self.refused)


@dataclass(frozen=True)
class Column:
    application: Application
    name: str
    result: Rollup
    calls: list[str]
    what_ifs: str
    gauge: SafeString

    @property
    def placed(self) -> bool:
        """With too little evidence there is no score to stand beside the others'."""
        return self.result.outcome is not Outcome.INSUFFICIENT_EVIDENCE

    @property
    def points(self) -> Fraction | None:
        score = self.result.score
        return to_points(score) if self.placed and score is not None else None

    @property
    def range(self) -> tuple[float, float] | None:
        ends = self.result.likely_range
        return None if ends is None else (to_points(ends[0]), to_points(ends[1]))


@dataclass(frozen=True)
class Cell:
    """One candidate in one area; without a score they were not assessed in it."""

    column: Column
    score: Fraction | None
    bar_words: str
    svg: SafeString
    missed: bool = False


@dataclass(frozen=True)
class Line:
    area: EvaluationArea
    about: str
    cells: list[Cell]
    most: bool

    @property
    def difference(self) -> Fraction:
        return _difference(cell.score for cell in self.cells)


@dataclass(frozen=True)
class LeftOut:
    area: EvaluationArea
    reason: str


@dataclass(frozen=True)
class Side:
    """One candidate before anything is shown."""

    application: Application
    name: str
    answers: list[Counted]
    plan: OpeningPlan
    case: Case
    result: Rollup = field(repr=False)


@dataclass(frozen=True)
class Comparing:
    columns: list[Column]
    lines: list[Line]
    left_out: list[LeftOut]
    pairs: list[Pair]

    @property
    def unplaced(self) -> list[str]:
        return [column.name for column in self.columns if not column.placed]

    @property
    def heading(self) -> str:
        return f"{COUNTS[len(self.columns)]} candidates, same scale"

    @property
    def openings(self) -> list[str]:
        return list(dict.fromkeys(column.application.opening.title for column in self.columns))


def chosen(viewer: User, ids: Sequence[UUID]) -> Chosen:
    known = list(Application.objects.visible_to(viewer).with_people().filter(pk__in=ids))
    readable = set(
        Application.objects.assessed_visible_to(viewer)
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    )
    return Chosen(
        readable=[one for one in known if one.pk in readable],
        refused=[one for one in known if one.pk not in readable],
        unknown=len(set(ids)) - len(known),
    )


def comparing(applications: Sequence[Application], *, hide: bool) -> Comparing:
    """The caller has made sure that the viewer may read what was heard of each."""
    sides = _sides(applications, hide=hide)
    areas = {area.slug: area for area in EvaluationArea.objects.all()}
    faults = incomparable(one for side in sides for one in side.answers)
    calls = _calls(applications)
    columns = [_column(side, calls) for side in sides]
    counting = [slug for slug in areas if any(slug in side.result.areas for side in sides)]
    axes = [slug for slug in counting if slug not in faults]
    lines = [_line(areas[slug], sides, columns) for slug in axes]
    widest = max((line.difference for line in lines), default=Fraction(0))
    least = max(widest - NEARLY, WORTH_A_LOOK)
    placed = [side for side, column in zip(sides, columns, strict=True) if column.placed]
    return Comparing(
        columns=columns,
        lines=[replace(line, most=line.difference >= least) for line in lines],
        left_out=[LeftOut(areas[slug], why) for slug, why in faults.items() if slug in counting],
        pairs=pairs_of([(side.name, side.case) for side in placed], axes),
    )


def _sides(applications: Sequence[Application], *, hide: bool) -> list[Side]:
    """The highest score first; hidden names go by the letter of the column."""
    plans = {
        plan.opening_id: plan
        for plan in OpeningPlan.objects.filter(opening__in={one.opening_id for one in applications})
        .order_by("opening", "number")
        .prefetch_related("areas__area")
    }
    answers = [one for one in counted_answers(applications) if not one.left_out]
    sides = []
    for application in applications:
        own = [one for one in answers if one.application == application.pk]
        plan = plans[application.opening_id]
        given = input_of(plan, own)
        case = Case(given.config, given.ratings)
        name = str(application.candidate)
        sides.append(Side(application, name, own, plan, case, rollup(*case)))
    sides.sort(key=_place)
    if not hide:
        return sides
    return [replace(side, name=f"Candidate {chr(65 + n)}") for n, side in enumerate(sides)]


def _place(side: Side) -> tuple[bool, Fraction, str, str]:
    thin = side.result.outcome is Outcome.INSUFFICIENT_EVIDENCE
    score = Fraction(0) if thin else -(side.result.score or Fraction(0))
    return thin, score, side.name, str(side.application.pk)


def _calls(applications: Sequence[Application]) -> dict[UUID, list[Interview]]:
    """The interviews whose cards are in, by application: the interviewers' own calls."""
    found: dict[UUID, list[Interview]] = {}
    rows = (
        Interview.objects.filter(
            application__in=applications, scorecard__submitted_at__isnull=False
        )
        .taking_place()
        .counted()
        .select_related("interviewer", "scorecard")
        .order_by("starts_at", "pk")
    )
    for interview in rows:
        found.setdefault(interview.application_id, []).append(interview)
    return found


def _column(side: Side, calls: Mapping[UUID, list[Interview]]) -> Column:
    interviews = calls.get(side.application.pk, [])
    names = {str(one.interviewer_id): one.interviewer.name for one in interviews}
    names |= {row.area.slug: row.area.name for row in side.plan.areas.all()}
    column = Column(
        application=side.application,
        name=side.name,
        result=side.result,
        calls=[one.scorecard.recommendation for one in interviews],
        what_ifs=_what_ifs(side, names),
        gauge=SafeString(),
    )
    if column.points is None or column.range is None:
        return column
    cuts = [Fraction(cut) for cut in _cuts(side.plan)]
    return replace(column, gauge=charts.gauge(column.points, *column.range, cuts=cuts))


def _cuts(plan: OpeningPlan) -> list[Fraction]:
    return [Fraction(cut) for cut in (plan.strong_no_cut, plan.hire_bar, plan.strong_hire_cut)]


def _what_ifs(side: Side, names: Mapping[str, str]) -> str:
    """Whether leaving out one interviewer or one area changes the answer."""
    outcome = side.result.outcome
    if outcome is Outcome.INSUFFICIENT_EVIDENCE:
        return "Too little evidence to ask"
    analysis = analyse(*side.case)
    tried = {**analysis.without_interviewer, **analysis.without_area}
    thin = [key for key, what in tried.items() if what.outcome is Outcome.INSUFFICIENT_EVIDENCE]
    same = (outcome, Outcome.INSUFFICIENT_EVIDENCE)
    changed = [names.get(key, key) for key, what in tried.items() if what.outcome not in same]
    words = f"No, in none of {len(tried)} what-ifs"
    if changed:
        words = f"In {len(changed)} of {len(tried)}: without {', or without '.join(changed)}"
    return f"{words}; {len(thin)} would leave too little evidence" if thin else words


def _line(area: EvaluationArea, sides: Sequence[Side], columns: Sequence[Column]) -> Line:
    results = [side.result.areas.get(area.slug) for side in sides]
    cells = [
        _cell(column, side, result)
        for column, side, result in zip(columns, sides, results, strict=True)
    ]
    said = {_about(result) for result in results if result is not None}
    about = said.pop() if len(said) == 1 else "Weight and bar differ by opening"
    return Line(area=area, about=about, cells=cells, most=False)


def _about(result: AreaResult) -> str:
    weight = f"Weight {float(result.weight):.0%}"
    return weight if result.bar is None else f"{weight}, bar {float(to_points(result.bar)):.2f}"


def _cell(column: Column, side: Side, result: AreaResult | None) -> Cell:
    if result is None or result.score is None or result.variance is None:
        words = "Not part of this opening" if result is None else ""
        return Cell(column, None, words, SafeString())
    low, high = (to_points(end) for end in likely_range(result.score, result.variance))
    score = to_points(result.score)
    ratings = [one.rating for one in side.answers if one.area == result.area and one.rating]
    bar = None if result.bar is None else to_points(result.bar)
    words = BAR_WORDS[result.bar_state] if result.bar_state else ""
    missed = bar is not None and score < bar
    return Cell(column, score, words, charts.strip(ratings, score, low, high, bar), missed)


def _difference(scores: Iterable[Fraction | None]) -> Fraction:
    known = [score for score in scores if score is not None]
    return max(known) - min(known) if len(known) > 1 else Fraction(0)
