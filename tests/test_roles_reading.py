"""The pages that read the bank: the list with its filters, a question, its versions, the sets."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from roles.models import Question, Role
from tests import build

PAGES = ["question_list", "question_detail", "question_version", "question_set_list"]


@pytest.fixture
def bank(people):
    """Three questions in two areas: one live, one with a draft beside it, one draft only."""
    production = build.area("production", position=1)
    cost = build.area("cost", position=2)
    live = build.question("outage", in_area=production, prompt="Users were complaining at night.")
    Question.objects.filter(pk=live.question_id).update(kind="situational", levels=["junior"])
    live.question.roles.add(build.role("applied"))
    both = build.question("price", in_area=cost, prompt="What did it cost?", title="The price")
    build.version(both.question, number=2, published=False, prompt="Something about penguins.")
    build.question("fresh", in_area=cost, published=False, prompt="A new one.")
    return live.question


def titles(response) -> list[str]:
    found = re.findall(rb'<th scope="row"><a href="[^"]+">([^<]*)', response.content)
    return [unescape(one.decode()) for one in found]


def listed(client, **filters) -> list[str]:
    response = client.get(reverse("question_list"), filters)
    assert response.status_code == 200
    return titles(response)


def options(response) -> dict[str, int]:
    """The numbers beside the filters."""
    pattern = rb'<span class="flex-fill">([^<]*)</span><small class="ib-num">(\d+)'
    return {unescape(name.decode()): int(n) for name, n in re.findall(pattern, response.content)}


# the list


def test_list_shows_every_question(sign_in, people, bank):
    response = sign_in(people.recruiter).get(reverse("question_list"))
    assert titles(response) == ["Outage", "Fresh", "The price"]
    text = response.content.decode()
    assert "3 questions, 2 published" in text
    assert "Something about penguins" not in text
    assert "v1, draft" in text
    assert "New question" not in text
    assert "New question" in sign_in(people.editor).get(reverse("question_list")).content.decode()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"q": "complains"}, ["Outage"]),
        ({"q": "complain user"}, ["Outage"]),
        ({"q": "complain penguin"}, []),
        ({"q": "penguins"}, ["The price"]),
        ({"q": "PRIC"}, ["The price"]),
        ({"q": "outage"}, ["Outage"]),
        ({"q": "'; drop:* & | !("}, []),
        ({"q": "???"}, []),
        ({"q": "the"}, []),
        ({"q": "  "}, ["Outage", "Fresh", "The price"]),
        ({"area": "cost"}, ["Fresh", "The price"]),
        ({"area": ["cost", "production"]}, ["Outage", "Fresh", "The price"]),
        ({"area": "cost", "kind": "situational"}, []),
        ({"level": "junior"}, ["Outage"]),
        ({"kind": "behavioural"}, ["Fresh", "The price"]),
        ({"role": "applied"}, ["Outage"]),
        ({"state": "published"}, ["Outage", "The price"]),
        ({"state": "draft"}, ["Fresh", "The price"]),
        ({"state": "retired"}, []),
        ({"state": ["draft", "published"], "level": "senior"}, ["Fresh", "The price"]),
        ({"page": "999"}, ["Outage", "Fresh", "The price"]),
    ],
)
def test_list_filters(sign_in, people, bank, filters, expected):
    assert listed(sign_in(people.editor), **filters) == expected


def test_list_does_not_search_what_was_superseded(sign_in, people, bank):
    build.version(bank, number=2, prompt="All quiet.")
    client = sign_in(people.editor)
    assert listed(client, q="complain") == []
    assert listed(client, q="quiet") == ["Outage"]


def test_list_counts_what_a_click_would_show(sign_in, people, bank):
    response = sign_in(people.editor).get(reverse("question_list"), {"area": "cost"})
    assert options(response) == {
        "Production": 1,
        "Cost": 2,
        "Applied": 0,
        "Junior": 0,
        "Senior": 2,
        "Behavioural": 2,
        "Situational": 0,
        "Published": 1,
        "With a draft": 2,
        "Retired": 0,
    }
    text = response.content.decode()
    assert 'href="?area=cost&amp;area=production"' in text
    assert '<a href="?" aria-label="Remove the filter Cost">' in text


def test_list_says_retired(sign_in, people, bank):
    Question.objects.filter(pk=bank.pk).update(retired_at=timezone.now())
    client = sign_in(people.editor)
    assert listed(client, state="retired") == ["Outage"]
    assert listed(client, state="published") == ["The price"]


def test_list_with_filters_that_fit_nothing_names_them(sign_in, people, bank):
    response = sign_in(people.editor).get(
        reverse("question_list"), {"area": "cost", "level": "junior"}
    )
    assert "No question has all of: Cost, Junior." in response.content.decode()


@pytest.mark.parametrize(
    "filters",
    [{"area": "nowhere"}, {"page": "x"}, {"page": "0"}, {"q": "a\0b"}, {"q": "x" * 101}],
)
def test_list_with_an_address_that_makes_no_sense(sign_in, people, bank, filters):
    response = sign_in(people.editor).get(reverse("question_list"), filters)
    assert response.status_code == 422
    assert "1 thing needs a change" in response.content.decode()
    assert titles(response) == ["Outage", "Fresh", "The price"]


def test_list_of_an_empty_bank(sign_in, people):
    text = sign_in(people.editor).get(reverse("question_list")).content.decode()
    assert "No questions yet" in text
    assert reverse("question_new") in text


def test_list_has_pages_of_fifty(sign_in, people):
    area = build.area("production")
    for number in range(51):
        build.question(f"q-{number:02}", in_area=area)
    client = sign_in(people.editor)
    first = client.get(reverse("question_list"), {"area": "production"})
    assert len(titles(first)) == 50
    assert b'href="?area=production&amp;page=2"' in first.content
    assert b"1 to 50 of 51" in first.content
    assert titles(client.get(reverse("question_list"), {"page": 2})) == ["Q 50"]


# a question and its versions


def test_detail_shows_what_is_asked(sign_in, people, bank):
    price = Question.objects.get(slug="price")
    text = sign_in(people.recruiter).get(reverse("question_detail", args=[price.pk])).content
    text = text.decode()
    assert "What did it cost?" in text
    assert "penguins" not in text
    for level in (1, 2, 3, 4):
        assert f"Says what one hears at {level}." in text
    for words in ("How did you know?", "Names a number", "Stays vague", "There is a draft"):
        assert words in text
    assert reverse("question_edit", args=[price.pk]) not in text


def test_detail_offers_editing_to_editors(sign_in, people, bank):
    text = sign_in(people.editor).get(reverse("question_detail", args=[bank.pk])).content.decode()
    assert reverse("question_edit", args=[bank.pk]) in text
    assert reverse("question_publish", args=[bank.pk]) not in text


def test_detail_lists_versions_and_sets(sign_in, people, bank):
    version = bank.versions.get()
    version2 = build.version(bank, number=2, author=people.editor, change_note="Plainer.")
    build.question_set(version, name="Deep dive")
    text = sign_in(people.recruiter).get(reverse("question_detail", args=[bank.pk])).content
    text = text.decode()
    assert "Edith Queller, " in text
    assert "Plainer." in text
    assert f"{reverse('question_version', args=[bank.pk, 1])}" in text
    assert version2.prompt in text
    assert re.search(r"Deep dive</a>.*version 1</span>", text, re.DOTALL)


def test_version_says_what_took_its_place(sign_in, people, bank):
    build.version(bank, number=2, prompt="All quiet.")
    client = sign_in(people.recruiter)
    old = client.get(reverse("question_version", args=[bank.pk, 1])).content.decode()
    assert "Users were complaining at night." in old
    assert "Superseded by" in old
    assert reverse("question_version", args=[bank.pk, 2]) in old
    new = client.get(reverse("question_version", args=[bank.pk, 2])).content.decode()
    assert "Superseded by" not in new
    assert "All quiet." in new


def test_version_shows_a_draft_as_one(sign_in, people, bank):
    price = Question.objects.get(slug="price")
    text = sign_in(people.editor).get(reverse("question_version", args=[price.pk, 2])).content
    assert b"Something about penguins." in text
    assert b"This is a draft. Nobody is asked it; version 1 stays live" in text


@pytest.mark.parametrize("number", [9, 0])
def test_version_that_does_not_exist(sign_in, people, bank, number):
    url = reverse("question_version", args=[bank.pk, number])
    assert sign_in(people.editor).get(url).status_code == 404


# question sets


def test_set_pages(sign_in, people, bank):
    live = bank.versions.get()
    asked = build.question_set(live, of_role=Role.objects.get(), name="Deep dive")
    client = sign_in(people.recruiter)
    listing = client.get(reverse("question_set_list"))
    assert titles(listing) == ["Deep dive"]
    assert b"8 of 60" in listing.content
    text = client.get(reverse("question_set_detail", args=[asked.question_set_id])).content.decode()
    assert reverse("question_version", args=[bank.pk, 1]) in text
    assert '<li data-min="8">Production<b>8</b></li><li data-min="52">Left<b>52</b></li>' in text
    assert "52 minutes left" in text


def test_set_list_when_there_is_none(sign_in, people):
    text = sign_in(people.editor).get(reverse("question_set_list")).content.decode()
    assert "No question sets yet" in text


# who, and how many queries


@pytest.fixture
def urls(bank):
    asked = build.question_set(bank.versions.get(), name="Deep dive")
    return {
        "question_list": reverse("question_list"),
        "question_detail": reverse("question_detail", args=[bank.pk]),
        "question_version": reverse("question_version", args=[bank.pk, 1]),
        "question_set_list": reverse("question_set_list"),
        "question_set_detail": reverse("question_set_detail", args=[asked.question_set_id]),
    }


@pytest.mark.parametrize("name", [*PAGES, "question_set_detail"])
def test_reading_pages_are_for_editors_and_recruiters(client, sign_in, people, urls, name):
    assert client.get(urls[name])["Location"] == f"/sign-in/?next={urls[name]}"
    for person in (people.outsider, people.chair, people.administrator):
        assert sign_in(person).get(urls[name]).status_code == 403
    for person in (people.editor, people.recruiter):
        assert sign_in(person).get(urls[name]).status_code == 200
        assert sign_in(person).post(urls[name]).status_code == 405


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("question_list", 19),
        ("question_detail", 9),
        ("question_version", 9),
        ("question_set_list", 4),
        ("question_set_detail", 9),
    ],
)
def test_the_number_of_queries_stays_the_same(
    sign_in, people, urls, bank, django_assert_num_queries, name, queries
):
    client = sign_in(people.editor)
    with django_assert_num_queries(queries):
        client.get(urls[name])
    for number in (2, 3):
        version = build.version(bank, number=number, minutes=number)
        build.question_set(version, name=f"Set {number}")
        other = build.question(f"more-{number}", published=number == 2)
        other.question.roles.add(Role.objects.get(slug="applied"))
    with django_assert_num_queries(queries):
        client.get(urls[name])
