"""How long candidates are kept: as each of their openings says, and never on legal hold."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards import ledger
from scorecards.models import Candidate, Opening
from scorecards.workflow import retention
from scorecards.workflow.closing import change_opening_state
from scorecards.workflow.retention import due, erase_due
from tests import build


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def closed(opening, *, days_ago: int, retention: str = "6_months") -> None:
    at = timezone.now() - timedelta(days=days_ago)
    Opening.objects.filter(pk=opening.pk).update(state="closed", closed_at=at, retention=retention)


def names(found) -> list[str]:
    return [one.candidate.name for one in found]


@pytest.mark.parametrize(
    "retention, days", [("6_months", 180), ("12_months", 360), ("24_months", 720)]
)
def test_candidates_are_due_when_the_time_of_their_opening_is_over(panel, retention, days):
    closed(panel.opening, days_ago=days - 1, retention=retention)
    assert due() == []
    assert names(due(until=timezone.now() + timedelta(days=2))) == ["Odalys Brambleworth"]
    closed(panel.opening, days_ago=days, retention=retention)
    assert names(due()) == ["Odalys Brambleworth"]


def test_nobody_is_due_by_hand_while_open_or_on_hold(panel):
    closed(panel.opening, days_ago=3000, retention="by_hand")
    assert due() == []
    Opening.objects.update(state="open", closed_at=None, retention="6_months")
    assert due() == []
    closed(panel.opening, days_ago=3000)
    Candidate.objects.update(legal_hold="A claim is open.")
    assert due() == []


def test_the_last_opening_counts(panel):
    closed(panel.opening, days_ago=3000)
    other = build.opening(panel.set_version, areas=panel.areas)
    panel.application.candidate.applications.create(opening=other)
    assert due() == []
    closed(other, days_ago=100)
    assert due() == []
    closed(other, days_ago=181)
    assert names(due()) == ["Odalys Brambleworth"]


def test_the_job_erases_once_however_often_it_runs(panel):
    closed(panel.opening, days_ago=200)
    kept = build.application(build.opening(panel.set_version), "Ghislain Fernsby").candidate
    assert (erase_due(), erase_due()) == (1, 0)

    assert [candidate.name for candidate in Candidate.objects.kept()] == [kept.name]
    assert list(ledger.read()) == [panel.application.candidate_id]
    assert list(Event.objects.values_list("verb", "actor")) == [("candidate.erased", None)]


@pytest.mark.parametrize("came", ["a hold", "another application", "an erasure"])
def test_what_came_after_the_list_was_made_counts(panel, came):
    closed(panel.opening, days_ago=200)
    ((candidate, at),) = [(one.candidate, one.at) for one in due()]
    if came == "a hold":
        Candidate.objects.update(legal_hold="A claim is open.")
    elif came == "another application":
        candidate.applications.create(opening=build.opening(panel.set_version))
    else:
        assert erase_due() == 1
    assert not retention._erase_if_still_due(candidate, at)

    assert Candidate.objects.kept().exists() == (came != "an erasure")


def test_the_command_lists_before_it_erases(panel):
    closed(panel.opening, days_ago=200)
    out = StringIO()
    call_command("erase_candidate", "--due", "--dry-run", stdout=out)
    assert str(panel.application.candidate_id) in out.getvalue()
    assert Candidate.objects.kept().count() == 1

    out = StringIO()
    call_command("erase_candidate", "--due", stdout=out)
    assert out.getvalue() == "Erased: 1\n"
    assert not Candidate.objects.kept().exists()


def test_closing_an_opening_starts_the_clock_and_opening_it_again_stops_it(panel):
    coordinator = panel.people.coordinator
    change_opening_state(opening=panel.opening, by=coordinator, state="closed")
    panel.opening.refresh_from_db()
    assert timezone.now() - panel.opening.closed_at < timedelta(minutes=1)
    change_opening_state(opening=panel.opening, by=coordinator, state="open")
    panel.opening.refresh_from_db()
    assert panel.opening.closed_at is None


# The command for one candidate -------------------------------------------------------------------


def test_the_command_erases_with_two_administrators(panel):
    second = build.user("Bertil Minister", "administrator")
    email = panel.application.candidate.email
    options = {"requested_by": panel.people.administrator.email, "reason": "They asked for it."}
    with pytest.raises(CommandError, match="You asked for it yourself"):
        call_command(
            "erase_candidate", email, approved_by=panel.people.administrator.email, **options
        )
    call_command("erase_candidate", email.upper(), approved_by=second.email, **options)

    assert not Candidate.objects.kept().exists()


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([], "Name a candidate by e-mail"),
        (["a@example.org"], "needs --requested-by, --approved-by and --reason"),
        (
            [
                "a@example.org",
                "--requested-by=carl.reader@example.com",
                "--approved-by=x",
                "--reason=r",
            ],
            "carl.reader@example.com is no administrator here",
        ),
        (
            [
                "a@example.org",
                "--requested-by=ada.minister@example.com",
                "--approved-by=ada.minister@example.com",
                "--reason=r",
            ],
            "No candidate has the e-mail a@example.org",
        ),
    ],
)
def test_a_bad_argument_is_one_clear_line(panel, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("erase_candidate", *arguments)
