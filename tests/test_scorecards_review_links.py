"""Every number of the review page leads to where it comes from, and so down to somebody's words."""

import re
from urllib.parse import urldefrag

import pytest
from django.urls import reverse

from scorecards.models import OpeningArea
from tests import build
from tests.review_cases import Node, read, submission_of

pytestmark = pytest.mark.django_db
PARTS = ("answer", "missing", "areas", "sum", "people", "whatif")
# What holds a figure and the link that explains it.
HOLDERS = {"tr", "dd", "li", "article"}


@pytest.fixture
def address(panel):
    """Areas that differ, agree and are short of raters; a card to come; an amendment."""
    style = build.area("style")
    OpeningArea.objects.create(plan=panel.plan, area=style)
    OpeningArea.objects.filter(area__slug="production").update(bar="2.50")
    OpeningArea.objects.update(weight="2", weight_rationale="As the role says.")
    OpeningArea.objects.filter(area=style).update(weight="1")
    for made, ratings in ((panel.mine, [4, 4, 3]), (panel.theirs, [3, 1, 3])):
        card = build.submitted(made, ratings, evidence="Somebody's words.")
        submission_of(card)
    price = str(panel.questions[2].pk)
    content = {"questions": [{"question_version": price, "rating": 4}]}
    submission_of(card, number=2, content=content, reason="I had misread my notes.")
    build.interview(panel.application, build.user("Tessa Asker"))
    return reverse("application_review", args=[panel.application.pk])


def figures(node: Node, above: tuple[Node, ...] = ()):
    """Each text with a figure in it, and what it stands in; drawings say theirs in a label."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag not in ("svg", "header", "thead"):
                yield from figures(child, (*above, child))
        elif re.search(r"\d", child):
            yield child.strip(), above


def explained(above: tuple[Node, ...]) -> bool:
    """A link around it, or beside it in what holds them both."""
    if any(node.tag == "a" for node in above):
        return True
    holder = next((node for node in reversed(above) if holds(node)), None)
    return holder is not None and bool(holder.all("a"))


def holds(node: Node) -> bool:
    kinds = node.attrs.get("class", "").split()
    return node.tag in HOLDERS or "ib-person" in kinds or "ib-figure" in kinds


def test_every_figure_has_its_link(address, panel, sign_in):
    page = read(sign_in(panel.people.chair).get(address, {"area": "cost"}).content.decode())
    bare = [
        words
        for part in PARTS
        for words, above in figures(page.one(id=part))
        if not explained(above) and not said_elsewhere(above)
    ]

    assert bare == []


def said_elsewhere(above: tuple[Node, ...]) -> bool:
    """The sentence repeats what stands below with links, a note explains the sum above it, and the
    first and last line of the sum are the bar of the plan and the score."""
    lead = any("ib-lead" in node.attrs.get("class", "") for node in above)
    ends = any(node.attrs.get("data-k") in ("base", "total") for node in above)
    note = above[-1].tag == "p" and "ib-meta" in above[-1].attrs.get("class", "")
    return lead or ends or note


def test_every_link_leads_somewhere_and_areas_to_words(address, panel, sign_in):
    client = sign_in(panel.people.chair)
    page = read(client.get(address).content.decode())
    links = {link.attrs["href"] for part in PARTS for link in page.one(id=part).all("a")}
    evidence = 0

    for link in sorted(links):
        path, fragment = urldefrag(link)
        there = page
        if path:
            response = client.get(path)
            assert response.status_code == 200, link
            there = read(response.content.decode())
        assert not fragment or there.all(id=fragment), link
        if "area=" in path and "area=style" not in path:
            cards = there.one("tr", id="evidence").all("article")
            assert cards and all("Somebody's words." in card.text for card in cards)
            assert all("Says what one hears at" in card.text for card in cards)
            evidence += 1
    assert evidence >= 8


def test_jump_links_are_in_the_order_of_the_page(address, panel, sign_in):
    page = read(sign_in(panel.people.chair).get(address).content.decode())
    jumps = [link.attrs["href"][1:] for link in page.one("nav", **{"class": "ib-jump"}).all("a")]
    ids = [node.attrs.get("id") for node in page.one("main").all()]

    assert jumps == ["answer", "missing", "areas", "sum", "people", "whatif", "decision"]
    assert [one for one in ids if one in jumps] == jumps
