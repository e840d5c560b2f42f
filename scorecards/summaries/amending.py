"""What amendments changed on one scorecard: for its author, and for whoever reads it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from interviewbank.access.models import User
from scorecards.models import Answer, Application, Decision, Scorecard, Submission

from .evidence import Line, lines
from .scoring import Asked, Sheet, read_sheet


@dataclass(frozen=True)
class AmendedAnswer:
    """What an amendment says of one question: a rating, or the reason for none, and words."""

    asked: Asked
    rated: bool
    rating: int | None
    reason: str
    anchor: str
    worded: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Amended:
    """One amendment; `call` and `summary` are None where it left them alone."""

    submission: Submission
    call: str | None
    summary: str | None
    answers: tuple[AmendedAnswer, ...]

    @property
    def erased(self) -> bool:
        return not self.submission.content


@dataclass(frozen=True)
class Standing:
    """A submitted scorecard with all that its author stands by now."""

    sheet: Sheet
    submissions: list[Submission]

    @property
    def last(self) -> int:
        return self.submissions[-1].number

    @property
    def values(self) -> dict[str, object]:
        return amended_values(self.sheet, self.submissions)

    @property
    def amendments(self) -> tuple[Amended, ...]:
        return amendments_of(self.sheet, self.submissions)


def standing(card: Scorecard) -> Standing:
    """`card` comes with its interview and round."""
    return Standing(read_sheet(card), list(card.submissions.order_by("number")))


def decision_known_to(author: User, application: Application) -> Decision | None:
    decisions = Decision.objects.visible_to(author).filter(application=application)
    return decisions.order_by("number").last()


def amended_values(sheet: Sheet, submissions: Iterable[Submission]) -> dict[str, object]:
    """What the author stands by now, by field: the answers with every amendment so far."""
    values: dict[str, object] = {
        "recommendation": sheet.card.recommendation,
        "summary": sheet.card.summary,
    }
    for asked in sheet.questions:
        answer = asked.answer
        values[f"rating:{asked.version.pk}"] = answer.rating or answer.not_assessed_reason or None
        values[f"evidence:{asked.version.pk}"] = answer.evidence
    for submission in submissions:
        if submission.number > 1:
            values |= _changed(_content(submission))
    return values


def _changed(content: dict) -> dict[str, object]:
    changed = {name: content[name] for name in ("recommendation", "summary") if name in content}
    for said in content.get("questions", []):
        version = said["question_version"]
        if "rating" in said:
            changed[f"rating:{version}"] = said["rating"] or said["not_assessed_reason"] or None
        if "evidence" in said:
            changed[f"evidence:{version}"] = said["evidence"]
    return changed


def _content(submission: Submission) -> dict:
    # An approved erasure blanks the content; that there was an amendment stays.
    return json.loads(submission.content or "{}")


def amendments_of(sheet: Sheet, submissions: Iterable[Submission]) -> tuple[Amended, ...]:
    """In the order in which they were made."""
    return tuple(_amended(sheet, one) for one in submissions if one.number > 1)


def _amended(sheet: Sheet, submission: Submission) -> Amended:
    content = _content(submission)
    asked = {str(one.version.pk): one for one in sheet.questions}
    return Amended(
        submission=submission,
        call=content.get("recommendation"),
        summary=content.get("summary"),
        answers=tuple(
            _answer(asked[said["question_version"]], said) for said in content.get("questions", [])
        ),
    )


def _answer(asked: Asked, said: dict) -> AmendedAnswer:
    rating, reason = said.get("rating"), said.get("not_assessed_reason", "")
    return AmendedAnswer(
        asked=asked,
        rated="rating" in said,
        rating=rating,
        reason=Answer.NotAssessed(reason).label if reason else "",
        anchor=dict(asked.version.anchors)[rating] if rating else "",
        worded="evidence" in said,
        lines=lines(said.get("evidence", "")),
    )
