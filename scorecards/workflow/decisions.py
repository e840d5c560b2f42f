"""People decide. Nothing here, or anywhere, sets a decision from a score."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Decision, Interview, Submission
from scorecards.models.outcomes import MIN_RATIONALE
from scorecards.rollup import FORMULA_VERSION, Outcome, rollup, write_case
from scorecards.summaries.inputs import (
    current_plan,
    rollup_input,
)

from .rollups import record_values


class DecisionError(Exception):
    """Why a decision can't be recorded yet, as a sentence for people."""


class RationaleTooShort(DecisionError):
    pass


class OverrideReasonMissing(DecisionError):
    pass


class ExceptionReasonMissing(DecisionError):
    pass


class UnreadSubmissions(DecisionError):
    pass


class DecidedMeanwhile(DecisionError):
    pass


def departs(outcome: str, rolled_up: str) -> bool:
    """The decision is on the other side than the roll-up, or on a side where that is on none."""
    if outcome == Decision.Outcome.MORE_EVIDENCE:
        return False
    return outcome != Outcome(rolled_up).side


def unread(application: Application, reader: User) -> list[Submission]:
    """Submissions whose words this person was not shown in whole; one's own are known."""
    submissions = list(
        Submission.objects.of_application(application)
        .with_interview()
        .exclude(scorecard__interview__interviewer=reader)
        .order_by("submitted_at")
    )
    read = trail.read_in_whole(reader=reader, object_ids=[one.pk for one in submissions])
    return [one for one in submissions if one.pk not in read]


@transaction.atomic
def record_decision(
    *,
    application: Application,
    by: User,
    outcome: str,
    rationale: str,
    dissent: str = "",
    override_reason: str = "",
    exception_reason: str = "",
    after: int | None = None,
) -> Decision:
    """Record what the committee decided, with a copy of all that it rested on.

    `after` is how many decisions the person had seen; another one since is DecidedMeanwhile.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    last = application.decisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    if after is not None and after != number - 1:
        raise DecidedMeanwhile(
            "Somebody else recorded a decision while this page was open. Read it first."
        )
    if len(rationale.strip()) < MIN_RATIONALE:
        raise RationaleTooShort(f"The rationale needs at least {MIN_RATIONALE} characters.")
    if unread_cards := unread(application, by):
        names = ", ".join(one.scorecard.interview.interviewer.name for one in unread_cards)
        raise UnreadSubmissions(f"Open every scorecard first. Not opened yet: {names}.")
    missing = list(application.interviews.owing().counted().order_by("starts_at"))
    if missing and not exception_reason.strip():
        raise ExceptionReasonMissing(
            "Some scorecards are not in. Say why the decision can't wait for them."
        )
    snapshot = _snapshot(application, missing)
    is_override = departs(outcome, snapshot["result"]["outcome"])
    if is_override and not override_reason.strip():
        raise OverrideReasonMissing(
            "The decision departs from the scorecards' recommendation. Say why."
        )
    words = {
        "rationale": rationale.strip(),
        "dissent": dissent.strip(),
        "override_reason": override_reason.strip() if is_override else "",
        "exception_reason": exception_reason.strip() if missing else "",
    }
    decision = Decision.objects.create(
        application=application,
        number=number,
        supersedes=last,
        decided_by=by,
        decided_at=timezone.now(),
        outcome=outcome,
        departs=is_override,
        snapshot=snapshot,
        digest=_digest({"outcome": outcome, **words, "snapshot": snapshot}),
        **words,
    )
    application.state = Application.State.DECIDED
    application.save(update_fields=["state"])
    trail.record(
        actor=by,
        verb="decision.superseded" if last else "decision.recorded",
        obj=decision,
        fields=["outcome", *(name for name, text in words.items() if text)],
        reason=words["rationale"],
    )
    return decision


def _digest(content: dict) -> str:
    """SHA-256 of the canonical JSON."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _snapshot(application: Application, missing: list[Interview]) -> dict:
    """A copy of inputs and outputs that can be recomputed without the database."""
    plan = current_plan(application)
    given = rollup_input(application, plan)
    cards = list(
        Submission.objects.of_application(application)
        .with_interview()
        .order_by("submitted_at", "number")
    )
    asked = application.interviews.values_list(
        "pk",
        "scorecard__answers__question_version",
        "scorecard__answers__question_version__question__slug",
        "scorecard__answers__question_version__number",
    ).filter(scorecard__submitted_at__isnull=False)
    return {
        "formula_version": FORMULA_VERSION,
        "plan": plan.number,
        "input": write_case(given.config, given.ratings),
        "result": json.loads(json.dumps(record_values(given, rollup(given.config, given.ratings)))),
        "questions": {
            f"{interview}:{version}": {"slug": slug, "version": number}
            for interview, version, slug, number in asked
        },
        "interviewers": {
            str(card.scorecard.interview.interviewer_id): {
                "name": card.scorecard.interview.interviewer.name,
                "recommendation": card.scorecard.recommendation,
            }
            for card in cards
        },
        "submissions": [
            {"id": str(card.pk), "number": card.number, "digest": card.digest} for card in cards
        ],
        "missing": [str(interview.pk) for interview in missing],
    }
