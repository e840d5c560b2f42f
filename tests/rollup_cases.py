"""Generated panels for the properties of the roll-up: small to draw, wide in shape."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from scorecards.rollup import Area, Case, Config, Question, Rating

PROPERTY = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

NAMES = ("ann", "bob", "cyd", "dee", "eve", "fay", "gus", "hal")
WEIGHTS = st.sampled_from([Fraction(1), Fraction(1), Fraction(3), Fraction(7, 2), Fraction(30)])
BARS = st.sampled_from([*[None] * 6, Fraction(1, 3), Fraction(1, 2), Fraction(5, 6)])
RATERS = st.sampled_from([*[None] * 6, 1, 2, 3])
VARIANCES = st.sampled_from([Fraction(15, 1000), Fraction(3, 100), Fraction(1, 70)])
CUTS = st.sampled_from(
    [
        {},
        {"hire_bar": Fraction(3, 8), "strong_hire": Fraction(3, 4)},
        {"strong_no": Fraction(1, 3), "hire_bar": Fraction(11, 20), "strong_hire": Fraction(1)},
    ]
)


@st.composite
def configs(draw, *, max_areas=8, max_questions=6, equal_questions=False):
    """A config of areas a0, a1, … with questions a0.0, a0.1, …"""
    areas = [f"a{number}" for number in range(draw(st.sampled_from(range(1, max_areas + 1))))]
    questions = {
        f"{area}.{number}": Question(area, Fraction(1) if equal_questions else draw(WEIGHTS))
        for area in areas
        for number in range(draw(st.sampled_from(range(1, max_questions + 1))))
    }
    return Config(
        areas={area: Area(draw(WEIGHTS), draw(BARS), draw(RATERS)) for area in areas},
        questions=questions,
        points=draw(st.sampled_from([4, 5])),
        var_b=draw(VARIANCES),
        var_e=draw(VARIANCES),
        min_interviewers=draw(st.sampled_from([1, 2])),
        min_coverage=draw(st.sampled_from([Fraction(1, 2), Fraction(4, 5)])),
        **draw(CUTS),
    )


@st.composite
def panels(draw, *, max_people=8, **shape):
    """A config with the ratings of one to eight people, of whom some rated only some areas.

    All ratings come from one block of bytes, because a draw for each would take most of the time.
    Moods go by person or by area, so that high scores, low scores and splits are all common.
    """
    config = draw(configs(**shape))
    people = NAMES[: draw(st.sampled_from(range(1, max_people + 1)))]
    by_area = draw(st.booleans())
    mood = {
        who: draw(st.sampled_from(_moods(config.points)))
        for who in (config.areas if by_area else people)
    }
    skipped = draw(st.sampled_from([None, None, None, *config.areas]))
    visits = draw(st.binary(min_size=len(people), max_size=len(people)))
    slots = [(person, question) for person in people for question in config.questions]
    values = draw(st.binary(min_size=len(slots), max_size=len(slots)))
    ratings = []
    for (person, question), value in zip(slots, values, strict=True):
        area = config.questions[question].area
        choices = mood[area if by_area else person]
        if area != skipped and _visited(config, area, visits[people.index(person)]):
            ratings.append(Rating(person, question, choices[value % len(choices)]))
    return Case(config, tuple(ratings))


def _moods(points: int) -> list[list[int | None]]:
    """What one person tends to say: anything, high, low, the middle, little."""
    every, top = list(range(1, points + 1)), points
    return [
        [*every, *every, None],
        [top, top, top - 1, top - 1, None],
        [top, top - 1],
        [2, 1, 1],
        [2, 3],
        [3, 2, None, None],
    ]


def _visited(config: Config, area: str, mask: int) -> bool:
    """Every second mask leaves out the areas whose bit is set; the others rate everything."""
    return mask % 2 == 0 or not mask >> list(config.areas).index(area) & 1


@st.composite
def assessed(draw, **shape):
    """A panel with at least one counted rating."""
    case = draw(panels(**shape))
    if counted(case):
        return case
    first = next(iter(case.config.questions))
    others = tuple(rating for rating in case.ratings if rating.question != first)
    return Case(case.config, (*others, Rating("ann", first, draw(st.integers(1, 4)))))


@st.composite
def complete(draw, **shape):
    """A panel in which everybody rated everything."""
    case = draw(panels(**shape))
    people = sorted({rating.interviewer for rating in case.ratings}) or ["ann"]
    slots = [(person, question) for person in people for question in case.config.questions]
    values = draw(st.binary(min_size=len(slots), max_size=len(slots)))
    return Case(
        case.config,
        tuple(
            Rating(person, question, 1 + value % case.config.points)
            for (person, question), value in zip(slots, values, strict=True)
        ),
    )


def counted(case: Case) -> list[Rating]:
    """The ratings with a value."""
    return [rating for rating in case.ratings if rating.value is not None]


def with_value(case: Case, rating: Rating, value: int | None) -> Case:
    """The case with one rating changed."""
    changed = (replace(row, value=value) if row is rating else row for row in case.ratings)
    return Case(case.config, tuple(changed))


def with_weights(case: Case, weights: dict[str, Fraction]) -> Case:
    """The case with other area weights."""
    areas = {name: replace(area, weight=weights[name]) for name, area in case.config.areas.items()}
    return Case(replace(case.config, areas=areas), case.ratings)
