"""The list of mutations fits the tree, and a few of them, made in this process, are noticed. All of
them: `make audit`."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse

from interviewbank.access.policy import RULES, SIGNED_IN
from scorecards.querysets.candidates import ApplicationQuerySet, InterviewQuerySet
from tests import canaries, test_access_matrix
from tests.canary_crawl import Crawl
from tests.mutations.listed import MUTATIONS, ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield canaries.world()
        transaction.set_rollback(True)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_it_fits_exactly_once(mutation):
    text = (ROOT / mutation.path).read_text()

    assert mutation.applied_to(text) != text


def test_the_names_are_different_and_the_tests_exist():
    assert len({one.name for one in MUTATIONS}) == len(MUTATIONS) >= 30
    files = {word for one in MUTATIONS for word in one.tests.split() if word.startswith("tests/")}
    assert [file for file in files if not (ROOT / file).exists()] == []


def who_may(world, url: str) -> None:
    """The lines of the access matrix for reading this address."""
    (line,) = [one for one in test_access_matrix.LINES if (one.method, one.url) == ("GET", url)]
    test_access_matrix.test_line(world, line)


def test_a_rule_that_lets_everybody_in_is_noticed(world, monkeypatch):
    who_may(world, "person_list")
    monkeypatch.setitem(RULES, "person_list", replace(RULES["person_list"], who=SIGNED_IN))
    with pytest.raises(AssertionError):
        who_may(world, "person_list")


def test_a_check_that_is_not_asked_is_noticed(world, monkeypatch):
    who_may(world, "decision_packet_json")
    rule = replace(RULES["decision_packet_json"], check="")
    monkeypatch.setitem(RULES, "decision_packet_json", rule)
    with pytest.raises(AssertionError):
        who_may(world, "decision_packet_json")


def test_that_the_candidate_sees_it_is_noticed(world, monkeypatch):
    who_may(world, "application_detail")
    monkeypatch.setattr(ApplicationQuerySet, "not_about", lambda self, user: self)
    with pytest.raises(AssertionError):
        who_may(world, "application_detail")


def words_of_the_review(world, who: str) -> dict[str, str]:
    crawl = Crawl(world, who)
    url = reverse("application_review", args=[world.application.pk])
    crawl.visit("application_review", url)
    return canaries.outcomes(world, who, crawl.seen)


def test_that_owing_a_scorecard_hides_nothing_is_noticed(world, monkeypatch):
    """R3 for a member of the committee, whom nothing else keeps from the others' scorecards."""
    with transaction.atomic():
        world.opening.members.create(user=world.people["before"], kind="committee")
        assert words_of_the_review(world, "before")["Answer.evidence"] == "-"
        monkeypatch.setattr(InterviewQuerySet, "keeping_blind", lambda self: self.none())
        assert words_of_the_review(world, "before")["Answer.evidence"] == "sees"
        transaction.set_rollback(True)
