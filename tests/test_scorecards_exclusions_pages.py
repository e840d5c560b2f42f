"""The pages of a chair who leaves a question out."""

import re
from functools import partial
from html import unescape

import pytest
from django.urls import reverse

from scorecards.models import Exclusion
from scorecards.workflow.exclusions import set_excluded
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.forms import filled_in
from tests.visit import visit

pytestmark = pytest.mark.django_db

WHY = "Half of the candidates misread it."


@pytest.fixture
def rated(panel):
    build.submitted(panel.theirs, [2, 4, 3], evidence="They rolled it back at once.")
    panel.other = build.application(panel.opening, "Bram Oldtree")
    for person in (build.user(), build.user()):
        build.submitted(build.interview(panel.other, person), [2, 4, 3])
    for application in (panel.application, panel.other):
        refresh_rollup(application)
    panel.outage = panel.questions[1].question
    panel.list = reverse("exclusion_list", args=[panel.opening.pk])
    panel.new = reverse("exclusion_new", args=[panel.opening.pk])
    panel.chosen = f"{panel.new}?question={panel.outage.pk}"
    return panel


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def confirm(rated, client, page):
    """Posts the second step as its page holds it, with these changes."""

    def confirmed(status=302, **changes):
        shown = page(rated.people.chair, rated.chosen)
        data = filled_in(shown, rated.new, **{"reason": WHY, **changes})
        return page(None, rated.new, data, status)

    return confirmed


def exclude(panel, **more):
    return set_excluded(
        **{
            "opening": panel.opening,
            "question": panel.outage,
            "by": panel.people.chair,
            "excluded": True,
            "reason": WHY,
            "after": 0,
            **more,
        }
    )


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


# Who


@pytest.mark.parametrize("name", ["list", "new"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200),
        ("committee", 403),
        ("coordinator", 403),
        ("interviewer", 404),
        ("outsider", 404),
        ("editor", 404),
        ("administrator", 403),
    ],
)
def test_for_the_chair(rated, page, name, who, status):
    page(getattr(rated.people, who), getattr(rated, name), status=status)


@pytest.mark.parametrize("name", ["list", "new"])
def test_signed_out(rated, client, name):
    response = client.get(getattr(rated, name))
    assert response["Location"].startswith("/sign-in/")


def test_wrong_methods(rated, client, page):
    page(rated.people.chair, rated.list, {}, status=405)
    assert client.put(rated.new).status_code == 405


@pytest.mark.parametrize(("who", "there"), [("chair", True), ("coordinator", False)])
def test_link_on_the_opening(rated, page, who, there):
    url = reverse("opening_detail", args=[rated.opening.pk])
    text = page(getattr(rated.people, who), url).content.decode()
    assert (f'href="{rated.list}"' in text) is there


# What the pages say


def test_list_before_anything(rated, page):
    text = words(page(rated.people.chair, rated.list))
    assert "Every question counts" in text
    assert "Leave a question out" in text


def test_list_of_an_opening_that_asks_nothing(people, page):
    empty = build.opening(members=[(people.chair, "chair")])
    text = words(page(people.chair, reverse("exclusion_list", args=[empty.pk])))
    assert "there is none to leave out" in text


def test_first_step_names_the_questions(rated, page):
    text = page(rated.people.chair, rated.new).content.decode()
    assert re.findall(r"<option [^>]*>([^<]+)", text)[1:] == [
        "Cost: Price",
        "Production: Outage",
        "Production: Shipped",
    ]
    assert 'method="post" action="' + rated.new not in text


def test_second_step_shows_before_and_after(rated, page):
    text = words(page(rated.people.chair, rated.chosen))
    assert "Leave out “Outage”" in text
    assert "1 of 2 candidates get another answer" in text
    # Bram changes, and so is first; Odalys has one card, too little for a verdict.
    bram = text[text.index("Bram Oldtree") :]
    assert "3.00 points, 100% coverage" in bram
    assert "2.50 points, 100% coverage" in bram
    assert bram.index("3.00 points") < bram.index("2.50 points") < bram.index("Odalys")
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize("query", ["?question=", "?question=a%00b", f"?question={'0' * 32}"])
def test_first_step_with_no_such_question(rated, page, query):
    text = words(page(rated.people.chair, rated.new + query, status=422))
    assert "1 thing needs a change." in text
    assert "Show what would follow" in text


def test_confirming(rated, confirm, page):
    response = confirm()
    assert response["Location"] == rated.list
    made = Exclusion.objects.get()
    assert (made.question, made.excluded, made.reason) == (rated.outage, True, WHY)
    text = words(page(None, rated.list))
    assert "“Outage” is left out for every candidate of this opening." in text
    assert "Take back in" in text
    assert text.count(WHY) == 2


def test_taking_back_in(rated, confirm, page):
    exclude(rated)
    text = words(page(rated.people.chair, rated.chosen))
    assert "Take back in “Outage”" in text
    confirm(reason="It was fine.")
    assert [row.excluded for row in Exclusion.objects.order_by("number")] == [True, False]
    assert "Every question counts." in words(page(None, rated.list))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "Reason : Say why"),
        ({"reason": "x" * 2001}, "at most 2000 characters"),
        ({"reason": "a\0b"}, "Null characters are not allowed"),
        ({"after": "x"}, "Look at what would follow, then confirm."),
        ({"after": "-1"}, "Look at what would follow, then confirm."),
        ({"after": "9" * 30}, "Look at what would follow, then confirm."),
        ({"excluded": "maybe"}, "Look at what would follow, then confirm."),
        ({"excluded": "no"}, "while this page was open"),
        ({"question": "x"}, "Show what would follow"),
        ({"question": "0" * 32}, "This opening does not ask that question."),
    ],
)
def test_errors_come_back(rated, confirm, change, said):
    response = confirm(422, **change)
    assert said in words(response)
    assert not Exclusion.objects.exists()
    if "question" not in change and "\0" not in change.get("reason", ""):
        kept = filled_in(response, rated.new)
        assert kept["reason"] == [change.get("reason", WHY)]
        assert (kept["after"], kept["excluded"]) == (["0"], ["yes"])


def test_somebody_else_was_faster(rated, page):
    """The page is shown again with what would follow now; sent again, it is meant."""
    shown = page(rated.people.chair, rated.chosen)
    exclude(rated, question=rated.questions[2].question)
    mine = filled_in(shown, rated.new, reason=WHY)
    response = page(None, rated.new, mine, 422)
    assert "Below is what would follow now" in words(response)
    page(None, rated.new, filled_in(response, rated.new), 302)
    assert [row.number for row in Exclusion.objects.order_by("number")] == [1, 2]


def test_somebody_else_left_out_the_same(rated, page):
    shown = page(rated.people.chair, rated.chosen)
    exclude(rated)
    response = page(None, rated.new, filled_in(shown, rated.new, reason=WHY), 422)
    assert "Take back in “Outage”" in words(response)
    assert Exclusion.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(rated, page, rows, django_assert_num_queries):
    for number in range(1, rows):
        application = build.application(rated.opening)
        build.submitted(build.interview(application, build.user()), [2, 4, 3])
        exclude(rated, excluded=bool(number % 2), after=number - 1)
    page(rated.people.chair, rated.list)
    with django_assert_num_queries(7):
        page(None, rated.list)
    with django_assert_num_queries(12):
        page(None, rated.chosen)
