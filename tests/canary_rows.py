"""What the world of the access matrix lacks: a row of everything that can hold words."""

import json
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from scorecards.models import (
    AnswerOp,
    Application,
    Debrief,
    DebriefNote,
    Decision,
    DecisionNote,
    Opening,
    OpeningPlan,
    PanelRating,
    Scorecard,
    Submission,
    Vote,
)
from scorecards.summaries.records import record_of
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.matrix import REASONS


def add_rows(of: SimpleNamespace) -> None:
    people = of.people
    people["revoked"] = build.user("Rhea Leaver")
    people["reassigned"] = build.user("Ruth Asker")
    of.colleague = build.user("Quentin Asker")
    of.opening.members.create(user=people["revoked"], kind="committee")
    of.other_debrief, of.other_decided = of.debrief.application, of.decision.application
    for application in (of.application, of.other_decided):
        build.submitted(build.interview(application, of.colleague), [2, 3])
        build.interview(application, build.user(), state="no_show", state_reason="Did not come.")
    of.reassigned = build.interview(of.application, people["reassigned"])
    build.answered(of.reassigned, [1, 2])
    build.answered(of.application.interviews.get(interviewer=people["former"]), [4, 4])
    _drafts_and_amendments(of)
    _debriefs(of)
    _retired(of)
    of.opening.exclusions.create(
        question=of.questions[1].question,
        number=1,
        excluded=True,
        reason="Misread.",
        created_by=people["chair"],
    )
    of.beside = {opening.pk: f"/{opening.title}" for opening in _openings(of)}
    of.beside |= dict.fromkeys(
        Opening.objects.filter(applications=None).values_list("pk", flat=True), "/elsewhere"
    )
    decide(of.other_decided, people["chair"])
    for card in Scorecard.objects.submitted():
        _submission(card, 1)
    for application in Application.objects.exclude(interviews=None):
        refresh_rollup(application)


def _drafts_and_amendments(of: SimpleNamespace) -> None:
    AnswerOp.objects.create(
        scorecard=of.owed.scorecard,
        op=uuid4(),
        device="laptop",
        field="summary",
        base=0,
        rev=1,
        outcome="conflict",
        digest="d",
        value=json.dumps("Lost."),
    )
    for application in (of.application, of.other_decided):
        for interviewer in (of.people["after"], of.colleague):
            card = application.interviews.get(interviewer=interviewer).scorecard
            _submission(card, 1)
            _submission(card, 2, reason="Thought again.")


def _submission(card: Scorecard, number: int, *, reason: str = "") -> None:
    Submission.objects.get_or_create(
        scorecard=card,
        number=number,
        defaults={
            "content": json.dumps({"scorecard": str(card.pk)}),
            "salt": "s",
            "digest": f"{card.pk} {number}",
            "submitted_at": timezone.now(),
            "reason": reason,
        },
    )


def _debriefs(of: SimpleNamespace) -> None:
    """One where votes are hidden, one where they are shown."""
    chair, committee = of.people["chair"], of.people["comm"]
    shown = Debrief.objects.create(
        application=of.other_decided, number=1, opened_by=chair, exception_reason="Late."
    )
    Debrief.objects.filter(pk=of.debrief.pk).update(exception_reason="Late.")
    Vote.objects.create(
        debrief=of.debrief, member=committee, recommendation="no_hire", rationale="Thin."
    )
    for debrief in (of.debrief, shown):
        area = of.questions[0].question.area
        DebriefNote.objects.create(debrief=debrief, author=committee, text="Who was on call?")
        PanelRating.objects.create(debrief=debrief, area=area, rating=2, note="So.", set_by=chair)
    for member in (chair, committee):
        Vote.objects.create(
            debrief=shown, member=member, recommendation="hire", rationale="Shipped."
        )
    now = timezone.now()
    Debrief.objects.filter(pk=shown.pk).update(revealed_at=now, closed_at=now)
    DecisionNote.objects.create(decision=of.decision, author=chair, text="Asked again: fine.")


def _retired(of: SimpleNamespace) -> None:
    retired = build.question("stale", in_area=of.questions[0].question.area).question
    type(retired).objects.filter(pk=retired.pk).update(retired_at=timezone.now())


def _openings(of: SimpleNamespace) -> list[Opening]:
    """Beside the main opening: two that show interviewers nothing yet, and one of other people."""
    people = of.people
    team = [(people["coord"], "coordinator"), (people["comm"], "committee")]
    team.append((people["chair"], "chair"))
    made = []
    for title, members, extra in (
        ("never", team, {"visibility": "never"}),
        ("early", team, {"visibility": "at_debrief"}),
        ("elsewhere", [(people["other"], "chair")], {}),
    ):
        areas = [asked.question.area for asked in of.questions]
        opening = build.opening(of.set_version, areas=areas, members=members, title=title, **extra)
        application = build.application(opening, f"{title.title()} Candidate")
        met_by = [of.colleague] if title == "elsewhere" else [of.colleague, people["after"]]
        for interviewer in met_by:
            build.submitted(build.interview(application, interviewer), [3, 2])
        refresh_rollup(application)
        if title != "early":  # a decision is what opens them there
            decide(application, members[-1][0])
        made.append(opening)
    OpeningPlan.objects.filter(opening=made[0]).update(frozen_at=timezone.now())
    plan = OpeningPlan.objects.create(opening=made[0], number=2, reason="Cost counts, too.")
    for asked in of.questions:
        plan.areas.create(area=asked.question.area)
    return made


def decide(application: Application, by) -> Decision:
    """With every kind of words that a decision can have."""
    last = application.decisions.order_by("number").last()
    return Decision.objects.create(
        application=application,
        decided_by=by,
        outcome="no_hire",
        number=last.number + 1 if last else 1,
        supersedes=last,
        departs=True,
        rationale=REASONS,
        dissent="One would wait.",
        override_reason="It was thin.",
        exception_reason="Late.",
        again_reason="More was heard." if last else "",
        snapshot=record_of(application, by),
        digest="d",
    )
