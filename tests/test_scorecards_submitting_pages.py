"""The page on which a scorecard is handed in."""

import pytest

from interviewbank.audit.models import Event
from scorecards.models import Answer, Scorecard, Submission
from scorecards.workflow.interviews import cancel_interview
from scorecards.workflow.scoring import Change, save_fields
from tests import build
from tests.scoring_forms import filled_in

STATEMENT = "Owns evaluation end to end.\nWeakest after a bad output."
READY = {"recommendation": "hire", "summary": STATEMENT, "pledge": "on", "go": "submit"}


@pytest.fixture
def card(panel) -> Scorecard:
    return panel.mine.scorecard


@pytest.fixture
def page(panel, card, sign_in):
    """The submit page; with data, what posting it answers."""
    client = sign_in(panel.people.interviewer)

    def get_or_post(data=None):
        address = f"/scorecards/{card.pk}/submit/"
        return client.get(address) if data is None else client.post(address, data)

    return get_or_post


def test_the_page(panel, page):
    build.answered(panel.mine, [3, 4, None], evidence='"We had a switch."\nNamed the number.')
    html = page().content.decode()

    assert "2 of 3 rated, 1 not assessed" in html
    assert html.count("1 quote") == 2
    assert "Would you hire Odalys into this role?" in html
    assert "your private notes are deleted" in html
    assert 'data-testid="submit"' in html
    assert "without a rating" not in html
    sent = filled_in(page())
    assert "recommendation" not in sent
    assert "pledge" not in sent


@pytest.mark.parametrize(
    ("visibility", "words"),
    [
        ("after_own", "open to you once all of yours"),
        ("at_debrief", "open to you at the debrief"),
        ("never", "stay closed to you"),
    ],
)
def test_the_page_says_what_opens_afterwards(panel, page, visibility, words):
    panel.opening.visibility = visibility
    panel.opening.save(update_fields=["visibility"])

    assert words in page().content.decode()


def test_submitting(panel, card, page):
    build.answered(panel.mine, [3, 4, None])

    response = page(filled_in(page(), **READY))

    assert response.status_code == 302
    assert response["Location"] == f"/scorecards/{card.pk}/"
    card.refresh_from_db()
    assert (card.recommendation, card.summary) == ("hire", STATEMENT)
    assert card.submitted_at is not None
    followed = response.client.get(response["Location"]).content.decode()
    assert "Your scorecard is submitted." in followed
    assert 'data-state="locked"' in followed


def test_pressed_twice(panel, card, page):
    build.answered(panel.mine, [3, 4, None])
    sent = filled_in(page(), **READY)
    page(sent)

    again = page({**sent, "recommendation": ["strong_hire"]})

    assert again.status_code == 302
    assert "already submitted" in again.client.get(again["Location"]).content.decode()
    card.refresh_from_db()
    assert card.recommendation == "hire"
    assert Submission.objects.count() == 1
    assert page().status_code == 302


def test_everything_that_is_missing_is_named_in_one_go(panel, card, page):
    save_fields(
        scorecard=card,
        by=panel.people.interviewer,
        changes=[Change(f"rating:{panel.questions[0].pk}", 0, 3)],
    )

    response = page(filled_in(page(), go="submit"))

    html = response.content.decode()
    assert response.status_code == 422
    assert 'data-state="saved"' in html
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "mark them not assessed: 2, 3." in html
    assert '<a href="#q-outage">Question 2, Outage</a>' in html
    assert 'id="q-outage" data-missing' in html
    assert "no words behind them: 1." in html
    assert "Choose one. It is your own judgement" in html
    assert "Write two or three sentences" in html
    assert "Tick this once you have checked it." in html
    assert not Submission.objects.exists()


def test_quick_marks_and_the_tick_for_ratings_without_words(panel, card, page):
    save_fields(
        scorecard=card,
        by=panel.people.interviewer,
        changes=[Change(f"rating:{panel.questions[0].pk}", 0, 3)],
    )

    marks = {"mark_outage": "not_reached", "mark_price": "no_evidence", "unworded_ok": "on"}
    assert page(filled_in(page(), **READY, **marks)).status_code == 302
    reasons = Answer.objects.filter(scorecard=card).values_list(
        "question_version__question__slug", "not_assessed_reason"
    )
    assert set(reasons) == {("shipped", ""), ("outage", "not_reached"), ("price", "no_evidence")}
    assert Submission.objects.count() == 1


def test_what_was_filled_in_is_kept_when_the_rest_is_missing(panel, card, page):
    response = page(filled_in(page(), **READY, mark_outage="not_reached"))

    assert response.status_code == 422
    card.refresh_from_db()
    assert (card.recommendation, card.summary) == ("hire", STATEMENT)
    assert card.answers.get().not_assessed_reason == "not_reached"
    sent_back = filled_in(page())
    assert sent_back["recommendation"] == ["hire"]
    assert sent_back["summary"] == [STATEMENT.replace("\n", "\r\n")]
    assert filled_in(response)["revision"] == [str(card.revision)]


def test_back_to_the_questions_saves(card, page):
    response = page(filled_in(page(), summary="Half a thought.", go="questions"))

    assert response["Location"] == f"/scorecards/{card.pk}/"
    card.refresh_from_db()
    assert card.summary == "Half a thought."


@pytest.mark.parametrize(
    ("summary", "words"),
    [("x" * 4_001, "4,001 characters and 4,000 fit"), ("a\0b", "NUL character")],
)
def test_a_statement_that_cannot_be_stored(panel, card, page, summary, words):
    build.answered(panel.mine, [3, 4, None])

    for go in ("submit", "questions"):
        response = page(filled_in(page(), **{**READY, "summary": summary, "go": go}))
        assert response.status_code == 422
        assert words in response.content.decode()
        assert 'data-state="quarantine"' in response.content.decode()
        if "\0" not in summary:
            assert filled_in(response)["summary"] == [summary]
    card.refresh_from_db()
    assert (card.recommendation, card.summary) == ("hire", "")
    assert not Submission.objects.exists()


def test_the_longest_statement_counts_line_breaks_once(panel, card, page):
    build.answered(panel.mine, [3, 4, None])
    summary = ("x" * 79 + "\n") * 50

    page(filled_in(page(), **{**READY, "summary": summary.replace("\n", "\r\n")}))

    card.refresh_from_db()
    assert card.summary == summary


@pytest.mark.parametrize(
    "bad", [{"recommendation": "leaning_hire"}, {"recommendation": "\0"}, {"mark_price": "none"}]
)
def test_values_from_no_form_of_ours(panel, page, bad):
    save_fields(
        scorecard=panel.mine.scorecard,
        by=panel.people.interviewer,
        changes=[Change(f"rating:{one.pk}", 0, "not_reached") for one in panel.questions[:2]],
    )

    assert page(filled_in(page(), **{**READY, **bad})).status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "\0", "7"])
def test_a_page_that_is_older_than_the_card(panel, card, page, revision):
    build.answered(panel.mine, [3, 4, None])

    response = page(filled_in(page(), **READY, revision=revision))

    assert response.status_code == 422
    assert "changed in another window" in response.content.decode()
    assert 'data-state="quarantine"' in response.content.decode()
    assert not Submission.objects.exists()


def test_a_change_on_another_device_is_shown_before_it_is_submitted(panel, card, page):
    build.answered(panel.mine, [3, 4, None])
    old = filled_in(page(), **READY)
    save_fields(
        scorecard=card,
        by=panel.people.interviewer,
        changes=[Change(f"rating:{panel.questions[0].pk}", 0, 1)],
    )

    response = page(old)

    assert response.status_code == 422
    assert 'data-r="1"' in response.content.decode()
    assert filled_in(response)["summary"] == [STATEMENT.replace("\n", "\r\n")]
    assert page(filled_in(response, go="submit")).status_code == 302
    assert Submission.objects.get().content.count('"rating":1') == 1


def test_who_may_not(panel, card, client, sign_in):
    address = f"/scorecards/{card.pk}/submit/"
    build.answered(panel.mine, [3, 4, None])
    for method in (client.get, client.post):
        assert method(address)["Location"].startswith("/sign-in/")
    for name in ("outsider", "colleague", "coordinator", "committee", "chair", "administrator"):
        client = sign_in(getattr(panel.people, name))
        assert client.get(address).status_code == 404
        assert client.post(address, READY).status_code == 404
    assert not Submission.objects.exists()
    assert not Event.objects.exists()


def test_a_cancelled_interview(panel, page):
    build.answered(panel.mine, [3, 4, None])
    sent = filled_in(page(), **READY)
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Moved on.")

    assert page().status_code == 403
    assert page(sent).status_code == 403


def test_the_wrong_method(card, page):
    client = page().client

    for method in (client.put, client.delete, client.patch):
        assert method(f"/scorecards/{card.pk}/submit/").status_code == 405


@pytest.mark.parametrize("answered", [0, 1, 3])
def test_queries(panel, card, page, django_assert_num_queries, answered):
    for question in panel.questions[:answered]:
        Answer.objects.create(scorecard=card, question_version=question, rating=3)
    page()

    with django_assert_num_queries(7):
        page()
