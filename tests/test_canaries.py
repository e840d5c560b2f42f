"""Every person fetches all that they can reach, and comes across what the table says, no more and
no less."""

import logging

import pytest
from django.db import transaction
from django.urls import reverse

from tests import canaries, matrix
from tests.canary_crawl import Crawl

pytestmark = pytest.mark.django_db
LINES = canaries.lines()
PEOPLE = list(next(iter(LINES.values())))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield canaries.world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Thousands of refusals, each with its traceback, would take longer than the rest."""
    caplog.set_level(logging.CRITICAL, "django.request")
    caplog.set_level(logging.CRITICAL, "django.security")


def test_every_column_has_a_canary_or_is_harmless(world):
    named = {canaries.name_of(*column) for column in canaries.columns()}
    kinds = {canary.kind.partition("/")[0] for canary in world.canaries.values()}
    of_the_bank = {name for name in named if name.startswith(("Question", "QuestionVersion"))}
    harmless = {
        canaries.name_of(*column) for column in canaries.columns() if canaries.is_harmless(*column)
    }

    assert harmless >= canaries.HARMLESS
    assert named - harmless - of_the_bank == kinds - {"Question.words"}


def test_every_kind_has_its_line(world):
    assert {canary.kind for canary in world.canaries.values()} == set(LINES)


def standing_ends(world, who: str) -> Crawl:
    """Between two requests of one session: before, they see it; after, the crawl begins."""
    client = matrix.client_of(world, who)
    if who == "revoked":
        page = reverse("application_review", args=[world.application.pk])
        member = world.opening.members.get(user=world.people[who])
        by, url, data = "chair", reverse("opening_member_remove", args=[member.pk]), {}
    else:
        page = reverse("scorecard_live", args=[world.reassigned.scorecard.pk])
        url = reverse("interview_cancel", args=[world.reassigned.pk])
        by, data = "coord", {"reason": "Somebody else has time."}
    assert client.get(page).status_code == 200
    assert matrix.client_of(world, by).post(url, data).status_code == 302
    assert client.get(page).status_code in (403, 404)
    return Crawl(world, who, client)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_comes_across_what(world, who):
    with transaction.atomic():
        ends = who in ("revoked", "reassigned")
        crawl = standing_ends(world, who) if ends else Crawl(world, who)
        found = canaries.outcomes(world, who, crawl.look_everywhere())
        transaction.set_rollback(True)
    expected = {kind: seen[who] for kind, seen in LINES.items()}

    assert found == expected


def test_the_trail_of_administrators_names_no_candidate(world):
    with transaction.atomic():
        crawl = Crawl(world, "admin")
        pages = [crawl.get(reverse("trail_list") + query) for query in ("", "?page=2")]
        transaction.set_rollback(True)
    assert pages[0].context["lines"]
    assert {world.canaries[word].kind for word in crawl.seen} == set()
