"""The list of questions with 10,000 of them: as many queries as with three, and a search that reads
the index."""

import random
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from roles.models import Question, QuestionVersion
from tests import build, sessions

pytestmark = pytest.mark.django_db
SIZE = 10_000
TOPICS = """
    deploy latency retrieval prompt evaluation token cache index agent tool incident rollback
    dataset label judge budget queue batch drift guardrail schema vector ranking monitor alert
    trace privacy cost throughput timeout retry fallback context summary citation sample
"""
WORDS = TOPICS.split()
RARE = "zebrafish"
QUERIES = 19


@pytest.fixture(scope="module")
def bank(django_db_setup, django_db_blocker):
    """Built once. Half of the questions have a second version; every fiftieth is a draft."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


def fill():
    chance = random.Random(7)
    areas = [build.area(f"area-{n}", position=n) for n in range(5)]
    roles = [build.role(f"role-{n}", position=n) for n in range(8)]
    questions = Question.objects.bulk_create(
        Question(
            slug=f"{chance.choice(WORDS)}-{n}",
            area=areas[n % 5],
            kind=("behavioural", "situational")[n % 2],
            levels=[["junior"], ["senior"], ["junior", "senior"]][n % 3],
            tags=chance.sample(WORDS, 2),
        )
        for n in range(SIZE)
    )
    through = Question.roles.through
    through.objects.bulk_create(
        through(question=question, role=roles[n % 8]) for n, question in enumerate(questions)
    )
    first = [_version(one, 1, n, chance) for n, one in enumerate(questions)]
    second = [_version(one, 2, n, chance) for n, one in enumerate(questions) if n % 2]
    QuestionVersion.objects.bulk_create([*first, *second])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE roles_question, roles_questionversion, roles_question_roles")
    return build.user("Edith Queller", "question_editor")


def _version(question: Question, number: int, n: int, chance: random.Random) -> QuestionVersion:
    said = " ".join(chance.choices(WORDS, k=25))
    rare = f" {RARE}" if n % 2_500 == 1 and number == 2 else ""
    anchors = {f"anchor_{level}": f"Says {level}." for level in (1, 2, 3, 4)}
    return QuestionVersion(
        question=question,
        number=number,
        title=f"{chance.choice(WORDS).capitalize()} and {chance.choice(WORDS)}",
        prompt=f"Tell me about {said}{rare}.",
        minutes=1 + n % 60,
        change="first" if number == 1 else "wording",
        published_at=timezone.now() if n % 50 else None,
        **anchors,
    )


def titles(response) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]*)', response.content.decode())


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", SIZE),
        ("?page=200", SIZE),
        ("?sort=-title", SIZE),
        ("?sort=changed", SIZE),
        ("?q=" + RARE, 4),
        ("?q=drift+agents&sort=minutes", None),
        ("?q=tell", SIZE),
        ("?area=area-1&role=role-2&level=senior&kind=behavioural&state=published&tag=drift", None),
    ],
)
def test_as_many_queries_as_for_three(bank, django_assert_num_queries, address, found):
    client = Client()
    sessions.sign_in(client, bank)
    with django_assert_num_queries(QUERIES):
        response = client.get(f"/questions/{address}")
    assert response.status_code == 200
    assert 0 < len(titles(response)) <= 50
    if found is not None:
        assert f"<strong>{found} questions</strong>" in response.content.decode()


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Question.objects.matching(RARE),
        lambda: Question.objects.matching(f"{RARE} dri"),
        lambda: Question.objects.matching(RARE).with_live().with_changed().ranked(RARE)[:50],
    ],
)
def test_a_search_reads_the_index(bank, rows):
    plan = rows().explain()
    assert "Bitmap Index Scan on roles_questionversion_search" in plan
    assert "Bitmap Index Scan on roles_question_search" in plan
    assert "Seq Scan on roles_questionversion" not in plan


def test_a_search_finds_what_is_current(bank):
    found = Question.objects.matching(RARE)
    assert found.count() == 4
    newest = QuestionVersion.objects.filter(question__in=found, number=2)
    assert all(RARE in version.prompt for version in newest)
