"""The one function that writes the stored roll-up, in the transaction that changed its inputs."""

from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from scorecards.models import Application, RollupRecord
from scorecards.rollup import FORMULA_VERSION, Rollup, config_hash, ratings_hash, rollup
from scorecards.summaries.inputs import (
    RollupInput,
    current_plan,
    rollup_input,
)


@transaction.atomic
def refresh_rollup(application: Application) -> RollupRecord:
    """Compute the roll-up from locked answers and the current plan, and store it."""
    # Two submissions at one time: the second waits, and then computes with both.
    Application.objects.select_for_update().get(pk=application.pk)
    plan = current_plan(application)
    given = rollup_input(application, plan)
    record, _ = RollupRecord.objects.update_or_create(
        application=application,
        defaults={
            **record_values(given, rollup(given.config, given.ratings)),
            "plan_number": plan.number,
            "computed_at": timezone.now(),
        },
    )
    return record


def record_values(given: RollupInput, result: Rollup) -> dict:
    """The columns that follow from the inputs alone."""
    return {
        "outcome": str(result.outcome),
        "status": str(result.status),
        "score": _text(result.score),
        "score_float": _float(result.score),
        "variance": _text(result.variance),
        "variance_float": _float(result.variance),
        "p_above_bar": result.p_above_bar,
        "coverage": str(result.coverage),
        "coverage_float": float(result.coverage),
        "spread": _text(result.spread),
        "spread_float": _float(result.spread),
        "areas": {
            name: {
                "score": _text(area.score),
                "float": _float(area.score),
                "raters": area.raters,
                "bar": area.bar_state and area.bar_state.value,
                "flagged": area.flagged,
            }
            for name, area in result.areas.items()
        },
        "formula_version": str(FORMULA_VERSION),
        "config_digest": config_hash(given.config),
        "ratings_digest": ratings_hash(given.ratings),
    }


def _text(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
