"""Where people differ (section 6): inside an area, and a person from the panel."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from scorecards.rollup.cells import Cell
from scorecards.rollup.config import Config
from scorecards.rollup.normal import beyond_chance
from scorecards.rollup.plan import Plan
from scorecards.rollup.results import AreaResult, InterviewerResult
from scorecards.rollup.scoring import Blend, Composite, area_score, area_variance
from scorecards.rollup.verdict import Verdict


def area_results(config: Config, verdict: Verdict) -> dict[str, AreaResult]:
    """Every area of the config, with its disagreement where somebody rated it."""
    plan = config.plan
    total = sum(plan.weights.values())
    assessed = sum(plan.weights[name] for name in verdict.blends)
    results = {}
    for name, area in config.areas.items():
        share = Fraction(plan.weights[name], total)
        needed = plan.raters_needed[name]
        blend = verdict.blends.get(name)
        if blend is None:
            results[name] = AreaResult(name, share, area.bar, needed)
            continue
        score = area_score(plan, blend)
        means = {cell.interviewer: _mean(plan, cell) for cell in blend.cells}
        spread = _spread(plan, blend)
        q = _area_q(plan, blend)
        df = len(means) - 1
        results[name] = AreaResult(
            area=name,
            weight=share,
            bar=area.bar,
            raters_needed=needed,
            score=score,
            variance=area_variance(plan, blend),
            contribution=Fraction(plan.weights[name], assessed) * (score - config.hire_bar),
            means=means,
            spread=spread,
            q=q,
            flagged=df > 0 and (spread >= config.range_flag or beyond_chance(q, df)),
            bar_state=verdict.bars.get(name),
        )
    return results


def _mean(plan: Plan, cell: Cell) -> Fraction:
    return Fraction(cell.marks, cell.total * plan.steps)


def _spread(plan: Plan, blend: Blend) -> Fraction:
    """The distance of the outermost means, over one common denominator."""
    common = lcm(*(cell.total for cell in blend.cells))
    marks = [cell.marks * (common // cell.total) for cell in blend.cells]
    return Fraction(max(marks) - min(marks), common * plan.steps)


def _area_q(plan: Plan, blend: Blend) -> Fraction:
    """Q = sum (ybar - A)^2 / (var_b + var_d + var_e / n), over one common denominator."""
    kappa, kappa_unit = plan.var_e, plan.var_b + plan.var_d
    damped = [kappa_unit * cell.total**2 + kappa * cell.squares for cell in blend.cells]
    common = lcm(*damped)
    total = sum(
        (cell.marks * blend.pull - blend.marks * cell.total) ** 2 * (common // damp)
        for cell, damp in zip(blend.cells, damped, strict=True)
    )
    return Fraction(plan.unit * total, common * (plan.steps * blend.pull) ** 2)


def interviewer_results(
    config: Config, blends: Mapping[str, Blend], composite: Composite
) -> dict[str, InterviewerResult]:
    """Everybody with a counted rating, by name."""
    rated: dict[str, list[tuple[str, Cell, int]]] = {}
    for name, blend in blends.items():
        for cell, lean in zip(blend.cells, blend.leans, strict=True):
            rated.setdefault(cell.interviewer, []).append((name, cell, lean))
    return {
        person: _interviewer(config, blends, composite, person, rated[person])
        for person in sorted(rated)
    }


def _interviewer(
    config: Config,
    blends: Mapping[str, Blend],
    composite: Composite,
    person: str,
    rated: list[tuple[str, Cell, int]],
) -> InterviewerResult:
    plan, scales, base = config.plan, composite.scales, composite.base
    bar, bar_unit = config.hire_bar.numerator * plan.steps, config.hire_bar.denominator
    common = lcm(*(cell.total for _, cell, _ in rated))
    weight = marks = noise = gain = 0
    for name, cell, lean in rated:
        own, part = plan.weights[name], common // cell.total
        weight += own
        marks += own * cell.marks * part
        noise += own * own * (plan.var_d * common**2 + plan.var_e * cell.squares * part**2)
        gain += scales[name] * lean * (cell.marks * bar_unit - bar * cell.total)
    expected = sum(scales[name] * blends[name].marks for name, _, _ in rated)
    assessed = sum(plan.weights[name] for name in blends)
    score = Fraction(marks, plan.steps * common * weight)
    return InterviewerResult(
        interviewer=person,
        score=score,
        variance=Fraction(noise, plan.unit * (common * weight) ** 2) + config.var_b,
        expected=Fraction(expected * assessed, plan.steps * base * weight),
        share=Fraction(composite.people[person], base),
        contribution=Fraction(gain, base * plan.steps * bar_unit),
        dissents=(score >= config.hire_bar) != (composite.score >= config.hire_bar)
        and abs(score - config.hire_bar) >= config.dissent_margin,
    )


def panel_q(people: Iterable[InterviewerResult]) -> Fraction:
    """Q = sum (m_i - r_i)^2 / V_i: how far people are from what the panel found in their areas."""
    return sum(
        ((person.score - person.expected) ** 2 / person.variance for person in people), Fraction(0)
    )
