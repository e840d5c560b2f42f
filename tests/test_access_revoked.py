"""Somebody loses a grant or a membership while they are signed in: at their next request they are
like anybody else, at every URL that it had opened."""

import pytest
from django.db import transaction
from django.urls import reverse

from interviewbank.access.models import Grant
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.models import OpeningMember
from tests import matrix
from tests.matrix_bodies import body
from tests.test_access_matrix import outcome

pytestmark = pytest.mark.django_db
HOLDERS = ("admin", "editor", "recr", "coord", "comm", "chair")
LINES = matrix.lines()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; what happens at each URL is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix.world()
        transaction.set_rollback(True)


def revoke(person) -> None:
    gone, _ = Grant.objects.filter(user=person).delete()
    left, _ = OpeningMember.objects.filter(user=person).delete()
    assert gone + left == 1


def ask(client, line, url, data) -> str:
    """Whatever it changes is rolled back, but for what the session keeps in its cookie."""
    with transaction.atomic():
        found = outcome(client.get(url) if line.method == "GET" else matrix.post(client, url, data))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("who", HOLDERS)
def test_at_the_next_request_the_level_is_gone(world, who):
    found, wanted = {}, {}
    for line in LINES:
        before, after = line.outcomes[who], line.outcomes["none"]
        if before == after or line.url.startswith("mfa_"):  # one's own second factor stays
            continue
        url = reverse(line.url, args=matrix.url_arguments(line.url, world))
        url += matrix.query(line.url, world)
        place = f"{line.method} {line.url}"
        wanted[place] = (before.replace("did", "ok"), after)
        with transaction.atomic():
            client = matrix.client_of(world, who)
            if line.url == "decision_new":
                trail.record_reads(
                    reader=world.people[who],
                    objects=[world.submission],
                    scope=ReadEvent.Scope.WHOLE,
                )
            data = body(line.url, world, who) if line.method == "POST" else {}
            held = ask(client, line, url, data)
            revoke(world.people[who])
            unchanged = matrix.fingerprint()
            found[place] = (held, ask(client, line, url, data))
            assert matrix.fingerprint() == unchanged, place
            transaction.set_rollback(True)
    assert found == wanted
    assert len(found) > 5
