"""The pages where question sets are made, edited, copied and discarded."""

import pytest

from roles.models import QuestionSet
from roles.workflow.set_drafts import change_facts, edit_draft
from tests import build
from tests.editing import messages, send, summary
from tests.forms import filled_in
from tests.set_pages import form_with, press, save_facts, seen, url, versions

FACTS = {"name": "Deep dive", "round_name": "Design", "minutes": "45", "purpose": "Depth."}


@pytest.fixture
def bank(db):
    area = build.area("production")
    return [build.question(slug, in_area=area) for slug in ("shipped", "outage", "price")]


@pytest.fixture
def live(bank):
    return build.question_set(*bank[:2], name="Deep dive").question_set


@pytest.fixture
def editor(sign_in, people):
    return sign_in(people.editor)


LIVE = (1, True, [("shipped", 1, True), ("outage", 1, True)])


# new


def test_new(editor, people):
    role = build.role("applied")
    response = send(editor, url("new"), role=role.pk, level="senior", **FACTS)
    made = QuestionSet.objects.get()
    assert response["Location"] == url("edit", made)
    assert "“Deep dive” is made. Add its questions now." in messages(editor, response)
    assert (made.slug, made.role, made.level, made.minutes) == ("deep-dive", role, "senior", 45)
    assert versions(made) == [(1, False, [])]
    text = editor.get(url("edit", made)).content.decode()
    assert "No questions yet" in text
    assert "40 minutes of slack." in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": " "}, "Name : This field is required."),
        ({"name": "x" * 81}, "Name : Ensure this value has at most 80"),
        ({"name": "a\0b"}, "Name : Null characters are not allowed."),
        ({"round_name": "x" * 61}, "Round : Ensure this value has at most 60"),
        ({"minutes": "4"}, "Minutes of the round : Ensure this value is greater"),
        ({"minutes": "241"}, "Minutes of the round : Ensure this value is less"),
        ({"minutes": "soon"}, "Minutes of the round : Enter a whole number."),
        ({"purpose": "x" * 1001}, "Purpose : Ensure this value has at most 1000"),
        ({"role": ""}, "Role : This field is required."),
        ({"role": "no"}, "Role : “no” is not a valid UUID."),
        ({"level": "expert"}, "Level : Select a valid choice."),
        ({"slug": "Deep"}, "Id in the text form : Use small letters, digits and hyphens"),
        ({"slug": "deep-dive"}, "already a question set with the id “deep-dive”"),
    ],
)
@pytest.mark.parametrize("name", ["new", "copy"])
def test_a_set_that_is_not_valid(editor, live, name, changes, expected):
    address = url(name, live if name == "copy" else None)
    typed = {"role": live.role.pk, "level": "junior", **FACTS, **changes}
    response = send(editor, address, **typed)
    assert expected in summary(response)
    assert QuestionSet.objects.count() == 1
    kept = filled_in(response, address)
    for field in ("name", "round_name", "minutes", "purpose"):
        assert "\0" in typed[field] or kept[field] == [typed[field]]


# the questions of the draft


def test_press_each_button(editor, live, bank):
    response = press(editor, live, "add", bank[2].question)
    assert "The question is added at the end." in messages(editor, response)
    for do, version in [("up", bank[2]), ("down", bank[0]), ("leave-open", bank[1])]:
        response = press(editor, live, do, version.question)
        assert response["Location"] == f"{url('edit', live)}?at={do}%3A{version.question_id}"
    expected = [("price", 1, True), ("shipped", 1, True), ("outage", 1, False)]
    assert versions(live) == [LIVE, (2, False, expected)]
    press(editor, live, "require", bank[1].question)
    response = press(editor, live, "remove", bank[0].question)
    assert "The question is taken out." in messages(editor, response)
    assert versions(live)[1] == (2, False, [("price", 1, True), ("outage", 1, True)])


def test_the_button_keeps_the_focus(editor, live, bank):
    def focused(query: str) -> str:
        text = editor.get(url("edit", live) + query).content.decode()
        assert text.count("autofocus") == 1
        return text[: text.index("autofocus")].rpartition("<button")[2]

    first, second = (version.question_id for version in bank[:2])
    assert 'aria-label="Move Outage up"' in focused(f"?at=up:{second}")
    # At either end its button is disabled: the other one has it.
    assert 'aria-label="Move Shipped down"' in focused(f"?at=up:{first}")
    assert 'aria-label="Move Outage up"' in focused(f"?at=down:{second}")
    assert 'aria-label="Required: Shipped"' in focused(f"?at=require:{first}")


def test_adding_goes_on_in_the_same_search(editor, live, bank):
    area = bank[2].question.area
    query = f"?q=price&area={area.slug}"
    response = press(editor, live, "add", bank[2].question, query=query)
    assert response["Location"] == url("edit", live) + query


def test_newer_versions_are_offered(editor, live, bank):
    for version in bank[:2]:
        build.version(version.question, number=2)
    page = editor.get(url("edit", live)).content.decode()
    assert "2 questions have newer versions" in page
    press(editor, live, "renew", bank[0].question)
    assert versions(live)[1] == (2, False, [("shipped", 2, True), ("outage", 1, True)])
    assert "1 question has a newer version" in editor.get(url("edit", live)).content.decode()
    response = press(editor, live, "renew-all")
    assert "Every question is asked in its live version." in messages(editor, response)
    assert versions(live)[1] == (2, False, [("shipped", 2, True), ("outage", 2, True)])


@pytest.mark.parametrize(
    "do",
    ["up", "up:", "up:1", "fly:{}", "renew-all:{}", "up:{}x", "a\0b", "x" * 61, "add:{}:{}"],
)
def test_a_button_that_is_not_there(editor, live, bank, do):
    sent = {"do": do.format(*[bank[0].question_id] * 2), "seen": seen(live)}
    assert "Button : " in summary(editor.post(url("edit", live), sent))
    assert versions(live) == [LIVE]


def test_press_after_somebody_else_did(editor, live, bank, people):
    page = editor.get(url("edit", live))
    edit_draft(question_set=live, by=people.colleague, do="add", question=bank[2].question_id)
    response = press(editor, live, "up", bank[1].question, page=page)
    assert "Colin Asker changed this question set after you opened it." in summary(response)
    now = [*LIVE[2], ("price", 1, True)]
    assert versions(live)[1] == (2, False, now)
    assert press(editor, live, "up", bank[1].question, page=response).status_code == 302
    assert versions(live)[1][2][0] == ("outage", 1, True)


def test_press_what_can_not_be(editor, live, bank):
    page = editor.get(url("edit", live))
    sent = filled_in(form_with(page, "add:"), url("edit", live))
    for version, expected in [
        (bank[0], "“Shipped” is asked already: once is enough."),
        (build.question("unwritten", published=False), "has no published version yet"),
    ]:
        response = editor.post(url("edit", live), {**sent, "do": f"add:{version.question_id}"})
        assert expected in summary(response)
    assert versions(live) == [LIVE]


def test_the_search_for_questions(editor, live, bank):
    address = url("edit", live)
    other = build.question("agents", prompt="Which tool did the agent call?")
    text = editor.get(f"{address}?q=tool&area={other.question.area.slug}").content.decode()
    assert 'aria-label="Add Agents"' in text
    assert 'aria-label="Add Price"' not in text
    assert "No other question in use fits." in editor.get(f"{address}?q=zebra").content.decode()
    assert "Area : Select a valid choice." in summary(editor.get(f"{address}?area=nothing"))
    assert "at most 100 characters" in summary(editor.get(f"{address}?q={'x' * 101}"))
    assert editor.get(f"{address}?q=%00").status_code == 422
    assert editor.get(f"{address}?q=''&at=up:x").status_code == 200


def test_warnings_of_the_page(editor, live, bank):
    live.minutes = 18
    live.save()
    text = editor.get(url("edit", live)).content.decode()
    assert "The questions leave 2 minutes for what the candidate asks. Keep 5 minutes." in (
        text.replace("&#x27;", "'")
    )
    assert f"Not filed under {live.role}" in text
    assert "Nobody has said yet what this role needs at this level." in text


# the facts


def test_facts(editor, live):
    response = save_facts(editor, live, name="Deeper", minutes="30")
    assert "The facts are saved." in messages(editor, response)
    live.refresh_from_db()
    assert (live.name, live.minutes, live.slug) == ("Deeper", 30, "deep-dive")
    assert versions(live) == [LIVE]
    assert "It was so already." in messages(editor, save_facts(editor, live))


def test_facts_that_are_not_valid(editor, live):
    response = save_facts(editor, live, name="", purpose="Kept.")
    assert "Name : This field is required." in summary(response)
    assert filled_in(form_with(response, "round_name"), url("edit", live))["purpose"] == ["Kept."]


def test_facts_after_somebody_changed_them(editor, live, people):
    page = editor.get(url("edit", live))
    change_facts(question_set=live, by=people.colleague, name="Theirs")
    response = save_facts(editor, live, page=page, name="Mine")
    assert "Somebody changed this question set after you opened it." in summary(response)
    text = response.content.decode()
    assert "<del>Theirs</del>" in text
    assert "<ins>Mine</ins>" in text
    assert save_facts(editor, live, page=response).status_code == 302
    live.refresh_from_db()
    assert live.name == "Mine"


# copy


def test_copy(editor, live, bank):
    role = build.role("systems")
    bank[0].question.roles.add(role)
    response = send(editor, url("copy", live), role=role.pk, level="senior", name="Deep dive")
    made = QuestionSet.objects.get(slug="deep-dive-2")
    assert "“Deep dive” is a copy of “Deep dive”, as a draft." in messages(editor, response)
    assert versions(made) == [(1, False, LIVE[2])]
    assert (made.role, made.round_name, made.minutes) == (role, "Deep dive", 60)
    text = editor.get(url("edit", made)).content.decode()
    assert text.count("Not filed under Systems") == 1
    assert versions(live) == [LIVE]


def test_copy_page_says_what_is_copied(editor, live, bank):
    build.set_draft(live, bank[2])
    bank[0].question.roles.add(build.role("systems"))
    text = editor.get(url("copy", live)).content.decode()
    assert "For Systems; senior" in text
    assert "For no role; senior" in text
    assert "Price" not in text
