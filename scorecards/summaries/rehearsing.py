"""A scorecard to practise on: the questions of the round with a made-up candidate. It is put
together in memory and has no row anywhere, so there is nothing that could count."""

from datetime import datetime

from scorecards.models import Application, Candidate, Interview, Scorecard

from .scoring import Sheet, asked_in, make_sheet

CANDIDATE = "Robin Example"


def rehearsal(interview: Interview, now: datetime) -> Sheet:
    """Begins now. `interview` comes with its people; nothing is read of its own scorecard."""
    application = Application(
        candidate=Candidate(name=CANDIDATE), opening=interview.application.opening
    )
    made_up = Interview(
        application=application,
        round=interview.round,
        interviewer=interview.interviewer,
        starts_at=now,
        minutes=interview.minutes,
    )
    return make_sheet(Scorecard(interview=made_up), asked_in(interview.round), [])
