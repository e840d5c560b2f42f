"""Who meets a candidate of the demo company, and what they handed in."""

import datetime as dt
import zoneinfo

from django.utils import timezone

from interviewbank.access.models import User
from roles.models import EvaluationArea
from scorecards.models import Application, Interview
from scorecards.workflow.ended_interviews import mark_not_held
from scorecards.workflow.handovers import hand_over
from scorecards.workflow.interviews import assign_interviewer
from scorecards.workflow.scoring import Change, Outcome, save_fields
from scorecards.workflow.submitting import submit_scorecard


def plan_interview(
    application: Application, row: dict, name: str, people: dict[str, User], coordinator: User
) -> Interview:
    interviewer = people[row["interviewer"]]
    the_round = application.opening.plans.latest("number").rounds.get(name=name)
    return assign_interviewer(
        application=application,
        round=the_round,
        interviewer=interviewer,
        starts_at=_starts_at(row, interviewer),
        minutes=the_round.minutes,
        location=row["location"],
        shadow=False,
        by=coordinator,
    )


def _starts_at(row: dict, interviewer: User) -> dt.datetime:
    """The day counts from today, the time is the interviewer's own."""
    zone = zoneinfo.ZoneInfo(interviewer.time_zone)
    day = timezone.now().astimezone(zone).date() + dt.timedelta(days=row["day"])
    return dt.datetime.combine(day, dt.time.fromisoformat(row["time"]), tzinfo=zone)


def what_came_of(interview: Interview, row: dict) -> None:
    if "not_held" in row:
        mark_not_held(interview=interview, by=interview.interviewer, **row["not_held"])
        return
    _write(interview, row["answers"])
    if row["submitted"]:
        submit_scorecard(
            scorecard=interview.scorecard,
            by=interview.interviewer,
            recommendation=row["recommendation"],
            summary=row["summary"],
            unworded_ok=True,
        )
    for area in EvaluationArea.objects.filter(slug__in=row.get("handed_over", ())):
        hand_over(interview=interview, area=area, by=interview.interviewer)


def _write(interview: Interview, answers: dict) -> None:
    ids = versions_by_slug(interview)
    changes = [
        Change(field=f"{kind}:{ids[slug]}", base=0, value=value)
        for slug, answer in answers.items()
        for kind, value in (
            ("rating", answer.get("rating") or answer["not_assessed"]),
            ("evidence", answer["evidence"]),
            ("probes", sorted(answer.get("probes", ()))),
            ("signals", sorted(answer.get("signals", ()))),
        )
        if value
    ]
    if not changes:
        return
    results = save_fields(scorecard=interview.scorecard, by=interview.interviewer, changes=changes)
    wrong = [one for one in results if one.outcome is not Outcome.APPLIED]
    if wrong:
        raise ValueError(f"{interview}: {wrong}")


def versions_by_slug(interview: Interview) -> dict:
    """The versions of questions that its round asks, by the question's slug."""
    return dict(interview.round.set_version.questions.values_list("question__slug", "pk"))
