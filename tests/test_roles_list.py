"""The list of questions: its order, its tags, and the question sets that ask each question."""

import re
from html import unescape

import pytest
from django.urls import reverse

from roles.models import Question
from tests import build
from tests.test_roles_reading import listed, options, titles

URL = reverse("question_list")


@pytest.fixture
def bank(people):
    """Three questions; the last of them by name was written first."""
    cost, production = build.area("cost", position=1), build.area("production", position=2)
    build.question("zeal", in_area=cost, title="zeal", minutes=5, prompt="What broke?")
    build.question("mid", in_area=production, title="Mid", minutes=8, prompt="Who paid?")
    return build.question("alpha", in_area=production, title="Alpha", minutes=20)


def sorts(response) -> dict[str, tuple[str, str]]:
    """Where the head of each column leads, and how it is sorted now."""
    heads = re.findall(
        r'<th scope="col"[^>]*?(?: aria-sort="(\w+)")?><a href="\?([^"]*)">(\w+)',
        response.content.decode(),
    )
    return {label: (unescape(query), now) for now, query, label in heads}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["zeal", "Alpha", "Mid"]),
        ("area", ["zeal", "Alpha", "Mid"]),
        ("-area", ["Alpha", "Mid", "zeal"]),
        ("title", ["Alpha", "Mid", "zeal"]),
        ("-title", ["zeal", "Mid", "Alpha"]),
        ("minutes", ["zeal", "Mid", "Alpha"]),
        ("-minutes", ["Alpha", "Mid", "zeal"]),
        ("changed", ["zeal", "Mid", "Alpha"]),
        ("-changed", ["Alpha", "Mid", "zeal"]),
    ],
)
def test_list_is_sorted(sign_in, people, bank, sort, expected):
    assert listed(sign_in(people.editor), sort=sort) == expected


def test_list_is_sorted_by_what_is_asked_and_else_by_the_draft(sign_in, people, bank):
    build.version(bank.question, number=2, title="Zulu", minutes=1)
    build.version(bank.question, number=3, published=False, title="A draft", minutes=60)
    build.question("new", in_area=bank.question.area, published=False, title="Aaa", minutes=60)
    client = sign_in(people.editor)
    assert listed(client, sort="title") == ["Aaa", "Mid", "zeal", "Zulu"]
    assert listed(client, sort="-minutes") == ["Aaa", "Mid", "zeal", "Zulu"]


def test_heads_sort_and_turn_round(sign_in, people, bank):
    client = sign_in(people.editor)
    assert sorts(client.get(URL, {"kind": "behavioural", "page": "1"})) == {
        "Question": ("kind=behavioural&sort=title", ""),
        "Area": ("kind=behavioural&sort=-area", "ascending"),
        "Min": ("kind=behavioural&sort=minutes", ""),
        "Changed": ("kind=behavioural&sort=-changed", ""),
    }
    turned = client.get(URL, {"sort": "-changed"})
    assert sorts(turned)["Changed"] == ("sort=changed", "descending")
    assert 'href="?area=cost&amp;sort=-changed"' in turned.content.decode()


def test_search_begins_with_the_best_match(sign_in, people, bank):
    area = build.area("agents", position=0)
    build.question("long", in_area=area, title="Long", prompt="Who was paid, and who was not?")
    build.question("payday", in_area=area, title="Paid on time", prompt="What came of it?")
    client = sign_in(people.editor)
    found = client.get(URL, {"q": "paid"})
    assert titles(found) == ["Paid on time", "Long", "Mid"]
    assert "best match first" in found.content.decode()
    assert {now for _, now in sorts(found).values()} == {""}
    by_title = client.get(URL, {"q": "paid", "sort": "title"})
    assert titles(by_title) == ["Long", "Mid", "Paid on time"]
    assert '<a href="?q=paid">Best match first</a>' in by_title.content.decode()


def test_search_goes_over_title_and_prompt_together_and_over_the_id(sign_in, people, bank):
    client = sign_in(people.editor)
    build.question("cold-start", in_area=bank.question.area, title="Warm", prompt="How long?")
    assert listed(client, q="warm long") == ["Warm"]
    assert listed(client, q="cold start") == ["Warm"]
    assert listed(client, q="cold-st") == ["Warm"]


def test_tags_filter_and_count(sign_in, people, bank):
    for slug, tags in (("zeal", ["cache", "on call"]), ("mid", ["cache"]), ("alpha", [])):
        Question.objects.filter(slug=slug).update(tags=tags)
    client = sign_in(people.editor)
    assert listed(client, tag="cache") == ["zeal", "Mid"]
    assert listed(client, tag=["cache", "on call"]) == ["zeal", "Mid"]
    assert listed(client, tag="cache", area="production") == ["Mid"]
    counts = options(client.get(URL, {"area": "production"}))
    assert counts["cache"] == 1
    assert "on call" not in counts
    assert options(client.get(URL, {"area": "production", "tag": "on call"}))["on call"] == 0
    assert client.get(URL, {"tag": "unheard of"}).status_code == 422


def test_tags_that_most_questions_have_are_shown(sign_in, people, bank):
    for number in range(14):
        build.question(f"q-{number}", in_area=bank.question.area)
        Question.objects.filter(slug=f"q-{number}").update(tags=[f"tag-{number:02}", "common"])
    Question.objects.filter(slug="alpha").update(tags=["tag-13"])
    shown = [name for name in options(sign_in(people.editor).get(URL)) if name.startswith("tag-")]
    assert shown == [*(f"tag-{number:02}" for number in range(10)), "tag-13"]


def test_list_without_tags_has_no_such_filter(sign_in, people, bank):
    assert b'id="wide-tag"' not in sign_in(people.editor).get(URL).content


def test_list_counts_the_sets_that_ask_a_question(sign_in, people, bank):
    build.question_set(bank, name="Screen")
    build.question_set(bank, name="Deep dive")
    later = build.version(bank.question, number=2)
    build.question_set(later, name="Third")
    text = sign_in(people.recruiter).get(URL, {"sort": "title"}).content.decode()
    assert re.findall(r'data-l="Sets">(\d+)', text) == ["3", "0", "0"]


def test_who_is_offered_import_and_export(sign_in, people, bank):
    editor = sign_in(people.editor).get(URL).content.decode()
    assert reverse("bank_import") in editor and reverse("bank_export") in editor
    recruiter = sign_in(people.recruiter).get(URL).content.decode()
    assert reverse("bank_import") not in recruiter and reverse("bank_export") in recruiter


def test_empty_bank_offers_an_import_and_no_export(sign_in, people):
    text = sign_in(people.editor).get(URL).content.decode()
    assert reverse("bank_import") in text and reverse("bank_export") not in text


@pytest.mark.parametrize("on", [True, False])
def test_keys_are_offered_to_who_wants_them(sign_in, people, bank, on):
    type(people.editor).objects.update(single_keys=on)
    text = sign_in(people.editor).get(URL).content.decode()
    assert ("<body data-single-keys>" in text) is on
    assert ("next, previous" in text) is on
