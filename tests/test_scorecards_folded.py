"""Names are found and ordered as people read them: without case, accents and the order of words."""

import pytest
from django.db.models import Value
from django.urls import reverse

from interviewbank.access.models import User
from interviewbank.db import Folded
from scorecards.models import Candidate
from tests import build
from tests.visit import visit

pytestmark = pytest.mark.django_db
LIST, SEARCH = reverse("application_list"), reverse("search")
NAMES = ["Zoe Tan", "adam Berg", "Émile Zola", "Łukasz Ćwik", "Jürgen Groß", "100% O'Neil_x"]


@pytest.fixture
def room(panel):
    for name in NAMES:
        build.application(panel.opening, name)
    return panel


def listed(client, person, query: str) -> list[str]:
    page = visit(client, person, f"{LIST}?sort=name&{query}")
    return [str(row.application.candidate) for row in page.context["listing"].rows]


@pytest.mark.parametrize(
    "words, found",
    [
        ("emile", "Émile Zola"),
        ("ÉMILE", "Émile Zola"),
        ("zola emi", "Émile Zola"),
        ("tan  zoe", "Zoe Tan"),
        ("lukasz cwik", "Łukasz Ćwik"),
        ("jurgen gross", "Jürgen Groß"),
        ("ju\u0308rgen", "Jürgen Groß"),
        ("%25", "100% O'Neil_x"),
        ("l_x", "100% O'Neil_x"),
        ("o'neil", "100% O'Neil_x"),
    ],
)
def test_found_by_any_spelling(room, client, words, found):
    chair = room.people.chair
    assert listed(client, chair, f"q={words}") == [found]
    page = visit(client, chair, f"{SEARCH}?q={words}")
    (group,) = [one for one in page.context["groups"] if one.name == "Candidates"]
    assert [hit.words for hit in group.hits] == [found]


@pytest.mark.parametrize("words", ["%25%25", "zola tan", "\\", "emile%25"])
def test_not_found(room, client, words):
    assert listed(client, room.people.chair, f"q={words}") == []


def test_in_the_order_of_a_dictionary(room, client):
    in_order = ["adam Berg", "Émile Zola", "Jürgen Groß", "Łukasz Ćwik", "Odalys Brambleworth"]
    assert listed(client, room.people.chair, "") == ["100% O'Neil_x", *in_order, "Zoe Tan"]


def test_openings_people_and_sets_are_found_so_too(panel, client):
    panel.opening.title = "Ingénieur, Zürich"
    panel.opening.save(update_fields=["title"])
    build.user("Tomás Ferreira")
    for person, words, name in (
        (panel.people.chair, "zurich ingenieur", "Openings"),
        (panel.people.administrator, "ferreira tomas", "People"),
    ):
        page = visit(client, person, f"{SEARCH}?q={words}")
        assert name in [group.name for group in page.context["groups"]]


def test_what_is_kept_follows_the_name(panel):
    candidate = panel.application.candidate
    assert Candidate.objects.values_list("name_folded", flat=True).get() == "odalys brambleworth"
    candidate.name, candidate.erased_at = "", candidate.created_at
    candidate.save(update_fields=["name", "erased_at"])
    assert Candidate.objects.values_list("name_folded", flat=True).get() == ""


def test_letters_that_are_no_letter_with_an_accent():
    build.user()
    text = Value("ŁØĐ ß ÆŒ ﬁ İ")
    folded = User.objects.annotate(folded=Folded(text)).values_list("folded", flat=True)[0]
    assert folded == "lod ss aeoe fi i"
