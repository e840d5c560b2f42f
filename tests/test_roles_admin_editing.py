"""Editing roles, areas and profiles, also when somebody else was faster."""

import re
from html import unescape

import pytest

from interviewbank.audit.models import Event
from roles.models import AreaProfile, EvaluationArea, Role
from tests import build
from tests.editing import send, summary
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

URLS = {
    "area_edit": "/areas/cost/edit/",
    "role_edit": "/roles/applied/edit/",
    "role_profile": "/roles/applied/profile/senior/",
}


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


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_area_edit(bank, editor):
    response = send(editor, URLS["area_edit"], name="Cost per answer", slug="forged", position="9")
    assert response["Location"] == "/areas/"
    area = EvaluationArea.objects.get(slug="cost")
    assert (area.name, area.position) == ("Cost per answer", 9)
    assert send(editor, "/areas/agents/edit/", slug="agent-systems").status_code == 302
    assert EvaluationArea.objects.filter(slug="agent-systems").exists()


def test_role_edit(bank, editor):
    build.role("ai")
    top = Role.objects.get(slug="ai")
    response = send(
        editor, URLS["role_edit"], parent=str(top.pk), has_agents="on", slug="forged", builds="Chat"
    )
    assert response["Location"] == "/roles/applied/"
    role = Role.objects.get(slug="applied")
    assert (role.parent, role.has_agents, role.builds) == (top, True, "Chat")
    # Neither itself nor a subtype can be chosen.
    options = re.findall(r"<option[^>]*>([^<]+)", editor.get("/roles/ai/edit/").content.decode())
    assert options[0] == "None: it stands by itself"
    assert "Ai" not in options and "Applied" not in options


def test_role_with_subtypes_becomes_no_subtype(bank, editor):
    top, other = build.role("ai"), build.role("data")
    Role.objects.filter(slug="applied").update(parent=top)
    response = send(editor, "/roles/ai/edit/", parent=str(other.pk))
    assert "Subtype of : Ai has subtypes, so it can't become one." in summary(response)


@pytest.mark.parametrize("name", ["area_edit", "role_edit"])
def test_somebody_else_was_faster(bank, editor, name):
    mine = filled_in(editor.get(URLS[name]), URLS[name], name="Mine at last")
    send(editor, URLS[name], name="Theirs meanwhile")
    response = editor.post(URLS[name], mine)
    assert "Somebody changed this after you opened it." in summary(response)
    text = response.content.decode()
    assert "<del>Theirs meanwhile</del>" in text
    assert "<ins>Mine at last</ins>" in text
    assert editor.post(URLS[name], filled_in(response, URLS[name])).status_code == 302
    model = EvaluationArea if name == "area_edit" else Role
    assert model.objects.filter(name="Mine at last").exists()


def test_somebody_else_changed_the_profile(bank, editor):
    url = URLS["role_profile"]
    mine = filled_in(editor.get(url), url, bar_cost="3")
    send(editor, url, bar_cost="2.5", raters_cost="3")
    response = editor.post(url, mine)
    text = words(response)
    assert "Somebody changed this after you opened it." in text
    assert "Required, weight 1.00, bar 2.50, 3 interviewers" in text
    assert "Required, weight 1.00, bar 3.00" in text
    assert editor.post(url, filled_in(response, url)).status_code == 302
    row = AreaProfile.objects.get(area__slug="cost")
    assert (row.bar, row.min_raters) == (3, None)


def test_profile_saved_without_a_change(bank, editor):
    send(editor, URLS["role_profile"])
    assert AreaProfile.objects.count() == 2
    response = send(editor, URLS["role_profile"])
    assert "It was so already." in words(editor.get(response["Location"]))
    assert Event.objects.count() == 1
