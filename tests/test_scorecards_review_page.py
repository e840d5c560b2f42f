"""What the review page says beside the figures: cells, order, what is missing, who dissents."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import ReadEvent
from scorecards.models import OpeningArea, OpeningMember
from tests import build
from tests.review_cases import read, submission_of

pytestmark = pytest.mark.django_db
REVIEW_QUERIES = 33


@pytest.fixture
def see(panel, sign_in):
    """The page as the chair, or somebody else, sees it."""

    def look(who="chair", **query):
        url = reverse("application_review", args=[panel.application.pk])
        response = sign_in(getattr(panel.people, who)).get(url, query)
        assert response.status_code == 200
        return read(response.content.decode())

    return look


def hand_in(interview, ratings, **more):
    return submission_of(build.submitted(interview, ratings, **more))


def third(panel, ratings, **more):
    made = build.interview(panel.application, build.user("Tessa Asker"), **more)
    return hand_in(made, ratings) if ratings else made


def second_round(panel):
    """A round of its own, each time, that asks about cost only."""
    position = panel.plan.rounds.count() + 1
    asked = build.question_set(panel.questions[2], of_role=panel.opening.role)
    return panel.plan.rounds.create(
        position=position, name=f"Short {position}", set_version=asked, minutes=30
    )


def cells(page, area) -> list[str]:
    return [cell.text for cell in page.one(id=f"area-{area}").all("td", **{"class": "who"})]


def rows(page) -> list[str]:
    return [
        row.attrs["id"]
        for row in page.one("table", **{"class": "ib-matrix"}).all("tr")
        if row.attrs.get("id", "").startswith("area-")
    ]


def to_do(page) -> list[str]:
    return [one.text for one in page.one("ul", **{"class": "ib-todo"}).all("li")]


def test_cells_tell_not_asked_not_assessed_and_not_in_yet_apart(panel, see):
    hand_in(panel.mine, [3, None, None])
    build.interview(panel.application, build.user("Tessa Asker"), round=second_round(panel))
    page = see()

    assert cells(page, "production") == ["3", "not in yet", "· Not asked"]
    assert cells(page, "cost") == ["Not assessed", "not in yet", "not in yet"]
    assert page.one("a", data_r="na").attrs["aria-label"] == (
        "Cost, Ines Asker: not assessed. Show evidence"
    )


def test_a_rating_that_was_not_made_shows_beside_one_that_was(panel, see):
    """Half of an area is not the whole of it."""
    hand_in(panel.mine, [3, None, 2])
    card = build.answered(panel.theirs, [3, 3, None])
    card.answers.filter(rating=None).update(not_assessed_reason="")
    card.submitted_at, card.recommendation = timezone.now(), "hire"
    card.save(update_fields=["submitted_at", "recommendation"])
    submission_of(card)
    page = see()

    half, whole = page.one(id="area-production").all("a", **{"class": "ib-cell"})
    assert half.attrs["aria-label"] == (
        "Production, Ines Asker: 3, Solid, 1 of 2 not assessed. Show evidence"
    )
    assert "data-part" in half.attrs and "data-part" not in whole.attrs
    assert page.one(id="gaps").text == (
        "2 of 6 ratings were not made. "
        "Hatched in the table: Production ( Ines : not reached) ; Cost ( Colin : left blank) ."
    )
    assert [link.attrs["href"].partition("#")[2] for link in page.one(id="gaps").all("a")] == [
        f"cell-production-{panel.people.interviewer.pk}",
        f"cell-cost-{panel.people.colleague.pk}",
    ]
    assert page.one("a", href="#gaps").text == "4 of 6 ratings made"


def test_long_notes_leave_room_for_the_others(panel, see):
    hand_in(panel.mine, [3, 3, 3], evidence="“We paged.”\n" + "word " * 400)
    hand_in(panel.theirs, [3, 3, 4], evidence="Short.")
    opened = see(area="cost").one(id="evidence")

    long, short = opened.all("article")
    assert long.one("summary").text == "The rest of Ines’s notes"
    assert long.text.count("word") == 400
    assert not short.all("details")


def test_columns_of_two_with_one_first_name_are_told_apart(panel, see):
    hand_in(panel.mine, [3, 3, 3])
    for name in ("Ines Marlow", "Dr. Ines Asker", "Dr. Ada Marlow"):
        hand_in(build.interview(panel.application, build.user(name)), [2, 3, 3])
    page = see()

    heads = page.one("table", **{"class": "ib-matrix"}).one("thead").all("abbr")
    assert [one.text for one in heads] == ["Ines A.", "Colin", "Ines M.", "Dr. Ines", "Dr. Ada"]


def test_areas_stand_by_spread_times_weight(panel, see):
    hand_in(panel.mine, [3, 3, 4])
    hand_in(panel.theirs, [4, 4, 2])

    assert rows(see()) == ["area-cost", "area-production"]
    OpeningArea.objects.filter(area__slug="production").update(
        weight=3, weight_rationale="It is most of the job."
    )
    assert rows(see()) == ["area-production", "area-cost"]


def test_areas_on_which_all_agree_are_one_line_that_opens(panel, see):
    hand_in(panel.mine, [3, 3, 4])
    hand_in(panel.theirs, [4, 4, 4])
    page = see()

    line = page.one("tr", **{"class": "ib-fold"})
    assert line.text == "All agree on 1 area: Cost 4.00"
    assert "checked" not in line.one("input").attrs
    assert [row.attrs["id"] for row in page.one("tbody", **{"class": "ib-agreed"}).all("tr")] == [
        "area-cost"
    ]
    assert "checked" in see(area="cost").one("tr", **{"class": "ib-fold"}).one("input").attrs


@pytest.mark.parametrize(
    ("theirs", "bar", "folded"),
    [([3, 3, 4], None, False), ([4, 4, 4], "4.00", False), ([4, 4, None], None, False)],
    ids=["all agree on all", "bar just met", "one rater"],
)
def test_nothing_is_folded_that_needs_a_look(panel, see, theirs, bar, folded):
    OpeningArea.objects.filter(area__slug="cost").update(bar=bar)
    hand_in(panel.mine, [3, 3, 4])
    hand_in(panel.theirs, theirs)

    assert bool(see().all("tr", **{"class": "ib-fold"})) is folded


def test_missing_is_a_list_of_things_to_do(panel, see):
    OpeningArea.objects.filter(area__slug="cost").update(bar="2.50")
    hand_in(panel.mine, [3, 3, 3])
    started = timezone.now() - timedelta(days=2)
    type(panel.theirs).objects.filter(pk=panel.theirs.pk).update(starts_at=started)
    third(panel, None, starts_at=timezone.now() + timedelta(days=1))
    page = see("committee")
    evidence, coverage, raters, late, ahead = to_do(page)

    assert evidence == (
        "Ratings from 1 interviewer; 2 needed. The scorecards that are still to come may settle "
        "it. See the areas"
    )
    assert coverage.startswith("Only 50% of the area weight is covered; 80% is needed.")
    assert raters == (
        "Cost has a bar and needs 2 raters; it has 1. Colin Asker and Tessa Asker ask about it and "
        "have not submitted yet. See the area"
    )
    assert late.startswith("Colin Asker has not submitted the scorecard of Deep dive. Due since")
    assert late.endswith(". Ask for it. Interviews")
    assert ahead.startswith("Tessa Asker has not submitted the scorecard of Deep dive. The inter")
    assert page.one("span", **{"class": "ib-chip-lg"}).attrs["data-rec"] == "insufficient"


def test_missing_leads_on_as_far_as_one_may(panel, see):
    OpeningArea.objects.filter(area__slug="cost").update(min_raters=3)
    mine, theirs = hand_in(panel.mine, [3, 3, 3]), hand_in(panel.theirs, [3, 3, 3])
    nobody = "Nobody who is still to submit asks about it: assign an interviewer who does."
    # The weight of cost is half of all, so the evidence gate comes first.
    gate, few = to_do(see("committee"))
    assert gate.startswith("Only 50%")
    assert few == f"Cost needs 3 raters and has 2. {nobody} See the area"

    OpeningMember.objects.create(opening=panel.opening, user=panel.people.chair, kind="coordinator")
    page = see()
    unread = to_do(page)[-1]
    assert unread.startswith("You have not opened 2 submissions.")
    links = {link.attrs["href"] for link in page.one(id="missing").all("a")}
    assert links == {
        "#areas",
        "#area-cost",
        reverse("interview_new", args=[panel.application.pk]),
        *(reverse("submission_detail", args=[one.pk]) for one in (mine, theirs)),
    }


def test_nothing_missing_is_said(panel, see):
    hand_in(panel.mine, [3, 3, 3])
    hand_in(panel.theirs, [3, 3, 3])
    section = see("committee").one("section", id="missing")

    assert section.text == (
        "What is missing 2 of 2 scorecards are in, and every area has the raters it needs."
    )


def test_dissent_comes_first_and_is_marked(panel, see):
    hand_in(panel.mine, [4, 4, 3])
    hand_in(panel.theirs, [1, 2, 2], recommendation="no_hire")
    third(panel, [4, 4, 4])
    page = see()
    people = page.one("section", id="people").all("div", **{"class": "ib-person"})

    assert [one.one("strong").text for one in people] == [
        "Colin Asker",
        "Ines Asker",
        "Tessa Asker",
    ]
    assert "own score 1.75, adds −0.25, on the other side of the bar" in people[0].text
    assert "Colin dissents" in page.one("dl", **{"class": "ib-facts"}).text


def test_insufficient_evidence_has_no_dissent_and_no_own_scores(panel, see):
    hand_in(panel.mine, [4, 4, None])
    hand_in(panel.theirs, [1, 1, None], recommendation="no_hire")
    page = see()

    assert "Robustness No answer to test yet" in page.one("dl", **{"class": "ib-facts"}).text
    assert "dissents" not in page.text
    people = page.one("section", id="people")
    assert "own score" not in people.text
    assert [one.text for one in people.all("strong")] == ["Ines Asker", "Colin Asker"]


def test_what_would_change_the_answer_says_how(panel, see):
    OpeningArea.objects.filter(area__slug="cost").update(bar="2.50", min_raters=1)
    hand_in(panel.mine, [4, 4, 4])
    hand_in(panel.theirs, [4, 4, 1])
    third(panel, [4, 4, 4])
    page = see()
    table = page.one("section", id="whatif").all("table")[0]
    said = [[cell.text for cell in row.all("td")] for row in table.all("tr")[1:]]

    weaker = (
        "The score is then no longer strong enough for the strong answer. "
        "Cost is then 2.50 and meets its bar of 2.50, only just."
    )
    close = "The score is then too close to the hire bar to be clear."
    assert said == [
        [f"Leave out Ines Asker {weaker}", "3.25", "Hire"],
        [f"Leave out Tessa Asker {weaker}", "3.25", "Hire"],
        [f"Leave out Production {close}", "3.00", "Leaning hire"],
        ["Leave out Colin Asker", "4.00", "Strong hire"],
        ["Leave out Cost", "4.00", "Strong hire"],
    ]
    assert ["data-x" in row.attrs for row in table.all("tr")[1:]] == [True] * 3 + [False] * 2


def test_without_an_area_its_bar_goes_too(panel, see):
    OpeningArea.objects.filter(area__slug="cost").update(bar="3.00", min_raters=1)
    hand_in(panel.mine, [4, 4, 1])
    hand_in(panel.theirs, [4, 4, 1])
    table = see().one("section", id="whatif").all("table")[0]
    falls = "The score falls below the hire bar of 2.50."
    goes = "The score is then strong enough for the strong answer. The bar of Cost goes with it."

    assert [[cell.text for cell in row.all("td")] for row in table.all("tr")[1:3]] == [
        [f"Leave out Production {falls}", "1.00", "Strong no hire"],
        [f"Leave out Cost {goes}", "4.00", "Strong hire"],
    ]


def test_who_listened_in_is_named_and_does_not_count(panel, see):
    hand_in(panel.mine, [3, 3, 3])
    hand_in(panel.theirs, [3, 3, 3])
    shadow = third(panel, [1, 1, 1], shadow=True)
    page = see()

    people = page.one("section", id="people")
    assert people.text.endswith("Listened in, never counted: Tessa Asker .")
    assert reverse("submission_detail", args=[shadow.pk]) in {
        link.attrs["href"] for link in page.one("section", id="missing").all("a")
    }
    assert page.one("div", **{"class": "ib-figure"}).one("b").text == "3.00"
    assert "2 of 2 scorecards submitted" in page.text


def test_an_opened_cell_is_a_fragment_for_htmx_and_a_page_for_the_way_back(panel, sign_in):
    hand_in(panel.mine, [3, 3, 3], evidence='"We kept a kill switch."')
    client = sign_in(panel.people.chair)
    url = reverse("application_review", args=[panel.application.pk])
    query = {"area": "cost", "by": panel.people.interviewer.pk}
    swap = {"HX-Request": "true", "HX-Target": "areas"}
    fragment = client.get(url, query, headers=swap)
    page = client.get(url, query)
    back = client.get(url, query, headers={**swap, "HX-History-Restore-Request": "true"})

    assert fragment.content.lstrip().startswith(b'<section class="ib-panel" id="areas"')
    assert {"HX-Request", "HX-Target"} <= set(fragment["Vary"].split(", "))
    assert fragment.content.strip() in page.content
    assert b"<html" in back.content and b"kill switch" in back.content
    cell = read(fragment.content.decode()).one("a", aria_expanded="true")
    assert cell.attrs["href"] == f"{url}#{cell.attrs['id']}"
    assert cell.attrs["hx-get"] == url
    read_by = ReadEvent.objects.filter(reader=panel.people.chair, scope="part")
    assert read_by.count() == 1


@pytest.mark.parametrize(
    "query",
    [{"area": "no-such-area"}, {"area": "cost", "by": "x"}, {"area": "\0"}, {"area": "c" * 999}],
)
def test_any_address_is_answered(panel, see, query):
    hand_in(panel.mine, [3, 3, 3])

    assert not see(**query).all("a", aria_expanded="true")


def test_queries_are_the_same_for_one_three_and_six_interviewers(
    panel, sign_in, django_assert_num_queries
):
    """Each with one card in and one to come."""
    client = sign_in(panel.people.chair)
    url = reverse("application_review", args=[panel.application.pk])
    type(panel.theirs).objects.filter(pk=panel.theirs.pk).update(state="cancelled")
    hand_in(panel.mine, [3, 3, 3])
    build.interview(panel.application, panel.people.interviewer, round=second_round(panel))
    client.get(url)  # the session is written once, and whose words were shown
    with django_assert_num_queries(REVIEW_QUERIES):
        client.get(url)
    for more in (2, 3):
        for _ in range(more):
            person = build.user()
            hand_in(build.interview(panel.application, person), [2, 4, None])
            build.interview(panel.application, person, round=second_round(panel))
        client.get(url)  # whose words are new is noted once in ten minutes
        with django_assert_num_queries(REVIEW_QUERIES):
            client.get(url)
