"""Nobody is led elsewhere, no session is planted, and forms name their fields."""

import ast
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from tests import build, sessions

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:evil.example",
    "https:///evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example/",
    "\x00//evil.example/",
    "https://testserver@evil.example/",
    "https://evil.example\\@testserver/",
]


def stays(response) -> bool:
    target = response["Location"]
    inside = urlsplit(target).netloc in ("", "testserver") and urlsplit(target).scheme == ""
    return inside and target.startswith("/") and target[1:2] not in ("/", "\\")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_leads_nowhere_else(db, target):
    cache.clear()
    person, query = build.user(), "?" + urlencode({"next": target})
    data = {"login": person.email, "password": build.PASSWORD}

    asked, posted = Client(), Client()
    assert stays(asked.post("/sign-in/" + query, data))
    assert stays(posted.post("/sign-in/", {**data, "next": target}))
    assert stays(posted.get("/sign-in/" + query)), "signed in already"
    confirm = "/account/confirm/"
    assert stays(posted.post(confirm + query, {"password": build.PASSWORD, "next": target}))
    assert stays(posted.post("/sign-out/", {"next": target}))


@pytest.mark.parametrize("referer", [*ELSEWHERE, "http://testserver//evil.example/"])
def test_the_page_one_came_from_leads_nowhere_else(people, client, referer):
    """A button that asks for the password first leads back to where it stands."""
    sessions.sign_in(client, people.administrator, confirmed=False)
    safe = referer.replace("\x00", "")
    response = client.post(
        f"/people/{people.outsider.pk}/grant/", {"kind": "recruiter"}, headers={"Referer": safe}
    )
    assert response.status_code == 302
    assert response["Location"].startswith("/account/confirm/?next=")
    confirmed = client.post(response["Location"], {"password": build.PASSWORD})
    assert stays(confirmed)


@pytest.mark.parametrize("path", ["//evil.example/%2f..", "//evil.example", "/%5cevil.example/"])
def test_a_path_leads_nowhere_else(db, client, path):
    response = client.generic("GET", path)
    assert response.status_code == 404 or stays(response)


def test_another_host_is_not_answered(db, client):
    for how in ({"SERVER_NAME": "evil.example"}, {"HTTP_HOST": "evil.example"}):
        assert client.get("/sign-in/", **how).status_code == 400
    response = client.get("/people/", headers={"X-Forwarded-Host": "evil.example"})
    assert response["Location"] == "/sign-in/?next=/people/"


def test_a_session_from_before_is_not_the_one_after(db):
    """Whoever planted the first key in the browser does not have the second."""
    cache.clear()
    client, person = Client(), build.user()
    sessions_before = client.session
    sessions_before["planted"] = "yes"
    sessions_before.save()
    key = sessions_before.session_key
    client.cookies["interviewbank_session"] = key

    client.post("/sign-in/", {"login": person.email, "password": build.PASSWORD})

    assert client.session.session_key != key
    attacker = Client()
    attacker.cookies["interviewbank_session"] = key
    assert attacker.get("/account/").status_code == 302


def test_a_key_that_nobody_gave_out_is_not_taken(db):
    cache.clear()
    client, person = Client(), build.user()
    client.cookies["interviewbank_session"] = "a" * 32
    client.post("/sign-in/", {"login": person.email, "password": build.PASSWORD})
    assert client.session.session_key != "a" * 32


def test_signing_out_ends_the_session(people, sign_in):
    client = sign_in(people.outsider)
    key = client.session.session_key
    client.post("/sign-out/")
    again = Client()
    again.cookies["interviewbank_session"] = key
    assert again.get("/account/").status_code == 302


def open_ended(source: str) -> list[str]:
    """Classes of forms that take whatever fields their model has."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("modelform_factory", "modelformset_factory", "inlineformset_factory"):
                found.append(name)
        if not isinstance(node, ast.ClassDef):
            continue
        bases = {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        if not any(base.endswith("Form") for base in bases):
            continue
        meta = [one for one in node.body if isinstance(one, ast.ClassDef) and one.name == "Meta"]
        said = {
            target.id: part.value
            for one in meta
            for part in one.body
            if isinstance(part, ast.Assign)
            for target in part.targets
            if isinstance(target, ast.Name)
        }
        listed = isinstance(said.get("fields"), ast.List | ast.Tuple)
        if "exclude" in said or (meta and not listed):
            found.append(node.name)
    return found


def test_forms_name_their_fields():
    sources = [
        path
        for top in ("interviewbank", "roles", "scorecards")
        for path in (ROOT / top).rglob("*.py")
    ]
    assert {path.name: wrong for path in sources if (wrong := open_ended(path.read_text()))} == {}


@pytest.mark.parametrize(
    "meta", ["fields = '__all__'", "exclude = ['a']", "model = A", "fields = ['a']; exclude = []"]
)
def test_the_rule_notices(meta):
    assert open_ended(f"class A(forms.ModelForm):\n    class Meta:\n        {meta}\n") == ["A"]
    assert open_ended("class A(ModelForm):\n    class Meta:\n        fields = ['a']\n") == []
