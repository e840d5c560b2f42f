"""Giving a candidate what is kept about them."""

from collections.abc import Sequence

from django.db import transaction

from interviewbank.audit import trail
from scorecards.models import Candidate
from scorecards.summaries.subject_export import export


@transaction.atomic
def export_candidate(*, rows: Sequence[Candidate]) -> bytes:
    """A zip of all the rows of one person; the trail says that it was made."""
    packed = export(*rows)
    for row in rows:
        trail.record(actor=None, verb="candidate.exported", obj=row)
    return packed
