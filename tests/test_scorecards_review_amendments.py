"""Amendments: a second line beside the roll-up, which goes on reading what was submitted first."""

import pytest
from django.urls import reverse

from interviewbank.audit.models import ReadEvent
from scorecards.models import Submission
from scorecards.summaries.review import review
from tests import build
from tests.review_cases import read, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amended(panel):
    """Colin first rates cost 1, then, after seeing Ines, 3; and says hire instead of no hire."""
    submission_of(build.submitted(panel.mine, [3, 3, 3]))
    card = build.submitted(panel.theirs, [3, 3, 1], recommendation="no_hire")
    panel.first = submission_of(card)
    panel.second = submission_of(
        card,
        number=2,
        content={
            "scorecard": str(card.pk),
            "recommendation": "hire",
            "questions": [
                {
                    "question_version": str(panel.questions[2].pk),
                    "rating": 3,
                    "not_assessed_reason": "",
                    "evidence": '"A hundred thousand calls a day."',
                },
                {"question_version": str(panel.questions[0].pk), "evidence": "More on it."},
            ],
        },
        reason="I had misread my notes.",
        after_reveal=True,
    )
    return panel


@pytest.fixture
def see(panel, sign_in):
    def look(**query):
        url = reverse("application_review", args=[panel.application.pk])
        return read(sign_in(panel.people.chair).get(url, query).content.decode())

    return look


def test_the_answer_counts_the_first_and_tells_the_second_beside_it(amended, see):
    page = see()

    # cost (3 + 1) / 2 = 2.00, production 3.00: 2.50. With the amendment cost is 3.00 too.
    assert page.one("div", **{"class": "ib-figure"}).one("b").text == "2.50"
    line = page.one("div", id="amended")
    assert line.all("p")[0].text == "With amendments Hire 3.00"
    assert "Not all of them were blind." in line.text
    assert line.one("li").text.endswith(
        ", after seeing others: Own recommendation: hire; Price: 3; Shipped: words. "
        "I had misread my notes."
    )
    whole = reverse("submission_detail", args=[amended.second.pk])
    assert [link.attrs["href"] for link in line.all("a")] == ["#areas", whole]


def test_cells_scores_and_calls_say_what_was_amended(amended, see):
    page = see()
    row = page.one("tr", id="area-cost")

    assert [cell.text for cell in row.all("td", **{"class": "who"})] == ["3", "1 amended 3"]
    assert row.one("td", **{"class": "score"}).text.endswith("amended 3.00")
    assert "amended" not in page.one("tr", id="area-production").text
    assert "Cost, Colin Asker: 1, Weak, amended to 3. Show evidence" in {
        cell.attrs["aria-label"] for cell in row.all("a", **{"class": "ib-cell"})
    }
    colin = page.one("div", id=f"person-{amended.people.colleague.pk}")
    chips = [chip.text for chip in colin.all("span", **{"class": "ib-chip"})]
    assert chips == ["No hire", "Hire"]


def test_the_words_stand_under_the_answer_and_count_as_read_in_part(amended, see):
    evidence = see(area="cost").one("tr", id="evidence").all("article")[1].text

    assert "Colin 1 Weak" in evidence and "What was heard." in evidence
    assert "Amendment 2 3 Solid" in evidence and "does not count" in evidence
    assert "A hundred thousand calls a day." in evidence
    assert "Anchor 3: Says what one hears at 3." in evidence
    reads = ReadEvent.objects.filter(reader=amended.people.chair, scope="part")
    assert {amended.first.pk, amended.second.pk} <= set(reads.values_list("object_id", flat=True))
    assert {one.object_id for one in reads} == set(Submission.objects.values_list("pk", flat=True))


def test_of_several_amendments_the_newest_holds(amended):
    price = str(amended.questions[2].pk)
    submission_of(
        amended.theirs.scorecard,
        number=3,
        content={
            "questions": [
                {
                    "question_version": price,
                    "rating": None,
                    "not_assessed_reason": "no_evidence",
                }
            ]
        },
        reason="It was not asked in full.",
    )
    shown = review(amended.application, amended.people.chair)
    cost = next(row for row in shown.areas if row.slug == "cost")

    assert shown.amended.points == 3
    assert [(cell.amended, cell.later_shown) for cell in cost.cells] == [
        (False, "3"),
        (True, "not assessed"),
    ]
    assert [one.changes[-1] for one in shown.amended.all] == [
        "Shipped: words",
        "Price: not assessed",
    ]


def test_a_shadows_amendment_changes_nothing(amended, see):
    shadow = build.interview(amended.application, build.user("Tessa Asker"), shadow=True)
    card = build.submitted(shadow, [1, 1, 1])
    submission_of(card)
    content = {
        "questions": [{"question_version": str(amended.questions[2].pk), "rating": 4}],
    }
    submission_of(card, number=2, content=content, reason="Second thoughts.")

    assert see().one("div", id="amended").all("p")[0].text == "With amendments Hire 3.00"


def test_an_erased_amendment_is_still_one(amended, see):
    blank = build.interview(amended.application, build.user("Tessa Asker"))
    card = build.submitted(blank, [3, 3, 3])
    submission_of(card)
    Submission.objects.create(
        scorecard=card, number=2, content="", digest="d", submitted_at=card.submitted_at
    )
    lines = see().one("div", id="amended").all("li")

    assert len(lines) == 2
    assert any(line.text.endswith(": what it said was erased.") for line in lines)
    assert see().one("div", id="amended").all("p")[0].text == "With amendments Hire 3.00"


def test_without_amendments_there_is_no_second_line(panel, see):
    submission_of(build.submitted(panel.mine, [3, 3, 3]))
    submission_of(build.submitted(panel.theirs, [3, 3, 3]))

    assert not see().all("div", id="amended")
