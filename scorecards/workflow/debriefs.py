"""What the committee does once the scorecards are in: open the debrief, say, vote, show, close.

Every act takes the row of its debrief first: so a vote is in before the votes are shown, or it is
refused; and the last two votes show them once.
"""

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import EvaluationArea
from scorecards.models import (
    Application,
    Debrief,
    DebriefNote,
    Decision,
    Interview,
    PanelRating,
    Vote,
)
from scorecards.querysets.debriefs import voters_of


class DebriefError(Exception):
    """Why it can't be done, as a sentence for people."""


class CardsMissing(DebriefError):
    def __init__(self) -> None:
        super().__init__("Some scorecards are not in. Say why the debrief can't wait for them.")


class CannotOpen(DebriefError):
    pass


class DebriefClosed(DebriefError):
    def __init__(self) -> None:
        super().__init__("The debrief is closed. What was said in it can be read, not changed.")


class VotesRevealed(DebriefError):
    def __init__(self) -> None:
        super().__init__("The votes are shown already. Yours was not taken; it is still below.")


class AlreadyShown(DebriefError):
    def __init__(self) -> None:
        super().__init__("The votes are shown already.")


class NotAVoter(DebriefError):
    def __init__(self) -> None:
        super().__init__("You do not vote on this candidate.")


class RatedMeanwhile(DebriefError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody set the panel rating of this area while you wrote. It stands above: look at "
            "it, then set yours if it should be another."
        )


def missing_cards(application: Application) -> list[Interview]:
    """The open scorecards that count, with their interviewers."""
    owing = application.interviews.owing().counted()
    return list(owing.select_related("interviewer", "round").order_by("starts_at", "pk"))


def why_not(application: Application) -> str:
    """Why no debrief can be opened now, as a sentence; empty when one can."""
    if application.candidate.erased_at:
        return "This candidate was erased."
    if application.state not in (Application.State.ACTIVE, Application.State.DECIDED):
        return "This application has ended."
    last = application.debriefs.order_by("-number").first()
    if last and not last.closed_at:
        return "The debrief of this candidate is open already."
    decision = application.decisions.order_by("-number").first()
    if decision and decision.outcome != Decision.Outcome.MORE_EVIDENCE:
        return "This candidate is decided."
    if last and not (decision and decision.decided_at > last.opened_at):
        return "This candidate was debriefed. Another debrief follows a decision “more evidence”."
    heard = application.interviews.counted().filter(scorecard__submitted_at__isnull=False)
    return "" if heard.exists() else "No scorecard is in yet."


@transaction.atomic
def open_debrief(*, application: Application, by: User, exception_reason: str = "") -> Debrief:
    """When all scorecards that count are in; before that, with a reason."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if refusal := why_not(locked):
        raise CannotOpen(refusal)
    reason = exception_reason.strip() if missing_cards(locked) else ""
    if missing_cards(locked) and not reason:
        raise CardsMissing
    debrief = Debrief.objects.create(
        application=application,
        number=application.debriefs.count() + 1,
        opened_by=by,
        exception_reason=reason,
    )
    fields = ["exception_reason"] if reason else []
    trail.record(actor=by, verb="debrief.opened", obj=debrief, fields=fields, reason=reason)
    return debrief


def _lock(debrief: Debrief) -> Debrief:
    """The debrief as it is now, held until commit."""
    locked = Debrief.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("application__opening").get(pk=debrief.pk)


def _lock_open(debrief: Debrief) -> Debrief:
    locked = _lock(debrief)
    if locked.closed_at:
        raise DebriefClosed
    return locked


@transaction.atomic
def add_note(
    *, debrief: Debrief, by: User, text: str, area: EvaluationArea | None = None
) -> DebriefNote:
    """About one area, or about the whole."""
    _lock_open(debrief)
    return DebriefNote.objects.create(debrief=debrief, area=area, author=by, text=text.strip())


@transaction.atomic
def set_panel_rating(
    *,
    debrief: Debrief,
    by: User,
    area: EvaluationArea,
    rating: int,
    note: str = "",
    seen: str = "",
) -> PanelRating:
    """What the panel settled on. `seen` is the stamp of the one that the chair had before them."""
    _lock_open(debrief)
    old = PanelRating.objects.filter(debrief=debrief, area=area).first()
    if seen != stamp(old):
        raise RatedMeanwhile
    made, _ = PanelRating.objects.update_or_create(
        debrief=debrief,
        area=area,
        defaults={
            "rating": rating,
            "note": note.strip(),
            "set_by": by,
            "set_at": timezone.now(),
        },
    )
    trail.record(actor=by, verb="debrief.panel_rated", obj=made, fields=["rating", "note"])
    return made


def stamp(rating: PanelRating | None) -> str:
    """Tells one state of a panel rating from the next."""
    return rating.set_at.isoformat() if rating else ""


@transaction.atomic
def cast_vote(*, debrief: Debrief, by: User, recommendation: str, rationale: str) -> Vote:
    """A member's vote, or another in its place. The last one shows them all."""
    locked = _lock(debrief)
    if locked.revealed_at:
        raise VotesRevealed
    voters = set(voters_of(locked.application).values_list("pk", flat=True))
    if by.pk not in voters:
        raise NotAVoter
    vote, _ = Vote.objects.update_or_create(
        debrief=locked,
        member=by,
        defaults={
            "recommendation": recommendation,
            "rationale": rationale.strip(),
            "cast_at": timezone.now(),
        },
    )
    if voters <= set(locked.votes.values_list("member", flat=True)):
        _reveal(locked, by)
    return vote


@transaction.atomic
def reveal_votes(*, debrief: Debrief, by: User) -> Debrief:
    """The chair closes the vote: who has not voted by now did not vote."""
    locked = _lock(debrief)
    if locked.revealed_at:
        raise AlreadyShown
    _reveal(locked, by)
    return locked


def _reveal(locked: Debrief, by: User) -> None:
    locked.revealed_at = timezone.now()
    locked.save(update_fields=["revealed_at"])
    trail.record(actor=by, verb="debrief.revealed", obj=locked, fields=["revealed_at"])


@transaction.atomic
def close_debrief(*, debrief: Debrief, by: User) -> Debrief:
    """Notes and panel ratings stay as they are; votes that were hidden are shown."""
    locked = _lock_open(debrief)
    now = timezone.now()
    changed = ["closed_at"] if locked.revealed_at else ["closed_at", "revealed_at"]
    for name in changed:
        setattr(locked, name, now)
    locked.save(update_fields=changed)
    trail.record(actor=by, verb="debrief.closed", obj=locked, fields=changed)
    return locked
