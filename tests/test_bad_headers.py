"""Addresses that nobody made, headers that no browser sends: an answer, and no fault of ours."""

import re

import pytest
from django.db import transaction

from tests import matrix, naughty
from tests.bad_input import FORM, close, encoded, for_a_person
from tests.matrix_bodies import body

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; each request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix.world()
        transaction.set_rollback(True)


PATHS = [
    "/%00",
    "/%ff%fe/",
    "/..;/admin/",
    "/..%2f..%2fetc/passwd",
    "//example.invalid/%2f..",
    "/" + "a/" * 3000,
    "/" + "a" * 60_000 + "/",
    "/people/00000000-0000-0000-0000-000000000000%00/",
    "/people/not-a-uuid/",
    "/roles/%00/",
    "/roles/" + "a" * 3000 + "/",
    "/roles/applied/profile/%00/",
    "/roles/applied/profile/%ff/",
    "/roles/applied/profile/" + "a" * 3000 + "/",
    "/candidates/export/%00/",
    "/candidates/export/..%2fcsv/",
    "/questions/{question}/versions/99999999999999999999/",
    "/questions/{question}/versions/" + "9" * 4400 + "/",
    "/account/second-factor/keys/99999999999999999999/remove/",
    "/account/second-factor/keys/" + "9" * 4400 + "/remove/",
    "/password/reset/key/1-%00/",
    "/password/reset/key/zzzzzzzzzzzzzzzzzzzzzzzz-set-password/",
    "/password/reset/key/%00-a/",
    "/password/reset/key/0-a/",
    "/sign-in/with/a/done/?state=%00&code=%00",
    "/static/%00",
    "/static/..%2f..%2fsettings.py",
    "/static/" + "a" * 5000,
    "/static/ib/site.css%00",
    "/static/%ff.css",
]


@pytest.mark.parametrize("who", ["anon", "editor", "admin", "coord"])
def test_paths(world, who):
    with transaction.atomic():
        client = matrix.client_of(world, who)
        before = matrix.fingerprint()
        for path in PATHS:
            url = path.format(question=world.questions[0].question_id)
            response = client.get(url)
            assert response.status_code < 500, (url[:100], response.status_code)
            for_a_person(response, url[:100])
            close(response)
        assert matrix.fingerprint() == before
        transaction.set_rollback(True)


COOKIES = ("interviewbank_session", "interviewbank_csrf", "interviewbank_known", "messages", "a")
PLACES = ["/", "/candidates/", "/account/", "/sign-in/", "/nowhere/", "/static/ib/site.css"]


def in_header(value: bytes) -> str:
    """As a server hands it on: without line breaks, and as Latin-1."""
    return re.sub(rb"[\r\n]", b" ", value).decode("latin-1")


@pytest.mark.parametrize("header", [*naughty.HEADERS, *(f"Cookie {name}" for name in COOKIES)])
def test_headers(world, header):
    with transaction.atomic():
        client = matrix.client_of(world, "coord")
        before = matrix.fingerprint()
        for path in naughty.some(PLACES, 3, of=header):
            for value in naughty.some(naughty.SHORT, 3, of=f"{header} {path}"):
                name, environ = _environ(header, value)
                with transaction.atomic():
                    response = client.generic("GET", path, **environ)
                    close(response)
                    what = (name, value[:200], path, response.status_code)
                    assert response.status_code < 500, what
                    assert matrix.fingerprint() == before, what
                    transaction.set_rollback(True)
        transaction.set_rollback(True)


def _environ(header: str, value: bytes) -> tuple[str, dict[str, str]]:
    text = in_header(value)
    if header.startswith("Cookie "):
        # Inside quotes a cookie can spell any byte in octal: NUL, too.
        octal = "".join(f"\\{byte:03o}" for byte in value[:200])
        return header, {"HTTP_COOKIE": f'{header[7:]}="aaaaaaaa{octal}"; {header[7:]}2={text}'}
    key = header.upper().replace("-", "_")
    return header, {key if key.startswith("CONTENT_") else f"HTTP_{key}": text}


@pytest.mark.parametrize("header", ["X-Forwarded-For", "User-Agent", "Referer", "Cookie a"])
def test_headers_of_a_sign_in(world, header, settings):
    """Behind a proxy; the address and the browser are noted with the session."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with transaction.atomic():
        sent = encoded(body("account_login", world, "none"))
        for value in naughty.some(naughty.SHORT, 12, of=header):
            client, (_, environ) = matrix.client_of(world, "anon"), _environ(header, value)
            with transaction.atomic():
                response = client.generic("POST", "/sign-in/", sent, FORM, **environ)
                assert response.status_code < 500, (value[:200], response.status_code)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
