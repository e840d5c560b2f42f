"""The pages where drafts are published and discarded, and who reaches the pages of editors."""

import re

import pytest
from django.urls import reverse

from roles.models import Question, QuestionVersion, Role
from roles.workflow.questions import publish_draft, save_draft
from tests import build
from tests.editing import messages, send, summary, url
from tests.forms import filled_in


@pytest.fixture
def live(people):
    version = build.question("outage", author=people.colleague)
    version.question.roles.add(build.role("applied"))
    return version


@pytest.fixture
def editor(sign_in, people):
    return sign_in(people.editor)


# publish


@pytest.fixture
def draft(people, live):
    return save_draft(question=live.question, by=people.editor, prompt="Tell me more about outage.")


def test_publish_page_says_what_happens(editor, live, draft):
    build.question_set(live, name="Deep dive")
    text = editor.get(url("publish", live)).content.decode()
    assert "From then on nobody can change version 2." in text
    assert re.search(r"Tell me\s*<ins>\s*more\s*</ins>\s*about outage", text)
    assert "Deep dive, version 2" in text
    assert re.search(r'<button class="btn btn-primary" type="submit">', text)


def test_publish(editor, people, live, draft):
    left = build.question_set(live, name="Left").question_set
    moved = build.question_set(live, name="Moved").question_set
    response = send(
        editor, url("publish", live), change="wording", note="Plainer.", sets=[str(moved.pk)]
    )
    assert "Version 2 is published." in messages(editor, response)
    draft.refresh_from_db()
    assert draft.published_at is not None
    assert (draft.change, draft.change_note) == ("wording", "Plainer.")
    assert (left.versions.count(), moved.versions.count()) == (1, 2)


def test_publish_a_first_version_needs_no_note(editor, people):
    fresh = build.question("fresh", published=False)
    response = send(editor, url("publish", fresh))
    assert "Version 1 is published." in messages(editor, response)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"note": "Plainer."}, "What changes : This field is required."),
        ({"change": "first", "note": "x"}, "What changes : Select a valid choice."),
        ({"change": "wording", "note": " "}, "Note for the history : This field is required."),
        ({"change": "wording", "note": "a\0"}, "Null characters are not allowed."),
        ({"change": "wording", "note": "x" * 1001}, "at most 1000 characters"),
        ({"change": "wording", "note": "x", "sets": ["no"]}, "“no” is not a valid UUID."),
        ({"change": "wording", "note": "x", "seen": ""}, "Nothing is published."),
    ],
)
def test_publish_that_is_not_valid(editor, live, draft, changes, expected):
    build.question_set(live)
    response = send(editor, url("publish", live), **changes)
    assert expected in summary(response)
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publish_with_a_set_that_does_not_ask_it(editor, live, draft):
    build.question_set(live)
    other = build.question_set(build.question("price")).question_set
    response = send(editor, url("publish", live), change="wording", note="x", sets=[str(other.pk)])
    assert "Select a valid choice." in summary(response)


def test_publish_what_is_not_ready(editor, live, draft):
    QuestionVersion.objects.filter(pk=draft.pk).update(anchor_4="")
    text = editor.get(url("publish", live)).content.decode()
    assert re.search(r'<button class="btn btn-primary" type="submit" disabled', text)
    assert "Not yet: The anchor for level 4 is empty." in text
    response = send(editor, url("publish", live), change="wording", note="x")
    assert "The anchor for level 4 is empty." in summary(response)
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publish_after_somebody_changed_the_draft(editor, people, live, draft):
    address = url("publish", live)
    mine = filled_in(editor.get(address), address, change="wording", note="Plainer.")
    save_draft(question=live.question, by=people.colleague, anchor_1="Else.")
    response = editor.post(address, mine)
    assert "Colin Asker changed this question" in summary(response)
    assert "<ins>Else</ins>" in response.content.decode()
    again = filled_in(response, address)
    assert (again["note"], again["change"]) == (["Plainer."], ["wording"])
    assert editor.post(address, again).status_code == 302
    draft.refresh_from_db()
    assert (draft.anchor_1, draft.published_at is None) == ("Else.", False)


def test_publish_after_somebody_published(editor, people, live, draft):
    address = url("publish", live)
    mine = filled_in(editor.get(address), address, change="wording", note="Plainer.")
    publish_draft(question=live.question, by=people.colleague, change="meaning")
    response = editor.post(address, mine)
    assert "There is no draft any more" in messages(editor, response)
    assert response["Location"] == url("detail", live)
    draft.refresh_from_db()
    assert draft.change == "meaning"


# discard


def test_discard(editor, live, draft):
    page = editor.get(url("edit", live))
    response = editor.post(url("discard_draft", live), filled_in(page, url("discard_draft", live)))
    assert "The draft is discarded." in messages(editor, response)
    assert list(QuestionVersion.objects.all()) == [live]


def test_discard_a_question_that_was_never_published(editor, people):
    fresh = build.question("fresh", published=False)
    response = editor.post(url("discard_draft", fresh))
    assert response["Location"] == reverse("question_list")
    assert not Question.objects.exists()


def test_discard_after_somebody_changed_the_draft(editor, people, live, draft):
    page = editor.get(url("edit", live))
    save_draft(question=live.question, by=people.colleague, anchor_1="Else.")
    address = url("discard_draft", live)
    response = editor.post(address, filled_in(page, address))
    assert response.status_code == 422
    assert "The draft is not discarded." in response.content.decode()
    assert QuestionVersion.objects.filter(number=2).exists()


def test_discard_twice(editor, live, draft):
    editor.post(url("discard_draft", live))
    response = editor.post(url("discard_draft", live))
    assert "There is no draft any more" in messages(editor, response)


# who


@pytest.mark.parametrize("name", ["new", "edit", "publish", "discard_draft"])
def test_editing_is_for_editors(client, sign_in, people, live, draft, name):
    address = reverse("question_new") if name == "new" else url(name, live)
    response = client.post(address)
    assert response["Location"].startswith("/sign-in/")
    for person in (people.recruiter, people.outsider, people.administrator, people.chair):
        assert sign_in(person).post(address).status_code == 403
    assert sign_in(people.editor).put(address).status_code == 405
    if name == "discard_draft":
        assert sign_in(people.editor).get(address).status_code == 405
    assert QuestionVersion.objects.count() == 2


@pytest.mark.parametrize("name", ["edit", "publish"])
def test_the_number_of_queries_stays_the_same(
    sign_in, people, live, draft, django_assert_num_queries, name
):
    client = sign_in(people.editor)
    build.question_set(live)
    queries = {"edit": 12, "publish": 10}[name]
    with django_assert_num_queries(queries):
        client.get(url(name, live))
    publish_draft(question=live.question, by=people.editor, change="wording")
    save_draft(question=live.question, by=people.editor, prompt="And more.")
    build.question_set(live)
    live.question.roles.add(build.role("systems"), build.role("data"))
    build.area("third")
    with django_assert_num_queries(queries):
        client.get(url(name, live))
    assert Role.objects.count() == 5
