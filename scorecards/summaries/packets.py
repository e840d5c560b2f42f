"""The packet of a decision: its document, from what was kept with the decision and nothing else."""

from typing import Any

from scorecards.models import Decision
from scorecards.packet import sealed


def document_of(decision: Decision) -> dict[str, Any]:
    """The same for good: neither the decision nor what it keeps ever changes."""
    return sealed(
        {
            "id": str(decision.pk),
            "number": decision.number,
            "outcome": decision.outcome,
            "departs": decision.departs,
            "decided_at": decision.decided_at.isoformat(),
            "rationale": decision.rationale,
            "dissent": decision.dissent,
            "override_reason": decision.override_reason,
            "exception_reason": decision.exception_reason,
            "again_reason": decision.again_reason,
        },
        decision.snapshot,
    )
