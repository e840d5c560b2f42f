"""The page of an amendment, and how readers see it."""

import json

import pytest
from django.utils import timezone

from scorecards.models import Decision, ErasureRequest, Submission
from tests.forms import filled_in
from tests.test_scorecards_amending import hand_in


@pytest.fixture
def mine(panel) -> Submission:
    return hand_in(panel.mine)


@pytest.fixture
def page(panel, mine, sign_in):
    """The author's page; with changes, what posting it answers."""
    client = sign_in(panel.people.interviewer)
    url = f"/scorecards/{panel.mine.scorecard.pk}/amend/"

    def one(**changes):
        shown = client.get(url)
        return client.post(url, filled_in(shown, url, **changes)) if changes else shown

    return one


def test_it_holds_what_was_submitted(page):
    form = page().context["form"]

    assert form["rating_shipped"].value() == 3
    assert form["recommendation"].value() == "hire"
    assert "What you submitted stays as it is" in page().content.decode()


def test_what_is_sent_untouched_is_no_change(page):
    """Line ends of the notes are rewritten by the browser."""
    response = page(reason="None.")

    assert response.status_code == 422
    assert "Nothing is different" in response.content.decode()
    assert Submission.objects.count() == 1


def test_amending(panel, page, mine):
    response = page(rating_outage="no_evidence", evidence_price="<b>&", reason="Read it again.")

    amendment = Submission.objects.get(number=2)
    assert response["Location"] == f"/submissions/{amendment.pk}/"
    assert json.loads(amendment.content)["questions"] == [
        {
            "question_version": str(panel.questions[1].pk),
            "rating": None,
            "not_assessed_reason": "no_evidence",
        },
        {"question_version": str(panel.questions[2].pk), "evidence": "<b>&"},
    ]
    again = page()
    assert again.context["form"]["rating_outage"].value() == "no_evidence"
    assert "Read it again." in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"rating_shipped": "2"}, "reason", "Say why."),
        ({"rating_shipped": "2", "reason": "x" * 1_001}, "reason", "at most 1000"),
        ({"rating_shipped": "", "reason": "x"}, "rating_shipped", "Rate it, or say why"),
        ({"rating_shipped": "9", "reason": "x"}, "rating_shipped", "none of the choices"),
        ({"evidence_price": "x" * 20_001, "reason": "x"}, "evidence_price", "20,001 characters"),
        ({"evidence_price": "a\0", "reason": "x"}, "evidence_price", "NUL"),
        ({"summary": "", "reason": "x"}, "summary", "two or three sentences"),
        ({"summary": " \n", "reason": "x"}, "summary", "two or three sentences"),
        ({"recommendation": "maybe", "reason": "x"}, "recommendation", "Select a valid choice"),
    ],
)
def test_what_is_refused_stays_on_the_page(page, changes, field, words):
    response = page(**{"evidence_outage": "Typed with care.", **changes})

    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert "Typed with care." in response.content.decode()
    assert Submission.objects.count() == 1


def test_a_page_that_is_older_than_an_amendment(page):
    stale = page()
    url = stale.request["PATH_INFO"]
    page(rating_shipped="2", reason="First.")

    response = stale.client.post(url, filled_in(stale, url, rating_shipped="1", reason="Second."))

    assert response.status_code == 422
    assert "in another window" in response.content.decode()
    assert Submission.objects.count() == 2


def test_a_draft_has_no_such_page(panel, sign_in):
    response = sign_in(panel.people.interviewer).get(
        f"/scorecards/{panel.mine.scorecard.pk}/amend/"
    )
    assert response.status_code == 403


def test_the_page_says_when_it_will_be_marked(panel, page):
    assert "it was made after that" not in page().content.decode()
    hand_in(panel.theirs)

    assert "it was made after that" in page().content.decode()


def test_the_page_names_a_decision_that_the_author_may_know(panel, page):
    Decision.objects.create(
        application=panel.application,
        number=1,
        decided_by=panel.people.chair,
        decided_at=timezone.now(),
        outcome="more_evidence",
        departs=False,
        rationale="x" * 80,
        snapshot={"a": 1},
        digest="d",
    )
    assert "A decision was recorded on" in page().content.decode()
    panel.opening.visibility = "never"
    panel.opening.save()

    assert "A decision was recorded on" not in page().content.decode()


def test_readers_see_it_beside_the_scorecard(panel, page, mine, sign_in):
    hand_in(panel.theirs)
    page(rating_shipped="1", recommendation="no_hire", reason="Read <it> again.")
    amendment = Submission.objects.get(number=2)
    client = sign_in(panel.people.chair)

    for submission in (mine, amendment):
        html = client.get(f"/submissions/{submission.pk}/").content.decode()
        assert "Amendment 2" in html
        assert "Read &lt;it&gt; again." in html
        assert "open to the author" in html
        assert "Says what one hears at 1." in html
        assert "Says what one hears at 3." in html
        assert "Amend it" not in html


def test_the_author_is_led_to_it(panel, mine, sign_in):
    html = sign_in(panel.people.interviewer).get(f"/submissions/{mine.pk}/").content.decode()

    assert f"/scorecards/{panel.mine.scorecard.pk}/amend/" in html


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_amendments(panel, page, django_assert_num_queries, count):
    for number in range(count):
        page(rating_shipped=str(1 + number % 2), reason=f"Number {number}.")

    with django_assert_num_queries(13):
        page()


@pytest.mark.parametrize("count", [1, 3])
def test_reading_is_a_constant_number_of_queries(
    panel, page, mine, sign_in, django_assert_num_queries, count
):
    for number in range(count):
        page(rating_shipped=str(1 + number % 2), reason=f"Number {number}.")
    client = sign_in(panel.people.chair)
    with django_assert_num_queries(12):
        client.get(f"/submissions/{mine.pk}/")


def test_an_erased_amendment_says_so(panel, page, mine, sign_in):
    page(rating_shipped="1", reason="Read it again.")
    ErasureRequest.objects.create(
        candidate=panel.application.candidate, reason="Asked.", approved_at=timezone.now()
    )
    Submission.objects.filter(number=2).update(content="", salt="", reason="")

    html = sign_in(panel.people.interviewer).get(f"/submissions/{mine.pk}/").content.decode()

    assert "Amendment 2" in html
    assert "What was written here was erased" in html
