"""manage.py create_administrator."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from interviewbank.access import workflow
from interviewbank.access.models import User
from interviewbank.audit.models import Event
from tests import build

PASSWORD = "correct horse battery staple"


def run(monkeypatch, *arguments, stdin=PASSWORD + "\n"):
    monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    out = io.StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


def verbs():
    return list(Event.objects.order_by("number").values_list("verb", "actor"))


def test_first_person_of_an_empty_database(db, monkeypatch, client):
    said = run(monkeypatch, "Ada@Example.com", "--name", "Ada Minister", "--password-stdin")
    assert said == "Ada Minister <ada@example.com> is an administrator.\n"
    ada = User.objects.get()
    assert (ada.email, ada.grant_kinds) == ("ada@example.com", {"administrator"})
    assert ada.check_password(PASSWORD)
    assert verbs() == [("person.created", None), ("grant.added", None)]
    response = client.post("/sign-in/", {"login": "ada@example.com", "password": PASSWORD})
    assert response["Location"] == "/"


def test_password_is_asked_for_twice_at_a_terminal(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or PASSWORD)
    call_command("create_administrator", "a@example.com", "--name", "Ada", stdout=io.StringIO())
    assert asked == ["Password: ", "The same again: "]
    assert User.objects.get().check_password(PASSWORD)


def test_passwords_that_differ_change_nothing(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD + prompt)
    with pytest.raises(CommandError, match=r"differ\. Nothing was changed\."):
        call_command("create_administrator", "a@example.com", "--name", "Ada")
    assert not User.objects.exists()


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt])
def test_stopping_at_the_prompt_changes_nothing(db, monkeypatch, stop):
    def ask(prompt):
        raise stop

    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", ask)
    with pytest.raises(CommandError, match=r"Stopped\. Nothing was changed\."):
        call_command("create_administrator", "a@example.com", "--name", "Ada")
    assert not User.objects.exists()


def test_somebody_who_exists_gets_the_grant_and_keeps_the_password(people, monkeypatch):
    run(monkeypatch, "OTTO.nobody@example.com", "--name", "Other Name", stdin="")
    otto = User.objects.get(pk=people.outsider.pk)
    assert (otto.name, otto.grant_kinds) == ("Otto Nobody", {"administrator"})
    assert otto.check_password(build.PASSWORD)
    assert verbs() == [("grant.added", None)]


def test_a_way_back_in_for_an_administrator_who_is_locked_out(people, monkeypatch):
    build.user("Second Minister", "administrator")
    workflow.deactivate_person(
        person=people.administrator, by=User.objects.get(name="Second Minister")
    )
    run(monkeypatch, people.administrator.email, "--password-stdin", stdin="another long one\n")
    ada = User.objects.get(pk=people.administrator.pk)
    assert (ada.is_active, ada.grant_kinds) == (True, {"administrator"})
    assert ada.check_password("another long one")
    assert verbs()[1:] == [("account.changed", None), ("person.reactivated", None)]


def test_repeating_it_changes_nothing(people, monkeypatch):
    run(monkeypatch, people.administrator.email, stdin="")
    assert verbs() == []


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (["a@example.com"], PASSWORD, "give --name to create them"),
        (["a@example.com", "--name", "  "], PASSWORD, "give --name to create them"),
        (["nobody", "--name", "A"], PASSWORD, "Enter a valid email address."),
        (["a@example.com", "--name", "A" * 121], PASSWORD, "at most 120 characters"),
        (["a@example.com", "--name", "A"], "", "This password is too short."),
        (["a@example.com", "--name", "A"], "password12345\n", "This password is too common."),
    ],
)
def test_bad_argument_is_one_line_and_changes_nothing(db, monkeypatch, arguments, stdin, says):
    with pytest.raises(CommandError, match=says) as error:
        run(monkeypatch, *arguments, "--password-stdin", stdin=stdin)
    assert "\n" not in str(error.value)
    assert not User.objects.exists()
    assert verbs() == []


def test_without_a_terminal_it_says_what_to_pass(db, monkeypatch):
    with pytest.raises(CommandError, match="pass --password-stdin"):
        run(monkeypatch, "a@example.com", "--name", "Ada")
