"""The worked examples through the database to the figures on the page."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse

from interviewbank.ui.numbers import fixed
from scorecards.rollup.wording import say_chance
from tests.review_cases import EXAMPLES, FITTING, read, seat

pytestmark = pytest.mark.django_db
GATED = "insufficient_evidence"
SCORED = [name for name in FITTING if EXAMPLES[name]["expected"]["level"] != GATED]


def in_points(unit: str) -> str:
    return fixed(1 + 3 * Fraction(unit))


def slug(outcome: str) -> str:
    return "insufficient" if outcome == "insufficient_evidence" else outcome.replace("_", "-")


def number(text: str) -> Fraction:
    return Fraction(re.search(r"[+−]?\d+(\.\d+)?", text).group().replace("−", "-"))


def signed(cell) -> bool:
    return cell.attrs.get("data-k") in ("pos", "neg")


def page_of(name, sign_in, **query):
    seated = seat(EXAMPLES[name])
    response = sign_in(seated.chair).get(
        reverse("application_review", args=[seated.application.pk]), query
    )
    assert response.status_code == 200
    return read(response.content.decode()), EXAMPLES[name]["expected"], seated


@pytest.mark.parametrize("name", FITTING)
def test_example(name, sign_in):
    page, expected, seated = page_of(name, sign_in)
    has_answer_and_areas(page, expected, EXAMPLES[name]["input"]["areas"])
    if name in SCORED:
        has_score_and_what_ifs(page, expected, seated.people)
        has_other_weights_and_ratings(page.one("section", id="whatif"), expected)
        adds_up_as_printed(page, expected)
    else:
        assert not page.all(id="sum") and not page.all(id="whatif")
        assert not page.all("div", **{"class": "ib-figure"})
        assert "own score" not in page.one("section", id="people").text


def has_answer_and_areas(page, expected, areas):
    answer = page.one("section", id="answer")

    assert answer.one("span", **{"class": "ib-chip-lg"}).attrs["data-rec"] == slug(
        expected["level"]
    )
    facts = [one.text for one in answer.one("dl", **{"class": "ib-facts"}).all("dd")]
    assert f"{round(100 * Fraction(expected['coverage']))}% of the weight" in facts[1]
    met = [state for state in expected["bars"].values() if not state.startswith("not")]
    barred = [one for one in areas.values() if one["bar"]]
    assert (f"{len(met)} of {len(barred)} met" in facts[0]) is bool(barred)
    flags = expected.get("disagreement_flags", ())
    assert (f"{len(flags)} area" in facts[2]) is bool(flags)
    for area in areas:
        score = expected.get("area_scores", {}).get(area)
        cell = page.one("tr", id=f"area-{area}").one("td", **{"class": "score"}).text
        assert cell.startswith("Not assessed" if score is None else in_points(score))


def has_score_and_what_ifs(page, expected, people):
    score = in_points(expected["score"])
    assert page.one("div", **{"class": "ib-figure"}).one("b").text == score
    total = page.one("section", id="sum").all("tr", data_k="total")
    assert [row.all("td")[-1].text for row in total] == [score]
    assert say_chance(expected["p_above_bar"]) in page.one("section", id="sum").text
    what_ifs = {
        row.all("td")[0].all("a")[0].text: row.all("span", **{"class": "ib-chip"})[0]
        for row in page.one("section", id="whatif").all("table")[0].all("tr")[1:]
    }
    left_out = {
        **{f"Leave out {people[who].name}": end for who, end in expected["loio"].items()},
        **{f"Leave out {area.capitalize()}": end for area, end in expected["loao"].items()},
    }
    assert {words: chip.attrs["data-rec"] for words, chip in what_ifs.items()} == {
        words: slug(outcome) for words, outcome in left_out.items()
    }


def has_other_weights_and_ratings(section, expected):
    text = section.text
    rho, share = Fraction(expected["rho"]), Fraction(expected["share_same_side"])
    assert (f"by up to {fixed(100 * rho, 0)}%" in text) is (rho < 1)
    assert ("100% of all possible" in text) is (share == 1)
    assert share == 1 or re.search(r"(\d+|over 99|under 1)% of all possible", text)
    transfer, steps = expected["min_transfer"], expected["fragility_steps"]
    if transfer is None:
        assert "No weighting of these areas puts it on the other side." in text
    else:
        assert f"Moving {fixed(100 * Fraction(transfer), 1)}% of the weight to" in text
    if steps is None:
        assert "No change of these ratings carries the score across" in text
    else:
        assert f"{steps} change" in text and "of a rating by one step would carry" in text
    needed = expected["full_scorecards_needed"]
    assert (f"{needed} complete scorecard" in text) if needed else "Even 20 complete" in text
    rows = section.one("details").all("tr")[1:]
    for row, (area, (low, high)) in zip(rows, expected["weight_intervals"].items(), strict=True):
        says = row.all("td")[-1].text
        assert row.all("td")[0].text == area.capitalize()
        assert (says == "at any weight") is (Fraction(low) == 0 and high is None)
        assert high is None or fixed(high) in says
        assert Fraction(low) == 0 or f"from {fixed(low)}" in says


def adds_up_as_printed(page, expected):
    margin = number(in_points(expected["score"])) - Fraction("2.5")
    adds = [number(one.text) for one in page.one("section", id="sum").all("td") if signed(one)]
    assert len(adds) == len(expected["area_scores"])
    assert sum(adds) == margin
    own = [
        number(one.text.split("adds")[1])
        for one in page.one("section", id="people").all("div", **{"class": "ib-meta"})
        if "adds" in one.text
    ]
    assert len(own) == len(expected["contribution_by_interviewer"])
    assert sum(own) == margin


@pytest.mark.parametrize("name", ["10 light area never assessed (coverage 85%)", SCORED[-1]])
def test_ratings_of_an_area_add_up_to_what_the_area_adds(name, sign_in, client):
    page, expected, seated = page_of(name, sign_in)
    url = reverse("application_review", args=[seated.application.pk])
    sums = {
        row.one("a").text: number(row.all("td")[-1].text)
        for row in page.one("section", id="sum").all("tr")
        if row.all("td") and signed(row.all("td")[-1])
    }
    for area in expected["area_scores"]:
        opened = read(client.get(url, {"area": area}).content.decode()).one("tr", id="evidence")
        cards = [one.text for one in opened.all("article")]
        assert all("heard" in card and "Says what one hears at" in card for card in cards)
        assert sum(number(card.split("adds")[1]) for card in cards) == sums[area.capitalize()]
