"""Candidates side by side: who is clearly apart, on which areas, and who may look."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from interviewbank.audit.models import ReadEvent
from scorecards.models import Submission
from scorecards.summaries.comparing_pairs import Pair, sentence
from scorecards.workflow.rollups import refresh_rollup
from tests import build, candidates
from tests.candidates import met
from tests.pages import masked
from tests.review_cases import submission_of
from tests.visit import visit

pytestmark = pytest.mark.django_db
URL = reverse("application_compare")
QUERIES = 17


@pytest.fixture
def room(panel):
    panel.everybody = candidates.room(panel.opening)
    return panel


def address(*applications, **more) -> str:
    chosen = "&".join(f"a={one.pk}" for one in applications)
    return f"{URL}?{chosen}" + "".join(f"&{name}={value}" for name, value in more.items())


def of(panel, *names: str, **more) -> str:
    return address(*(panel.everybody[name] for name in names), **more)


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_it_leads_with_who_is_apart(room, client):
    text = words(visit(client, room.people.committee, of(room, "Weak", "Solid", "Strong")))

    assert "Three candidates, same scale Applied AI engineer." in text
    # Two full panels: V = .016875 each; Phi(1/3 / sqrt(2 V)) = .965, and Phi(2/3 / ...) = .9999.
    assert "Strong Quill is clearly ahead of Solid Quill and Weak Quill" in text
    assert "Solid Quill is clearly ahead of Weak Quill." in text
    assert "Strong Quill scores higher than Solid Quill in 96 of 100 repeats, on 2 areas." in text
    assert "Nothing: the questions of every area mean the same" in text


def test_it_says_who_is_not_apart(room, client):
    text = words(visit(client, room.people.committee, of(room, "Torn", "Solid")))

    assert "Solid Quill and Torn Quill are not clearly apart. Clearly apart means" in text
    # Phi((2/3 - 1/2) / sqrt(2 x .016875)) = .818
    assert "in 81 of 100 repeats, on 2 areas. Not clearly apart" in text


def test_some_are_apart_and_some_are_not(room, client):
    twin = met(room.opening, "Twin Quill", candidates.CARDS["Weak"])
    page = visit(client, room.people.chair, address(twin, *_some(room, "Weak", "Strong")))

    assert (
        "Strong Quill is clearly ahead of Twin Quill and Weak Quill; "
        "Twin Quill and Weak Quill are not clearly apart." in words(page)
    )


def _some(panel, *names):
    return [panel.everybody[name] for name in names]


def test_too_little_evidence_is_not_placed(room, client):
    text = words(visit(client, room.people.chair, of(room, "Thin", "Half", "Strong")))

    assert "Half Quill and Thin Quill have too little evidence to be placed." in text
    assert "Fewer than two of them have enough evidence" in text
    columns = visit(client, None, of(room, "Thin", "Strong")).context["comparing"].columns
    assert [(column.name, column.points) for column in columns] == [
        ("Strong Quill", 4),
        ("Thin Quill", None),
    ]


def test_all_areas_stand_under_each_other(room, client):
    found = visit(client, room.people.chair, of(room, "Thin", "Solid", "Weak")).context["comparing"]

    rows = {line.area.slug: [cell.score for cell in line.cells] for line in found.lines}
    assert rows == {"production": [3, 1, 4], "cost": [3, 1, None]}
    # 3 points of difference against 2: only the wider one differs most.
    assert {line.area.slug: line.most for line in found.lines} == {
        "production": True,
        "cost": False,
    }


def test_a_small_difference_is_none(room, client):
    near = met(room.opening, "Near Quill", [[3, 3, 3], [3, 3, 3], [3, 3, 4]])
    found = visit(client, room.people.chair, address(near, room.everybody["Solid"]))

    assert [line.most for line in found.context["comparing"].lines] == [False, False]


def test_each_figure_leads_to_the_words(room, client):
    solid = room.everybody["Solid"]
    page = visit(client, room.people.chair, of(room, "Solid", "Weak")).content.decode()
    review = reverse("application_review", args=[solid.pk])

    assert f'href="{review}?area=cost#area-cost"' in page
    assert 'aria-label="Cost, Solid Quill: 3.00. Show evidence"' in page
    assert 'id="area-cost"' in visit(client, None, f"{review}?area=cost").content.decode()


def test_names_can_be_hidden(room, client):
    page = visit(client, room.people.chair, of(room, "Solid", "Weak", hide=1)).content.decode()

    assert "Quill" not in page and "Show names" in page
    assert "Candidate A is clearly ahead of Candidate B." in page


def test_what_would_change(room, client):
    columns = (
        visit(client, room.people.chair, of(room, "Torn", "Thin")).context["comparing"].columns
    )

    assert [column.what_ifs for column in columns] == [
        "No, in none of 4 what-ifs; 2 would leave too little evidence",
        "Too little evidence to ask",
    ]


def heard(opening, name: str, *cards: tuple[list[int], str]):
    """A candidate with these ratings, and in each scorecard the same words on every question."""
    application = build.application(opening, name)
    for ratings, evidence in cards:
        interview = build.interview(application, build.user())
        card = build.submitted(interview, ratings, evidence=evidence)
        submission_of(card)
    refresh_rollup(application)
    return application


def quotes(page) -> list[str]:
    return re.findall(r'<p class="ib-said" dir="auto">(.*?)</p>', page.content.decode())


def notes(page) -> list[str]:
    return re.findall(r'<p dir="auto">(.*?)</p>', page.content.decode())


def test_it_ends_with_what_was_heard_where_they_differ_most(room, client):
    """3 apart in production, 2 in cost. A quote comes before notes, wherever it stands."""
    low = heard(room.opening, "Low Quill", ([1, 1, 2], "Vague.\n“We never looked.”\n“Nobody did.”"))
    page = visit(client, room.people.committee, address(low, *_some(room, "Strong")))

    assert page.context["words"].area.slug == "production"
    assert quotes(page) == ["“We never looked.”"]
    assert notes(page) == ["What was heard."]


def test_where_nobody_wrote_anything_it_says_so(room, client):
    silent = heard(room.opening, "Silent Quill", ([1, 1, 1], " "))
    page = visit(client, room.people.committee, address(silent, *_some(room, "Thin")))

    assert "What was heard Production Nothing was written down. What was heard." in words(page)


def test_the_quote_is_of_the_answer_nearest_the_score(room, client):
    torn = heard(
        room.opening,
        "Apart Quill",
        ([4, 4, 4], "“At four.”"),
        ([2, 2, 2], "“At two.”"),
        ([3, 3, 3], "“At three.”"),
    )
    page = visit(client, room.people.committee, address(torn, *_some(room, "Weak")))

    assert quotes(page) == ["“At three.”"]


def test_of_answers_as_near_one_that_quotes_is_taken(room, client):
    plain = heard(
        room.opening, "Plain Quill", ([1, 1, 1], "Vague."), ([1, 1, 1], "“We never looked.”")
    )
    page = visit(client, room.people.committee, address(plain, *_some(room, "Strong")))

    assert quotes(page) == ["“We never looked.”"]


def test_nothing_is_quoted_of_a_question_that_is_left_out(room, client):
    """Of the two in production; the other one has no words."""
    low = heard(room.opening, "Low Quill", ([1, 1, 2], ""), ([1, 1, 2], ""))
    build.submitted(build.interview(low, build.user()), [1, None, None], evidence="“Misread.”")
    room.opening.exclusions.create(
        question=room.questions[0].question,
        number=1,
        excluded=True,
        reason="Misread.",
        created_by=room.people.chair,
    )
    page = visit(client, room.people.committee, address(low, *_some(room, "Strong")))

    assert page.context["words"].area.slug == "production"
    assert "Misread" not in "".join(quotes(page) + notes(page))


@pytest.mark.parametrize(
    "said, shown",
    [
        ("“" + "many words " * 100, "“" + "many words " * 24 + "many words…"),
        ("“" + "x" * 500, "“" + "x" * 279 + "…"),
    ],
)
def test_a_long_quote_is_shortened_between_words(room, client, said, shown):
    long = heard(room.opening, "Long Quill", ([1, 1, 1], said))
    page = visit(client, room.people.committee, address(long, *_some(room, "Strong")))

    assert quotes(page) == [shown]


def test_words_that_were_shown_are_noted_as_read(room, client):
    cards = ([1, 1, 1], "“We never looked.”"), ([1, 1, 1], "Vague.")
    low = heard(room.opening, "Low Quill", *cards)
    for _ in range(2):
        visit(client, room.people.committee, address(low, *_some(room, "Strong")))

    read = ReadEvent.objects.get()
    asked = Submission.objects.filter(scorecard__answers__evidence="“We never looked.”")
    quoted = asked.distinct().get()
    assert (read.reader_id, read.object_id, read.scope) == (
        room.people.committee.pk,
        quoted.pk,
        ReadEvent.Scope.PART,
    )


def moved_on(panel, change: str):
    """Another opening asks a later version of the first cost question; one candidate of it."""
    asked = [build.version(panel.questions[2].question, number=2, change=change)]
    later = build.question_set(*panel.questions[:2], *asked, of_role=panel.opening.role)
    opening = build.opening(
        later, areas=panel.areas, members=[(panel.people.chair, "chair")], title="The next opening"
    )
    return met(opening, "Later Quill", candidates.CARDS["Solid"])


def test_other_words_are_comparable(room, client):
    later = moved_on(room, "wording")
    page = visit(client, room.people.chair, address(later, room.everybody["Weak"]))

    assert [line.area.slug for line in page.context["comparing"].lines] == ["cost", "production"]
    assert page.context["comparing"].left_out == []
    assert "The next opening; Applied AI engineer" in words(page)


def test_another_meaning_is_left_out(room, client):
    later = moved_on(room, "meaning")
    page = visit(client, room.people.chair, address(later, room.everybody["Weak"]))

    assert [line.area.slug for line in page.context["comparing"].lines] == ["production"]
    assert "Cost. “Price” was asked in versions that do not mean the same." in words(page)
    assert "repeats, on 1 area. Clearly apart" in words(page)


def test_an_area_with_other_questions_is_left_out(room, client):
    own = [build.question("other-cost", in_area=room.areas[1])]
    other = build.question_set(*room.questions[:2], *own, of_role=room.opening.role)
    opening = build.opening(other, areas=room.areas, members=[(room.people.chair, "chair")])
    odd = met(opening, "Odd Quill", candidates.CARDS["Solid"])
    text = words(visit(client, room.people.chair, address(odd, room.everybody["Weak"])))

    assert "Cost. No question was rated for everybody who was rated here." in text


def test_nothing_in_common_is_said(room, client):
    questions = [build.question(in_area=area) for area in (*room.areas, room.areas[1])]
    opening = build.opening(
        build.question_set(*questions), areas=room.areas, members=[(room.people.chair, "chair")]
    )
    odd = met(opening, "Odd Quill", candidates.CARDS["Solid"])
    text = words(visit(client, room.people.chair, address(odd, room.everybody["Weak"])))

    assert "Odd Quill and Weak Quill can't be put in order." in text
    assert "No area may be compared; see below why." in text


def test_other_weights_can_not_be_put_in_order(room, client):
    later = moved_on(room, "wording")
    later.opening.plans.get().areas.filter(area=room.areas[0]).update(
        weight=2, weight_rationale="It is most of the work."
    )
    refresh_rollup(later)
    text = words(visit(client, room.people.chair, address(later, room.everybody["Weak"])))

    assert "Their openings weigh the areas that they share differently." in text
    assert "Weight and bar differ by opening" in text


def test_what_is_left_out_of_the_opening_does_not_count(room, client):
    room.opening.exclusions.create(
        question=room.questions[2].question,
        number=1,
        excluded=True,
        reason="Half misread it.",
        created_by=room.people.chair,
    )
    found = visit(client, room.people.chair, of(room, "Solid", "Weak")).context["comparing"]

    assert {line.area.slug: [cell.score for cell in line.cells] for line in found.lines} == {
        "production": [3, 1],
        "cost": [None, None],
    }


@pytest.mark.parametrize("count", [1, 6])
def test_too_few_and_too_many(room, client, count):
    ids = [room.application, *room.everybody.values()][:count]
    text = words(visit(client, room.people.chair, address(*ids), status=422))

    assert f"Choose two to five candidates; you chose {count}." in text


def test_the_same_one_twice_is_one(room, client):
    text = words(visit(client, room.people.chair, of(room, "Solid", "Solid"), status=422))

    assert "you chose 1." in text


@pytest.mark.parametrize("given", ["a=", "a=x&a=y", "a=%00&a=1", f"a={'9' * 5000}&a=2"])
def test_an_address_that_is_not_understood(room, client, given):
    text = words(visit(client, room.people.chair, f"{URL}?{given}", status=422))

    assert "The address names a candidate that can't be." in text


def test_nobody_chosen_yet(room, client):
    assert "Nobody is chosen yet" in words(visit(client, room.people.chair, URL))


@pytest.mark.parametrize("count", [2, 5])
def test_as_many_queries_for_two_as_for_five(room, client, django_assert_num_queries, count):
    asked = address(
        *(
            heard(room.opening, f"Quill {rating}", ([rating, rating, 2], "“Said.”"))
            for rating in (4, 1, 2, 3, 3)[:count]
        )
    )
    visit(client, room.people.chair, asked)  # the first time what was read is noted
    with django_assert_num_queries(QUERIES):
        assert len(quotes(client.get(asked))) == count


def test_whose_scorecard_is_owed_is_refused_in_words(room, client):
    """And the same words, whatever the others did meanwhile."""
    chair = room.people.chair
    owed = room.application
    build.interview(owed, chair)
    asked = address(owed, *_some(room, "Solid", "Weak"))
    before = visit(client, chair, asked)
    assert "Left out: what was heard of Odalys Brambleworth is not open to you." in words(before)
    assert [column.name for column in before.context["comparing"].columns] == [
        "Solid Quill",
        "Weak Quill",
    ]
    alone = visit(client, None, address(owed, room.everybody["Solid"]), status=403)
    assert "There is nothing to compare: what was heard of Odalys" in words(alone)
    build.submitted(room.theirs, [1, 1, 1])
    refresh_rollup(owed)

    assert masked(visit(client, chair, asked)) == masked(before)
    again = visit(client, chair, address(owed, room.everybody["Solid"]), status=403)
    assert masked(again) == masked(alone)


@pytest.mark.parametrize(
    "who, status", [("coordinator", 403), ("committee", 200), ("outsider", 404), ("recruiter", 404)]
)
def test_who_may_compare(room, client, who, status):
    visit(client, getattr(room.people, who), of(room, "Solid", "Weak"), status=status)


def test_one_of_others_is_as_if_there_were_none(room, client):
    theirs = build.application(build.opening(areas=room.areas), "Unknown Quill")
    solid = room.everybody["Solid"]
    pages = [
        visit(client, room.people.chair, f"{address(solid)}&a={key}", status=404)
        for key in (theirs.pk, uuid4())
    ]
    assert masked(pages[0]) == masked(pages[1])


def test_who_is_the_candidate_compares_nothing(room, client):
    solid = room.everybody["Solid"]
    solid.candidate.user = room.people.chair
    solid.candidate.save()

    visit(client, room.people.chair, of(room, "Solid", "Weak"), status=404)


def near(*pairs, apart=()):
    found = [Pair(*pair, p=0.6, areas=2) for pair in pairs]
    return [*found, *(Pair(*pair, p=0.99, areas=2, apart=True) for pair in apart)]


def test_who_is_not_apart_is_said_by_group():
    trio = near(("Ann", "Bea"), ("Ann", "Cy"), ("Bea", "Cy"), apart=[("Dora", "Ann")])
    assert sentence(trio, ()) == (
        "Dora is clearly ahead of Ann; no two of Ann, Bea and Cy are clearly apart."
    )
    chain = near(("Ann", "Bea"), ("Bea", "Cy"), apart=[("Ann", "Cy")])
    assert sentence(chain, ()) == (
        "Ann is clearly ahead of Cy; "
        "Ann and Bea are not clearly apart; Bea and Cy are not clearly apart."
    )
