"""The pages on which editors write roles, areas and profiles."""

import re
from functools import partial
from html import unescape

import pytest
from django.urls import reverse

from interviewbank.audit.models import Event
from roles.models import AreaProfile, EvaluationArea, Role
from tests import build
from tests.editing import send, summary
from tests.forms import filled_in
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def editor(sign_in, people):
    return sign_in(people.editor)


@pytest.fixture
def bank(db):
    """A role without agents, an area with two questions, one for agents without."""
    build.role("applied")
    cost = build.area("cost", position=2)
    build.question("price", in_area=cost)
    retired = build.question("old", in_area=cost).question
    retired.retired_at = "2026-01-01T00:00Z"
    retired.save(update_fields=["retired_at"])
    build.area("agents", agent_roles_only=True, position=1)


URLS = {
    "area_list": (),
    "area_new": (),
    "area_edit": ("cost",),
    "role_new": (),
    "role_edit": ("applied",),
    "role_profile": ("applied", "senior"),
}
WRITING = [name for name in URLS if name != "area_list"]


def path(name) -> str:
    return reverse(name, args=URLS[name])


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


# Who


@pytest.mark.parametrize("name", URLS)
def test_signed_out(bank, client, name):
    assert client.get(path(name))["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("who", ["outsider", "recruiter", "chair", "administrator"])
@pytest.mark.parametrize("name", WRITING)
def test_writing_is_for_editors(bank, people, page, name, who):
    page(getattr(people, who), path(name), status=403)
    page(None, path(name), {}, status=403)


@pytest.mark.parametrize("name", URLS)
def test_wrong_methods(bank, editor, name):
    assert editor.put(path(name)).status_code == 405
    if name == "area_list":
        assert editor.post(path(name)).status_code == 405


@pytest.mark.parametrize(
    "url", ["/areas/none/edit/", "/roles/none/edit/", "/roles/none/profile/senior/"]
)
def test_what_does_not_exist(bank, people, page, url):
    page(people.editor, url, status=404)


def test_a_level_that_does_not_exist(bank, people, page):
    page(people.editor, "/roles/applied/profile/expert/", status=404)


# The list of areas


def test_area_list(bank, people, page):
    for number in (9, 4, 7, 5, 8, 6):
        build.area(f"zone-{number}", position=number)
    text = words(page(people.editor, path("area_list")))
    assert re.findall(r"Agents|Cost|Zone \d", text)[:3] == ["Agents", "Agents", "Cost"]
    assert re.findall(r"Zone (\d) 0 q", text) == ["4", "5", "6", "7", "8", "9"]
    assert "Only for roles with agents 0 questions Edit" in text
    assert "Cost 1 question Edit" in text
    assert "New area" in text


def test_area_list_for_readers(bank, people, page):
    text = page(people.outsider, path("area_list")).content.decode()
    assert "/edit/" not in text
    assert "/questions/" not in text
    assert "New area" not in text
    assert "/questions/?area=cost" in page(people.recruiter, path("area_list")).content.decode()


@pytest.mark.parametrize(("who", "offered"), [("editor", True), ("outsider", False)])
def test_area_list_of_nothing(people, page, who, offered):
    text = words(page(getattr(people, who), path("area_list")))
    assert "No evaluation areas yet" in text
    assert ("Write the first area" in text) is offered


# From nothing to a profile


def test_from_an_empty_database_to_a_profile(people, editor):
    assert "Write the first area" in words(editor.get("/areas/"))
    send(
        editor,
        "/areas/new/",
        name="Production experience",
        short_name="Production",
        definition="Has run it.\r\nFor long.",
    )
    area = EvaluationArea.objects.get()
    assert (area.slug, area.definition) == ("production-experience", "Has run it.\nFor long.")
    response = send(editor, "/roles/new/", name="Applied AI engineer", summary="Puts it to work.")
    assert response["Location"] == "/roles/applied-ai-engineer/profile/senior/"
    assert "Say next what counts at each level." in words(editor.get(response["Location"]))
    response = send(
        editor,
        response["Location"],
        **{"weight_production-experience": "2", "why_production-experience": "It is the job."},
    )
    text = words(editor.get(response["Location"]))
    assert "Openings made from now on start with it." in text
    row = AreaProfile.objects.get()
    assert (row.role.slug, row.level, row.requirement) == (
        "applied-ai-engineer",
        "senior",
        "required",
    )
    assert (row.weight, row.weight_rationale, row.bar) == (2, "It is the job.", None)
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "area.created",
        "role.created",
        "profile.changed",
    ]


def test_profile_without_areas(people, page):
    build.role("applied")
    assert "Write the first area" in words(page(people.editor, path("role_profile")))


# Errors come back


AREA = {"name": "Speed", "short_name": "Speed", "definition": "How fast."}
ROLE = {"name": "Engineer", "summary": "Builds."}


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("area_new", {"name": " "}, "Name : This field is required."),
        ("area_new", {"name": "x" * 81}, "at most 80 characters"),
        ("area_new", {"short_name": "x" * 13}, "at most 12 characters"),
        ("area_new", {"definition": "a\0b"}, "Null characters are not allowed."),
        ("area_new", {"strong_evidence": "x" * 2001}, "at most 2000 characters"),
        ("area_new", {"position": "-1"}, "greater than or equal to 0"),
        ("area_new", {"position": "99999999999"}, "less than or equal to 9999"),
        ("area_new", {"slug": "Not good"}, "Use small letters, digits and hyphens"),
        ("area_new", {"name": "???"}, "Use small letters, digits and hyphens"),
        ("area_new", {"slug": "cost"}, "“cost” is taken."),
        ("area_edit", {"name": ""}, "Name : This field is required."),
        ("role_new", {"summary": ""}, "This field is required."),
        ("role_new", {"slug": "applied"}, "“applied” is taken."),
        ("role_new", {"name": "Compare"}, "“compare” is taken."),
        ("role_new", {"parent": "x"}, "Subtype of : “x” is not a valid UUID."),
        ("role_new", {"trains_models": "often"}, "Select a valid choice."),
        ("role_new", {"builds": "x" * 2001}, "at most 2000 characters"),
        ("role_edit", {"name": "a\0b"}, "Null characters are not allowed."),
        ("role_profile", {"weight_cost": "2"}, "Why this weight, Cost : A weight other than 1"),
        ("role_profile", {"weight_cost": "0"}, "greater than or equal to 0.01"),
        ("role_profile", {"weight_cost": "NaN"}, "Enter a number."),
        ("role_profile", {"bar_cost": "4.01"}, "Bar of Cost : Ensure this value is less"),
        ("role_profile", {"raters_cost": "0"}, "greater than or equal to 1."),
        ("role_profile", {"requirement_cost": "maybe"}, "Select a valid choice."),
        ("role_profile", {"requirement_agents": "optional"}, "Applied builds no agents"),
        ("role_profile", {"why_cost": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_errors_come_back(bank, editor, name, changes, said):
    full = {"area_new": AREA, "role_new": ROLE}.get(name, {})
    response = send(editor, path(name), **{**full, **changes})
    assert said in summary(response)
    kept = filled_in(response, path(name))
    for field, typed in {**full, **changes}.items():
        if field in kept and "\0" not in typed and field != "trains_models":
            assert kept[field] in ([typed], [typed.strip()])
    assert (Role.objects.count(), EvaluationArea.objects.count()) == (1, 2)
    assert not AreaProfile.objects.exists()
    assert not Event.objects.exists()


def test_the_error_stands_at_its_cell(bank, editor):
    text = send(editor, path("role_profile"), bar_cost="5").content.decode()
    assert re.search(r'<input[^>]*name="bar_cost"[^>]*is-invalid', text) or re.search(
        r'<input[^>]*is-invalid[^>]*name="bar_cost"', text
    )
    assert 'id="id_bar_cost_error"' in text


# Queries


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("area_list", 4),
        ("area_new", 4),
        ("area_edit", 6),
        ("role_new", 5),
        ("role_edit", 5),
        ("role_profile", 7),
    ],
)
def test_queries(bank, editor, name, queries, more, django_assert_num_queries):
    for number in range(more):
        area = build.area(f"more-{number}")
        build.question(in_area=area)
        role = build.role(f"more-{number}")
        role.profiles.create(level="senior", area=area, requirement="required")
        applied = Role.objects.get(slug="applied")
        applied.profiles.create(level="senior", area=area, requirement="required")
    editor.get(path(name))
    with django_assert_num_queries(queries):
        editor.get(path(name))
