"""The input form of a roll-up as plain data: read with every fault named, and written."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from scorecards.rollup.cells import collect
from scorecards.rollup.checks import Faults, InvalidInput, one_line, show
from scorecards.rollup.config import SETTINGS, Area, Config, Question, Rating


class Case(NamedTuple):
    """The input of one roll-up."""

    config: Config
    ratings: tuple[Rating, ...]


def read_case(data: object) -> Case:
    """One case from what `json.loads` gives for it.

    `areas`, `questions` and `ratings` are required, `settings` and each of its entries are not.
    Fractions may be numbers or text such as "1/2". Raises `InvalidInput` with every fault of the
    form; ratings are checked against the config once that is sound. Source: rollup.md 1 and 7c.
    """
    faults = Faults()
    case = _fields(faults, "", data, ("areas", "questions", "ratings"), ("settings",))
    areas = {
        name: Area(**{"weight": 1, **entry})
        for name, entry in _entries(faults, case, "areas", ("weight",), ("bar", "min_raters"))
    }
    questions = {
        name: Question(**{"area": "unknown", **entry})
        for name, entry in _entries(faults, case, "questions", ("area",), ("weight",))
    }
    settings = _fields(faults, "settings", case.get("settings", {}), (), SETTINGS)
    ratings = _ratings(faults, case.get("ratings", []))
    try:
        if not faults.none_for("areas", "case"):
            areas = {"unknown": Area(Fraction(1))}  # noted already; the rest is still checked
        config = Config(areas, questions, **settings)
        if not faults.lines:
            collect(config.plan, ratings)
    except InvalidInput as error:
        faults.lines.extend(_in_file(line) for line in error.faults)
    faults.raise_if_any()
    return Case(config, ratings)


def _in_file(line: str) -> str:
    """A fault of a config under the name that its field has in a file."""
    return f"settings.{line}" if line.partition(":")[0] in SETTINGS else line


def read_cases(data: object) -> Case | dict[str, Case]:
    """One case, which is an object with `areas`, or a mapping of names to cases.

    Raises `InvalidInput` with the faults of all cases, each line beginning with its case's name.
    """
    if not isinstance(data, dict) or "areas" in data:
        return read_case(data)
    faults, cases = Faults(), {}
    if not data:
        faults.add("file", "holds no case")
    for name, case in data.items():
        try:
            cases[name] = read_case(case)
        except InvalidInput as error:
            faults.lines.extend(one_line(f"{name}: {line}") for line in error.faults)
    faults.raise_if_any()
    return cases


def write_case(config: Config, ratings: Iterable[Rating]) -> dict[str, object]:
    """The input form of a config and its ratings: what a decision keeps and a checker reads back.

    Ratings are sorted, not assessed included; `read_case` gives an equal config and the same rows.
    """
    rows = [[rating.interviewer, rating.question, rating.value] for rating in ratings]
    return {
        "areas": {
            name: {
                "weight": str(area.weight),
                "bar": None if area.bar is None else str(area.bar),
                "min_raters": area.min_raters,
            }
            for name, area in config.areas.items()
        },
        "questions": {
            name: {"area": question.area, "weight": str(question.weight)}
            for name, question in config.questions.items()
        },
        "settings": {name: str(getattr(config, name)) for name in SETTINGS},
        "ratings": sorted(rows, key=_who_on_what),
    }


def _entries(
    faults: Faults,
    case: Mapping[str, Any],
    section: str,
    required: Sequence[str],
    optional: Sequence[str],
) -> list[tuple[str, dict[str, Any]]]:
    """The named entries of `areas` or `questions`; a section that is missing has its fault."""
    entries = case.get(section, {})
    if not isinstance(entries, dict):
        faults.add(section, f"must be an object, got {show(entries)}")
        return []
    return [
        (name, _fields(faults, f"{section}.{name}", entry, required, optional))
        for name, entry in entries.items()
    ]


def _fields(
    faults: Faults, path: str, data: object, required: Sequence[str], optional: Sequence[str]
) -> dict[str, Any]:
    """The known keys of an object; anything else about it is a fault."""
    if not isinstance(data, dict):
        faults.add(path or "case", f"must be an object, got {show(data)}")
        return {}
    known = {*required, *optional}
    prefix = f"{path}." if path else ""
    for key in data:
        if key not in known:
            faults.add(f"{prefix}{key}", "unknown key")
    for key in required:
        if key not in data:
            faults.add(f"{prefix}{key}", "is missing")
    return {key: value for key, value in data.items() if key in known}


def _ratings(faults: Faults, rows: object) -> tuple[Rating, ...]:
    if not isinstance(rows, list):
        faults.add("ratings", f"must be a list, got {show(rows)}")
        return ()
    ratings = []
    for index, row in enumerate(rows):
        match row:
            case [str(interviewer), str(question), value]:
                ratings.append(Rating(interviewer, question, value))
            case _:
                faults.add(f"ratings[{index}]", f"must be [name, question, value], got {show(row)}")
    return tuple(ratings)


def _who_on_what(row: list[str | int | None]) -> tuple[str, str]:
    return str(row[0]), str(row[1])
