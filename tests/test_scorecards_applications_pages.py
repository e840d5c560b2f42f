"""The candidates list: what was decided, what filters hide, odd addresses, many pages, queries."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Scorecard
from scorecards.workflow.rollups import refresh_rollup
from tests import build, candidates
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db
URL = reverse("application_list")
QUERIES = 9
EXPORT_QUERIES = 4


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def names(response) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)', response.content.decode())


@pytest.fixture
def solid(panel):
    return candidates.met(panel.opening, "Solid Quill", candidates.CARDS["Solid"])


def test_the_decided_say_what_was_decided(panel, client, solid):
    candidates.decided(solid, panel.people.chair)
    page = visit(client, panel.people.committee, f"{URL}?tab=decided")

    assert names(page) == ["Solid Quill"]
    assert 'data-rec="hire"' in page.content.decode()
    assert "for a decision" not in words(page)
    assert names(visit(client, None, URL)) == ["Odalys Brambleworth"]


def test_more_evidence_is_no_end(panel, client, solid):
    """It goes on among the active, and waits for a decision once another scorecard is in."""
    candidates.decided(solid, panel.people.chair, "more_evidence", decided_at=timezone.now())
    page = visit(client, panel.people.committee, f"{URL}?tab=interviewing&q=solid")
    assert names(page) == ["Solid Quill"]
    assert "for a decision" not in words(page)

    build.submitted(build.interview(solid, build.user()), [3, 3, 3])
    page = visit(client, None, f"{URL}?tab=ready")
    assert names(page) == ["Solid Quill"]
    assert "for a decision" in words(page)

    candidates.decided(solid, panel.people.chair)
    assert names(visit(client, None, f"{URL}?tab=decided")) == ["Solid Quill"]
    assert names(visit(client, None, f"{URL}?tab=ready")) == []


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_the_withdrawn_and_closed(panel, client, solid, state):
    type(solid).objects.filter(pk=solid.pk).update(state=state)

    assert names(visit(client, panel.people.chair, f"{URL}?tab=closed")) == ["Solid Quill"]


@pytest.mark.parametrize("state, told", [("open", False), ("closed", True)])
def test_an_opening_that_never_shows_tells_the_outcome_alone_once_it_is_closed(
    panel, client, state, told
):
    build.submitted(panel.mine, [3, 4, 3])
    refresh_rollup(panel.application)
    candidates.decided(panel.application, panel.people.chair)
    type(panel.opening).objects.update(visibility="never", state=state)
    tab = "decided" if told else "active"
    page = visit(client, panel.people.interviewer, f"{URL}?tab={tab}")

    assert names(page) == ["Odalys Brambleworth"]
    assert "3.25" not in words(page)
    assert ('data-rec="hire"' in page.content.decode()) is told


def test_a_coordinator_sees_only_whether_cards_are_in(panel, client, solid):
    page = visit(client, panel.people.coordinator, f"{URL}?q=solid")

    assert "2 of 2" in words(page) and "3.00" not in words(page)
    assert "data-rec" not in page.content.decode() and 'name="a"' not in page.content.decode()
    for filters in ("recommendation=hire", "flag=none", "recommendation=pending"):
        assert names(visit(client, None, f"{URL}?{filters}")) == []


def test_filters_that_are_on_can_be_taken_off(panel, client, solid):
    page = visit(client, panel.people.chair, f"{URL}?q=solid&level=senior&sort=score").content

    assert b'href="?level=senior&amp;sort=score" aria-label="Remove the filter Name' in page
    assert b'href="?q=solid&amp;sort=score" aria-label="Remove the filter Level: senior' in page


def test_an_empty_page_names_the_filter_that_hides(panel, client, solid):
    text = words(visit(client, panel.people.chair, f"{URL}?q=solid&flag=apart"))

    assert "The filter Look here: disagreement hides 1 candidate." in text
    assert "Name contains “solid” hides" not in text


def test_an_empty_page_whose_filters_hide_only_together(panel, client, solid):
    text = words(visit(client, panel.people.chair, f"{URL}?q=nobody&flag=apart"))

    assert "No filter alone hides anybody here: Name contains “nobody”" in text


@pytest.mark.parametrize(
    "query, status",
    [
        ("tab=x", 422),
        ("level=x&q=solid", 422),
        ("role=x", 422),
        ("opening=x", 422),
        ("opening=6f9619ff-8b86-4d01-b42d-00cf4fc964ff", 422),
        ("recommendation=maybe", 422),
        ("flag=%00", 422),
        ("sort=password", 422),
        ("q=%00", 422),
        (f"q={'x' * 121}", 422),
        ("page=-1", 200),
        (f"page={'9' * 40}", 200),
        ("page=x%00", 200),
        ("unknown=1&sort=", 200),
    ],
)
def test_any_address_is_answered(panel, client, solid, query, status):
    """What is no choice is said, and the rest of the address holds."""
    page = visit(client, panel.people.committee, f"{URL}?{query}", status=status)

    assert "Solid Quill" in names(page)
    assert ("needs a change" in words(page)) is (status == 422)


def test_an_opening_of_others_is_as_if_there_were_none(panel, client):
    theirs = build.opening(areas=panel.areas)
    pages = [
        visit(client, panel.people.chair, f"{URL}?opening={key}", status=422)
        for key in (theirs.pk, "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
    ]
    assert masked(pages[0]) == masked(pages[1])
    assert theirs.title not in pages[0].content.decode()


def test_many_pages(panel, client):
    """50 a page; ties go by name and then by id, so that no row is on two pages or on none."""
    for number in range(53):
        refresh_rollup(build.application(panel.opening, f"Twin {number % 2}"))
    seen = []
    for page in ("1", "2", "99"):
        shown = visit(client, panel.people.chair, f"{URL}?sort=score&page={page}")
        seen.append([row.application.pk for row in shown.context["listing"].rows])

    assert [len(keys) for keys in seen] == [50, 4, 4]
    assert len({*seen[0], *seen[1]}) == 54 and seen[1] == seen[2]
    assert "?sort=score&amp;page=2" in visit(client, None, f"{URL}?sort=score").content.decode()


@pytest.mark.parametrize("query", ["", "?sort=score", "?tab=ready&flag=none&sort=spread"])
def test_as_many_queries_for_one_row_as_for_three(
    panel, client, solid, django_assert_num_queries, query
):
    visit(client, panel.people.chair, URL)
    for _ in range(3):
        with django_assert_num_queries(QUERIES):
            client.get(URL + query)
        for kind in ("csv", "xlsx"):
            export = reverse("application_export", args=[kind])
            with django_assert_num_queries(EXPORT_QUERIES):
                b"".join(client.get(export + query).streaming_content)
        candidates.met(panel.opening, "Solid Twin", candidates.CARDS["Solid"])


def test_as_many_queries_for_many(panel, client, django_assert_num_queries):
    """More rows than a page, and more than one reads from the database at a time."""
    for _ in range(52):
        refresh_rollup(build.application(panel.opening))
    visit(client, panel.people.chair, URL)
    with django_assert_num_queries(QUERIES):
        client.get(URL)
    assert Scorecard.objects.count() == 2
