"""Many candidates of one opening in one transaction."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Opening

from .interviews import AlreadyCandidate, enter_candidate


@transaction.atomic
def import_candidates(
    *, opening: Opening, by: User, people: Sequence[dict[str, Any]]
) -> list[Application]:
    """All of them, or none: an address that came in meanwhile refuses the lot. The events come
    last, since they hold the chain of the trail until the end."""
    added = []
    for person in people:
        try:
            added.append(enter_candidate(opening=opening, by=by, **person))
        except AlreadyCandidate as error:
            raise AlreadyCandidate(f"{person['email']}: {error}") from error
    for application in added:
        trail.record(actor=by, verb="application.created", obj=application)
    return added
