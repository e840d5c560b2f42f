"""The pages where questions are written, and what comes back when it can't be saved."""

import re

import pytest
from django.urls import reverse

from roles.models import Question, QuestionVersion
from roles.workflow.questions import publish_draft, save_draft
from tests import build
from tests.editing import messages, send, summary, url
from tests.forms import filled_in

TAG = re.compile(r"<[^>]+>")


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


def test_new_question_with_another_line_saves_nothing(editor):
    address = reverse("question_new")
    response = send(editor, address, press="probes:add", **{**NEW, "title": "x" * 60})
    assert response.status_code == 200
    assert not Question.objects.exists()
    kept = filled_in(response, address)
    assert kept["probes_text"] == ["And then?", "", ""]
    assert (kept["title"], kept["levels"], kept["kind"]) == (
        ["x" * 60],
        ["senior"],
        ["situational"],
    )
    assert "press" not in kept


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


LINES = {"probes_id": ["how", "", "b", "c"], "probes_text": ["How?", " ", "Then?", "Last?"]}


@pytest.mark.parametrize(
    ("press", "texts", "focus"),
    [
        ("probes:add", ["How?", "Then?", "Last?", ""], 'aria-label="Probe 4"'),
        ("probes:2:up", ["Then?", "How?", "Last?", ""], 'aria-label="Move down: Then?"'),
        ("probes:3:up", ["How?", "Last?", "Then?", ""], 'aria-label="Move up: Last?"'),
        ("probes:0:down", ["Then?", "How?", "Last?", ""], 'aria-label="Move down: How?"'),
        ("probes:2:down", ["How?", "Last?", "Then?", ""], 'aria-label="Move up: Then?"'),
        ("probes:0:up", ["How?", "Then?", "Last?", ""], 'aria-label="Move down: How?"'),
        ("probes:2:remove", ["How?", "Last?", ""], 'aria-label="Probe 2"'),
        ("probes:3:remove", ["How?", "Then?", ""], 'aria-label="Probe 3"'),
        ("probes:1:up", ["How?", "Then?", "Last?", ""], 'aria-label="Probe 4"'),
        ("probes:99:down", ["How?", "Then?", "Last?", ""], 'aria-label="Probe 4"'),
    ],
)
def test_edit_buttons_of_a_line_save_nothing(editor, live, press, texts, focus):
    response = send(editor, url("edit", live), press=press, prompt="", **LINES)
    assert response.status_code == 200
    kept = filled_in(response, url("edit", live))
    assert kept["probes_text"] == texts
    ids = dict(zip(kept["probes_text"], kept["probes_id"], strict=True))
    assert ids["How?"] == "how"
    assert kept["weak_signals_text"] == ["Stays vague", "", ""]
    assert kept["prompt"] == [""]
    focused = [tag for tag in TAG.findall(response.content.decode()) if " autofocus" in tag]
    assert len(focused) == 1
    assert focus in focused[0]
    assert QuestionVersion.objects.count() == 1


@pytest.mark.parametrize("press", ["title:add", "probes:-1:up", "probes:1:eat", "x" * 99, "probes"])
def test_edit_a_button_that_does_not_exist(editor, live, press):
    assert send(editor, url("edit", live), press=press).status_code in (302, 422)
    assert QuestionVersion.objects.count() == 1


def test_edit_moved_lines_are_saved_in_their_order(editor, live):
    lines = {"probes_id": ["", "how"], "probes_text": ["First?", "How did you know?"]}
    send(editor, url("edit", live), **lines)
    draft = QuestionVersion.objects.get(number=2)
    assert [line["id"] for line in draft.probes] == ["first", "how"]


def test_edit_the_owner_is_an_active_editor(editor, people, live):
    gone = build.user("Gone Away", "question_editor", is_active=False)
    for other in (gone, people.recruiter):
        response = send(editor, url("edit", live), owner=other.pk)
        assert "Owner : Select a valid choice." in summary(response)
    send(editor, url("edit", live), owner=people.editor.pk)
    live.question.refresh_from_db()
    assert live.question.owner == people.editor


def test_edit_an_owner_who_left_stays(editor, live):
    gone = build.user("Gone Away", "question_editor", is_active=False)
    Question.objects.update(owner=gone)
    send(editor, url("edit", live), minutes="9")
    live.question.refresh_from_db()
    assert live.question.owner == gone


def test_edit_advice_stands_at_its_field_and_blocks_nothing(editor, live):
    response = send(editor, url("edit", live), anchor_4="Has a really strong sense of it all.")
    assert "is saved" in messages(editor, response)
    page = editor.get(url("edit", live)).content.decode()
    advice = re.search(r'id="advice_anchor_4".*?</div>', page, re.DOTALL)[0]
    assert "“Really strong” is a grade, not a behaviour." in advice
    assert "hidden" in re.search(r'<div[^>]*id="advice_anchor_1"[^>]*>', page)[0]
    response = send(editor, url("edit", live), minutes="99", anchor_3="A good answer, in all.")
    assert "“Good” is a grade" in response.content.decode()


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
