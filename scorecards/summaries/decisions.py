"""What a decision still needs before it is recorded, and the recorded ones as they are shown."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Application, Decision, DecisionNote, Interview, Submission
from scorecards.packet import departs
from scorecards.packet.rules import owing
from scorecards.permissions import can_comment, can_decide, can_read_packet
from scorecards.rollup import to_points


@dataclass(frozen=True)
class ToRead:
    """A submission whose words somebody was not shown in whole."""

    submission: Submission

    @property
    def name(self) -> str:
        return self.submission.scorecard.interview.interviewer.name

    @property
    def amendment(self) -> bool:
        return self.submission.number > 1

    def __str__(self) -> str:
        return f"{self.name} (amendment)" if self.amendment else self.name


def unread(application: Application, reader: User) -> list[ToRead]:
    """R8: every submission, amendments and those of shadows too; one's own are known."""
    submissions = list(
        Submission.objects.of_application(application)
        .with_interview()
        .exclude(scorecard__interview__interviewer=reader)
        .order_by("submitted_at", "number")
    )
    read = trail.read_in_whole(reader=reader, object_ids=[one.pk for one in submissions])
    return [ToRead(one) for one in submissions if one.pk not in read]


def missing_cards(application: Application) -> list[Interview]:
    """The interviews whose scorecard counts and is not in."""
    return list(
        application.interviews.owing()
        .counted()
        .select_related("interviewer")
        .order_by("starts_at", "pk")
    )


@dataclass(frozen=True)
class Asks:
    """What the form says before anything is filled in. `departing` are the decisions that would
    depart from what the scorecards say."""

    unread: list[ToRead]
    missing: list[Interview]
    again: bool
    departing: list[str]


@dataclass(frozen=True)
class Vote:
    name: str
    recommendation: str
    rationale: str


@dataclass(frozen=True)
class Recorded:
    """One decision as it is shown, from what was kept with it."""

    decision: Decision

    @property
    def record(self) -> dict[str, Any]:
        return dict(self.decision.snapshot)

    @property
    def erased(self) -> bool:
        return not self.decision.snapshot

    @property
    def decided_by(self) -> str:
        """The name at that time."""
        if self.erased:
            return self.decision.decided_by.name
        return str(self.record["people"][self.record["decided_by"]])

    @property
    def by_interviewer(self) -> bool:
        """R5: shown where who interviewed may decide, and did."""
        return bool(self.record.get("decider_interviewed"))

    @property
    def switch_on(self) -> bool:
        return bool(self.record.get("opening", {}).get("interviewers_may_decide"))

    @property
    def said(self) -> str:
        return str(self.record["result"]["outcome"])

    @property
    def points(self) -> Fraction | None:
        """No score beside insufficient evidence: it would read as a verdict."""
        score = self.record["result"]["score"]
        if score is None or self.said == "insufficient_evidence":
            return None
        return to_points(Fraction(score))

    @property
    def range(self) -> list[str]:
        return list(self.record["result"]["likely_range"] or [])

    @property
    def cards(self) -> int:
        return sum(one["submitted_at"] is not None for one in self.record["interviews"])

    @property
    def ratings(self) -> int:
        return len(self.record["result"]["ratings"])

    @property
    def amendments(self) -> int:
        return sum(
            one["number"] > 1 for card in self.record["interviews"] for one in card["submissions"]
        )

    @property
    def missing(self) -> list[str]:
        return [self.record["people"][one["interviewer"]] for one in owing(self.record)]

    @property
    def votes(self) -> list[Vote]:
        """Of the last debrief whose votes were revealed."""
        revealed = [one for one in self.record.get("debriefs", ()) if one["revealed_at"]]
        return [
            Vote(self.record["people"][vote["member"]], vote["recommendation"], vote["rationale"])
            for vote in (revealed[-1]["votes"] if revealed else ())
        ]


@dataclass(frozen=True)
class Panel:
    """The part of the review page about the decision. `asks` is None for who may not decide."""

    standing: Recorded | None
    superseded: list[Recorded]
    asks: Asks | None
    notes: list[DecisionNote]
    may_comment: bool
    may_read_packet: bool


def decision_panel(
    application: Application, viewer: User, rolled_up: str, decisions: list[Decision]
) -> Panel:
    """`decisions` are those of the application, the oldest first."""
    newest_first = [Recorded(one) for one in reversed(decisions)]
    standing = newest_first[0] if newest_first else None
    kept = standing is not None and not standing.erased
    return Panel(
        standing=standing,
        superseded=newest_first[1:],
        asks=_asks(application, viewer, rolled_up, again=bool(decisions))
        if can_decide(viewer, application)
        else None,
        notes=_notes(decisions),
        may_comment=kept and can_comment(viewer, decisions[-1]),
        may_read_packet=kept and can_read_packet(viewer, decisions[-1]),
    )


def _asks(application: Application, by: User, rolled_up: str, *, again: bool) -> Asks:
    return Asks(
        unread=unread(application, by),
        missing=missing_cards(application),
        again=again,
        departing=[label for value, label in Decision.Outcome.choices if departs(value, rolled_up)],
    )


def _notes(decisions: list[Decision]) -> list[DecisionNote]:
    """On all of them: what was said of a superseded one still stands."""
    if not decisions:
        return []
    return list(
        DecisionNote.objects.filter(decision__in=decisions)
        .select_related("author", "decision")
        .order_by("created_at", "pk")
    )
