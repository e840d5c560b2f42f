"""What was said in the debriefs, for the record of a decision."""

from datetime import datetime
from typing import Any

from interviewbank.access.models import User
from scorecards.models import Application, Debrief, Vote

Row = dict[str, Any]


def at(moment: datetime) -> str:
    return moment.isoformat()


def at_or_not(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def debriefs_of(application: Application) -> list[Debrief]:
    return list(
        application.debriefs.select_related("opened_by")
        .prefetch_related(
            "notes__author",
            "notes__area",
            "panel_ratings__area",
            "panel_ratings__set_by",
            "votes__member",
        )
        .order_by("number")
    )


def people_of(debrief: Debrief) -> list[User]:
    return [
        debrief.opened_by,
        *(note.author for note in debrief.notes.all()),
        *(rating.set_by for rating in debrief.panel_ratings.all()),
        *(vote.member for vote in _votes(debrief)),
    ]


def _votes(debrief: Debrief) -> list[Vote]:
    """Hidden until they are revealed, from the record too."""
    return list(debrief.votes.all()) if debrief.revealed_at else []


def debrief_row(debrief: Debrief) -> Row:
    return {
        "number": debrief.number,
        "opened_by": str(debrief.opened_by_id),
        "opened_at": at(debrief.opened_at),
        "exception_reason": debrief.exception_reason,
        "revealed_at": at_or_not(debrief.revealed_at),
        "closed_at": at_or_not(debrief.closed_at),
        "notes": [
            {
                "area": note.area.slug if note.area else None,
                "author": str(note.author_id),
                "text": note.text,
                "at": at(note.created_at),
            }
            for note in debrief.notes.all()
        ],
        "panel_ratings": [
            {
                "area": row.area.slug,
                "rating": row.rating,
                "note": row.note,
                "by": str(row.set_by_id),
                "at": at(row.set_at),
            }
            for row in debrief.panel_ratings.all()
        ],
        "votes": [
            {
                "member": str(vote.member_id),
                "recommendation": vote.recommendation,
                "rationale": vote.rationale,
                "at": at(vote.cast_at),
            }
            for vote in _votes(debrief)
        ],
    }
