"""The page and its server: what counts as saved, and signing in again in place."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from scorecards.models import Answer, Scorecard
from tests import build

from .conftest import sign_in
from .live_page import (
    answer_ops,
    entries,
    evidence,
    expect_state,
    notes,
    opened,
    rate,
    status,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)
LINE_AND_NOTES = """() => [
  document.querySelector('[data-testid="save-status"]').dataset.state,
  document.querySelector("textarea[name=evidence]").value,
]"""


@pytest.fixture
def card(panel) -> Scorecard:
    return panel.mine.scorecard


@pytest.fixture
def page(panel, page_as, card):
    return opened(page_as(panel.people.interviewer), card)


def test_saved_says_when(page):
    expect_state(page, "saved", "Nothing written yet")
    rate(page, 3)
    expect_state(page, "saved", "Saved ")
    assert Answer.objects.get().rating == 3
    assert status(page).get_attribute("role") == "status"
    assert status(page).get_attribute("aria-live") == "polite"


@pytest.mark.parametrize(
    "how",
    [
        {"status": 302, "headers": {"Location": "/"}},
        {"status": 200, "content_type": "text/html", "body": "<p>Saved</p>"},
        {"status": 204},
        {"status": 200, "content_type": "application/json", "body": '{"v":1,"results":[{"op"'},
    ],
    ids=["redirect", "html", "empty", "truncated"],
)
def test_no_other_answer_counts_as_saved(page, how):
    asked = answer_ops(page, **how)
    notes(page).fill("Not saved yet.")
    until(page, lambda: len(asked) >= 2)

    expect_state(page, "device", "On this device only, waiting for connection (1)")
    assert asked[0] == asked[1]
    assert [entry["first"]["value"] for entry in entries(page)] == ["Not saved yet."]
    assert evidence() == ""
    page.unroute("**/ops/")
    expect_state(page, "saved")
    assert evidence() == "Not saved yet."


def test_an_answer_that_was_lost_after_the_commit_is_no_second_save(page):
    sent = []

    def lose(route):
        sent.append(route.request.post_data_json["ops"])
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    page.route("**/ops/", lose)
    notes(page).fill("Once.")
    until(page, lambda: len(sent) == 2)
    expect_state(page, "saved")
    assert sent[0] == sent[1]

    answer = Answer.objects.get()
    assert (answer.evidence, answer.evidence_rev) == ("Once.", 1)


def test_the_line_never_says_saved_when_it_is_not(page):
    """Sampled after each word, in this order: the line, the controls, the database. What was typed
    before the line said saved must be there by then."""
    samples = []
    notes(page).focus()
    for word in ("We", "rolled", "back", "and", "found", "the", "cause", "in", "a", "cache"):
        page.keyboard.type(f"{word} ", delay=30)
        if word in ("back", "the"):
            expect_state(page, "saved")
        samples.append(page.evaluate(LINE_AND_NOTES))
        samples[-1].append(evidence())
    expect_state(page, "saved")
    samples.append([*page.evaluate(LINE_AND_NOTES), evidence()])

    said = [state for state, _, _ in samples]
    assert said.count("saved") >= 3
    assert "saving" in said
    assert [one for one in samples if one[0] == "saved" and one[1] != one[2]] == []


def test_it_leaves_saved_at_the_first_key(page):
    page.route("**/ops/", lambda route: route.abort())
    page.evaluate(
        """() => {
          window.states = [];
          document.addEventListener("input", () => {
            window.states.push(document.querySelector('[data-testid="save-status"]').dataset.state);
          });
        }"""
    )
    notes(page).press_sequentially("a")
    assert page.evaluate("window.states") == ["saving"]


def test_a_text_that_is_too_long_is_set_aside_and_the_rest_is_saved(page):
    notes(page).fill("x" * 20_001)
    rate(page, 3)
    expect_state(page, "quarantine", "One answer can't be stored: The text has 20,001 characters")
    expect(page.get_by_test_id("quarantine")).to_contain_text("Question 1: Notes")
    until(page, Answer.objects.filter(rating=3, evidence="").exists)

    page.get_by_role("button", name="Question 1: Notes").click()
    expect(notes(page)).to_be_focused()
    notes(page).fill("x" * 20_000)
    expect_state(page, "saved")
    expect(page.get_by_test_id("quarantine")).to_be_hidden()
    assert evidence() == "x" * 20_000


def test_signed_out_while_typing_and_in_again_in_place(panel, page):
    notes(page).fill("Before.")
    expect_state(page, "saved")
    Session.objects.all().delete()
    notes(page).press("End")
    page.keyboard.type(" After.")
    expect_state(page, "signed-out", "Signed out, your notes are kept")
    page.keyboard.type(" And on.")
    assert evidence() == "Before."

    with page.context.expect_page() as other:
        page.get_by_test_id("sign-in-again").click()
    sign_in(other.value, panel.people.interviewer.email, build.PASSWORD)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect_state(page, "saved")
    expect(notes(page)).to_have_value("Before. After. And on.")
    assert evidence() == "Before. After. And on."


def test_submitted_elsewhere_keeps_what_is_written_here(panel, page, card):
    build.submitted(panel.mine, [3, 3, 3])
    notes(page).fill("Typed on the train.")
    expect_state(page, "locked", "Submitted")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy my notes").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    assert "1. Shipped\nTyped on the train." in page.evaluate("navigator.clipboard.readText()")
    assert len(entries(page)) == 1


def test_an_erased_candidate_leaves_nothing_on_the_device(page):
    page.route(
        "**/ops/", lambda route: route.fulfill(status=410, body=json.dumps({"error": "erased"}))
    )
    notes(page).fill("About somebody.")
    expect_state(page, "locked", "Erased")
    expect(notes(page)).to_be_hidden()
    until(page, lambda: entries(page) == [])


def test_a_stale_token_is_replaced_without_a_word(page):
    page.context.clear_cookies(name="interviewbank_csrf")
    notes(page).fill("Saved all the same.")
    expect_state(page, "saved")
    assert evidence() == "Saved all the same."
