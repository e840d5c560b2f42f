"""A panel whose cards were handed in through the workflow, and a chair who read them."""

from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.models import Application, Decision, Interview, Submission
from scorecards.workflow.decisions import record_decision
from scorecards.workflow.submitting import submit_scorecard
from tests import build

RATIONALE = (
    "Meets every bar, and both interviewers heard how the outage was handled in detail. "
    "The price of a request was thin, and is learnt here within weeks."
)
HEARD = '"We kept a kill switch."\nNamed the <owner> & the time.'


def hand_in(interview: Interview, ratings, *, recommendation: str = "hire", **extra) -> Submission:
    return submit_scorecard(
        scorecard=build.answered(interview, ratings, evidence=extra.pop("evidence", HEARD)),
        by=interview.interviewer,
        recommendation=recommendation,
        summary=extra.pop("summary", f"{interview.interviewer.name} says so."),
        unworded_ok=True,
    )


def both_in(panel, *, mine=(4, 3, 3), theirs=(3, 4, 3)) -> None:
    """By hand: production 3.5, cost 3, so 3.25 points, 3/4 from 0 to 1: a hire."""
    hand_in(panel.mine, mine)
    hand_in(panel.theirs, theirs)


def read_all(application: Application, reader) -> None:
    trail.record_reads(
        reader=reader,
        objects=Submission.objects.of_application(application),
        scope=ReadEvent.Scope.WHOLE,
    )


def decide(panel, *, by=None, outcome: str = "hire", **words) -> Decision:
    by = by or panel.people.chair
    read_all(panel.application, by)
    return record_decision(
        application=panel.application,
        by=by,
        outcome=outcome,
        **{"rationale": RATIONALE, **words},
    )
