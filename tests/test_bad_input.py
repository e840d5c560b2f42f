"""Whatever is sent, the answer is a page or a refusal, never a fault of ours; and what is refused
changes nothing. `make audit` tries every value in every field."""

import json
import re
from urllib.parse import quote_from_bytes, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from interviewbank.access.models import User
from roles.models import EvaluationArea, QuestionSet, Role
from scorecards.models import Answer, Candidate, Opening, OpeningRound
from tests import matrix, naughty
from tests.bad_input import FORM, encoded, for_a_person
from tests.matrix_bodies import body

pytestmark = pytest.mark.django_db
POSTS = [line for line in matrix.lines() if line.method == "POST"]
GETS = [line for line in matrix.lines() if line.method == "GET"]
# Of a scorecard, what can be saved is saved, and the rest comes back.
KEEP_WHAT_IS_FIT = {"scorecard_live", "scorecard_submit"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; each request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix.world()
        transaction.set_rollback(True)


def one_who_gets_in(line: matrix.Line) -> str:
    """Somebody whose input is read."""
    if line.url == "decision_new":
        return "chair"
    welcome = [who for who, outcome in line.outcomes.items() if outcome in ("did", "go", "ok")]
    if line.url.startswith("mfa_") and "editor" in welcome:
        return "editor"
    return welcome[0] if welcome else "none"


class Visit:
    """Somebody at one URL. Every request is rolled back before the next."""

    def __init__(self, world, line: matrix.Line):
        self.name, self.who = line.url, one_who_gets_in(line)
        self.url = reverse(line.url, args=matrix.url_arguments(line.url, world))
        self.url += matrix.query(line.url, world)
        self.client = matrix.client_of(world, self.who)
        self.data = body(line.url, world, self.who) if line.method == "POST" else {}
        if line.url == "mfa_authenticate":
            self.client.post("/sign-in/", body("account_login", world, "editor"))
        if line.url == "account_reset_password_from_key":
            self.url = self.client.get(self.url)["Location"]
        self.before = matrix.fingerprint()
        self.tried = self.taken = 0

    def send(self, sent: bytes, content_type: str = FORM, **more):
        self._try("POST", self.url, sent, content_type, **more)

    def page(self) -> str:
        response = self.client.get(self.url)
        assert response.status_code < 500, self.url
        html = response["Content-Type"].startswith("text/html")
        return response.getvalue().decode() if html else ""

    def get(self, query: str):
        self._try("GET", self.url.split("?")[0] + "?" + query, b"", "")

    def _try(self, method, url, sent, content_type, **more):
        cache.clear()  # the limits of sign-in count across requests
        self.tried += 1
        with transaction.atomic():
            response = self.client.generic(method, url, sent, content_type, **more)
            what = (method, url[:300], sent[:300], response.status_code)
            assert response.status_code < 500, what
            for_a_person(response, what)
            refused = response.status_code >= 400 and self.name not in KEEP_WHAT_IS_FIT
            if method == "GET" or refused:
                assert matrix.fingerprint() == self.before, ("refused, yet changed", what)
            elif response.status_code == 302:
                _stays_here(response, what)
                self.taken += 1
                if self.taken <= 2 or naughty.LONG:
                    assert self.client.get(response["Location"]).status_code < 500, what
            transaction.set_rollback(True)


def _stays_here(response, what):
    target = urlsplit(response["Location"])
    assert target.netloc in ("", "testserver") and not target.path.startswith("//"), what


def mutations(name: str, data: dict):
    """One field at a time, then all at once."""
    fields = sorted(data)
    share = max(1, 8 // max(1, len(fields)))
    for field in fields:
        for value in naughty.some(naughty.VALUES, share, of=f"{name} {field}"):
            yield {**data, field: value}
    for field in naughty.some(fields, 1, of=name):
        yield {key: value for key, value in data.items() if key != field}
        yield {**data, field: [b"first", b"second"]}
        yield {**data, f"{field}[]": b"x", f"{field}[a][b]": b"x"}
    for value in naughty.some(naughty.VALUES, 2, of=name):
        yield dict.fromkeys(fields or ["x"], value)


@pytest.mark.parametrize("line", POSTS, ids=lambda line: line.url)
def test_forms(world, line):
    with transaction.atomic():
        visit = Visit(world, line)
        if isinstance(visit.data, str):
            for sent in operations(visit.data):
                visit.send(sent.encode(), "application/json")
        else:
            for data in mutations(line.url, visit.data):
                visit.send(encoded(data))
            visit.send(b"")
        for content_type, sent in naughty.some(naughty.BODIES, 3, of=line.url):
            visit.send(sent, content_type)
        transaction.set_rollback(True)
    assert visit.tried > 5


def operations(valid: str):
    """A batch with one value changed at a time, at every depth."""
    batch = json.loads(valid)
    marks = {"v": batch, "device": batch, "ops": batch}
    marks |= dict.fromkeys(("op", "field", "base", "value"), batch["ops"][0])
    for key, where in marks.items():
        kept, where[key] = where[key], "MARK"
        for value in naughty.some(naughty.JSON_VALUES, 5, of=key):
            yield json.dumps(batch).replace('"MARK"', value)
        del where[key]
        yield json.dumps(batch)
        where[key] = kept
    yield json.dumps({**batch, "more": 1})
    yield json.dumps({**batch, "ops": batch["ops"] * 2})
    yield json.dumps({**batch, "ops": batch["ops"] * 5000})
    yield valid[:-1] + ', "v": 1, "ops": []}'
    yield valid[:-2]
    yield naughty.DEEP


def names_on(page: str) -> list[str]:
    """What the page's own links and search forms put into addresses."""
    linked = re.findall(r'(?:href|hx-get|src)="[^"]*\?([^"#]+)"', page)
    names = {part.split("=")[0] for query in linked for part in re.split(r"&(?:amp;)?", query)}
    for form in re.findall(r'<form[^>]*method="get".*?</form>', page, re.DOTALL):
        names |= set(re.findall(r'name="([^"]+)"', form))
    return sorted(names | set(naughty.PARAMETERS))


@pytest.mark.parametrize("line", GETS, ids=lambda line: line.url)
def test_addresses(world, line):
    with transaction.atomic():
        visit = Visit(world, line)
        page = visit.client.get(visit.url).getvalue().decode(errors="replace")
        names = names_on(page)
        for value in naughty.some(naughty.SHORT, 2, of=line.url):
            visit.get("&".join(f"{name}={quote_from_bytes(value)}" for name in names))
        for name in naughty.some(names, 4, of=line.url):
            for value in naughty.some(naughty.SHORT, 1, of=f"{line.url} {name}"):
                visit.get(f"{name}={quote_from_bytes(value)}&{name}=1")
        visit.get("&&==&%zz=%zz&%00=%00&%ff=%ff")
        transaction.set_rollback(True)


MARKUP = "'\"><script>alert(1)</script>{{ 7|add:7 }}\u202e"
# Where people write what others read: (model, field).
WRITTEN = [
    (User, "name"),
    (Candidate, "name"),
    (Opening, "title"),
    (OpeningRound, "name"),
    (Role, "name"),
    (Role, "summary"),
    (EvaluationArea, "name"),
    (EvaluationArea, "definition"),
    (QuestionSet, "name"),
    (Answer, "evidence"),
]


def test_what_was_taken_comes_out_as_text(world):
    with transaction.atomic():
        with connection.cursor() as cursor:  # some of it is a record by now
            cursor.execute("SET LOCAL session_replication_role = replica")
        for model, field in WRITTEN:
            assert model.objects.update(**{field: MARKUP}), model
        shown = 0
        for line in GETS:
            page = Visit(world, line).page()
            assert "<script>alert" not in page, line.url
            shown += "&lt;script&gt;alert" in page
        transaction.set_rollback(True)
    assert shown > 30
