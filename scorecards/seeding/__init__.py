"""Any number of plausible candidates, in bulk and deterministic, to measure on.

The same number and seed make the same rows, ids included; only the days count from today. Written
past the workflow, in the shape that the workflow leaves; `RollupRecord` is computed, not invented.
"""

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import (
    Answer,
    Application,
    Candidate,
    Interview,
    OpeningRound,
    RollupRecord,
    Scorecard,
    Submission,
)
from scorecards.rollup import Rating, rollup
from scorecards.summaries.inputs import RollupInput, config_of
from scorecards.summaries.scoring import Asked, Sheet
from scorecards.workflow.rollups import record_values
from scorecards.workflow.submitting import content_of, digest_of

from .copying import copy_in, hand_in
from .loops import Loop, LoopMaker, NoBank, write

__all__ = ["NoBank", "Seeder"]

PER_OPENING = 25
CHUNK = 250
INTERVIEWERS = 60
FIRST = ("Ada", "Bea", "Cem", "Dua", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jin", "Kai", "Lea", "Mio")
LAST = ("Ashdown", "Birch", "Calder", "Dunmore", "Elling", "Farrow", "Gale", "Hollis", "Inman")
HEARD = (
    '"We measured it before and after, and the tail got worse."\nNamed the figure when asked.',
    "Described the system in general terms; the owner of the decision stayed unclear.",
    '"I would roll back first and look at the cause the next day."\nKnew who was paged.',
    "Gave two examples, one of them their own. No figure for the cost.",
)


@dataclass
class Rows:
    """One chunk, table by table, in the order in which it can be written."""

    candidates: list[Candidate] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    scorecards: list[Scorecard] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    submitted: list[Scorecard] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    rollups: list[RollupRecord] = field(default_factory=list)

    def write(self) -> None:
        """Answers before their scorecards are submitted: afterwards the trigger refuses them."""
        for rows in (self.candidates, self.applications, self.interviews, self.scorecards):
            copy_in(rows)
        copy_in(self.answers)
        hand_in(self.submitted)
        copy_in(self.submissions)
        copy_in(self.rollups)


class Seeder:
    def __init__(self, *, candidates: int, seed: int) -> None:
        self.count = candidates
        self.random = random.Random(seed)  # noqa: S311  repeatable on purpose
        self.today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        self.name = f"Seed {seed}"
        self.seed = seed

    def id(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    @transaction.atomic
    def run(self, progress: Callable[[int], None]) -> dict[str, int]:
        """Write everything in one transaction; returns how many rows of each kind."""
        people = self.people()
        maker = LoopMaker(new_id=self.id, name=self.name)
        loops = [maker.make(number, people) for number in range(-(-self.count // PER_OPENING))]
        write(loops, frozen_at=self.today)
        totals: dict[str, int] = {}
        for start in range(0, self.count, CHUNK):
            rows = Rows()
            for number in range(start, min(start + CHUNK, self.count)):
                self.candidate(rows, number, loops[number // PER_OPENING], people)
            rows.write()
            for name, made in vars(rows).items():
                totals[name] = totals.get(name, 0) + len(made)
            progress(min(start + CHUNK, self.count))
        for loop in loops:
            trail.record(actor=None, verb="opening.seeded", obj=loop.opening)
        return {"openings": len(loops), "people": len(people), **totals}

    def people(self) -> list[User]:
        """Nobody can sign in as them: they have no password."""
        return User.objects.bulk_create(
            User(
                id=self.id(),
                email=f"seed{self.seed}.{number}@example.com",
                name=f"{self.random.choice(FIRST)} {self.random.choice(LAST)}",
                password=UNUSABLE_PASSWORD_PREFIX,
                is_active=False,
            )
            for number in range(INTERVIEWERS)
        )

    def candidate(self, rows: Rows, number: int, loop: Loop, people: list[User]) -> None:
        """Ability, severity and luck make a rating; some questions are not reached, some cards are
        still open."""
        chance = self.random
        person = Candidate(
            id=self.id(),
            name=f"{chance.choice(FIRST)} {chance.choice(LAST)} {number + 1}",
            email=f"seed{self.seed}.c{number}@example.net",
        )
        application = Application(
            id=self.id(),
            candidate=person,
            opening=loop.opening,
            created_at=self.today - dt.timedelta(days=chance.randrange(10, 400)),
        )
        rows.candidates.append(person)
        rows.applications.append(application)
        ability = chance.gauss(2.6, 0.6)
        ratings: list[Rating] = []
        asked: dict[str, str] = {}
        panel = chance.sample(people[3:], len(loop.rounds))
        for (the_round, questions), interviewer in zip(loop.rounds, panel, strict=True):
            interview = self.interview(rows, application, the_round, interviewer)
            if chance.random() < 0.9:
                for answer in self.card(rows, interview, questions, ability):
                    key = f"{interview.pk}:{answer.question_version_id}"
                    asked[key] = answer.question_version.question.area.slug
                    ratings.append(Rating(str(interviewer.pk), key, answer.rating))
        given = RollupInput(config_of(loop.plan, loop.areas, asked), tuple(ratings))
        rows.rollups.append(
            RollupRecord(
                id=self.id(),
                application=application,
                plan_number=1,
                **record_values(given, rollup(given.config, given.ratings)),
            )
        )

    def interview(
        self, rows: Rows, application: Application, the_round: OpeningRound, interviewer: User
    ) -> Interview:
        day = application.created_at + dt.timedelta(
            days=self.random.randrange(2, 9), hours=self.random.randrange(8, 17)
        )
        made = Interview(
            id=self.id(),
            application=application,
            round=the_round,
            interviewer=interviewer,
            starts_at=day,
            minutes=the_round.minutes,
            state=Interview.State.HELD,
            state_changed_at=day,
        )
        rows.interviews.append(made)
        rows.scorecards.append(Scorecard(id=self.id(), interview=made, opened_at=day))
        return made

    def card(
        self, rows: Rows, interview: Interview, questions: list, ability: float
    ) -> Iterator[Answer]:
        chance, scorecard = self.random, rows.scorecards[-1]
        answers = []
        for question in questions:
            heard = chance.random() > 0.07
            rating = min(4, max(1, round(chance.gauss(ability, 0.7)))) if heard else None
            answers.append(
                Answer(
                    id=self.id(),
                    scorecard=scorecard,
                    question_version=question,
                    rating=rating,
                    not_assessed_reason="" if heard else "not_reached",
                    rating_rev=1,
                    evidence=chance.choice(HEARD) if heard else "",
                    evidence_rev=1,
                )
            )
        rows.answers += answers
        # A second object for the same row: the first is written while it is still open.
        at = interview.starts_at + dt.timedelta(minutes=interview.minutes + 30)
        handed_in = Scorecard(
            id=scorecard.id,
            interview=interview,
            opened_at=scorecard.opened_at,
            submitted_at=at,
            recommendation="hire" if ability >= 2.5 else "no_hire",
            summary="Said in one line what carried the call.",
            revision=len(answers),
        )
        rows.submitted.append(handed_in)
        asked = [
            Asked(number, answer.question_version, True, answer)
            for number, answer in enumerate(answers, 1)
        ]
        content = content_of(Sheet(handed_in, tuple(asked)))
        salt = f"{chance.getrandbits(128):032x}"
        rows.submissions.append(
            Submission(
                id=self.id(),
                scorecard=scorecard,
                number=1,
                content=content,
                salt=salt,
                digest=digest_of(salt, content),
                submitted_at=at,
            )
        )
        return iter(answers)
