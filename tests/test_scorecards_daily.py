"""The command of each day: what is over goes, once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from scorecards.models import AnswerOp, Candidate, Opening, Scorecard
from tests import build


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def daily() -> str:
    out = StringIO()
    call_command("daily", stdout=out)
    return out.getvalue()


def lost_on(interview, *, days_ago: int) -> None:
    """A version that lost a conflict, of a scorecard that was submitted then."""
    card = build.answered(interview, [3, 2, 1])
    AnswerOp.objects.create(
        scorecard=card,
        op=card.pk,
        field="summary",
        base=0,
        rev=1,
        outcome=AnswerOp.Outcome.CONFLICT,
        digest="d",
        value='"Typed on the tablet."',
    )
    submitted_at = timezone.now() - timedelta(days=days_ago)
    Scorecard.objects.filter(pk=card.pk).update(recommendation="hire", submitted_at=submitted_at)


def test_lost_versions_are_forgotten_after_30_days_and_once(panel):
    lost_on(panel.mine, days_ago=31)
    lost_on(panel.theirs, days_ago=29)

    assert daily() == "Lost versions forgotten: 1\nErased: 0\n"
    assert daily() == "Lost versions forgotten: 0\nErased: 0\n"
    kept = AnswerOp.objects.exclude(value="").get()
    assert kept.scorecard.interview == panel.theirs
    assert AnswerOp.objects.filter(outcome="conflict").count() == 2


def test_who_is_kept_no_longer_is_erased_once(panel):
    closed_at = timezone.now() - timedelta(days=181)
    Opening.objects.update(state="closed", closed_at=closed_at, retention="6_months")

    assert daily() == "Lost versions forgotten: 0\nErased: 1\n"
    assert daily() == "Lost versions forgotten: 0\nErased: 0\n"
    assert not Candidate.objects.kept().exists()


def test_an_erasure_that_cannot_be_noted_is_an_error_and_the_rest_is_done(panel, settings):
    lost_on(panel.mine, days_ago=31)
    closed_at = timezone.now() - timedelta(days=181)
    Opening.objects.update(state="closed", closed_at=closed_at, retention="6_months")
    settings.ERASURE_LEDGER.mkdir()
    with pytest.raises(CommandError, match="Nothing was erased: it can't be noted"):
        daily()

    assert Candidate.objects.kept().count() == 1
    assert not AnswerOp.objects.exclude(value="").exists()
