"""What holds of every decision, whoever made it."""

from collections.abc import Iterator, Mapping
from typing import Any

from scorecards.rollup import Outcome

Entries = Mapping[str, Any]

MIN_RATIONALE = 80
MORE_EVIDENCE = "more_evidence"
OWING = ("planned", "held")


def departs(outcome: str, rolled_up: str) -> bool:
    """The decision is on the other side than the roll-up, or on a side where that is on none."""
    if outcome == MORE_EVIDENCE:
        return False
    return outcome != Outcome(rolled_up).side


def owing(record: Entries) -> list[Entries]:
    """The interviews whose scorecard counts and was not in."""
    return [
        one
        for one in record["interviews"]
        if one["submitted_at"] is None and one["state"] in OWING and not one["shadow"]
    ]


def broken(
    decision: Mapping[str, Any], record: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """What a decision may not be: (path, expected, found)."""
    against = departs(decision["outcome"], record["result"]["outcome"])
    if decision["departs"] is not against:
        yield "decision.departs", against, decision["departs"]
    if len(decision["rationale"]) < MIN_RATIONALE:
        yield "decision.rationale", f"{MIN_RATIONALE} characters or more", decision["rationale"]
    for name, needed in (
        ("override_reason", against),
        ("exception_reason", bool(owing(record))),
        ("again_reason", decision["number"] > 1),
    ):
        if bool(decision[name]) is not needed:
            yield f"decision.{name}", "a reason" if needed else "no reason", decision[name]
    numbers = [one["number"] for one in record["earlier"]]
    if numbers != list(range(1, decision["number"])):
        yield "record.earlier", f"decisions 1 to {decision['number'] - 1}", numbers
