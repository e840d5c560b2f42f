"""Changing one's mind about a submitted scorecard: beside it, with a reason, and never in it.

The roll-up and the insights go on reading what was submitted first.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.models import Application, Scorecard, Submission
from scorecards.permissions import can_amend, can_review
from scorecards.summaries.amending import decision_known_to, standing
from scorecards.summaries.scoring import Sheet

from .fields import ScoringError, checked
from .scoring import NotOpenToYou, lock_card
from .submitting import MissingRatings, RecommendationMissing, SummaryMissing, canonical, sealed

MAX_REASON = 1_000


class NothingChanged(ScoringError):
    code = "nothing_changed"

    def __init__(self) -> None:
        super().__init__("Nothing is different from what you submitted. Change it, or go back.")


class ReasonMissing(ScoringError):
    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__("Say why. The committee reads it beside the amendment.")


class AmendedMeanwhile(ScoringError):
    code = "amended_meanwhile"

    def __init__(self) -> None:
        super().__init__(
            "You amended this scorecard in another window while this page was open. What stands "
            "below is yours; open the scorecard beside it before you send it again."
        )


@transaction.atomic
def amend_scorecard(
    *, scorecard: Scorecard, by: User, values: Mapping[str, object], reason: str, after: int
) -> Submission:
    """Keep what differs from what the author stood by until now. `values` are fields by name, and
    `after` is the number of the submission that the author had before them."""
    card = lock_card(scorecard)
    if not can_amend(by, card):
        raise NotOpenToYou("This scorecard can't be amended.")
    now = standing(card)
    if now.last != after:
        raise AmendedMeanwhile
    changed = _changed(now.values, values)
    if not changed:
        raise NothingChanged
    _check_complete(now.sheet, changed)
    if not reason.strip():
        raise ReasonMissing
    submission = sealed(
        canonical(_content(now.sheet, changed)),
        scorecard=card,
        number=after + 1,
        submitted_at=timezone.now(),
        reason=reason.strip(),
        after_reveal=something_is_open_to(by, card.interview.application),
    )
    trail.record(
        actor=by, verb="scorecard.amended", obj=card, fields=list(changed), reason=submission.reason
    )
    return submission


def something_is_open_to(author: User, application: Application) -> bool:
    """Whether the author could know what others think: they were shown words of theirs, or lists
    and pages show them ratings, a debrief or a decision. A page of figures leaves no read event, so
    that it was open to them counts, not that they opened it."""
    others = Submission.objects.of_application(application).exclude(
        scorecard__interview__interviewer=author
    )
    if ReadEvent.objects.filter(reader=author, object_id__in=others.values("pk")).exists():
        return True
    if decision_known_to(author, application) is not None:
        return True
    there_is_something = others.exists() or application.debriefs.exists()
    return there_is_something and can_review(author, application)


def _changed(now: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    changed = {}
    for name, given in values.items():
        value = checked(name.partition(":")[0], given)
        if name in now and _plain(value) != _plain(now[name]):
            changed[name] = value
    return changed


def _plain(value: object) -> object:
    """A browser rewrites line ends; that alone is no change."""
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _check_complete(sheet: Sheet, changed: Mapping[str, object]) -> None:
    """What was needed to submit can't be taken back."""
    emptied = [
        asked
        for asked in sheet.questions
        if asked.required and changed.get(f"rating:{asked.version.pk}", "kept") is None
    ]
    if emptied:
        raise MissingRatings(emptied)
    if changed.get("recommendation", "kept") is None:
        raise RecommendationMissing
    if not str(changed.get("summary", "kept")).strip():
        raise SummaryMissing


def _content(sheet: Sheet, changed: Mapping[str, object]) -> dict:
    """The fields that changed and no others, in the words of the first submission."""
    content: dict[str, object] = {"scorecard": str(sheet.card.pk)}
    content |= {name: value for name, value in changed.items() if ":" not in name}
    questions = []
    for asked in sheet.questions:
        said: dict[str, object] = {}
        if (name := f"rating:{asked.version.pk}") in changed:
            value = changed[name]
            said["rating"] = value if isinstance(value, int) else None
            said["not_assessed_reason"] = value if isinstance(value, str) else ""
        if (name := f"evidence:{asked.version.pk}") in changed:
            said["evidence"] = changed[name]
        if said:
            questions.append({"question_version": str(asked.version.pk), **said})
    return content | {"questions": questions}
