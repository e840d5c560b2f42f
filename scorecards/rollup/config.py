"""What goes in: areas, questions, settings and ratings, checked before anything is computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction

from scorecards.rollup.checks import Faults, InvalidInput
from scorecards.rollup.plan import Plan, compile_plan

__all__ = ["Area", "Config", "InvalidInput", "Question", "Rating"]


@dataclass(frozen=True, slots=True)
class Area:
    """An evaluation area that applies to this opening.

    `weight` > 0, only its ratio to the others counts. `bar` 0..1 on the unit scale, or None.
    `min_raters` >= 1; None means 1, and 2 for an area with a bar. Checked by `Config`.
    """

    weight: Fraction
    bar: Fraction | None = None
    min_raters: int | None = None

    @property
    def raters_needed(self) -> int:
        """How many raters the area needs to count as covered."""
        if self.min_raters is not None:
            return self.min_raters
        return 1 if self.bar is None else 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an area; `weight` > 0 counts inside the area only. Checked by `Config`.

    A question of an area that the config does not have is legal; its ratings are ignored.
    """

    area: str
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating: a whole number 1..K, or None for not assessed, which is the same as no row."""

    interviewer: str
    question: str
    value: int | None


@dataclass(frozen=True)
class Config:
    """All that one roll-up depends on besides the ratings.

    Bars and cuts are on the unit scale: (points - 1) / (K - 1). Variances are on the same scale,
    squared; the defaults are from the literature (rollup.md 4). Whole numbers, floats and text
    such as "1/2" are taken for fractions; a float means the shortest decimal that reads as it.

    Raises `InvalidInput`, with one line per fault, for: no areas; a weight <= 0; a bar outside
    0..1; cuts out of order; a variance that is not positive; points other than 4 or 5; a count
    below 1. Source: rollup.md 1.
    """

    areas: Mapping[str, Area]
    questions: Mapping[str, Question]
    points: int = 4
    hire_bar: Fraction = Fraction(1, 2)
    strong_hire: Fraction = Fraction(5, 6)
    strong_no: Fraction = Fraction(1, 6)
    min_interviewers: int = 2
    min_coverage: Fraction = Fraction(4, 5)
    z_lean: Fraction = Fraction(8416, 10000)
    z_strong: Fraction = Fraction(16449, 10000)
    var_b: Fraction = Fraction(15, 1000)
    var_d: Fraction = Fraction(15, 1000)
    var_e: Fraction = Fraction(30, 1000)
    var_true: Fraction = Fraction(165, 10000)
    range_flag: Fraction = Fraction(1, 2)
    dissent_margin: Fraction = Fraction(1, 10)
    plan: Plan = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = Faults()
        values: dict[str, object] = {name: getattr(self, name) for name in SETTINGS}
        checked: dict[str, object] = {
            "areas": _areas(faults, self.areas),
            "questions": _questions(faults, self.questions),
            **_settings(faults, values),
        }
        faults.raise_if_any()
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "plan", self._compiled())

    def _compiled(self) -> Plan:
        return compile_plan(
            weights={name: area.weight for name, area in self.areas.items()},
            questions={
                name: (question.area, question.weight) for name, question in self.questions.items()
            },
            raters_needed={name: area.raters_needed for name, area in self.areas.items()},
            points=self.points,
            variances=(self.var_b, self.var_d, self.var_e),
        )


SETTINGS = tuple(
    entry.name for entry in fields(Config) if entry.name not in ("areas", "questions", "plan")
)
"""The names of the settings, as the input form has them, in order."""

_COUNTS = ("points", "min_interviewers")
_SHARES = ("hire_bar", "strong_hire", "strong_no", "min_coverage")
_POSITIVE = ("var_b", "var_d", "var_e", "var_true", "z_lean", "z_strong")


def _areas(faults: Faults, areas: Mapping[str, Area]) -> dict[str, Area]:
    if not areas:
        faults.add("areas", "must name at least one area")
    return {
        name: Area(
            faults.positive(f"areas.{name}.weight", area.weight),
            None if area.bar is None else faults.share(f"areas.{name}.bar", area.bar),
            None
            if area.min_raters is None
            else faults.count(f"areas.{name}.min_raters", area.min_raters),
        )
        for name, area in areas.items()
    }


def _questions(faults: Faults, questions: Mapping[str, Question]) -> dict[str, Question]:
    return {
        name: Question(
            faults.name(f"questions.{name}.area", question.area),
            faults.positive(f"questions.{name}.weight", question.weight),
        )
        for name, question in questions.items()
    }


def _settings(faults: Faults, values: Mapping[str, object]) -> dict[str, int | Fraction]:
    checked: dict[str, int | Fraction] = {}
    for name, value in values.items():
        if name in _COUNTS:
            checked[name] = faults.count(name, value)
        elif name in _SHARES:
            checked[name] = faults.share(name, value)
        elif name in _POSITIVE:
            checked[name] = faults.positive(name, value)
        else:
            checked[name] = faults.not_negative(name, value)
    if faults.none_for("points") and checked["points"] not in (4, 5):
        faults.add("points", f"must be 4 or 5, got {checked['points']}")
    if faults.none_for("strong_no", "hire_bar", "strong_hire") and not (
        checked["strong_no"] < checked["hire_bar"] < checked["strong_hire"]
    ):
        faults.add("hire_bar", "cuts out of order: strong_no < hire_bar < strong_hire must hold")
    if faults.none_for("z_lean", "z_strong") and checked["z_lean"] > checked["z_strong"]:
        faults.add("z_lean", "must not be above z_strong")
    return checked
