"""Who is ticked for a comparison goes along from page to page of the candidates list."""

import re

import pytest
from django.urls import reverse

from scorecards.summaries import applications
from tests import build, candidates
from tests.visit import visit

pytestmark = pytest.mark.django_db
URL = reverse("application_list")
COMPARE = reverse("application_compare")


@pytest.fixture
def room(panel):
    panel.everybody = candidates.room(panel.opening)
    return panel


def ticked(response) -> list[str]:
    boxes = re.findall(r'<input class="form-check-input"[^>]*>', response.content.decode())
    return [re.search('value="([^"]+)"', box)[1] for box in boxes if " checked" in box]


def links(response) -> list[str]:
    return re.findall(r'href="(\?[^"]*)"', response.content.decode())


def test_ticked_ones_stay_ticked_on_every_page_and_tab(room, client, monkeypatch):
    monkeypatch.setattr(applications, "PAGE_SIZE", 2)
    solid, torn = room.everybody["Solid"], room.everybody["Torn"]
    for page in ("sort=name&page=1", "sort=name&page=2", "q=solid", "q=nobody", "tab=decided"):
        response = visit(client, room.people.chair, f"{URL}?{page}&a={solid.pk}&a={torn.pk}")
        assert sorted(ticked(response)) == sorted([str(solid.pk), str(torn.pk)]), page
        kept = [link for link in links(response) if str(solid.pk) in link and str(torn.pk) in link]
        assert len(kept) >= 5
        hidden = response.content.decode().count('<input type="hidden" name="a"')
        assert hidden == 2, "the filters keep them"


def test_a_file_and_a_cleared_list_have_no_ticks(room, client):
    solid = room.everybody["Solid"]
    page = visit(client, room.people.chair, f"{URL}?sort=name&a={solid.pk}").content.decode()

    for address in re.findall(r'href="[^"]*export[^"]*"', page):
        assert str(solid.pk) not in address
    assert re.search(r'href="\?sort=name" data-unpicks', page)


@pytest.mark.parametrize("given", ["1", "zzz", "%00", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_candidate_is_left_out(room, client, given):
    solid = room.everybody["Solid"]
    response = visit(client, room.people.chair, f"{URL}?a={given}&a={solid.pk}")

    assert response.status_code == 200
    assert ticked(response) == [str(solid.pk)]


def test_whom_one_may_not_read_is_not_named(room, client):
    """A coordinator has no boxes, and who sees nothing of an opening learns no name."""
    solid = room.everybody["Solid"]
    for person in (room.people.coordinator, build.user()):
        response = visit(client, person, f"{URL}?q=nobody&a={solid.pk}")
        assert "Solid" not in response.content.decode()
        assert ticked(response) == []


def test_one_more_query_for_those_of_other_pages(room, client, django_assert_num_queries):
    everybody = room.everybody
    visit(client, room.people.chair, URL)
    for picked in (["Solid"], ["Solid", "Torn", "Weak"]):
        query = "&".join(f"a={everybody[name].pk}" for name in picked)
        with django_assert_num_queries(10):
            client.get(f"{URL}?q=strong&{query}")


def test_the_comparison_leads_back_to_the_list_with_the_same_ticks(room, client):
    solid, torn = room.everybody["Solid"], room.everybody["Torn"]
    for query, status in ((f"?a={solid.pk}", 422), (f"?a={solid.pk}&a={torn.pk}", 200)):
        page = visit(client, room.people.chair, f"{COMPARE}{query}", status=status).content.decode()
        assert f'href="{URL}{query.replace("&", "&amp;")}"' in page


def test_of_a_long_list_the_wait_for_an_xlsx_is_said(room, client, monkeypatch):
    assert "A CSV starts at once" not in visit(client, room.people.chair, URL).content.decode()

    monkeypatch.setattr(applications, "SLOW_FILE", 3)
    assert "A CSV starts at once" in client.get(URL).content.decode()
