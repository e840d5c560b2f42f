"""What a decision rests on, out of the database: the record that its packet keeps for good."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from interviewbank.access.models import User
from roles.models import QuestionSetItem, QuestionVersion
from scorecards.models import (
    Answer,
    Application,
    Decision,
    Exclusion,
    Interview,
    OpeningPlan,
    Submission,
)
from scorecards.packet import result_of
from scorecards.rollup import FORMULA_VERSION, SETTINGS

from .inputs import config_of, current_plan
from .record_debriefs import at, at_or_not, debrief_row, debriefs_of, people_of

Row = dict[str, Any]


def record_of(application: Application, by: User) -> Row:
    """All inputs, and all that follows from them. Of a card that is not in, only that it is not:
    a draft is its author's alone."""
    interviews = _interviews(application)
    answers = _answers(application)
    questions = _questions(application)
    submissions = _submissions(application)
    plan = current_plan(application)
    debriefs = debriefs_of(application)
    earlier = list(application.decisions.select_related("decided_by").order_by("number"))
    exclusions = _exclusions(application, questions)
    record: Row = {
        "application": str(application.pk),
        "candidate": str(application.candidate),
        "decided_by": str(by.pk),
        "decider_interviewed": any(one.interviewer_id == by.pk for one in interviews),
        "formula_version": FORMULA_VERSION,
        "opening": _opening(application),
        "plan": _plan(plan),
        "people": {
            str(person.pk): person.name
            for person in (
                by,
                *(one.interviewer for one in interviews),
                *(one.decided_by for one in earlier),
                *(row.created_by for row in exclusions),
                *(person for debrief in debriefs for person in people_of(debrief)),
            )
        },
        "questions": [_question(version) for version in questions],
        "interviews": [
            _interview(one, answers.get(one.pk, []), submissions.get(one.pk, []))
            for one in interviews
        ],
        "exclusions": [_exclusion(row) for row in exclusions],
        "debriefs": [debrief_row(debrief) for debrief in debriefs],
        "earlier": [_earlier(decision) for decision in earlier],
    }
    return {**record, "result": result_of(record)}


def _interviews(application: Application) -> list[Interview]:
    return list(
        application.interviews.select_related(
            "interviewer", "scorecard", "round__set_version__question_set"
        ).order_by("starts_at", "pk")
    )


def _opening(application: Application) -> Row:
    opening = application.opening
    return {
        "id": str(opening.pk),
        "title": opening.title,
        "role": opening.role.name,
        "level": opening.level,
        "visibility": opening.visibility,
        "interviewers_may_decide": opening.interviewers_may_decide,
        "retention": opening.retention,
    }


def _plan(plan: OpeningPlan) -> Row:
    """Weights, bars and cuts as the roll-up takes them, fractions of the scale from 0 to 1."""
    areas = list(plan.areas.all())
    config = config_of(plan, areas, {})
    return {
        "number": plan.number,
        "reason": plan.reason,
        "frozen_at": at_or_not(plan.frozen_at),
        "settings": {name: str(getattr(config, name)) for name in SETTINGS},
        "areas": [
            {
                "slug": row.area.slug,
                "name": row.area.name,
                "short_name": row.area.short_name,
                "weight": str(counted.weight),
                "weight_rationale": row.weight_rationale,
                "bar": None if counted.bar is None else str(counted.bar),
                "min_raters": counted.min_raters,
            }
            for row, counted in zip(areas, config.areas.values(), strict=True)
        ],
    }


def _questions(application: Application) -> list[QuestionVersion]:
    """The versions that a submitted card answers."""
    asked = Answer.objects.filter(
        scorecard__interview__application=application, scorecard__submitted_at__isnull=False
    )
    return list(
        QuestionVersion.objects.filter(pk__in=asked.values("question_version"))
        .select_related("question__area")
        .order_by("question__area__position", "question__slug", "number")
    )


def _question(version: QuestionVersion) -> Row:
    return {
        "id": str(version.pk),
        "slug": version.question.slug,
        "area": version.question.area.slug,
        "number": version.number,
        "title": version.title,
        "prompt": version.prompt,
        "anchors": [text for _, text in version.anchors],
        "probes": _words(version.probes),
        "strong_signals": _words(version.strong_signals),
        "weak_signals": _words(version.weak_signals),
    }


def _words(items: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [{"id": item["id"], "text": item["text"]} for item in items]


def _answers(application: Application) -> dict[UUID, list[Answer]]:
    """By interview, in the order of its question set, which is the order they were handed in."""
    found: dict[UUID, list[Answer]] = {}
    given = Answer.objects.filter(
        scorecard__interview__application=application, scorecard__submitted_at__isnull=False
    ).select_related("scorecard__interview__round")
    sets = {answer.scorecard.interview.round.set_version_id for answer in given}
    items = QuestionSetItem.objects.filter(set_version__in=sets)
    places = {(one.set_version_id, one.question_version_id): one.position for one in items}
    for answer in sorted(
        given,
        key=lambda one: places.get(
            (one.scorecard.interview.round.set_version_id, one.question_version_id), 0
        ),
    ):
        found.setdefault(answer.scorecard.interview_id, []).append(answer)
    return found


def _submissions(application: Application) -> dict[UUID, list[Submission]]:
    found: dict[UUID, list[Submission]] = {}
    for one in (
        Submission.objects.of_application(application)
        .select_related("scorecard")
        .order_by("submitted_at", "number")
    ):
        found.setdefault(one.scorecard.interview_id, []).append(one)
    return found


def _interview(of: Interview, answers: list[Answer], submissions: list[Submission]) -> Row:
    card = of.scorecard
    submitted = card.submitted_at is not None
    return {
        "id": str(of.pk),
        "scorecard": str(card.pk),
        "interviewer": str(of.interviewer_id),
        "round": of.round.name,
        "question_set": of.round.set_version.question_set.name,
        "set_version": of.round.set_version.number,
        "starts_at": at(of.starts_at),
        "minutes": of.minutes,
        "shadow": of.shadow,
        "state": of.state,
        "state_reason": of.state_reason,
        "submitted_at": at_or_not(card.submitted_at),
        "recommendation": card.recommendation if submitted else "",
        "summary": card.summary if submitted else "",
        "answers": [_answer(answer) for answer in answers],
        "submissions": [_submission(one) for one in submissions],
    }


def _answer(answer: Answer) -> Row:
    return {
        "question": str(answer.question_version_id),
        "rating": answer.rating,
        "not_assessed_reason": answer.not_assessed_reason,
        "evidence": answer.evidence,
        "probes": answer.probes,
        "signals": answer.signals,
    }


def _submission(one: Submission) -> Row:
    """The first one's content is the answers; an amendment's is what it changed."""
    return {
        "id": str(one.pk),
        "number": one.number,
        "submitted_at": at(one.submitted_at),
        "after_reveal": one.after_reveal,
        "reason": one.reason,
        "salt": one.salt,
        "digest": one.digest,
        "changes": json.loads(one.content or "{}") if one.number > 1 else None,
    }


def _exclusions(application: Application, asked: list[QuestionVersion]) -> list[Exclusion]:
    questions = {version.question_id for version in asked}
    return list(
        application.opening.exclusions.filter(question__in=questions)
        .select_related("question", "created_by")
        .order_by("number")
    )


def _exclusion(row: Exclusion) -> Row:
    return {
        "number": row.number,
        "question": row.question.slug,
        "excluded": row.excluded,
        "reason": row.reason,
        "by": str(row.created_by_id),
        "at": at(row.created_at),
    }


def _earlier(decision: Decision) -> Row:
    return {
        "number": decision.number,
        "outcome": decision.outcome,
        "rationale": decision.rationale,
        "decided_by": str(decision.decided_by_id),
        "decided_at": at(decision.decided_at),
        "digest": decision.digest,
    }
