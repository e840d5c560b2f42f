"""All that is kept about a candidate, for the candidate: their right to see it.

Colleagues are named by what they did ("Interviewer 1"), in texts too. Drafts are their authors'
alone and not in it; a candidate asks again once they are handed in.

A candidate may have several rows, one for each set of openings that knows of each other: all of
them are in it.
"""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Application, Candidate, Debrief, Decision, Interview, Scorecard

from .scoring import read_sheet


class Said(str):
    """What somebody wrote. Names are replaced in it, and not in the words of the product: an
    interviewer may be called Mark."""


class Pseudonyms:
    """A name for each colleague, in the order in which they occur. The candidate's own stays."""

    def __init__(self, own: str) -> None:
        self.given: dict[Any, tuple[User, str]] = {}
        self.own = set(own.lower().split())

    def of(self, person: User, part: str) -> str:
        if person.pk not in self.given:
            number = sum(word.startswith(part) for _, word in self.given.values()) + 1
            self.given[person.pk] = (person, f"{part} {number}")
        return self.given[person.pk][1]

    def replaced(self, text: str) -> str:
        """Full names first, then first and last names as words of their own."""
        whole = {person.name: word for person, word in self.given.values()}
        parts = {
            part: word
            for name, word in whole.items()
            for part in name.split()
            if len(part) > 2 and part.lower() not in self.own
        }
        emails = {person.email: word for person, word in self.given.values()}
        for names in (emails, whole, parts):
            for name in sorted(names, key=len, reverse=True):
                pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
                text = re.sub(pattern, names[name], text, flags=re.IGNORECASE)
        return text


def export(*rows: Candidate) -> bytes:
    """A zip of data.json and index.html."""
    document = collect(*rows)
    page = render_to_string("scorecards/subject_export.html", {"document": document})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(document, indent=2, ensure_ascii=False))
        archive.writestr("index.html", page)
    return packed.getvalue()


def collect(*rows: Candidate) -> dict[str, Any]:
    first, *others = rows
    names = Pseudonyms(" ".join(one.name for one in rows))
    applications = [
        _application(one, names)
        for one in Application.objects.filter(candidate__in=rows)
        .select_related("opening__role")
        .order_by("created_at")
    ]
    _colleagues(rows, names)
    document = {
        "made_at": timezone.now().isoformat(),
        "candidate": _person(first),
        "also_kept_as": [_person(one) for one in others],
        "applications": applications,
    }
    return _everywhere(document, names)


def _person(candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "email": candidate.email,
        "accommodations": Said(candidate.accommodations),
        "kept_since": candidate.created_at.isoformat(),
    }


def _colleagues(rows: Sequence[Candidate], names: Pseudonyms) -> None:
    """Texts speak of those, too, who planned and decided without writing anything."""
    members = User.objects.filter(memberships__opening__applications__candidate__in=rows)
    for person in members.distinct().order_by("name", "pk"):
        names.of(person, "Colleague")


def _everywhere(value: Any, names: Pseudonyms) -> Any:
    """Once all names are known: a text may speak of somebody who comes later."""
    if isinstance(value, dict):
        return {key: _everywhere(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_everywhere(one, names) for one in value]
    return names.replaced(value) if isinstance(value, Said) else value


def _application(application: Application, names: Pseudonyms) -> dict[str, Any]:
    interviews = (
        Interview.objects.filter(application=application)
        .select_related("interviewer", "round", "scorecard")
        .order_by("starts_at", "pk")
    )
    return {
        "opening": application.opening.title,
        "role": application.opening.role.name,
        "state": application.get_state_display(),
        "state_reason": Said(application.state_reason),
        "applied_at": application.created_at.isoformat(),
        "interviews": [_interview(one, names) for one in interviews],
        "roll_up": _roll_up(application),
        "debriefs": [_debrief(one, names) for one in application.debriefs.all()],
        "decisions": [_decision(one, names) for one in application.decisions.all()],
    }


def _interview(interview: Interview, names: Pseudonyms) -> dict[str, Any]:
    return {
        "round": interview.round.name,
        "interviewer": names.of(interview.interviewer, "Interviewer"),
        "starts_at": interview.starts_at.isoformat(),
        "location": Said(interview.location),
        "state": interview.get_state_display(),
        "state_reason": Said(interview.state_reason),
        "scorecard": _scorecard(interview.scorecard),
    }


def _scorecard(card: Scorecard) -> dict[str, Any] | None:
    if card.submitted_at is None:
        return None
    return {
        "submitted_at": card.submitted_at.isoformat(),
        "recommendation": card.get_recommendation_display(),
        "summary": Said(card.summary),
        "answers": [
            {
                "question": asked.version.prompt,
                "rating": asked.answer.rating,
                "not_assessed": asked.answer.get_not_assessed_reason_display(),
                "evidence": Said(asked.answer.evidence),
            }
            for asked in read_sheet(card).questions
        ],
        "amendments": [
            {
                "at": one.submitted_at.isoformat(),
                "reason": Said(one.reason),
                "content": Said(one.content),
            }
            for one in card.submissions.filter(number__gt=1).order_by("number")
        ],
    }


def _roll_up(application: Application) -> dict[str, Any] | None:
    record = getattr(application, "rollup", None)
    if record is None:
        return None
    return {
        "outcome": record.get_outcome_display(),
        "status": record.get_status_display(),
        "score": record.score_float,
        "coverage": record.coverage_float,
        "formula_version": record.formula_version,
    }


def _debrief(debrief: Debrief, names: Pseudonyms) -> dict[str, Any]:
    votes = debrief.votes.select_related("member") if debrief.revealed_at else []
    return {
        "opened_at": debrief.opened_at.isoformat(),
        "exception_reason": Said(debrief.exception_reason),
        "notes": [
            {"author": names.of(one.author, "Committee member"), "text": Said(one.text)}
            for one in debrief.notes.select_related("author")
        ],
        "panel_ratings": [
            {"area": one.area.name, "rating": one.rating, "note": Said(one.note)}
            for one in debrief.panel_ratings.select_related("area")
        ],
        "votes": [
            {
                "member": names.of(one.member, "Committee member"),
                "recommendation": one.get_recommendation_display(),
                "rationale": Said(one.rationale),
            }
            for one in votes
        ],
    }


def _decision(decision: Decision, names: Pseudonyms) -> dict[str, Any]:
    return {
        "outcome": decision.get_outcome_display(),
        "decided_by": names.of(decision.decided_by, "Committee member"),
        "decided_at": decision.decided_at.isoformat(),
        "rationale": Said(decision.rationale),
        "dissent": Said(decision.dissent),
        "override_reason": Said(decision.override_reason),
        "exception_reason": Said(decision.exception_reason),
        "again_reason": Said(decision.again_reason),
        "comments": [Said(one.text) for one in decision.notes.all()],
    }
