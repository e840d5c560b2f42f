"""The system check that stops the start when the policy table and the URLs differ."""

from types import ModuleType

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpResponse
from django.urls import include, path

from interviewbank.access.checks import check_policy, url_patterns
from interviewbank.access.policy import READ, RULES, SIGNED_IN, Rule
from interviewbank.urls import urlpatterns as real


def view(request):
    return HttpResponse()


def urls(*patterns):
    module = ModuleType("urls_of_a_test")
    module.urlpatterns = [*real, *patterns]
    return module


def found():
    return [(error.id, error.msg) for error in check_policy(None)]


def test_the_product_passes():
    assert found() == []
    assert [error for error in run_checks() if error.id and error.id.startswith("access.")] == []


def test_url_without_a_name(settings):
    settings.ROOT_URLCONF = urls(path("extra/", view))
    assert found() == [("access.E001", "The URL /extra/ has no name, so no rule can apply to it.")]


def test_url_without_a_rule(settings):
    settings.ROOT_URLCONF = urls(path("extra/", view, name="extra"))
    assert found() == [("access.E002", "The URL “extra” has no rule in access/policy.py.")]


def test_url_without_a_rule_inside_an_include(settings):
    inner = [path("a/", include([path("b/", view, name="inner"), path("c/", view)]))]
    settings.ROOT_URLCONF = urls(path("extra/", include(inner)))
    assert ("extra/a/b/", "inner") in list(url_patterns())
    assert [error_id for error_id, _ in found()] == ["access.E001", "access.E002"]


def test_rule_without_a_url(monkeypatch):
    monkeypatch.setitem(RULES, "gone", Rule(READ, SIGNED_IN))
    assert found() == [("access.E003", "access/policy.py has a rule for “gone”, which is no URL.")]


def test_rule_whose_check_is_nowhere(settings, monkeypatch):
    settings.ROOT_URLCONF = urls(path("extra/", view, name="extra"))
    monkeypatch.setitem(RULES, "extra", Rule(READ, SIGNED_IN, "scorecards.permissions.can_fly"))
    [(error_id, message)] = found()
    assert error_id == "access.E004"
    assert "can_fly" in message


def test_start_is_stopped(settings):
    settings.ROOT_URLCONF = urls(path("extra/", view, name="extra"))
    with pytest.raises(SystemCheckError, match=r"access\.E002"):
        call_command("check")
