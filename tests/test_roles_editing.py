"""The pages where questions are written, and what comes back when it can't be saved."""

import pytest
from django.urls import reverse

from roles.models import Question, QuestionVersion
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


NEW = {
    "prompt": "What would you do first?",
    "title": "Brand new",
    "minutes": "7",
    "kind": "situational",
    "levels": ["senior"],
    "probes_id": ["", ""],
    "probes_text": ["And then?", " "],
}


# new


def test_new_question(editor, people):
    area = build.area("cost")
    response = send(editor, reverse("question_new"), area=area.pk, tags="a, b,a", **NEW)
    version = QuestionVersion.objects.get()
    assert "Nobody is asked it yet." in messages(editor, response)
    assert response["Location"] == url("edit", version)
    question = version.question
    assert (question.slug, question.owner, question.tags) == (
        "brand-new",
        people.editor,
        ["a", "b"],
    )
    assert (version.number, version.published_at, version.author) == (1, None, people.editor)
    assert version.probes == [{"id": "and-then", "text": "And then?"}]
    assert version.anchor_1 == ""


def test_new_question_with_an_id_of_ones_own(editor):
    area = build.area("cost")
    send(editor, reverse("question_new"), area=area.pk, slug="first-things", **NEW)
    assert Question.objects.get().slug == "first-things"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"prompt": " "}, "Prompt, read aloud : This field is required."),
        ({"prompt": "x" * 2001}, "Prompt, read aloud : Ensure this value has at most 2000"),
        ({"prompt": "a\0b"}, "Prompt, read aloud : Null characters are not allowed."),
        ({"title": "x" * 41}, "Title : Ensure this value has at most 40 characters"),
        ({"minutes": "0"}, "Minutes : Ensure this value is greater than or equal to 1."),
        ({"minutes": "61"}, "Minutes : Ensure this value is less than or equal to 60."),
        ({"kind": "quiz"}, "Kind : Select a valid choice."),
        ({"levels": []}, "Levels : This field is required."),
        ({"levels": ["expert"]}, "Levels : Select a valid choice."),
        ({"area": ""}, "Area : This field is required."),
        ({"roles": ["no"]}, "Roles : “no” is not a valid UUID."),
        ({"tags": ",".join("abcdefghi")}, "Tags : There are 9 tags; at most 8 fit."),
        ({"tags": "x" * 41}, "is longer than 40"),
        ({"slug": "First"}, "Id in the text form : Use small letters, digits and hyphens"),
        ({"title": "???"}, "Id in the text form : Use small letters, digits and hyphens"),
        ({"slug": "outage"}, "There is already a question with the id “outage”."),
        ({"anchor_3": "x" * 1001}, "Level 3 : Ensure this value has at most 1000"),
        ({"probes_text": ["x" * 201]}, "Follow-up probes : “xxx"),
        ({"probes_text": ["x"] * 13}, "Follow-up probes : There are 13 lines; at most 12 fit."),
        ({"weak_signals_text": ["a\0b"]}, "Weak signals : Null characters are not allowed."),
    ],
)
def test_new_question_that_is_not_valid(editor, live, changes, expected):
    address = reverse("question_new")
    area = {"area": live.question.area_id, "anchor_1": "What one hears."}
    response = send(editor, address, **{**NEW, **area, **changes})
    assert expected in summary(response)
    assert Question.objects.count() == 1
    kept = filled_in(response, address)
    for name in ("prompt", "title", "minutes", "anchor_1", "tags", "slug"):
        typed = {**NEW, "anchor_1": "What one hears.", **changes}.get(name, "")
        assert "\0" in typed or kept[name] == [typed]
    if "probes_text" not in changes:
        assert kept["probes_text"] == ["And then?", "", ""]


def test_new_question_with_more_lines_saves_nothing(editor):
    address = reverse("question_new")
    response = send(editor, address, more="1", **{**NEW, "title": "x" * 60})
    assert response.status_code == 200
    assert not Question.objects.exists()
    kept = filled_in(response, address)
    assert kept["probes_text"] == ["And then?"] + [""] * 6
    assert (kept["title"], kept["levels"], kept["kind"]) == (
        ["x" * 60],
        ["senior"],
        ["situational"],
    )
    assert "more" not in kept


# edit


def test_edit_makes_a_draft_and_leaves_the_live_version(editor, people, live):
    response = send(
        editor, url("edit", live), prompt="Line one.\r\nLine two.", anchor_2="Something else."
    )
    assert "The draft of version 2 is saved." in messages(editor, response)
    draft = QuestionVersion.objects.get(number=2)
    assert (draft.prompt, draft.anchor_2) == ("Line one.\nLine two.", "Something else.")
    assert (draft.anchor_1, draft.author) == (live.anchor_1, people.editor)
    live.refresh_from_db()
    assert live.prompt == "Tell me about outage."


def test_edit_keeps_the_ids_of_lines(editor, live):
    lines = [
        {"id": "named", "text": "Names a number"},
        {"id": "owns", "text": "Owns it"},
    ]
    QuestionVersion.objects.create(
        question=live.question,
        number=2,
        change="meaning",
        **{**vars_of(live), "strong_signals": lines, "probes": []},
    )
    send(
        editor,
        url("edit", live),
        probes_id=["", "forged", "named"],
        probes_text=["Names a number!", "What then?", "Stays vague"],
        strong_signals_id=["owns", "named", ""],
        strong_signals_text=["Owns it all", "", "Asks"],
    )
    draft = QuestionVersion.objects.get(number=2)
    assert draft.probes == [
        {"id": "names-a-number", "text": "Names a number!"},
        {"id": "what-then", "text": "What then?"},
        {"id": "named", "text": "Stays vague"},
    ]
    assert draft.strong_signals == [
        {"id": "owns", "text": "Owns it all"},
        {"id": "asks", "text": "Asks"},
    ]
    assert draft.weak_signals == [{"id": "vague", "text": "Stays vague"}]


def vars_of(version) -> dict:
    names = ("title", "prompt", "minutes", "anchor_1", "anchor_2", "anchor_3", "anchor_4")
    lists = ("probes", "strong_signals", "weak_signals")
    return {name: getattr(version, name) for name in (*names, *lists)}


def test_edit_of_what_it_is_filed_under_makes_no_draft(editor, live):
    other = build.role("systems")
    response = send(editor, url("edit", live), roles=[other.pk], levels=["junior", "senior"])
    assert "The words are those of version 1, so there is no draft." in messages(editor, response)
    live.question.refresh_from_db()
    assert live.question.levels == ["junior", "senior"]
    assert list(live.question.roles.all()) == [other]
    assert QuestionVersion.objects.count() == 1


def test_edit_does_not_move_a_published_question(editor, live):
    area = live.question.area
    response = send(editor, url("edit", live), area=build.area("other").pk, minutes=9)
    assert response.status_code == 302
    live.question.refresh_from_db()
    assert live.question.area == area


def test_edit_that_is_not_valid_comes_back(editor, live):
    response = send(editor, url("edit", live), minutes="99", anchor_4="Kept.")
    assert "Minutes : Ensure this value is less than or equal to 60." in summary(response)
    assert filled_in(response, url("edit", live))["anchor_4"] == ["Kept."]
    assert QuestionVersion.objects.count() == 1


def test_edit_more_lines_saves_nothing(editor, live):
    response = send(editor, url("edit", live), more="1", prompt="")
    assert response.status_code == 200
    kept = filled_in(response, url("edit", live))
    assert kept["weak_signals_text"] == ["Stays vague"] + [""] * 6
    assert kept["prompt"] == [""]
    assert QuestionVersion.objects.count() == 1


def test_edit_after_somebody_else_saved(editor, people, live):
    address = url("edit", live)
    mine = filled_in(editor.get(address), address, prompt="Mine.")
    save_draft(question=live.question, by=people.colleague, prompt="Theirs.")
    response = editor.post(address, mine)
    assert "Colin Asker changed this question after you opened it." in summary(response)
    text = response.content.decode()
    assert "<del>Theirs</del>" in text
    assert "<ins>Mine</ins>" in text
    assert QuestionVersion.objects.get(number=2).prompt == "Theirs."
    again = filled_in(response, address)
    assert again["prompt"] == ["Mine."]
    assert editor.post(address, again).status_code == 302
    assert QuestionVersion.objects.get(number=2).prompt == "Mine."


def test_edit_after_somebody_else_published(editor, people, live):
    save_draft(question=live.question, by=people.editor, prompt="Mine at first.")
    address = url("edit", live)
    mine = filled_in(editor.get(address), address, prompt="Mine at last.")
    publish_draft(question=live.question, by=people.colleague, change="wording")
    response = editor.post(address, mine)
    assert "changed this question after you opened it" in summary(response)
    assert editor.post(address, filled_in(response, address)).status_code == 302
    numbers = QuestionVersion.objects.order_by("number").values_list("number", "prompt")
    assert list(numbers) == [
        (1, "Tell me about outage."),
        (2, "Mine at first."),
        (3, "Mine at last."),
    ]


def test_edit_of_the_area_after_somebody_published(editor, people):
    fresh = build.question("fresh", published=False)
    other = build.area("other")
    address = url("edit", fresh)
    mine = filled_in(editor.get(address), address, area=other.pk)
    publish_draft(question=fresh.question, by=people.colleague)
    response = editor.post(address, mine)
    assert "changed this question after you opened it" in summary(response)
    response = editor.post(address, {**filled_in(response, address), "area": other.pk})
    assert response.status_code in (302, 422)
    fresh.question.refresh_from_db()
    assert fresh.question.area != other
