"""Every URL x every kind of person x every method, from the hand-written table."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviewbank.access.checks import url_patterns
from interviewbank.access.policy import RULES
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from tests import matrix
from tests.matrix_bodies import BODIES, body
from tests.pages import masked

pytestmark = pytest.mark.django_db
LINES = matrix.lines()
STATUS = {"ok": 200, "go": 302}
ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for all lines; each request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = matrix.world()
        made.untouched = matrix.fingerprint()
        yield made
        transaction.set_rollback(True)


def test_the_table_has_every_url_and_method():
    names = {name for _, name in url_patterns()}
    wanted = {
        (method, name) for name in names for method in RULES[name].methods if method != "HEAD"
    }
    assert {(line.method, line.url) for line in LINES} == wanted


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method}-{line.url}")
def test_line(world, line):
    url = reverse(line.url, args=matrix.url_arguments(line.url, world))
    url += matrix.query(line.url, world)
    found = {}
    same_for_all = None if line.url in BODIES or line.method == "GET" else body(line.url, world, "")
    for who in line.outcomes:
        with transaction.atomic():
            client = matrix.client_of(world, who)
            if line.url == "decision_new" and who == "chair":
                trail.record_reads(
                    reader=world.people[who],
                    objects=[world.submission],
                    scope=ReadEvent.Scope.WHOLE,
                )
            data = same_for_all
            if data is None and line.method == "POST":
                data = body(line.url, world, who)
            before = matrix.touched()
            response = (
                client.generic(line.method, url)
                if line.method == "GET"
                else matrix.post(client, url, data)
            )
            written = matrix.touched() != before
            changed = written and matrix.fingerprint() != world.untouched
            transaction.set_rollback(True)
        found[who] = outcome(response)
        if line.outcomes[who] == "did" and found[who] == "ok":
            found[who] = "did"
        assert not changed or found[who] in ("go", "did"), (
            f"{who}: refused, and yet something changed"
        )
        if line.method == "GET":
            assert not changed, f"{who}: a GET changed the database"

    assert found == line.outcomes


def outcome(response) -> str:
    if response.status_code == 302 and response["Location"].split("?")[0] == "/sign-in/":
        return "in"
    words = {status: word for word, status in STATUS.items()}
    return words.get(response.status_code, str(response.status_code))


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize("who", ["anon", "none", "chair", "admin"])
def test_every_other_method_is_refused(world, name, who):
    url = reverse(name, args=matrix.url_arguments(name, world))
    for method in ALL_METHODS:
        if method not in RULES[name].methods:
            with transaction.atomic():
                response = matrix.client_of(world, who).generic(method, url)
                transaction.set_rollback(True)
            assert response.status_code == 405, method


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method}-{line.url}")
def test_what_is_not_yours_looks_like_what_does_not_exist(world, line):
    """R9: the same status and the same number of queries."""
    arguments = matrix.url_arguments(line.url, world)
    if "404" not in line.outcomes.values() or not arguments:
        return
    unknown = {int: 987654321, str: "unknown"}.get(type(arguments[0]), uuid4())
    who = "none"
    seen = []
    for argument in (arguments[0], unknown):
        with transaction.atomic():
            client = matrix.client_of(world, who)
            url = reverse(line.url, args=[argument])
            with CaptureQueriesContext(
                connection,
            ) as queries:
                response = client.generic(line.method, url)
            transaction.set_rollback(True)
        page = masked(response).replace(url.encode(), b"")
        seen.append((response.status_code, len(queries), page))
    assert seen[0] == seen[1]
