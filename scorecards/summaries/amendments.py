"""What amendments say. They never enter the roll-up; the review page shows beside it what it would
be with them. An amendment holds only the fields that it changed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from roles.models import QuestionVersion
from scorecards.models import Answer, Recommendation, Submission
from scorecards.rollup import Rating, Rollup, to_points

from .evidence import Later, lines


@dataclass(frozen=True)
class Amendment:
    """One submission after the first, and what it changed, in words."""

    submission: Submission
    changes: tuple[str, ...]


@dataclass
class Amendments:
    """`ratings` and `answers` go by the roll-up's id of a question, `calls` by scorecard; of
    several amendments the newest holds."""

    all: list[Amendment] = field(default_factory=list)
    ratings: dict[str, int | None] = field(default_factory=dict)
    answers: dict[str, tuple[Later, ...]] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)

    def applied(self, ratings: Iterable[Rating]) -> tuple[Rating, ...]:
        return tuple(
            replace(one, value=self.ratings.get(one.question, one.value)) for one in ratings
        )


@dataclass(frozen=True)
class WithAmendments:
    """The second line: what the roll-up would be."""

    result: Rollup
    all: list[Amendment]

    @property
    def points(self) -> Fraction | None:
        return None if self.result.score is None else to_points(self.result.score)

    @property
    def after_reveal(self) -> bool:
        return any(one.submission.after_reveal for one in self.all)


def read_amendments(
    submissions: Iterable[Submission], versions: Mapping[str, QuestionVersion]
) -> Amendments:
    """`submissions` of one application by scorecard and number, `versions` of all that it asked."""
    found = Amendments()
    for submission in submissions:
        if submission.number == 1:
            continue
        # An approved erasure blanks the content; that there was an amendment stays.
        content = json.loads(submission.content or "{}")
        changes = [_call(found, submission, content)] if "recommendation" in content else []
        if "summary" in content:
            changes.append("Statement")
        for said in content.get("questions", ()):
            version = versions.get(said["question_version"])
            if version is not None:
                changes.append(_answer(found, submission, said, version))
        found.all.append(Amendment(submission, tuple(changes)))
    return found


def _call(found: Amendments, submission: Submission, content: Mapping[str, str]) -> str:
    found.calls[str(submission.scorecard_id)] = content["recommendation"]
    return f"Own recommendation: {Recommendation(content['recommendation']).label.lower()}"


def _answer(
    found: Amendments, submission: Submission, said: Mapping, version: QuestionVersion
) -> str:
    name = f"{submission.scorecard.interview_id}:{version.pk}"
    rated = "rating" in said
    rating = said.get("rating")
    reason = said.get("not_assessed_reason", "")
    later = Later(
        submission=submission,
        rated=rated,
        rating=rating,
        reason=Answer.NotAssessed(reason).label if reason else "",
        anchor=dict(version.anchors)[rating] if rating else "",
        lines=lines(said.get("evidence", "")),
        ticks="signals" in said or "probes" in said,
    )
    found.answers[name] = (*found.answers.get(name, ()), later)
    if not rated:
        return f"{version.title}: words"
    found.ratings[name] = rating
    return f"{version.title}: {rating or 'not assessed'}"
