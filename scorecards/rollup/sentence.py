"""The one sentence for people (section 8): composed here for page, packet and API alike."""

from collections.abc import Iterator
from fractions import Fraction

from scorecards.rollup.explanation import Figures, area_parts, figures_of
from scorecards.rollup.outcomes import LADDER, BarState, Outcome
from scorecards.rollup.points import hundredths, printed, to_points
from scorecards.rollup.results import AreaResult, Rollup
from scorecards.rollup.verdict import CAPS
from scorecards.rollup.wording import (
    NO_LABELS,
    Labels,
    say_chance,
    say_missing,
    say_number,
    say_outcome,
)


def sentence(result: Rollup, labels: Labels = NO_LABELS) -> str:
    """What the roll-up says, why, how sure it is and what would change it, in plain words.

    `labels` gives areas their names on screen. The printed areas add up to the printed distance,
    and that to the printed score and bar. With too little evidence it says what is missing and
    names no score, which must not be read as a verdict.
    """
    if result.outcome is Outcome.INSUFFICIENT_EVIDENCE:
        reasons = (say_missing(reason, labels) for reason in result.missing_evidence)
        return " ".join(("Insufficient evidence.", *reasons))
    return " ".join(_clauses(result, labels))


def _clauses(result: Rollup, labels: Labels) -> Iterator[str]:
    figures, before = figures_of(result), result.outcome_before_bars
    chance, people = result.p_above_bar, result.effective_interviewers
    if figures is None or before is None or chance is None or people is None:
        return
    parts = ", ".join(f"{labels.get(p.area or '', p.area)} {p.text}" for p in area_parts(result))
    yield f"{say_outcome(result.outcome)}."
    yield f"The score is {printed(figures.score)}, {_where(figures, result.margin)}: {parts}."
    if before is not result.outcome:
        yield _held_back(result, before, labels)
    worth = say_number(people)
    yield (
        f"The chance that it is really above the hire bar is {say_chance(chance)}, on evidence "
        f"worth {worth} {'interviewer' if worth == '1' else 'interviewers'}."
    )
    yield _what_would_change(result, before, labels)


def _where(figures: Figures, margin: Fraction | None) -> str:
    bar = f"the hire bar of {printed(figures.hire_bar)}"
    if not margin:
        return f"exactly on {bar}"
    side = "above" if margin > 0 else "below"
    if figures.margin == 0:
        return f"{side} {bar} by less than 0.01"
    return f"{side} {bar} by {printed(abs(figures.margin))}"


def _held_back(result: Rollup, before: Outcome, labels: Labels) -> str:
    """Which bars keep the outcome below what the score alone says."""
    holding = [
        _against_bar(result, area, state, labels)
        for area in result.areas.values()
        if (state := area.bar_state) and LADDER.index(CAPS[state]) < LADDER.index(before)
    ]
    return f"The score alone says {say_outcome(before).lower()}, but {' and '.join(holding)}."


def _against_bar(result: Rollup, area: AreaResult, state: BarState, labels: Labels) -> str:
    name, score = labels.get(area.area, area.area), _points(result, area.score)
    verb, doubt = {
        BarState.MET_NARROWLY: ("does not clearly reach", ""),
        BarState.NOT_MET_NARROWLY: ("misses", ", though not clearly"),
    }.get(state, ("misses", ""))
    return f"{name} with {score} {verb} its bar of {_points(result, area.bar)}{doubt}"


def _what_would_change(result: Rollup, before: Outcome, labels: Labels) -> str:
    if before.side != result.outcome.side:
        short = [
            f"{labels.get(area.area, area.area)} would have to reach {_points(result, area.bar)}"
            for area in result.areas.values()
            if area.gap is not None and area.gap < 0
        ]
        return f"For a hire, {' and '.join(short)}."
    goal = "below the bar" if before.side == "hire" else "up to the bar"
    steps = result.fewest_steps
    if steps is None:
        change = f"No change of these ratings could bring the score {goal}."
    else:
        times = "1 change" if steps == 1 else f"{steps} changes"
        change = f"It would take {times} of a rating by one step to bring the score {goal}."
    if before not in (Outcome.LEANING_HIRE, Outcome.LEANING_NO_HIRE):
        return change
    return f"{change} {_what_would_settle(result.full_scorecards_needed)}"


def _what_would_settle(scorecards: int | None) -> str:
    if scorecards is None:
        return "Even 20 complete scorecards with this score would not make it clear."
    cards = "1 complete scorecard" if scorecards == 1 else f"{scorecards} complete scorecards"
    return f"The same score from {cards} would make it clear."


def _points(result: Rollup, unit: Fraction | None) -> str:
    return "" if unit is None else printed(hundredths(to_points(unit, result.config.points)))
