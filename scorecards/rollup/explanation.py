"""The result taken apart (section 8): every view adds up to score - hire bar, printed or exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorecards.rollup.config import Config, Rating
from scorecards.rollup.core import rollup
from scorecards.rollup.points import distance_in_points, hundredths, printed, round_parts, to_points
from scorecards.rollup.results import Rollup


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a view; the ids that the view does not distinguish are None.

    `amount` is exact, on the unit scale. `hundredths` is the same in hundredths of a point, rounded
    so that the lines of a view sum to the printed margin.
    """

    amount: Fraction
    hundredths: int
    area: str | None = None
    question: str | None = None
    interviewer: str | None = None

    @property
    def text(self) -> str:
        """The signed points as printed, such as +0.12."""
        return printed(self.hundredths, signed=True)


@dataclass(frozen=True, slots=True)
class Figures:
    """Score, hire bar and their difference in hundredths of a point; printed, they add up too."""

    score: int
    hire_bar: int

    @property
    def margin(self) -> int:
        """Printed score - printed bar."""
        return self.score - self.hire_bar


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Four views of one margin; each sums to `margin` exactly and to `figures.margin` as printed.

    Areas and interviewers are in the order of the result, questions in that of the config, ratings
    by area, question and interviewer. Empty, with a margin of 0, when nothing is assessed.
    """

    margin: Fraction
    figures: Figures | None
    by_area: tuple[Part, ...] = ()
    by_interviewer: tuple[Part, ...] = ()
    by_question: tuple[Part, ...] = ()
    by_rating: tuple[Part, ...] = ()


def explain(config: Config, ratings: Iterable[Rating]) -> Explanation:
    """All four views for the input of `rollup`, with the same errors."""
    return explain_result(rollup(config, ratings))


def explain_result(result: Rollup) -> Explanation:
    """All four views of a result that is there already."""
    figures = figures_of(result)
    if result.margin is None or figures is None:
        return Explanation(margin=Fraction(0), figures=None)
    questions: dict[str, Fraction] = {}
    for entry in result.contributions:
        questions[entry.question] = questions.get(entry.question, Fraction(0)) + entry.amount
    return Explanation(
        margin=result.margin,
        figures=figures,
        by_area=area_parts(result),
        by_interviewer=_parts(
            result,
            figures,
            [
                (person.contribution, {"interviewer": n})
                for n, person in result.interviewers.items()
            ],
        ),
        by_question=_parts(
            result,
            figures,
            [
                (questions[name], {"question": name, "area": question.area})
                for name, question in result.config.questions.items()
                if name in questions
            ],
        ),
        by_rating=_parts(
            result,
            figures,
            [
                (
                    entry.amount,
                    {
                        "area": entry.area,
                        "question": entry.question,
                        "interviewer": entry.interviewer,
                    },
                )
                for entry in result.contributions
            ],
        ),
    )


def figures_of(result: Rollup) -> Figures | None:
    """The printed score and bar of a result; None without a score."""
    if result.score is None:
        return None
    points = result.config.points
    return Figures(
        hundredths(to_points(result.score, points)),
        hundredths(to_points(result.config.hire_bar, points)),
    )


def area_parts(result: Rollup) -> tuple[Part, ...]:
    """What each assessed area adds to or takes from the margin, in the order of the config."""
    figures = figures_of(result)
    if figures is None:
        return ()
    areas = [area for area in result.areas.values() if area.score is not None]
    return _parts(result, figures, [(area.contribution, {"area": area.area}) for area in areas])


def _parts(
    result: Rollup, figures: Figures, lines: list[tuple[Fraction, Mapping[str, str]]]
) -> tuple[Part, ...]:
    points = [distance_in_points(amount, result.config.points) for amount, _ in lines]
    rounded = round_parts(points, figures.margin)
    return tuple(
        Part(amount, count, **ids) for (amount, ids), count in zip(lines, rounded, strict=True)
    )
