"""All figures of a packet, computed from the plan and the ratings that it holds."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from scorecards.rollup import (
    Area,
    AreaResult,
    Config,
    Explanation,
    Question,
    Rating,
    Rollup,
    analyse,
    config_hash,
    explain_result,
    likely_range,
    ratings_hash,
    rollup,
    say_discuss,
    say_missing,
    sentence,
    to_points,
)

Record = Mapping[str, Any]


def result_of(record: Record) -> dict[str, Any]:
    """What the scorecards say. Fractions are text: nothing is rounded but what is printed."""
    config, ratings = case_of(record)
    result = rollup(config, ratings)
    labels = {area["slug"]: area["name"] for area in record["plan"]["areas"]} | record["people"]
    return {
        "outcome": result.outcome.value,
        "outcome_before_bars": result.outcome_before_bars and result.outcome_before_bars.value,
        "status": result.status.value,
        "sentence": sentence(result, labels),
        "missing_evidence": [say_missing(one, labels) for one in result.missing_evidence],
        "discuss": [say_discuss(one, labels) for one in result.discuss],
        **_panel(result),
        **_layers(explain_result(result), result),
        **_what_ifs(config, ratings, result),
        "with_amendments": _with_amendments(record, config, ratings),
        "config_digest": config_hash(config),
        "ratings_digest": ratings_hash(ratings),
    }


def case_of(record: Record) -> tuple[Config, tuple[Rating, ...]]:
    """The roll-up's input: submitted, no shadow's, and not to a question that is left out."""
    questions, ratings = {}, []
    areas = {question["id"]: question["area"] for question in record["questions"]}
    for interview, answer in counted(record):
        name = f"{interview['id']}:{answer['question']}"
        questions[name] = Question(area=areas[answer["question"]])
        ratings.append(Rating(interview["interviewer"], name, answer["rating"]))
    plan = record["plan"]
    config = Config(
        areas={
            area["slug"]: Area(area["weight"], area["bar"], area["min_raters"])
            for area in plan["areas"]
        },
        questions=questions,
        **plan["settings"],
    )
    return config, tuple(ratings)


def counted(record: Record) -> Iterator[tuple[Record, Record]]:
    """The answers that count, each with its interview."""
    out = left_out(record)
    slugs = {question["id"]: question["slug"] for question in record["questions"]}
    for interview in record["interviews"]:
        if interview["submitted_at"] is not None and not interview["shadow"]:
            for answer in interview["answers"]:
                if slugs[answer["question"]] not in out:
                    yield interview, answer


def left_out(record: Record) -> dict[str, str]:
    """The questions that count for nobody of the opening, with the reason; the newest row holds."""
    newest = {row["question"]: row for row in sorted(record["exclusions"], key=_number_of)}
    return {slug: row["reason"] for slug, row in newest.items() if row["excluded"]}


def _number_of(row: Record) -> int:
    return int(row["number"])


def _panel(result: Rollup) -> dict[str, Any]:
    ends = result.likely_range
    return {
        "score": _text(result.score),
        "likely_range": ends and [_six(to_points(end)) for end in ends],
        "coverage": str(result.coverage),
        "variance": _text(result.variance),
        "p_above_bar": _six(result.p_above_bar),
        "p_above_bar_own_spread": _six(result.p_above_bar_own_spread),
        "reliability": _text(result.reliability),
        "effective_interviewers": _text(result.effective_interviewers),
        "full_scorecards_needed": result.full_scorecards_needed,
        "margin": _text(result.margin),
        "bounds": [str(result.lo), str(result.hi)],
        "spread": _text(result.spread),
        "panel_q": _text(result.panel_q),
        "split": result.split,
    }


def _layers(explanation: Explanation, result: Rollup) -> dict[str, Any]:
    """The same margin by area, interviewer and rating. `adds` is in hundredths of a point, rounded
    so that the printed parts sum to the printed difference."""
    adds = {part.area: part.hundredths for part in explanation.by_area}
    people = {part.interviewer: part.hundredths for part in explanation.by_interviewer}
    figures = explanation.figures
    return {
        "printed": figures and {"score": figures.score, "hire_bar": figures.hire_bar},
        "areas": [_area(area, adds.get(name)) for name, area in result.areas.items()],
        "interviewers": [
            {
                "interviewer": name,
                "score": str(person.score),
                "share": str(person.share),
                "contribution": str(person.contribution),
                "adds": people[name],
                "dissents": person.dissents,
            }
            for name, person in result.interviewers.items()
        ],
        "ratings": [
            {
                "area": part.area,
                "question": part.question,
                "interviewer": part.interviewer,
                "value": given.value,
                "weight": str(given.weight),
                "contribution": str(part.amount),
                "adds": part.hundredths,
            }
            for part, given in zip(explanation.by_rating, result.contributions, strict=True)
        ],
    }


def _area(area: AreaResult, adds: int | None) -> dict[str, Any]:
    return {
        "area": area.area,
        "share": str(area.weight),
        "raters": area.raters,
        "raters_needed": area.raters_needed,
        "score": _text(area.score),
        "likely_range": _range_of(area),
        "variance": _text(area.variance),
        "means": {name: str(mean) for name, mean in area.means.items()},
        "spread": _text(area.spread),
        "q": _text(area.q),
        "flagged": area.flagged,
        "bar_state": area.bar_state and area.bar_state.value,
        "contribution": str(area.contribution),
        "adds": adds,
    }


def _range_of(area: AreaResult) -> list[str | None] | None:
    if area.score is None or area.variance is None:
        return None
    return [_six(to_points(end)) for end in likely_range(area.score, area.variance)]


def _what_ifs(config: Config, ratings: tuple[Rating, ...], result: Rollup) -> dict[str, Any]:
    analysis = analyse(config, ratings)
    groups = (
        ("interviewer", analysis.without_interviewer),
        ("area", analysis.without_area),
    )
    return {
        "without": [
            {
                "kind": kind,
                "id": name,
                "outcome": what.outcome.value,
                "score": _text(what.score),
                "same": what.outcome is result.outcome,
            }
            for kind, group in groups
            for name, what in group.items()
        ],
        "side_flips_without": [
            *analysis.flips_without_interviewer,
            *analysis.flips_without_area,
        ],
        "weight_tolerance": _text(analysis.weight_tolerance),
        "weight_intervals": {
            name: [str(interval.low), _text(interval.high)]
            for name, interval in analysis.weight_intervals.items()
        },
        "least_transfer": _text(analysis.least_transfer),
        "share_same_side": _text(analysis.share_same_side),
        "fragility": analysis.fragility,
    }


def _with_amendments(
    record: Record, config: Config, ratings: tuple[Rating, ...]
) -> dict[str, Any] | None:
    """The second line: what the roll-up would be, were the amendments counted. None without any."""
    later: dict[str, int | None] = {}
    amended = False
    for interview in record["interviews"]:
        for submission in interview["submissions"]:
            amended = amended or submission["number"] > 1
            for said in amended_answers(submission):
                if "rating" in said:
                    later[f"{interview['id']}:{said['question_version']}"] = said["rating"]
    if not amended:
        return None
    result = rollup(
        config,
        [
            Rating(one.interviewer, one.question, later.get(one.question, one.value))
            for one in ratings
        ],
    )
    return {"outcome": result.outcome.value, "score": _text(result.score)}


def amended_answers(submission: Record) -> list[dict[str, Any]]:
    """What an amendment says of single answers: the fields that it changed."""
    said = (submission["changes"] or {}).get("questions", [])
    if not isinstance(said, list) or not all(
        isinstance(one, dict) and isinstance(one.get("question_version"), str) for one in said
    ):
        raise ValueError("an amendment does not say which question it is about")
    return said


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _six(value: float | Fraction | None) -> str | None:
    """Where a root or a distribution is in it: six decimals, the same on every machine."""
    return None if value is None else f"{float(value):.6f}"
