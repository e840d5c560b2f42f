"""The pages of openings: who sees them, what they answer, how many queries they take."""

from functools import partial

import pytest
from django.urls import reverse

from roles.models import AreaProfile
from scorecards.models import Opening, OpeningMember
from scorecards.summaries.openings import candidates_of
from tests import build
from tests.visit import visit

pytestmark = pytest.mark.django_db


def path(name, obj=None):
    return reverse(name, args=[obj.pk] if obj else [])


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def role(panel):
    """A role with a profile and a live set; version 2 is still a draft."""
    role = panel.opening.role
    for area in panel.areas:
        AreaProfile.objects.create(role=role, level="senior", area=area, requirement="required")
    panel.set_version.question_set.versions.create(number=2)
    return role


# The list


def test_list_shows_ones_own_part(panel, page):
    text = page(panel.people.coordinator, "/openings/").content.decode()
    assert "Applied AI engineer" in text
    assert "Coordinator" in text
    assert "Chiara Decider" in text
    assert "Odalys" not in text
    assert "New opening" not in text


def test_list_of_others(panel, page):
    build.opening(title="Another one")
    assert b"Another one" not in page(panel.people.coordinator, "/openings/").content
    assert b"No openings here yet" in page(panel.people.interviewer, "/openings/").content
    everything = page(panel.people.administrator, "/openings/").content.decode()
    assert "Another one" in everything
    assert "Applied AI engineer" in everything


def test_list_offers_a_new_opening_to_recruiters(panel, page):
    assert b'href="/openings/new/"' in page(panel.people.recruiter, "/openings/").content
    page(panel.people.coordinator, "/openings/new/", status=403)


@pytest.mark.parametrize("openings", [1, 3])
def test_list_queries(people, page, openings, django_assert_num_queries):
    for _ in range(openings):
        build.opening(members=[(people.coordinator, "coordinator"), (people.chair, "chair")])
    page(people.coordinator, "/openings/")
    with django_assert_num_queries(7):
        page(None, "/openings/")


# A new one


def test_new_opening_begins_with_role_and_level(role, panel, page):
    recruiter = panel.people.recruiter
    assert b"Continue" in page(recruiter, "/openings/new/").content
    response = page(recruiter, f"/openings/new/?role={role.slug}&level=senior")
    form = response.context["form"]
    assert form["title"].value() == f"{role.name}, senior"
    assert form["rounds"].value() == [panel.set_version.pk]


@pytest.mark.parametrize("query", ["role=nothing&level=senior", "role=&level=", "role=%00"])
def test_new_opening_of_an_unknown_role(people, page, query):
    page(people.recruiter, f"/openings/new/?{query}", status=422)
    page(people.recruiter, f"/openings/new/?{query}", {"title": "x"}, status=422)


def test_new_opening(role, panel, page):
    page(
        panel.people.recruiter,
        f"/openings/new/?role={role.slug}&level=senior",
        {"title": "Second", "rounds": [panel.set_version.pk], "visibility": "never"},
        status=302,
    )
    opening = Opening.objects.get(title="Second")
    row = opening.plans.get().rounds.get()
    assert (row.name, row.set_version, row.minutes) == ("Deep dive", panel.set_version, 60)
    assert (opening.visibility, opening.agent_enabled) == ("never", False)
    assert opening.members.get().user == panel.people.recruiter


@pytest.mark.parametrize(
    "data, field",
    [
        ({"title": " "}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"visibility": "always"}, "visibility"),
        ({"rounds": "none"}, "rounds"),
    ],
)
def test_new_opening_with_errors(role, people, page, data, field):
    data = {"title": "Second", "visibility": "never", **data}
    response = page(
        people.recruiter, f"/openings/new/?role={role.slug}&level=senior", data, status=422
    )
    assert list(response.context["form"].errors) == [field]
    assert not Opening.objects.filter(title="Second").exists()


def test_new_opening_without_a_profile_says_so(people, page):
    role = build.role("empty")
    data = {"title": "Second", "visibility": "never"}
    response = page(
        people.recruiter, f"/openings/new/?role={role.slug}&level=senior", data, status=422
    )
    assert b"nothing to judge by" in response.content


# Its page


def test_page_for_members(panel, page):
    for person in (panel.people.coordinator, panel.people.committee, panel.people.chair):
        text = page(person, path("opening_detail", panel.opening)).content.decode()
        assert "Odalys Brambleworth" in text
        assert "50%" in text
        assert "Cost is asked about by one interviewer only." in text


def test_page_for_an_administrator_names_no_candidate(panel, page):
    response = page(panel.people.administrator, path("opening_detail", panel.opening))
    text = response.content.decode()
    assert "Chiara Decider" in text
    assert "Odalys" not in text
    assert "Candidates</h2>" not in text
    assert "Edit the plan" not in text


def test_page_for_an_interviewing_administrator_names_no_candidate(panel, page):
    build.interview(panel.application, panel.people.administrator)
    response = page(panel.people.administrator, path("opening_detail", panel.opening))
    assert b"Odalys" not in response.content
    assert candidates_of(panel.opening, panel.people.administrator) == []
    assert candidates_of(panel.opening, panel.people.committee) == [panel.application]


def test_page_links_sets_for_those_who_read_the_bank(panel, page):
    url = path("opening_detail", panel.opening)
    link = path("question_set_detail", panel.set_version.question_set).encode()
    assert link not in page(panel.people.coordinator, url).content
    OpeningMember.objects.create(
        opening=panel.opening, user=panel.people.recruiter, kind="coordinator"
    )
    assert link in page(panel.people.recruiter, url).content


def test_page_offers_what_one_may(panel, page):
    url = path("opening_detail", panel.opening)
    offers = ("Settings", "Edit the plan", "Add a candidate", "Add a member", "Remove<span")

    def offered(person):
        text = page(person, url).content.decode()
        return [offer for offer in offers if offer in text]

    assert offered(panel.people.coordinator) == list(offers)
    assert offered(panel.people.chair) == ["Add a member", "Remove<span"]
    assert offered(panel.people.committee) == []


def test_page_hides_a_candidate_from_themselves(panel, page):
    """R6, for a member who is an internal candidate."""
    panel.application.candidate.user = panel.people.coordinator
    panel.application.candidate.save(update_fields=["user"])
    response = page(panel.people.coordinator, path("opening_detail", panel.opening))
    assert b"Odalys" not in response.content


@pytest.mark.parametrize("rows", [1, 3])
def test_page_queries(panel, page, rows, django_assert_num_queries):
    for number in range(rows - 1):
        build.application(panel.opening)
        OpeningMember.objects.create(opening=panel.opening, user=build.user(), kind="committee")
        panel.plan.rounds.create(
            position=number + 2, name=f"R{number}", set_version=panel.set_version, minutes=30
        )
    url = path("opening_detail", panel.opening)
    page(panel.people.coordinator, url)
    with django_assert_num_queries(18):
        page(None, url)


# Who gets where


@pytest.mark.parametrize(
    "name", ["opening_settings", "opening_plan", "opening_member_add", "opening_detail"]
)
def test_strangers(panel, page, client, name):
    url = path(name, panel.opening)
    assert page(None, url, status=302)["Location"].startswith("/sign-in/")
    page(panel.people.outsider, url, status=404)
    page(panel.people.interviewer, url, status=404)
    assert client.delete(url).status_code == 405


@pytest.mark.parametrize("name", ["opening_settings", "opening_plan", "opening_member_add"])
def test_members_without_the_right(panel, page, name):
    page(panel.people.committee, path(name, panel.opening), status=403)
    page(panel.people.committee, path(name, panel.opening), {}, status=403)


def test_an_administrator_adds_members_and_plans_nothing(panel, page):
    page(panel.people.administrator, path("opening_member_add", panel.opening))
    page(panel.people.administrator, path("opening_plan", panel.opening), status=403)
    page(panel.people.administrator, path("opening_settings", panel.opening), status=403)


# Settings


def test_settings(panel, page):
    url = path("opening_settings", panel.opening)
    data = {"title": "Renamed", "visibility": "at_debrief", "retention": "6_months"}
    page(panel.people.coordinator, url, data, status=302)
    panel.opening.refresh_from_db()
    assert (panel.opening.title, panel.opening.retention) == ("Renamed", "6_months")
    response = page(None, url, {**data, "title": "", "retention": "gone"}, status=422)
    assert list(response.context["form"].errors) == ["title", "retention"]
    assert b"Renamed</a>" in response.content


def test_a_round_that_is_too_short_for_its_questions(panel, page):
    panel.plan.rounds.update(minutes=20)
    said = "“Deep dive” has 20 minutes, and its questions take 24."
    for name in ("opening_detail", "opening_plan"):
        assert said in page(panel.people.coordinator, path(name, panel.opening)).content.decode()
