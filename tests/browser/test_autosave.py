"""The draft of a question saves itself; only an answer that names the token counts as saved."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from interviewbank.access.models import User
from roles.models import Question, QuestionVersion
from roles.workflow.questions import save_draft
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^Draft saved \d\d:\d\d$")


@pytest.fixture
def live():
    build.user("Edith Queller", "question_editor")
    return build.question("outage")


@pytest.fixture
def page(page_as, live):
    page = page_as(User.objects.get(name="Edith Queller"))
    page.goto(reverse("question_edit", args=[live.question_id]))
    return page


def status(page):
    return page.locator("[data-autosave-status]")


def prompt(page):
    return page.get_by_label("Prompt, read aloud")


def stored() -> str:
    return QuestionVersion.objects.latest("number").prompt


def answer(page, **how) -> list:
    """Autosave is answered like this from now on; returns the requests."""
    asked: list = []

    def fulfil(route):
        asked.append(route.request)
        route.fulfill(**how)

    page.route("**/autosave/", fulfil)
    return asked


def test_it_saves_a_second_after_the_last_key_and_plain_save_goes_on(page):
    expect(page.get_by_role("link", name="Publish…")).to_be_hidden()
    prompt(page).fill("What broke? Who noticed?")
    expect(status(page)).to_have_text(SAVED)
    assert stored() == "What broke? Who noticed?"
    expect(page.locator("[data-advice=prompt]")).to_contain_text("It asks 2 questions.")
    expect(page.get_by_role("link", name="Publish…")).to_be_visible()
    prompt(page).fill("What broke first?")
    expect(page.locator("[data-advice=prompt]")).to_be_hidden()
    assert stored() == "What broke first?"
    prompt(page).fill("What broke last?")
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("The draft of version 2 is saved.").wait_for()
    assert stored() == "What broke last?"
    assert QuestionVersion.objects.count() == 2


def test_what_is_missing_is_said_and_nothing_is_stored(page):
    prompt(page).fill("")
    expect(status(page)).to_have_text("Not saved: Prompt, read aloud: This field is required.")
    assert QuestionVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"status": 200, "content_type": "text/html", "body": "<p>Draft saved</p>"}, "answer"),
        ({"status": 200, "content_type": "application/json", "body": "{}"}, "did not say why"),
        ({"status": 200, "content_type": "application/json", "body": "{"}, "answer"),
        ({"status": 302, "headers": {"Location": "/sign-in/"}}, "signed out"),
        ({"status": 502, "content_type": "text/html", "body": "Bad gateway"}, "answer (502)"),
        (
            {"status": 500, "content_type": "application/json", "body": '{"token": "x"}'},
            "did not say why",
        ),
    ],
)
def test_no_other_answer_counts_as_saved(page, how, said):
    answer(page, **how)
    prompt(page).fill("What broke first?")
    expect(status(page)).to_contain_text("Not saved: ")
    expect(status(page)).to_contain_text(said)
    assert QuestionVersion.objects.count() == 1
    page.unroute("**/autosave/")
    prompt(page).press("End")
    page.keyboard.type(" And then.")
    expect(status(page)).to_have_text(SAVED)
    assert stored() == "What broke first? And then."


def test_without_a_connection_it_tries_again(page):
    page.route("**/autosave/", lambda route: route.abort())
    prompt(page).fill("What broke first?")
    expect(status(page)).to_have_text("Not saved: no connection. It is tried again.")
    page.unroute("**/autosave/")
    expect(status(page)).to_have_text(SAVED, timeout=8_000)
    assert stored() == "What broke first?"


def test_somebody_else_changed_the_draft(page, live):
    save_draft(question=live.question, by=build.user("Colin"), prompt="Theirs.")
    prompt(page).fill("Mine.")
    expect(status(page)).to_contain_text("Somebody else changed this draft")
    requests = answer(page, status=500)
    prompt(page).fill("Mine, again.")
    page.wait_for_timeout(1_500)
    assert requests == []
    assert stored() == "Theirs."
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("Colin changed this question after you opened it.").first.wait_for()
    expect(prompt(page)).to_have_value("Mine, again.")
    assert stored() == "Theirs."


def test_a_save_under_way_does_not_make_the_button_come_too_late(page):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/autosave/", hold)  # its answer waits until the button was pressed
    prompt(page).fill("What broke first?")
    expect(status(page)).to_have_text("Saving")
    page.get_by_role("button", name="Save draft").first.click(no_wait_after=True)
    held[0].continue_()
    page.get_by_text("The draft of version 2 is saved.").wait_for()
    assert stored() == "What broke first?"


def test_a_moved_line_keeps_the_focus_and_is_saved(page, live):
    field = page.get_by_label("Probe 2")
    field.fill("And then?")
    page.get_by_role("button", name="Probe", exact=True).click()
    expect(page.get_by_label("Probe 3")).to_be_focused()
    page.get_by_role("button", name="Move up: And then?").press("Enter")
    expect(page.get_by_role("button", name="Move down: And then?")).to_be_focused()
    expect(status(page)).to_have_text(SAVED)
    draft = Question.objects.get().versions.latest("number")
    assert [line["text"] for line in draft.probes] == ["And then?", "How did you know?"]
    page.get_by_role("button", name="Remove: How did you know?").click()
    expect(status(page)).to_have_text(SAVED)
    draft.refresh_from_db()
    assert [line["text"] for line in draft.probes] == ["And then?"]
