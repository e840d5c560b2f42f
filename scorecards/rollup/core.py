"""The roll-up itself, sections 1 to 6: what is computed and stored on every submit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scorecards.rollup.cells import Row, collect
from scorecards.rollup.config import Config, Rating
from scorecards.rollup.disagreement import area_results, interviewer_results, panel_q
from scorecards.rollup.ledger import keep_ledger
from scorecards.rollup.normal import beyond_chance, chance_above, confident
from scorecards.rollup.outcomes import Outcome, Status
from scorecards.rollup.reasons import Discuss, DiscussKind
from scorecards.rollup.results import AreaResult, InterviewerResult, Rollup
from scorecards.rollup.scoring import Composite
from scorecards.rollup.verdict import Verdict, judge

FORMULA_VERSION = 1
"""Goes up when the same input could give another output; stored beside every result."""

_MOST_SCORECARDS = 20


def rollup(config: Config, ratings: Iterable[Rating]) -> Rollup:
    """Combine locked ratings into a score, its error, an outcome and what to talk about.

    Pure: no clock, no I/O, the arguments stay as they are, and the order of the ratings does not
    matter. Scores are exact fractions on the unit scale. Raises `InvalidInput`, one line per fault,
    for a duplicate (interviewer, question), an unknown question, or a value that is no whole number
    from 1 to K. Source: rollup.md 1 to 6.
    """
    table, rows = collect(config.plan, ratings)
    verdict = judge(config, table)
    areas = area_results(config, verdict)
    if verdict.composite is None:
        return Rollup(
            config=config,
            outcome=verdict.outcome,
            status=Status.INSUFFICIENT_EVIDENCE,
            coverage=verdict.coverage,
            missing_evidence=verdict.missing,
            areas=areas,
        )
    return _assessed(config, verdict, verdict.composite, areas, rows)


def _assessed(
    config: Config,
    verdict: Verdict,
    composite: Composite,
    areas: Mapping[str, AreaResult],
    rows: Sequence[Row],
) -> Rollup:
    people = interviewer_results(config, verdict.blends, composite)
    q, df = panel_q(people.values()), len(people) - 1
    split = beyond_chance(q, df)
    discuss = tuple(_discuss(areas, people, q, split))
    score, variance = composite.score, composite.variance
    margin, true = score - config.hire_bar, config.var_true
    widened = variance * max(Fraction(1), q / df) if df else variance
    lo, hi = _bounds(config, verdict, score)
    return Rollup(
        config=config,
        outcome=verdict.outcome,
        outcome_before_bars=verdict.before_bars,
        status=_status(verdict.outcome, discuss),
        coverage=verdict.coverage,
        missing_evidence=verdict.missing,
        discuss=discuss,
        areas=areas,
        interviewers=people,
        score=score,
        variance=variance,
        p_above_bar=chance_above(margin, variance, true),
        p_above_bar_own_spread=chance_above(margin, widened, true),
        reliability=true / (true + variance),
        effective_interviewers=composite.effective_interviewers,
        full_scorecards_needed=_scorecards_needed(config, margin),
        lo=lo,
        hi=hi,
        spread=max(area.spread for area in areas.values() if area.spread is not None),
        panel_q=q,
        split=split,
        ledger=keep_ledger(verdict.blends, composite, rows, config.plan.steps, config.hire_bar),
    )


def _bounds(config: Config, verdict: Verdict, score: Fraction) -> tuple[Fraction, Fraction]:
    """The score if all areas without a rating came out at 0, and at 1."""
    weights = config.plan.weights
    total = sum(weights.values())
    assessed = sum(weights[name] for name in verdict.blends)
    lo = score * Fraction(assessed, total)
    return lo, lo + Fraction(total - assessed, total)


def _scorecards_needed(config: Config, margin: Fraction) -> int | None:
    """The fewest complete scorecards that would make this margin clear; None above 20."""
    one = config.plan.full_variance
    for count in range(1, _MOST_SCORECARDS + 1):
        if confident(margin, one / count, config.var_true, config.z_lean):
            return count
    return None


def _discuss(
    areas: Mapping[str, AreaResult],
    people: Mapping[str, InterviewerResult],
    q: Fraction,
    split: bool,
) -> Iterator[Discuss]:
    if split:
        yield Discuss(DiscussKind.SPLIT, q)
    for person in people.values():
        if person.dissents:
            yield Discuss(DiscussKind.DISSENT, person.score, interviewer=person.interviewer)
    for area in areas.values():
        if area.bar_state is not None and area.bar_state.narrow and area.gap is not None:
            yield Discuss(
                DiscussKind.BAR_NARROW, area.gap, area=area.area, bar_state=area.bar_state
            )
    for area in areas.values():
        if area.bar is not None and area.flagged and area.spread is not None:
            yield Discuss(DiscussKind.AREA_DISAGREES, area.spread, area=area.area)


def _status(outcome: Outcome, discuss: tuple[Discuss, ...]) -> Status:
    if outcome is Outcome.INSUFFICIENT_EVIDENCE:
        return Status.INSUFFICIENT_EVIDENCE
    return Status.DISCUSS_FIRST if discuss else Status.READY
