"""The shell, the error pages and the sign-in pages, rendered without a database."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.forms import LoginForm, ResetPasswordKeyForm
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    path
    for app in ("interviewbank", "roles", "scorecards")
    for path in (ROOT / app).rglob("templates/**/*.html")
)
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]
NAV = [
    {"label": "Today", "url": "/", "current": True},
    {"label": "Questions", "url": "/questions/", "current": False},
]


def shell(**context) -> str:
    page = '{% extends "base.html" %}{% block title %}Today{% endblock %}'
    page += "{% block content %}<h1>Today</h1>{% endblock %}"
    context = {"nav": NAV, "me": SimpleNamespace(name="Priya Stonebridge"), **context}
    return Template(page).render(Context(context))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_anything_inline(path):
    text = path.read_text()
    # The packet is also a file on somebody's disk, which has to hold its own sheet.
    style = "" if path.name == "packet.html" else "|<style"
    assert not re.search(rf"\sstyle=|\son[a-z]+=|javascript:|hx-on{style}", text)
    tags = re.findall(r"<script[^>]*>", text)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in tags)
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")


def test_shell_has_landmarks_and_the_current_page():
    html = shell()
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert '<a class="ib-skip" href="#main">' in html
    assert '<main class="ib-page" id="main">' in html
    assert html.count('<a href="/" aria-current="page">Today</a>') == 2
    assert '<a href="/questions/">Questions</a>' in html
    assert "<title>Today - interviewbank</title>" in html


def test_shell_signs_out_by_post():
    html = shell(csrf_token="abc")
    assert re.search(r'<form method="post" action="/sign-out/"[^>]*><input type="hidden"', html)
    assert ">PS</span>" in html


@pytest.mark.parametrize(("theme", "scheme"), [("dark", "dark"), ("light", "light")])
def test_shell_pins_the_theme(theme, scheme):
    html = shell(theme=theme)
    assert f'<html lang="en" data-bs-theme="{theme}">' in html
    assert f'<meta name="color-scheme" content="{scheme}">' in html


def test_shell_follows_the_system_without_a_theme():
    html = shell(theme="")
    assert "data-bs-theme" not in html
    assert '<meta name="color-scheme" content="light dark">' in html


def test_shell_without_a_user_has_neither_menu():
    html = shell(nav=[], me=None)
    assert "<nav" not in html
    assert "<details" not in html


@pytest.mark.parametrize(
    ("level", "role"),
    [
        (constants.SUCCESS, 'role="status"'),
        (constants.INFO, 'role="status"'),
        (constants.WARNING, 'data-k="hi" role="alert"'),
        (constants.ERROR, 'data-k="alert" role="alert"'),
    ],
)
def test_messages_are_announced_and_escaped(level, role):
    html = shell(messages=[Message(level, "<b>Saved</b>")])
    assert f'<div class="ib-note" {role}>' in html
    assert "&lt;b&gt;Saved" in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_need_no_user_no_request_and_no_database(name):
    html = render_to_string(name)
    assert html.count("<h1>") == 1
    assert 'href="/static/ib/site.css"' in html
    assert "<nav" not in html


def test_403_says_why_when_it_is_told():
    assert "Submit your own first." in render_to_string(
        "403.html", {"exception": "Submit your own first."}
    )


def test_500_names_the_reference_when_there_is_one():
    assert "Reference 7f3a" in render_to_string("500.html", {"reference": "7f3a"})
    assert "offline" not in render_to_string("500.html")


def test_sign_in_puts_the_error_under_the_password_and_focuses_it():
    form = LoginForm({"login": "priya@example.com", "password": ""})
    form.errors.clear()
    form.add_error(None, "No match.")
    html = render_to_string("account/login.html", {"form": form})
    email, password = re.findall(r"<input [^>]*required[^>]*>", html)
    assert 'value="priya@example.com"' in email
    assert "autofocus" not in email
    assert 'aria-invalid="true" aria-describedby="id_password_more" autofocus' in password
    assert "value=" not in password
    assert '<div id="id_password_more">' in html
    assert html.count("Forgot it?") == 1


def test_sign_in_starts_in_the_first_field():
    html = render_to_string("account/login.html", {"form": LoginForm()})
    email, password = re.findall(r"<input [^>]*required[^>]*>", html)
    assert "autofocus" in email
    assert "autofocus" not in password
    assert "aria-describedby" not in email + password


def test_a_spent_link_leads_to_a_new_one():
    html = render_to_string("account/password_reset_from_key.html", {"token_fail": True})
    assert 'href="/password/reset/"' in html
    assert "<form" not in html


def test_a_new_password_shows_its_errors():
    form = ResetPasswordKeyForm({"password1": "", "password2": ""})
    html = render_to_string(
        "account/password_reset_from_key.html", {"form": form, "action_url": "/x"}
    )
    assert html.count('aria-invalid="true"') == 2
    assert "At least 12 characters" in html


class CardForm(forms.Form):
    title = forms.CharField()
    outcome = forms.ChoiceField(
        label="Decision",
        choices=[("hire", "Hire"), ("more_evidence", "More evidence"), ("other", "<i>Other</i>")],
        widget=forms.RadioSelect,
    )


def test_form_errors_link_to_their_fields_and_take_the_focus():
    html = render_to_string("_form_errors.html", {"form": CardForm({})})
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "2 things need a change." in html
    assert '<a href="#id_title">Title</a>' in html
    assert '<a href="#div_id_outcome">Decision</a>' in html
    assert render_to_string("_form_errors.html", {"form": CardForm()}).strip() == ""


def test_radio_cards_keep_the_choice_and_say_the_error():
    chosen = CardForm({"title": "x", "outcome": "hire"})
    html = render_to_string(
        "ib/radio_cards.html", {"field": chosen["outcome"], "notes": {"hire": "Meets the bar."}}
    )
    assert '<fieldset id="div_id_outcome">' in html
    assert re.findall(r'value="(\w+)" checked', html) == ["hire"]
    assert "<span>Meets the bar.</span>" in html
    assert html.count("<use ") == 2
    assert "<i>" not in html
    missing = render_to_string("ib/radio_cards.html", {"field": CardForm({})["outcome"]})
    assert "checked" not in missing
    assert 'aria-describedby="id_outcome_errors"' in missing
    assert "This field is required." in missing
