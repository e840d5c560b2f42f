"""The stored roll-up equals a fresh computation, whatever changed last."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scorecards.models import OpeningArea, RollupRecord
from scorecards.rollup import rollup
from scorecards.summaries.inputs import current_plan, rollup_input
from scorecards.workflow.rollups import record_values, refresh_rollup
from tests import build


def fresh(application) -> dict:
    given = rollup_input(application, current_plan(application))
    return record_values(given, rollup(given.config, given.ratings))


def stored(application) -> dict:
    record = RollupRecord.objects.get(application=application)
    return {name: getattr(record, name) for name in fresh(application)}


def test_nothing_assessed(panel):
    record = refresh_rollup(panel.application)

    assert record.outcome == record.status == "insufficient_evidence"
    assert (record.score, record.score_float, record.coverage) == ("", None, "0")
    assert stored(panel.application) == fresh(panel.application)


def test_two_cards(panel):
    build.submitted(panel.mine, [4, 3, 3])
    build.submitted(panel.theirs, [3, 3, 2])

    record = refresh_rollup(panel.application)

    # production: both rated two questions, so the mean of means: (3.5 + 3) / 2 = 3.25 points;
    # cost: (3 + 2) / 2 = 2.5 points; equal weights: 2.875 points = 5/8 on the unit scale.
    assert record.score == "5/8"
    assert record.areas["production"]["score"] == str(Fraction(3, 4))
    assert record.coverage == "1"
    assert stored(panel.application) == fresh(panel.application)


def test_not_assessed_is_no_rating(panel):
    build.submitted(panel.mine, [4, None, None])
    build.submitted(panel.theirs, [4, None, None])

    record = refresh_rollup(panel.application)

    assert record.score == "1"
    assert record.coverage == "1/2"
    assert record.areas["cost"] == {
        "score": "",
        "float": None,
        "raters": 0,
        "bar": None,
        "flagged": False,
    }
    assert record.outcome == "insufficient_evidence"


def test_a_draft_and_a_shadow_never_count(panel):
    build.answered(panel.mine, [4, 4, 4])
    shadow = build.interview(panel.application, panel.people.outsider, shadow=True)
    build.submitted(shadow, [4, 4, 4])

    assert refresh_rollup(panel.application).score == ""


def test_the_plan_decides_weights_and_bars(panel):
    OpeningArea.objects.filter(plan=panel.plan, area=panel.areas[1]).update(
        weight=3, weight_rationale="The product lives on its margin.", bar=Decimal("2.50")
    )
    build.submitted(panel.mine, [4, 4, 1])
    build.submitted(panel.theirs, [4, 4, 1])

    record = refresh_rollup(panel.application)

    assert record.score == "1/4"
    assert record.outcome in ("no_hire", "strong_no_hire")
    assert stored(panel.application) == fresh(panel.application)


@pytest.mark.parametrize("times", [1, 2])
def test_refreshing_again_changes_nothing_but_the_time(panel, times):
    build.submitted(panel.mine, [2, 3, 4])
    for _ in range(times):
        refresh_rollup(panel.application)

    assert RollupRecord.objects.count() == 1
    assert stored(panel.application) == fresh(panel.application)
