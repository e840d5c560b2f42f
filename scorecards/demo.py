"""Loads the demo company of fixtures/demo.yaml, through the same workflow that people use."""

import datetime as dt
import secrets
import zoneinfo
from collections.abc import Callable
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import Grant, User
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from roles.models import QuestionSet, Role
from scorecards.models import Application, Interview, Opening, Submission
from scorecards.workflow.decisions import record_decision
from scorecards.workflow.interviews import add_candidate, assign_interviewer
from scorecards.workflow.openings import add_member, create_opening
from scorecards.workflow.scoring import Change, Outcome, save_fields
from scorecards.workflow.submitting import submit_scorecard


def is_loaded() -> bool:
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def load(path: Path, passwords: dict[str, str], say: Callable[[str], None]) -> None:
    """All of it or nothing. `passwords` by e-mail; the accounts work in local mode only."""
    company = yaml.safe_load(path.read_text())
    say(f"People: {len(company['people'])}")
    people = {row["key"]: _person(row, passwords) for row in company["people"]}
    openings = {row["key"]: _opening(row, people) for row in company["openings"]}
    rounds = {
        (row["key"], one["key"]): one["name"]
        for row in company["openings"]
        for one in row["rounds"]
    }
    for row in company["candidates"]:
        say(f"Candidate: {row['name']}")
        for interview in row["interviews"]:
            interview["round"] = rounds[row["opening"], interview["round"]]
        _candidate(row, openings, people)


def emails(path: Path) -> list[str]:
    return [row["email"] for row in yaml.safe_load(path.read_text())["people"]]


def new_password() -> str:
    return secrets.token_urlsafe(12)


def _person(row: dict, passwords: dict[str, str]) -> User:
    person = User.objects.create_user(
        email=row["email"],
        name=row["name"],
        password=passwords[row["email"]],
        time_zone=row["time_zone"],
        is_demo=True,
    )
    Grant.objects.bulk_create(Grant(user=person, kind=kind) for kind in row["grants"])
    return person


def _opening(row: dict, people: dict[str, User]) -> Opening:
    """The first coordinator makes it; an administrator names committee and chair."""
    role = Role.objects.get(slug=row["role"])
    creator = people[row["coordinator"][0]]
    administrator = User.objects.holding(Grant.Kind.ADMINISTRATOR).filter(is_demo=True)[0]
    opening = create_opening(
        by=creator,
        title=row["title"],
        role=role,
        level=row["level"],
        agent_enabled=role.has_agents,
        visibility=Opening.Visibility.AFTER_OWN,
        interviewers_may_decide=False,
        rounds=[
            (
                a_round["name"],
                QuestionSet.objects.get(slug=a_round["set"]).versions.latest("number"),
                a_round["minutes"],
            )
            for a_round in row["rounds"]
        ],
    )
    for kind in ("coordinator", "committee", "chair"):
        for key in row[kind]:
            if people[key] != creator:
                add_member(opening=opening, user=people[key], kind=kind, by=administrator)
    return opening


def _candidate(row: dict, openings: dict[str, Opening], people: dict[str, User]) -> None:
    opening = openings[row["opening"]]
    coordinator = opening.members.get(kind="coordinator").user
    application = add_candidate(
        opening=opening,
        by=coordinator,
        name=row["name"],
        email=row["email"],
        accommodations=row["accommodations"],
    )
    # Everybody is assigned before anybody submits, as on a real panel.
    assigned = [
        (_interview(application, one, people, coordinator), one) for one in row["interviews"]
    ]
    for interview, one in assigned:
        _scorecard(interview, one)
    if row["decision"]:
        _decision(application, row["decision"], people)


def _interview(
    application: Application, row: dict, people: dict[str, User], coordinator: User
) -> Interview:
    interviewer = people[row["interviewer"]]
    the_round = application.opening.plans.latest("number").rounds.get(name=row["round"])
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


def _scorecard(interview: Interview, row: dict) -> None:
    ids = dict(interview.round.set_version.questions.values_list("question__slug", "pk"))
    changes = [
        Change(field=f"{kind}:{ids[slug]}", base=0, value=value)
        for slug, answer in row["answers"].items()
        for kind, value in (
            ("rating", answer.get("rating") or answer["not_assessed"]),
            ("evidence", answer["evidence"]),
            ("probes", sorted(answer.get("probes", ()))),
            ("signals", sorted(answer.get("signals", ()))),
        )
        if value
    ]
    if changes:
        results = save_fields(
            scorecard=interview.scorecard, by=interview.interviewer, changes=changes
        )
        wrong = [one for one in results if one.outcome is not Outcome.APPLIED]
        if wrong:
            raise ValueError(f"{interview}: {wrong}")
    if row["submitted"]:
        submit_scorecard(
            scorecard=interview.scorecard,
            by=interview.interviewer,
            recommendation=row["recommendation"],
            summary=row["summary"],
            unworded_ok=True,
        )


def _decision(application: Application, row: dict, people: dict[str, User]) -> None:
    decider = people[row["by"]]
    trail.record_reads(
        reader=decider,
        objects=Submission.objects.of_application(application),
        scope=ReadEvent.Scope.WHOLE,
    )
    record_decision(
        application=application,
        by=decider,
        outcome=row["outcome"],
        rationale=row["rationale"],
        dissent=row["dissent"],
        override_reason=row["override_reason"],
    )
