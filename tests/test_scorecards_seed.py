"""`manage.py seed`: deterministic, in bulk, with roll-ups that are computed and not invented."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roles.models import QuestionSet
from scorecards import seeding
from scorecards.models import Answer, Application, Interview, RollupRecord, Scorecard, Submission
from scorecards.rollup import rollup
from scorecards.summaries.inputs import current_plan, rollup_input
from scorecards.workflow.rollups import record_values
from scorecards.workflow.submitting import digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    fixtures = settings.BASE_DIR / "fixtures"
    names = ("roles.yaml", "areas.yaml", "profiles.yaml", "work.yaml")
    call_command("loaddata", *(fixtures / name for name in names), verbosity=0)
    call_command("questions", "import", fixtures / "bank", stdout=StringIO())


def seed(candidates: int, number: int) -> dict:
    out = StringIO()
    call_command(
        "seed", candidates=candidates, seed=number, json=True, stdout=out, stderr=StringIO()
    )
    return json.loads(out.getvalue())


def test_seed_makes_whole_candidates(bank):
    counts = seed(30, 1)

    assert counts["candidates"] == Application.objects.count() == 30
    assert counts["interviews"] == Interview.objects.count() == Scorecard.objects.count()
    assert counts["submissions"] == Scorecard.objects.submitted().count() < counts["interviews"]
    assert counts["answers"] == Answer.objects.count()
    assert set(RollupRecord.objects.values_list("outcome", flat=True)) >= {"hire", "no_hire"}


def test_seeded_rollups_equal_a_fresh_computation(bank):
    seed(8, 2)
    for application in Application.objects.all():
        given = rollup_input(application, current_plan(application))
        fresh = record_values(given, rollup(given.config, given.ratings))
        for name in ("outcome", "status", "score", "variance", "coverage", "areas"):
            assert getattr(application.rollup, name) == fresh[name]


def test_seeded_submissions_have_their_digest(bank):
    seed(2, 3)
    for submission in Submission.objects.all():
        assert submission.digest == digest_of(submission.salt, submission.content)


def test_the_same_seed_makes_the_same_rows(bank):
    from django.db import transaction

    made = []
    for _ in range(2):
        with transaction.atomic():
            seed(3, 4)
            made.append(
                [
                    sorted(Submission.objects.values_list("pk", "digest")),
                    sorted(RollupRecord.objects.values_list("pk", "score")),
                ]
            )
            transaction.set_rollback(True)

    assert made[0] == made[1]


def test_a_seed_is_used_once(bank):
    seed(1, 5)
    with pytest.raises(CommandError, match="Seed 5 is in this database already"):
        seed(1, 5)


def test_seed_without_a_bank(db):
    with pytest.raises(CommandError, match="questions import"):
        seed(1, 6)


def test_seed_with_a_bad_number(bank):
    with pytest.raises(CommandError, match="from 1 to 1,000,000"):
        seed(0, 7)


def test_the_bank_is_read_once_for_all_openings_of_a_kind(bank, monkeypatch):
    monkeypatch.setattr(seeding, "PER_OPENING", 1)
    all_kinds = QuestionSet.objects.count()

    assert reads_of_the_bank(all_kinds, 8) == reads_of_the_bank(2 * all_kinds, 9) > 0


def reads_of_the_bank(candidates: int, number: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        seed(candidates, number)
    return sum('FROM "roles_' in query["sql"] for query in queries)
