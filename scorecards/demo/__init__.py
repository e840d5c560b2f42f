"""Loads the demo company of fixtures/demo.yaml, through the same workflow that people use."""

import secrets
from collections.abc import Callable
from pathlib import Path

import yaml
from django.db import transaction

from interviewbank.access.models import Grant, User
from roles.models import Question, QuestionSet, Role
from scorecards.models import Application, Opening
from scorecards.workflow.debrief_hours import open_hour
from scorecards.workflow.exclusions import last_number, set_excluded
from scorecards.workflow.interviews import add_candidate
from scorecards.workflow.openings import add_member, create_opening

from .committee import follow_up
from .interviews import plan_interview, what_came_of


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
    applications = {}
    for row in company["candidates"]:
        say(f"Candidate: {row['name']}")
        names = {key: name for (opening, key), name in rounds.items() if opening == row["opening"]}
        applications[row["key"]] = _candidate(row, names, openings, people)
    for row in company["debrief_hours"]:
        line = [applications[key] for key in row["line"]]
        open_hour(opening=line[0].opening, by=people[row["by"]], line_up=line)


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
    for one in row["exclusions"]:
        set_excluded(
            opening=opening,
            question=Question.objects.get(slug=one["question"]),
            by=people[one["by"]],
            excluded=True,
            reason=one["reason"],
            after=last_number(opening),
        )
    return opening


def _candidate(
    row: dict, rounds: dict[str, str], openings: dict[str, Opening], people: dict[str, User]
) -> Application:
    """`rounds` are the names of the opening's rounds by key."""
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
    planned = [
        (plan_interview(application, one, rounds[one["round"]], people, coordinator), one)
        for one in row["interviews"]
    ]
    for interview, one in planned:
        what_came_of(interview, one)
    follow_up(application, row["committee"], rounds, people)
    return application
