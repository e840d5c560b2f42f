"""Changing how an opening is judged: in place at first, by a new plan once somebody scored."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import QuestionSetVersion
from scorecards.models import (
    Interview,
    Opening,
    OpeningArea,
    OpeningPlan,
    OpeningRound,
    Scorecard,
)

from .openings import OpeningError, freeze_plan, refuse_drafts
from .rollups import refresh_rollup


class PlanChanged(OpeningError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody changed the plan while this page was open. Open it again to see theirs."
        )


class ReasonMissing(OpeningError):
    pass


class RoundInUse(OpeningError):
    pass


@dataclass(frozen=True)
class Cuts:
    """The columns of a plan, in points of the scale."""

    strong_no_cut: Decimal
    hire_bar: Decimal
    strong_hire_cut: Decimal
    min_interviewers: int
    min_coverage: Decimal


@dataclass(frozen=True)
class AreaTerms:
    """How an area counts. `area` is its slug; which areas there are is the opening's."""

    area: str
    weight: Decimal
    weight_rationale: str
    bar: Decimal | None
    min_raters: int | None


@dataclass(frozen=True)
class RoundTerms:
    """A round; `was` is the one of the plan before whose interviews go on in it."""

    name: str
    set_version: QuestionSetVersion
    minutes: int
    was: UUID | None = None


@dataclass(frozen=True)
class Terms:
    """All that a plan says, the rounds in their order."""

    cuts: Cuts
    areas: Sequence[AreaTerms]
    rounds: Sequence[RoundTerms]


def needs_reason(plan: OpeningPlan, user: User) -> bool:
    """Whether a change by this person becomes a new plan.

    It always does for somebody who owes a scorecard of the opening: that the old plan could still
    be changed would tell them that nobody has begun.
    """
    return plan.frozen_at is not None or _owes_in(plan.opening, user)


def _owes_in(opening: Opening, user: User) -> bool:
    return Interview.objects.of(user).keeping_blind().filter(application__opening=opening).exists()


def terms_of(plan: OpeningPlan) -> Terms:
    return Terms(
        cuts=Cuts(**{column.name: getattr(plan, column.name) for column in fields(Cuts)}),
        areas=[
            AreaTerms(row.area.slug, row.weight, row.weight_rationale, row.bar, row.min_raters)
            for row in plan.areas.select_related("area")
        ],
        rounds=[
            RoundTerms(row.name, row.set_version, row.minutes, row.pk)
            for row in plan.rounds.select_related("set_version__question_set")
        ],
    )


def fingerprint(plan: OpeningPlan) -> str:
    """Changes with anything that the plan says."""
    terms = terms_of(plan)
    rounds = [(one.was, one.name, one.set_version.pk, one.minutes) for one in terms.rounds]
    said = (plan.number, terms.cuts, terms.areas, rounds)
    return hashlib.sha256(repr(said).encode()).hexdigest()


@transaction.atomic
def revise_plan(
    *, opening: Opening, by: User, seen: str, terms: Terms, reason: str = ""
) -> OpeningPlan:
    """Change the current plan, or make the next one; `seen` is the fingerprint of the plan that the
    person had before them."""
    Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    unopened = _lock_unopened(opening)
    plan = opening.plans.select_for_update().latest("number")
    if fingerprint(plan) != seen:
        raise PlanChanged
    refuse_drafts(one.set_version for one in terms.rounds)
    changed = _changes(plan, terms)
    if not changed:
        return plan
    owes = _owes_in(opening, by)
    dropped = plan.rounds.exclude(pk__in=[one.was for one in terms.rounds if one.was])
    _refuse_dropping(dropped, None if owes else unopened)
    if not (plan.frozen_at or owes or Interview.objects.filter(round__in=dropped).exists()):
        dropped.delete()
        _write_terms(plan, terms)
        verb = "opening.plan_changed"
    elif not reason.strip():
        raise ReasonMissing("This becomes a new plan. Say why: the committee reads it later.")
    else:
        plan = _next_plan(plan, by, reason.strip(), terms, unopened)
        verb = "opening.plan_replaced"
    for application in opening.applications.order_by("pk"):
        refresh_rollup(application)
    trail.record(actor=by, verb=verb, obj=plan, fields=changed, reason=plan.reason)
    return plan


def _lock_unopened(opening: Opening) -> list[UUID]:
    """The interviews that nobody has opened. Their scorecards are locked before the plan, in the
    order in which scoring locks them; one that is opened meanwhile has left the list."""
    cards = Scorecard.objects.filter(
        interview__application__opening=opening,
        interview__state__in=Interview.OWING,
        opened_at__isnull=True,
    )
    locked = cards.select_for_update(of=("self",)).order_by("pk")
    return list(locked.values_list("interview_id", flat=True))


def _refuse_dropping(dropped: QuerySet[OpeningRound], unopened: list[UUID] | None) -> None:
    """Interviews of a round that goes would have no questions. None: count the opened ones as well,
    since the person may not know which those are."""
    in_dropped = Interview.objects.filter(round__in=dropped)
    if unopened is None:
        # What ended with its application counts as well: what is left of it was submitted.
        planned = in_dropped.taking_place() | in_dropped.ended_with_application()
    else:
        planned = in_dropped.taking_place().filter(pk__in=unopened)
    names = sorted(set(planned.values_list("round__name", flat=True)))
    if names:
        raise RoundInUse(
            f"Interviews are planned for {', '.join(f'“{name}”' for name in names)}. "
            "Keep the round, or cancel them first."
        )


def _changes(plan: OpeningPlan, terms: Terms) -> list[str]:
    """The names of what differs from the plan."""
    now = terms_of(plan)
    columns = asdict(now.cuts)
    changed = [name for name, value in asdict(terms.cuts).items() if columns[name] != value]
    if {one.area: one for one in terms.areas} != {one.area: one for one in now.areas}:
        changed.append("areas")
    if list(terms.rounds) != now.rounds:
        changed.append("rounds")
    return changed


def _write_terms(plan: OpeningPlan, terms: Terms) -> None:
    OpeningPlan.objects.filter(pk=plan.pk).update(**asdict(terms.cuts))
    for one in terms.areas:
        values = asdict(one)
        plan.areas.filter(area__slug=values.pop("area")).update(**values)
    for position, one_round in enumerate(terms.rounds, 1):
        if one_round.was:
            plan.rounds.filter(pk=one_round.was).update(**_columns(one_round, position))
        else:
            plan.rounds.create(**_columns(one_round, position))


def _columns(terms: RoundTerms, position: int) -> dict:
    return {
        "position": position,
        "name": terms.name,
        "set_version": terms.set_version,
        "minutes": terms.minutes,
    }


def _next_plan(
    plan: OpeningPlan, by: User, reason: str, terms: Terms, unopened: list[UUID]
) -> OpeningPlan:
    """Plan n + 1, frozen at once, with the interviews that nobody has opened moved to it."""
    freeze_plan(plan)
    made = OpeningPlan.objects.create(
        opening=plan.opening,
        number=plan.number + 1,
        reason=reason,
        created_by=by,
        **asdict(terms.cuts),
    )
    counted = {row.area.slug: row.area for row in plan.areas.select_related("area")}
    OpeningArea.objects.bulk_create(
        OpeningArea(plan=made, **{**asdict(one), "area": counted[one.area]}) for one in terms.areas
    )
    for position, one_round in enumerate(terms.rounds, 1):
        successor = made.rounds.create(**_columns(one_round, position))
        Interview.objects.filter(pk__in=unopened, round_id=one_round.was).update(round=successor)
    freeze_plan(made)
    return made
