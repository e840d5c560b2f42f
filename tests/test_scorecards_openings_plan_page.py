"""The plan's page: a form of cuts, areas and rounds."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scorecards.models import OpeningPlan
from scorecards.workflow.openings import freeze_plan
from scorecards.workflow.plans import terms_of
from scorecards.workflow.scoring import Change, save_fields
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(panel):
    return reverse("opening_plan", args=[panel.opening.pk])


@pytest.fixture
def data(panel, sign_in, url):
    """What the page would post without a change."""
    form = sign_in(panel.people.coordinator).get(url).context["form"]
    return {bound.html_name: bound.value() for bound in form if bound.value() is not None}


@pytest.fixture
def post(client, url):
    def posted(data, status):
        response = client.post(url, data)
        assert response.status_code == status, response.content.decode()[:3000]
        return response

    return posted


def test_posting_what_the_page_says_changes_nothing(panel, data, post):
    before = terms_of(panel.plan)
    post(data, 302)
    assert terms_of(panel.opening.plans.get()) == before


def test_saving_in_place(panel, data, post, client):
    second = build.question_set(build.question(), of_role=panel.opening.role, name="Cost talk")
    post(
        {
            **data,
            "hire_bar": "2.75",
            "coverage": "75",
            "weight_cost": "1.50",
            "why_cost": "Seniors own it.",
            "bar_production": "2.5",
            "raters_production": "3",
            "position_1": "2",
            "position_2": "1",
            "set_2": second.pk,
        },
        302,
    )
    plan = panel.opening.plans.get()
    assert (plan.hire_bar, plan.min_coverage) == (Decimal("2.75"), Decimal("0.75"))
    cost, production = plan.areas.order_by("area__slug")
    assert (cost.weight, cost.weight_rationale) == (Decimal("1.50"), "Seniors own it.")
    assert (production.bar, production.min_raters) == (Decimal("2.50"), 3)
    assert [(row.name, row.set_version, row.minutes) for row in plan.rounds.all()] == [
        ("Cost talk", second, 60),
        ("Deep dive", panel.set_version, 60),
    ]
    assert b"The plan is saved." in client.get(f"/openings/{panel.opening.pk}/").content


@pytest.mark.parametrize(
    "change, field",
    [
        ({"hire_bar": "1.50"}, "hire_bar"),
        ({"hire_bar": "3.50"}, "hire_bar"),
        ({"hire_bar": "4.5"}, "hire_bar"),
        ({"strong_no_cut": "NaN"}, "strong_no_cut"),
        ({"strong_no_cut": "0.99"}, "strong_no_cut"),
        ({"strong_hire_cut": "4.01"}, "strong_hire_cut"),
        ({"coverage": "101"}, "coverage"),
        ({"min_interviewers": "0"}, "min_interviewers"),
        ({"weight_cost": "2"}, "why_cost"),
        ({"weight_cost": "0"}, "weight_cost"),
        ({"weight_cost": "1e9"}, "weight_cost"),
        ({"why_cost": "a\0b"}, "why_cost"),
        ({"bar_cost": "0.99"}, "bar_cost"),
        ({"raters_cost": "21"}, "raters_cost"),
        ({"position_1": ""}, "position_1"),
        ({"set_1": "00000000-0000-0000-0000-000000000000"}, "set_1"),
        ({"name_1": "x" * 61}, "name_1"),
        ({"minutes_1": "4"}, "minutes_1"),
        ({"name_2": "No questions"}, "set_2"),
    ],
)
def test_errors_come_back_at_their_field(panel, data, post, change, field):
    response = post({**data, **change}, 422)
    assert list(response.context["form"].errors) == [field]
    assert terms_of(panel.opening.plans.get()) == terms_of(panel.plan)


def test_two_rounds_of_one_name(panel, data, post):
    response = post({**data, "set_2": panel.set_version.pk}, 422)
    assert list(response.context["form"].errors) == ["name_2"]


def test_a_frozen_plan_becomes_the_next(panel, data, post):
    freeze_plan(panel.plan)
    response = post({**data, "hire_bar": "2.75"}, 422)
    assert list(response.context["form"].errors) == ["reason"]
    assert b"Make plan 2" in response.content
    post({**data, "hire_bar": "2.75", "reason": "Too low."}, 302)
    assert panel.opening.plans.get(number=2).reason == "Too low."


def test_dropping_a_used_round_asks_for_a_reason(panel, data, post):
    for interview in (panel.mine, panel.theirs):
        type(interview).objects.filter(pk=interview.pk).update(state="cancelled")
    response = post({**data, "drop_1": "on"}, 422)
    assert list(response.context["form"].errors) == ["reason"]
    assert b'name="reason"' in response.content
    post({**data, "drop_1": "on", "reason": "Not needed."}, 302)
    assert panel.opening.plans.get(number=2).rounds.count() == 0


def test_a_round_with_planned_interviews_stays(panel, data, post):
    response = post({**data, "drop_1": "on"}, 422)
    assert b"Interviews are planned for" in response.content


def test_a_plan_that_changed_meanwhile(panel, data, post):
    OpeningPlan.objects.filter(pk=panel.plan.pk).update(min_interviewers=4)
    response = post({**data, "hire_bar": "2.75"}, 422)
    assert b"Open it again to see theirs." in response.content
    assert panel.opening.plans.get().hire_bar == Decimal("2.50")


def test_the_page_is_the_same_whether_others_have_begun(panel, sign_in, url):
    """For a coordinator who owes a scorecard: neither page nor fingerprint tells."""
    build.interview(panel.application, panel.people.coordinator)
    client = sign_in(panel.people.coordinator)
    before = client.get(url)
    assert b"Make plan 2" in before.content
    save_fields(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        changes=[Change("scratch", 0, "Began.")],
    )
    assert panel.opening.plans.get().frozen_at is not None
    after = client.get(url)
    token = before.context["csrf_token"], after.context["csrf_token"]
    assert before.content.replace(str(token[0]).encode(), b"") == after.content.replace(
        str(token[1]).encode(), b""
    )


@pytest.mark.parametrize("rounds", [1, 3])
def test_queries(panel, url, sign_in, rounds, django_assert_num_queries):
    for number in range(2, rounds + 1):
        panel.plan.rounds.create(
            position=number, name=f"R{number}", set_version=panel.set_version, minutes=30
        )
    client = sign_in(panel.people.coordinator)
    with django_assert_num_queries(16):
        client.get(url)
