"""What followed the interviews of a candidate of the demo company, in the order of its file."""

from interviewbank.access.models import User
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from roles.models import EvaluationArea
from scorecards.models import Application, Interview, Submission
from scorecards.workflow.amending import amend_scorecard
from scorecards.workflow.debriefs import (
    add_note,
    cast_vote,
    close_debrief,
    open_debrief,
    set_panel_rating,
)
from scorecards.workflow.decisions import record_decision

from .interviews import versions_by_slug


def follow_up(
    application: Application, steps: list[dict], rounds: dict[str, str], people: dict[str, User]
) -> None:
    """Each step is named by its only key. `rounds` are the names of the rounds by key."""
    for step in steps:
        ((kind, row),) = step.items()
        if kind == "debrief":
            _debrief(application, row, people)
        elif kind == "decision":
            _decision(application, row, people)
        elif kind == "amendment":
            _amendment(application.interviews.get(round__name=rounds[row["round"]]), row)
        else:
            raise ValueError(f"{application}: {kind}")


def _debrief(application: Application, row: dict, people: dict[str, User]) -> None:
    chair = people[row["by"]]
    areas = {area.slug: area for area in EvaluationArea.objects.all()}
    debrief = open_debrief(application=application, by=chair)
    for note in row["notes"]:
        area = areas[note["area"]] if note["area"] else None
        add_note(debrief=debrief, by=people[note["by"]], area=area, text=note["text"])
    for one in row["panel"]:
        set_panel_rating(
            debrief=debrief,
            by=chair,
            area=areas[one["area"]],
            rating=one["rating"],
            note=one["note"],
        )
    for vote in row["votes"]:
        cast_vote(
            debrief=debrief,
            by=people[vote["by"]],
            recommendation=vote["recommendation"],
            rationale=vote["rationale"],
        )
    if row["closed"]:
        close_debrief(debrief=debrief, by=chair)


def _amendment(interview: Interview, row: dict) -> None:
    ids = versions_by_slug(interview)
    values = {
        f"{kind}:{ids[slug]}": value
        for slug, answer in row["answers"].items()
        for kind, value in answer.items()
    }
    amend_scorecard(
        scorecard=interview.scorecard,
        by=interview.interviewer,
        values=values,
        reason=row["reason"],
        after=interview.scorecard.submissions.latest("number").number,
    )


def _decision(application: Application, row: dict, people: dict[str, User]) -> None:
    decider = people[row["by"]]
    trail.record_reads(
        reader=decider,
        objects=Submission.objects.of_application(application),
        scope=ReadEvent.Scope.WHOLE,
    )
    words = {key: text for key, text in row.items() if key not in ("by", "outcome")}
    record_decision(application=application, by=decider, outcome=row["outcome"], **words)
