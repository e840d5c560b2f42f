"""The JSON form of a result: fractions as "a/b", floats to six digits (section 7c)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from scorecards.rollup.analysis import Analysis, WhatIf, analyse
from scorecards.rollup.config import Config, Rating
from scorecards.rollup.core import rollup
from scorecards.rollup.results import AreaResult, Rollup
from scorecards.rollup.wording import say_discuss, say_missing

_DIGITS = 6


def as_json(config: Config, ratings: Iterable[Rating]) -> dict[str, object]:
    """The core and the analysis as plain data that `json.dumps` takes.

    With nothing assessed exactly level, status, coverage, missing_evidence, bars and score. Errors
    as for `rollup`. The key `level` is the final outcome. Source: rollup.md 7c.
    """
    ratings = tuple(ratings)
    result = rollup(config, ratings)
    form: dict[str, object] = {
        "level": result.outcome.value,
        "status": result.status.value,
        "coverage": str(result.coverage),
        "missing_evidence": [say_missing(reason) for reason in result.missing_evidence],
        "bars": {name: state.value for name, state in result.bars.items()},
        "score": None if result.score is None else str(result.score),
    }
    if result.score is None:
        return form
    return form | _figures(result) | _disagreement(result) | _robustness(analyse(config, ratings))


def _figures(result: Rollup) -> dict[str, object]:
    areas = _assessed(result)
    return {
        "score_float": _rounded(result.score),
        "variance": str(result.variance),
        "se_float": _rounded(result.se),
        "p_above_bar": _rounded(result.p_above_bar),
        "reliability": str(result.reliability),
        "level_before_bars": result.outcome_before_bars,
        "effective_interviewers": str(result.effective_interviewers),
        "area_scores": {area.area: str(area.score) for area in areas},
        "area_variances": {area.area: str(area.variance) for area in areas},
        "full_scorecards_needed": result.full_scorecards_needed,
        "margin": str(result.margin),
        "contribution_by_area": {area.area: str(area.contribution) for area in areas},
        "contribution_by_interviewer": {
            name: str(person.contribution) for name, person in result.interviewers.items()
        },
        "bounds": [str(result.lo), str(result.hi)],
    }


def _disagreement(result: Rollup) -> dict[str, object]:
    return {
        "disagreement_flags": list(result.flagged),
        "Q": {area.area: str(area.q) for area in _assessed(result)},
        "dissent": list(result.dissent),
        "discuss": [say_discuss(reason) for reason in result.discuss],
        "panel_Q": str(result.panel_q),
        "p_above_bar_own_spread": _rounded(result.p_above_bar_own_spread),
    }


def _robustness(analysis: Analysis) -> dict[str, object]:
    return {
        "loio": _outcomes(analysis.without_interviewer),
        "loao": _outcomes(analysis.without_area),
        "side_flips_without": [*analysis.flips_without_interviewer, *analysis.flips_without_area],
        "rho": _text(analysis.weight_tolerance),
        "min_transfer": _text(analysis.least_transfer),
        "share_same_side": _text(analysis.share_same_side),
        "weight_intervals": {
            name: [str(interval.low), _text(interval.high)]
            for name, interval in analysis.weight_intervals.items()
        },
        "fragility_steps": analysis.fragility,
    }


def _outcomes(what_ifs: Mapping[str, WhatIf]) -> dict[str, str]:
    return {name: what_if.outcome.value for name, what_if in what_ifs.items()}


def _assessed(result: Rollup) -> list[AreaResult]:
    return [area for area in result.areas.values() if area.score is not None]


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _rounded(value: Fraction | float | None) -> float | None:
    return None if value is None else round(float(value), _DIGITS)
