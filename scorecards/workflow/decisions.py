"""People decide. Nothing here, or anywhere, sets a decision from a score."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Decision, DecisionNote, Scorecard
from scorecards.packet import MIN_RATIONALE, departs, owing
from scorecards.summaries.decisions import unread
from scorecards.summaries.packets import document_of
from scorecards.summaries.records import record_of


class DecisionError(Exception):
    """Why a decision can't be recorded yet, as a sentence for people."""


class RationaleTooShort(DecisionError):
    pass


class OverrideReasonMissing(DecisionError):
    pass


class ExceptionReasonMissing(DecisionError):
    pass


class AgainReasonMissing(DecisionError):
    pass


class UnreadSubmissions(DecisionError):
    pass


class DecidedMeanwhile(DecisionError):
    pass


class NoLongerOpen(DecisionError):
    pass


class Erased(DecisionError):
    pass


@dataclass(frozen=True)
class Reasons:
    """The words of a decision; those that it turns out not to need are not kept."""

    rationale: str
    dissent: str = ""
    override_reason: str = ""
    exception_reason: str = ""
    again_reason: str = ""

    def kept(self, asked: "Asked") -> dict[str, str]:
        return {
            "rationale": self.rationale.strip(),
            "dissent": self.dissent.strip(),
            "override_reason": self.override_reason.strip() if asked.departing else "",
            "exception_reason": self.exception_reason.strip() if asked.early else "",
            "again_reason": self.again_reason.strip() if asked.again else "",
        }


@dataclass(frozen=True)
class Asked:
    """Which reasons a decision needs: it departs, not all cards are in, there is one already."""

    departing: bool
    early: bool
    again: bool

    @classmethod
    def for_(cls, outcome: str, record: dict[str, Any], number: int) -> "Asked":
        return cls(
            departing=departs(outcome, record["result"]["outcome"]),
            early=bool(owing(record)),
            again=number > 1,
        )


@transaction.atomic
def record_decision(
    *, application: Application, by: User, outcome: str, after: int | None = None, **words: str
) -> Decision:
    """Record what the committee decided, with a copy of all that it rested on. `words` are those of
    `Reasons`; after another decision than the `after` that was seen it is DecidedMeanwhile."""
    reasons = Reasons(**words)
    locked = _lock(application)
    last = application.decisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    _refuse_too_late(locked, number, after)
    _refuse_unprepared(application, by, reasons)
    record = record_of(application, by)
    asked = Asked.for_(outcome, record, number)
    kept = reasons.kept(asked)
    _refuse_without(kept, asked)
    decision = Decision(
        application=application,
        number=number,
        supersedes=last,
        decided_by=by,
        decided_at=timezone.now(),
        outcome=outcome,
        departs=asked.departing,
        snapshot=record,
        **kept,
    )
    decision.digest = document_of(decision)["digest"]
    decision.save(force_insert=True)
    application.state = Application.State.DECIDED
    application.save(update_fields=["state"])
    trail.record(
        actor=by,
        verb="decision.superseded" if last else "decision.recorded",
        obj=decision,
        fields=["outcome", *(name for name, text in kept.items() if text)],
        reason=decision.digest,
    )
    return decision


def _lock(application: Application) -> Application:
    """First the cards, as who submits or amends one does: what comes later is seen, or waits until
    the decision is recorded, and then is later than it."""
    cards = Scorecard.objects.filter(interview__application=application).order_by("pk")
    list(cards.select_for_update(of=("self",)).values_list("pk"))
    return Application.objects.select_for_update().get(pk=application.pk)


def _refuse_too_late(application: Application, number: int, after: int | None) -> None:
    if application.candidate.erased_at:
        raise Erased("This candidate was erased. Nothing more is decided about them.")
    if after is not None and after != number - 1:
        raise DecidedMeanwhile(
            "Somebody else recorded a decision while this page was open. Read it first."
        )
    if application.state not in (Application.State.ACTIVE, Application.State.DECIDED):
        raise NoLongerOpen("The application was withdrawn or closed while this page was open.")


def _refuse_unprepared(application: Application, by: User, reasons: Reasons) -> None:
    if len(reasons.rationale.strip()) < MIN_RATIONALE:
        raise RationaleTooShort(f"The rationale needs at least {MIN_RATIONALE} characters.")
    if to_read := unread(application, by):
        names = ", ".join(str(one) for one in to_read)
        raise UnreadSubmissions(f"Open every scorecard first. Not opened yet: {names}.")


def _refuse_without(kept: dict[str, str], asked: Asked) -> None:
    if asked.early and not kept["exception_reason"]:
        raise ExceptionReasonMissing(
            "Some scorecards are not in. Say why the decision can't wait for them."
        )
    if asked.departing and not kept["override_reason"]:
        raise OverrideReasonMissing(
            "The decision departs from the scorecards' recommendation. Say why."
        )
    if asked.again and not kept["again_reason"]:
        raise AgainReasonMissing("There is a decision already. Say why it is decided again.")


@transaction.atomic
def comment_on(*, decision: Decision, by: User, text: str) -> DecisionNote:
    """Add a comment; the decision stays as it was."""
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if not locked.snapshot:
        raise Erased("The words of this decision were erased, so nothing can be added to them.")
    note = DecisionNote.objects.create(decision=decision, author=by, text=text.strip())
    trail.record(actor=by, verb="decision.commented", obj=decision, fields=["notes"])
    return note
