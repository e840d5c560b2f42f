"""The live scorecard as a plain form, sent as a browser without JavaScript would send it."""

import re
from datetime import UTC, datetime

import pytest

from scorecards.models import Answer, Scorecard
from scorecards.workflow.interviews import cancel_interview
from tests import build
from tests.scoring_forms import device_of, filled_in, first_answer, live_page

NOON = datetime(2026, 1, 19, 12, tzinfo=UTC)
ANY_LANGUAGE = "שלום עולם \u202bمرحبا\u202c e\u0301 👩🏽‍🔬🇩🇪 “quoted” <b>&amp;</b>\tend\n  \n"


@pytest.fixture
def card(panel) -> Scorecard:
    return panel.mine.scorecard


@pytest.fixture
def live(panel, card, sign_in):
    return live_page(sign_in(panel.people.interviewer), card)


@pytest.fixture
def elsewhere(panel):
    return device_of(panel)


def test_the_page(panel, live):
    html = live().content.decode()

    assert "Tell me about shipped." in html
    assert "Odalys Brambleworth" in html
    assert 'data-testid="rating-shipped"' in html
    for level in (1, 2, 3, 4):
        assert f'data-testid="rating-shipped-{level}"' in html
        assert f"Says what one hears at {level}." in html
    assert 'data-testid="evidence-shipped"' in html
    assert 'data-state="saved" data-testid="save-status"' in html
    assert "The candidate may ask to read this." in html
    assert "They are deleted when you submit." in html
    assert html.count('aria-current="step"') == 1
    assert "style=" not in html
    assert "data-rec" not in html


def test_looking_changes_nothing(card, live):
    live()

    card.refresh_from_db()
    assert card.opened_at is None


def test_without_a_question_the_first_open_one_is_shown(panel, card, live, elsewhere):
    elsewhere("rating", 3)

    response = live().client.get(f"/scorecards/{card.pk}/")

    assert "Tell me about outage." in response.content.decode()


def test_everything_of_a_question_is_saved(panel, card, live):
    response = live(
        data=filled_in(
            live(),
            rating="3",
            evidence='"We rolled back."\r\nNamed the number.',
            probes=["how"],
            signals=["vague", "named"],
            scratch="Ask about pay.",
            go="stay",
        )
    )

    assert response.status_code == 302
    assert response["Location"] == f"/scorecards/{card.pk}/?q=shipped"
    kept = first_answer(panel)
    assert (kept.rating, kept.evidence, kept.probes, kept.signals) == (
        3,
        '"We rolled back."\nNamed the number.',
        ["how"],
        ["named", "vague"],
    )
    card.refresh_from_db()
    assert card.scratch == "Ask about pay."
    page = live().content.decode()
    assert 'id="rate-3" value="3" data-testid="rating-shipped-3" checked' in page


def test_the_page_says_when_it_was_saved(live):
    live(data=filled_in(live(), rating="3"))

    for page in (live(), live()):
        assert re.search(r"<span>Saved <time [^>]+>\d\d:\d\d</time></span>", page.content.decode())


def test_another_day_is_named(live):
    Scorecard.objects.update(opened_at=NOON, saved_at=NOON)

    assert "<span>Saved " in live().content.decode()
    assert ">19 Jan, 12:00</time></span>" in live().content.decode()


@pytest.mark.parametrize(
    ("slug", "go", "where"),
    [
        ("outage", "stay", "?q=outage"),
        ("outage", "previous", "?q=shipped"),
        ("outage", "next", "?q=price"),
        ("shipped", "previous", "?q=shipped"),
        ("price", "next", "submit/"),
        ("outage", "review", "submit/"),
        ("outage", "nonsense", "?q=outage"),
    ],
)
def test_saving_moves_on(card, live, slug, go, where):
    response = live(slug, filled_in(live(slug), go=go))

    assert response["Location"] == f"/scorecards/{card.pk}/{where}"


def test_back_to_today_saves_too(panel, live):
    response = live(data=filled_in(live(), rating="2", go="today"))

    assert response["Location"] == "/"
    assert first_answer(panel).rating == 2


def test_nothing_touched_saves_nothing(card, live):
    live(data=filled_in(live(), go="next"))

    card.refresh_from_db()
    assert (card.opened_at, card.revision) == (None, 0)
    assert not card.answers.exists()


@pytest.mark.parametrize("reason", ["not_reached", "no_evidence", "not_applicable"])
def test_not_assessed(panel, live, reason):
    live(data=filled_in(live(), rating=reason))

    assert (first_answer(panel).rating, first_answer(panel).not_assessed_reason) == (None, reason)
    page = live("outage").content.decode()
    assert '<span class="ib-rate" data-r="na"><span class="visually-hidden">Not assessed<' in page
    assert "n/a" not in page


def test_a_rating_can_be_taken_back(panel, live):
    live(data=filled_in(live(), rating="3"))
    live(data=filled_in(live(), rating=""))

    assert first_answer(panel).rating is None


def test_twenty_thousand_characters_come_back_byte_for_byte(panel, live):
    text = ("\n" + ANY_LANGUAGE * 1_000)[:20_000]

    live(data=filled_in(live(), evidence=text.replace("\n", "\r\n")))

    assert first_answer(panel).evidence.encode() == text.encode()
    sent_back = filled_in(live())["evidence"][0]
    assert sent_back.replace("\r\n", "\n").encode() == text.encode()


def test_one_character_too_many_is_refused_and_nothing_else(panel, live):
    text = "x" * 20_001
    response = live(data=filled_in(live(), rating="3", evidence=text, go="next"))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'data-testid="quarantine"' in page
    assert 'data-state="quarantine"' in page
    assert "20,001 characters and 20,000 fit" in page
    assert (first_answer(panel).rating, first_answer(panel).evidence) == (3, "")
    again = filled_in(response)
    assert (again["rating"], again["evidence"]) == (["3"], [text])

    live(data={**again, "evidence": text[1:]})

    assert first_answer(panel).evidence == text[1:]


def test_a_nul_is_refused_and_nothing_else(panel, live):
    response = live(data=filled_in(live(), rating="2", evidence="a\0b", scratch="Kept."))

    assert response.status_code == 422
    assert "NUL character" in response.content.decode()
    assert first_answer(panel).rating == 2
    assert Scorecard.objects.get(interview=panel.mine).scratch == "Kept."


@pytest.mark.parametrize(
    "bad", [{"rating": "9"}, {"rating": "x\0"}, {"signals": ["nonsense"]}, {"probes": ["vague"]}]
)
def test_values_from_no_form_of_ours(panel, live, bad):
    response = live(data=filled_in(live(), evidence="Kept.", **bad))

    assert response.status_code == 422
    assert first_answer(panel).evidence == "Kept."


@pytest.mark.parametrize("name", ["go", "was_rating", "keep_rating", "seen_rating"])
def test_nonsense_beside_the_values(panel, live, name):
    assert live(data=filled_in(live(), rating="3", **{name: "x\0"})).status_code == 302
    assert first_answer(panel).rating == 3


def test_broken_utf_8_is_no_error(panel, card, live):
    page = live()
    answered = page.client.post(
        f"/scorecards/{card.pk}/?q=shipped",
        b"rating=3&base_rating=0&evidence=%ED%A0%80&base_evidence=0",
        content_type="application/x-www-form-urlencoded",
    )

    assert answered.status_code == 302
    assert first_answer(panel).rating == 3


def test_fields_that_were_not_on_the_page_stay(panel, card, live, elsewhere):
    elsewhere("evidence", "Kept.")
    elsewhere("signals", ["named"])

    live(data={"rating": "3", "base_rating": "0", "base_evidence": "1"})

    kept = first_answer(panel)
    assert (kept.rating, kept.evidence, kept.signals) == (3, "Kept.", ["named"])


def test_what_arrives_after_the_submit_can_be_copied(panel, card, live):
    page = live()
    build.submitted(panel.mine, [3, 3, 3])

    response = live(data=filled_in(page, evidence="Typed on the train."))

    assert response.status_code == 409
    assert "Typed on the train." in response.content.decode()
    assert 'data-state="locked"' in response.content.decode()
    assert live(data=filled_in(page)).status_code == 302


def test_a_submitted_card_is_read_only(panel, live):
    build.submitted(panel.mine, [3, 4, None], evidence="What was heard.")
    html = live().content.decode()

    assert 'data-state="locked" data-testid="save-status"' in html
    assert "What was heard." in html
    assert "<form class" not in html
    assert 'data-testid="rating-shipped" disabled' in html
    assert "3 questions, 2 rated, 1 not assessed" in html


def test_unknown_question(live):
    assert live("nonsense").status_code == 404
    assert live("nonsense", {}).status_code == 404


def test_who_may_not(panel, card, client, sign_in):
    address = f"/scorecards/{card.pk}/"
    for method in (client.get, client.post):
        assert method(address).status_code == 302
        assert method(address)["Location"].startswith("/sign-in/")
    for name in ("outsider", "colleague", "coordinator", "committee", "chair", "administrator"):
        client = sign_in(getattr(panel.people, name))
        assert client.get(address).status_code == 404
        assert client.post(address, {"rating": "3", "base_rating": "0"}).status_code == 404
    assert not card.answers.exists()


def test_a_cancelled_interview(panel, card, live):
    page = live()
    cancel_interview(interview=panel.mine, by=panel.people.coordinator, reason="Moved on.")

    assert live().status_code == 403
    assert live(data=filled_in(page, rating="3")).status_code == 403


def test_the_wrong_method(card, live):
    client = live().client

    for method in (client.put, client.delete, client.patch):
        assert method(f"/scorecards/{card.pk}/").status_code == 405


@pytest.mark.parametrize("answered", [0, 1, 3])
def test_queries(panel, card, live, django_assert_num_queries, answered):
    for question in panel.questions[:answered]:
        Answer.objects.create(scorecard=card, question_version=question, rating=3)
    live()

    with django_assert_num_queries(7):
        live()
