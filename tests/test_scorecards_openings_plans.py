"""Changing how an opening is judged: in place, or by a new plan with a reason."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from interviewbank.audit.models import Event
from scorecards.models import Opening, OpeningArea, OpeningPlan
from scorecards.workflow.openings import DraftSet, freeze_plan
from scorecards.workflow.plans import (
    PlanChanged,
    ReasonMissing,
    RoundInUse,
    RoundTerms,
    fingerprint,
    needs_reason,
    revise_plan,
    terms_of,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build

pytestmark = pytest.mark.django_db
REASON = "Cost is asked about too little."


@pytest.fixture
def revise(panel):
    """Changes the panel's plan from what it says now."""

    def by_coordinator(*, by=None, seen=None, reason="", cuts=None, areas=None, rounds=None):
        opening = Opening.objects.get(pk=panel.opening.pk)
        plan = opening.plans.latest("number")
        terms = terms_of(plan)
        terms = replace(
            terms,
            cuts=replace(terms.cuts, **(cuts or {})),
            areas=[replace(one, **(areas or {}).get(one.area, {})) for one in terms.areas],
            rounds=terms.rounds if rounds is None else rounds(terms.rounds),
        )
        return revise_plan(
            opening=opening,
            by=by or panel.people.coordinator,
            seen=seen or fingerprint(plan),
            terms=terms,
            reason=reason,
        )

    return by_coordinator


@pytest.fixture
def other_set(panel):
    return build.question_set(
        build.question(in_area=panel.areas[1]), of_role=panel.opening.role, name="Cost talk"
    )


def opened(interview):
    build.answered(interview, [3, 3, 3])


def test_an_unfrozen_plan_changes_in_place(panel, revise, other_set):
    plan = revise(
        cuts={"hire_bar": Decimal("2.75"), "min_interviewers": 3},
        areas={"cost": {"weight": Decimal("1.5"), "weight_rationale": "Seniors own it."}},
        rounds=lambda now: [RoundTerms("Cost", other_set, 30), *now],
    )
    assert (plan.pk, panel.opening.plans.count()) == (panel.plan.pk, 1)
    plan.refresh_from_db()
    assert (plan.hire_bar, plan.min_interviewers, plan.frozen_at) == (Decimal("2.75"), 3, None)
    row = plan.areas.get(area__slug="cost")
    assert (row.weight, row.weight_rationale) == (Decimal("1.50"), "Seniors own it.")
    assert list(plan.rounds.values_list("position", "name", "minutes")) == [
        (1, "Cost", 30),
        (2, "Deep dive", 60),
    ]
    panel.mine.refresh_from_db()
    assert panel.mine.round.name == "Deep dive"
    event = Event.objects.get()
    assert (event.verb, event.fields, event.reason_digest) == (
        "opening.plan_changed",
        ["areas", "hire_bar", "min_interviewers", "rounds"],
        "",
    )


def test_nothing_changed_writes_nothing(panel, revise):
    assert revise() == panel.plan
    assert not Event.objects.exists()


def test_a_frozen_plan_needs_a_reason(panel, revise):
    freeze_plan(panel.plan)
    for reason in ("", "  "):
        with pytest.raises(ReasonMissing):
            revise(cuts={"hire_bar": Decimal("2.75")}, reason=reason)
    assert panel.opening.plans.count() == 1
    refused = pytest.raises(IntegrityError, match="scorecards_plan_change_has_reason")
    with refused, transaction.atomic():
        OpeningPlan.objects.create(opening=panel.opening, number=2)


def test_a_frozen_plan_is_replaced(panel, revise, other_set):
    """What was opened stays with its questions; what nobody opened moves to the new round."""
    opened(panel.mine)
    freeze_plan(panel.plan)
    old = panel.mine.round
    plan = revise(
        reason=f" {REASON} ",
        areas={"production": {"bar": Decimal("3")}},
        rounds=lambda now: [replace(now[0], name="Deeper", set_version=other_set)],
    )
    assert (plan.number, plan.reason, plan.created_by) == (2, REASON, panel.people.coordinator)
    assert OpeningPlan.objects.get(pk=plan.pk).frozen_at is not None
    assert plan.areas.get(area__slug="production").bar == 3
    assert panel.plan.areas.get(area__slug="production").bar is None
    panel.mine.refresh_from_db()
    panel.theirs.refresh_from_db()
    assert panel.mine.round == old
    assert panel.theirs.round == plan.rounds.get()
    assert panel.theirs.round.set_version == other_set
    event = Event.objects.get()
    assert (event.verb, event.object_id) == ("opening.plan_replaced", plan.pk)
    assert event.reason_digest


def test_a_cancelled_interview_does_not_move(panel, revise):
    type(panel.theirs).objects.filter(pk=panel.theirs.pk).update(state="cancelled")
    freeze_plan(panel.plan)
    revise(reason=REASON, cuts={"hire_bar": Decimal("2.75")})
    panel.theirs.refresh_from_db()
    assert panel.theirs.round.plan == panel.plan


def test_the_rollups_follow(panel, revise):
    build.submitted(panel.mine, [3, 3, 1])
    build.submitted(panel.theirs, [3, 3, 1])
    freeze_plan(panel.plan)
    before = refresh_rollup(panel.application)
    revise(
        reason=REASON, areas={"cost": {"weight": Decimal("3"), "weight_rationale": "It matters."}}
    )
    after = type(before).objects.get(application=panel.application)
    assert (before.plan_number, before.score) == (1, "1/3")
    assert (after.plan_number, after.score) == (2, "1/6")


def test_who_owes_a_scorecard_always_makes_a_new_plan(panel, revise):
    """Otherwise the page would tell them whether somebody has begun."""
    people = panel.people
    assert needs_reason(panel.plan, people.coordinator) is False
    build.interview(panel.application, people.coordinator)
    assert needs_reason(panel.plan, people.coordinator) is True
    with pytest.raises(ReasonMissing):
        revise(cuts={"hire_bar": Decimal("2.75")})
    assert revise(cuts={"hire_bar": Decimal("2.75")}, reason=REASON).number == 2


def test_a_plan_that_changed_meanwhile_is_not_overwritten(panel, revise):
    seen = fingerprint(panel.plan)
    revise(cuts={"hire_bar": Decimal("2.75")})
    with pytest.raises(PlanChanged):
        revise(cuts={"hire_bar": Decimal("2.60")}, seen=seen)
    assert panel.opening.plans.get().hire_bar == Decimal("2.75")


def test_a_round_with_planned_interviews_stays(panel, revise):
    with pytest.raises(RoundInUse, match="Deep dive"):
        revise(rounds=lambda now: [], reason=REASON)
    assert panel.plan.rounds.count() == 1


def test_a_round_that_was_used_goes_with_a_new_plan(panel, revise):
    opened(panel.mine)
    opened(panel.theirs)
    with pytest.raises(ReasonMissing):
        revise(rounds=lambda now: [])
    plan = revise(rounds=lambda now: [], reason=REASON)
    assert (plan.number, plan.rounds.count(), panel.plan.rounds.count()) == (2, 0, 1)


def test_who_owes_can_not_find_out_by_removing_a_round(panel, revise):
    """Whether others have opened theirs makes no difference to somebody who owes one."""
    people = panel.people
    build.interview(panel.application, people.coordinator)
    for interview in (panel.mine, panel.theirs):
        with pytest.raises(RoundInUse):
            revise(rounds=lambda now: [], reason=REASON)
        opened(interview)
    opened(panel.application.interviews.get(interviewer=people.coordinator))
    with pytest.raises(RoundInUse):
        revise(rounds=lambda now: [], reason=REASON)


def test_a_new_round_goes_and_comes_in_place(panel, revise, other_set):
    revise(rounds=lambda now: [*now, RoundTerms("Cost", other_set, 30)])
    revise(rounds=lambda now: now[:1])
    assert panel.opening.plans.get().rounds.get().name == "Deep dive"


def test_a_draft_set_is_refused(panel, revise, other_set):
    draft = other_set.question_set.versions.create(number=2)
    with pytest.raises(DraftSet):
        revise(rounds=lambda now: [*now, RoundTerms("Cost", draft, 30)])


@pytest.mark.parametrize(
    "change, constraint",
    [
        ({"weight": Decimal("2")}, "scorecards_area_weight_rationale"),
        ({"weight": Decimal("0")}, "scorecards_area_weight_positive"),
        ({"bar": Decimal("4.01")}, "scorecards_area_bar_range"),
        ({"min_raters": 0}, "scorecards_area_min_raters"),
    ],
)
def test_sql_refuses_what_the_form_refuses(panel, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OpeningArea.objects.filter(plan=panel.plan).update(**change)


def test_cuts_stay_in_order(panel):
    refused = pytest.raises(IntegrityError, match="scorecards_plan_cuts_in_order")
    with refused, transaction.atomic():
        OpeningPlan.objects.filter(pk=panel.plan.pk).update(hire_bar=Decimal("3.50"))
