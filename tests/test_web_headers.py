"""Every page, for several people: nothing inline, the usual headers, kept nowhere."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests import matrix
from tests.headers import Inline, check, no_store

pytestmark = pytest.mark.django_db
GETS = [line for line in matrix.lines() if line.method == "GET"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; each request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix.world()
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", ["anon", "before", "chair", "editor", "admin"])
def test_every_page(world, who):
    with transaction.atomic():
        client = matrix.client_of(world, who)
        for line in GETS:
            url = reverse(line.url, args=matrix.url_arguments(line.url, world))
            response = client.get(url + matrix.query(line.url, world))
            check(response, line.url)
            assert no_store(response) or who == "anon", line.url
        transaction.set_rollback(True)


def test_what_the_check_finds():
    assert Inline("<p style=a>").found == ["p style"]
    assert Inline("<script>1</script><style></style>").found == ["script", "style"]
    assert Inline("<a href=' JavaScript:1' onclick=a>").found == ["a  JavaScript:1", "a onclick"]
    assert (
        Inline('<script src="a"></script><script type="application/json">{}</script>').found == []
    )
