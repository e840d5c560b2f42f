"""Beside the editor: compare, preview, autosave, retire and restore, and who uses a question."""

import pytest
from django.urls import reverse

from interviewbank.audit.models import Event
from roles.models import Question, QuestionVersion
from roles.summaries import comparability, use
from roles.workflow import errors
from roles.workflow.questions import save_draft
from roles.workflow.retiring import restore_question, retire_question
from scorecards.summaries.question_use import use_of
from tests import build
from tests.editing import messages, summary, url
from tests.forms import filled_in


@pytest.fixture
def live(people):
    return build.question("outage", author=people.colleague)


@pytest.fixture
def editor(sign_in, people):
    return sign_in(people.editor)


def autosave(editor, live, seen=None, **changes):
    form = filled_in(editor.get(url("edit", live)), url("edit", live), **changes)
    if seen is not None:
        form["seen"] = seen
    return editor.post(url("autosave", live), form)


# autosave


def test_autosave_names_the_token_of_what_is_stored(editor, people, live):
    response = autosave(editor, live, prompt="What broke? Who knew?")
    assert response.status_code == 200
    answer = response.json()
    draft = QuestionVersion.objects.get(number=2)
    assert (draft.prompt, draft.author) == ("What broke? Who knew?", people.editor)
    assert answer["draft"]
    assert answer["advice"]["prompt"] == [
        "It asks 2 questions. Keep one, and make probes of the others."
    ]
    again = autosave(editor, live, seen=answer["token"], prompt="What broke?")
    assert again.status_code == 200
    assert again.json()["token"] != answer["token"]


def test_autosave_without_a_change_makes_no_draft(editor, live):
    answer = autosave(editor, live).json()
    assert not answer["draft"]
    assert answer["token"]
    assert QuestionVersion.objects.count() == 1


def test_autosave_of_what_is_not_valid(editor, live):
    response = autosave(editor, live, minutes="99", anchor_4="A very good answer to that.")
    assert response.status_code == 422
    answer = response.json()
    assert answer["error"] == "Minutes: Ensure this value is less than or equal to 60."
    assert "token" not in answer
    assert "“Very good” is a grade" in answer["advice"]["anchor_4"][0]
    assert QuestionVersion.objects.count() == 1


def test_autosave_after_somebody_else(editor, people, live):
    seen = filled_in(editor.get(url("edit", live)), url("edit", live))["seen"][0]
    save_draft(question=live.question, by=people.colleague, prompt="Theirs.")
    response = autosave(editor, live, seen=seen, prompt="Mine.")
    assert response.status_code == 409
    assert response.json() == {"conflict": "Colin Asker changed this question after you opened it."}
    assert QuestionVersion.objects.get(number=2).prompt == "Theirs."


# compare and preview


def test_compare_the_last_two_or_any_two(editor, live):
    build.version(live.question, number=2, prompt="What broke first?", change="meaning")
    build.version(live.question, number=3, prompt="What broke last?")
    save_draft(question=live.question, by=live.author, probes=[{"id": "new", "text": "And then?"}])
    page = editor.get(url("compare", live)).content.decode()
    assert "<ins>And then?</ins>" in page
    assert "<del>How did you know?</del>" in page
    assert "decided when the draft is published" in page
    page = editor.get(url("compare", live), {"a": "2", "b": "3"}).content.decode()
    assert "What broke <del>first</del>?" in page
    assert "What broke <ins>last</ins>?" in page
    assert "their ratings are pooled" in page
    page = editor.get(url("compare", live), {"a": "1", "b": "3"}).content.decode()
    assert "their ratings are not comparable" in page
    page = editor.get(url("compare", live), {"a": "2", "b": "2"}).content.decode()
    assert "Choose two different versions above." in page


@pytest.mark.parametrize("number", ["9", "x", "-1", "1\0"])
def test_compare_what_does_not_exist(editor, live, number):
    response = editor.get(url("compare", live), {"a": number, "b": "1"})
    assert "Compare : Select a valid choice." in summary(response)


def test_compare_one_version(editor, live):
    assert "There is one version so far." in editor.get(url("compare", live)).content.decode()


def test_preview_shows_the_draft_and_nothing_to_send(editor, people, live):
    save_draft(question=live.question, by=people.editor, prompt="What broke first?")
    page = editor.get(url("preview", live)).content.decode()
    assert "What broke first?" in page
    assert "Names a number" in page
    assert "<form" not in page


@pytest.mark.parametrize(("name", "queries"), [("compare", 6), ("preview", 6)])
def test_the_number_of_queries(editor, live, django_assert_num_queries, name, queries):
    for number in (2, 3):
        with django_assert_num_queries(queries):
            editor.get(url(name, live))
        build.version(live.question, number=number)


@pytest.mark.parametrize(
    ("name", "wrong", "recruiter"),
    [
        ("compare", "post", 200),
        ("preview", "post", 403),
        ("autosave", "get", 403),
        ("retire", "get", 403),
        ("restore", "get", 403),
    ],
)
def test_who_may(client, sign_in, people, live, name, wrong, recruiter):
    right = "post" if wrong == "get" else "get"
    address = url(name, live)
    assert getattr(client, right)(address)["Location"].startswith("/sign-in/")
    for person in (people.outsider, people.administrator, people.chair):
        assert getattr(sign_in(person), right)(address).status_code == 403
    assert getattr(sign_in(people.recruiter), right)(address).status_code == recruiter
    assert getattr(sign_in(people.editor), wrong)(address).status_code == 405
    nowhere = reverse(f"question_{name}", args=[people.editor.pk])
    assert getattr(sign_in(people.editor), right)(nowhere).status_code == 404


# retire and restore


def test_retire_and_restore(editor, people, live):
    asking = build.question_set(live)
    response = editor.post(url("retire", live), {"reason": "Nobody asks it."})
    page = messages(editor, response)
    assert "The question is retired." in page
    assert "Nobody asks it." in page
    assert "1 set still asks it." in page
    live.question.refresh_from_db()
    assert live.question.retired_at
    assert asking.items.get().question_version == live
    event = Event.objects.latest("number")
    assert (event.verb, event.fields, bool(event.reason_digest)) == (
        "question.retired",
        ["retired_at"],
        True,
    )
    assert "already" in messages(editor, editor.post(url("retire", live), {"reason": "Again."}))
    assert "in use again" in messages(editor, editor.post(url("restore", live)))
    live.question.refresh_from_db()
    assert live.question.retired_at is None
    assert Event.objects.latest("number").verb == "question.restored"
    assert "in use already" in messages(editor, editor.post(url("restore", live)))


@pytest.mark.parametrize("reason", ["", " ", "x" * 1001, "a\0b"])
def test_retire_needs_a_reason(editor, live, reason):
    assert "Reason" in summary(editor.post(url("retire", live), {"reason": reason}))
    assert not Question.objects.exclude(retired_at=None).exists()


def test_the_workflows_refuse_by_name(people, live):
    with pytest.raises(errors.NotRetired):
        restore_question(question=live.question, by=people.editor)
    retire_question(question=live.question, by=people.editor, reason="Old.")
    with pytest.raises(errors.AlreadyRetired):
        retire_question(question=live.question, by=people.editor, reason="Old.")


# which ratings may be pooled


def test_wording_goes_on_and_meaning_begins_anew(live):
    second = build.version(live.question, number=2, change="wording")
    third = build.version(live.question, number=3, change="meaning")
    fourth = build.version(live.question, number=4, change="wording")
    draft = build.version(live.question, number=5, change="wording", published=False)
    every = [live, second, third, fourth, draft]
    pooled = {(a.number, b.number) for a in every for b in every if comparability.comparable(a, b)}
    first_history = {(a, b) for a in (1, 2) for b in (1, 2)}
    assert pooled == first_history | {(a, b) for a in (3, 4) for b in (3, 4)}
    assert not comparability.comparable(live, build.question("other"))


# who uses it


def interviews(panel, people, count):
    application = build.application(panel.opening)
    return [
        build.interview(application, build.user(f"Asker {application.pk} {number}"))
        for number in range(count)
    ]


def test_use_counts_open_and_submitted(panel, people):
    asked = panel.opening.plans.get().rounds.get().set_version.questions.order_by("set_items")
    version = asked.first()
    before = use_of([version.pk])[version.pk]
    made = interviews(panel, people, 4)
    build.submitted(made[0], [3, None, 2])
    build.submitted(made[1], [None, None, 2])
    made[2].state = "cancelled"
    made[2].save()
    later = use_of([version.pk])
    assert list(later) == [version.pk]
    assert later[version.pk].open == before.open + 1
    assert later[version.pk].submitted == 2
    assert later[version.pk].ratings == 1


def test_use_of_a_question_that_nobody_asks(live):
    assert use_of([live.pk]) == {live.pk: use.Counts()}
    assert use_of([]) == {}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], "fewer than 5"),
        ([4], "fewer than 5"),
        ([5], "5"),
        ([4, 3], "fewer than 5"),
        ([38, 3], "at least 38"),
        ([38, 5], "43"),
    ],
)
def test_small_counts_are_not_told(counts, expected):
    assert use.in_words_of_all(counts) == expected


def test_the_pages_say_how_much_and_of_nobody(editor, panel, people):
    version = QuestionVersion.objects.get(title="Outage")
    made = interviews(panel, people, 6)
    page = editor.get(url("detail", version)).content.decode()
    assert "8 open scorecards" in page
    assert "Fewer than 5 submitted scorecards" in page
    for one in made[:5]:
        build.submitted(one, [3, 3, 3])
    save_draft(question=version.question, by=people.editor, prompt="What broke?")
    page = editor.get(url("publish", version)).content.decode()
    assert "Fewer than 5 open scorecards keep version 1" in page
    assert "5 past ratings" in page
    assert "1 question set asks it" in page
    assert made[0].application.candidate.name not in page
    assert panel.opening.title not in page
