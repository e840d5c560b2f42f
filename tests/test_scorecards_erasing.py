"""Erasure: two persons or a day, nothing left behind, nothing else touched, and no way back."""

import json
import resource
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards import ledger
from scorecards.models import (
    Answer,
    AnswerOp,
    Application,
    Candidate,
    Debrief,
    DebriefNote,
    Decision,
    DecisionNote,
    ErasureRequest,
    Interview,
    PanelRating,
    RollupRecord,
    Scorecard,
    Submission,
    Vote,
)
from scorecards.workflow import erasing
from scorecards.workflow.rollups import refresh_rollup
from tests import build

TOKEN = "Zyxwvut"
LONG = f"{TOKEN} " + "heard in detail how the outage was handled, and the cost of it was thin. " * 2


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


@pytest.fixture
def full(panel):
    """Every column that can hold words about the candidate holds the token."""
    people, application = panel.people, panel.application
    Candidate.objects.filter(pk=application.candidate_id).update(
        name=f"{TOKEN} Brambleworth", email=f"{TOKEN}@example.org", accommodations=TOKEN
    )
    Application.objects.filter(pk=application.pk).update(state_reason=TOKEN)
    Interview.objects.update(location=TOKEN, state_reason=TOKEN)
    draft = build.answered(panel.mine, [3, 2, 3], evidence=TOKEN)
    Scorecard.objects.filter(pk=draft.pk).update(summary=TOKEN, scratch=TOKEN)
    AnswerOp.objects.create(
        scorecard=draft,
        op=draft.pk,
        field="summary",
        base=0,
        rev=1,
        outcome="conflict",
        digest="d",
        value=json.dumps(TOKEN),
    )
    card = build.answered(panel.theirs, [3, 2, 1], evidence=TOKEN)
    Scorecard.objects.filter(pk=card.pk).update(
        summary=TOKEN, recommendation="hire", submitted_at=timezone.now()
    )
    for number in (1, 2):
        Submission.objects.create(
            scorecard=card,
            number=number,
            content=TOKEN,
            salt="salt",
            digest=f"d{number}",
            submitted_at=timezone.now(),
            reason=TOKEN,
        )
    refresh_rollup(application)
    debrief = Debrief.objects.create(
        application=application, number=1, opened_by=people.chair, exception_reason=TOKEN
    )
    DebriefNote.objects.create(debrief=debrief, author=people.chair, text=TOKEN)
    PanelRating.objects.create(
        debrief=debrief, area=panel.areas[0], rating=3, note=TOKEN, set_by=people.chair
    )
    Vote.objects.create(
        debrief=debrief, member=people.chair, recommendation="hire", rationale=TOKEN
    )
    Debrief.objects.update(revealed_at=timezone.now())
    decision = Decision.objects.create(
        application=application,
        number=1,
        decided_by=people.chair,
        outcome="no_hire",
        rationale=LONG,
        dissent=TOKEN,
        override_reason=TOKEN,
        exception_reason=TOKEN,
        again_reason=TOKEN,
        departs=True,
        snapshot={"words": TOKEN},
        digest="d",
    )
    DecisionNote.objects.create(decision=decision, author=people.chair, text=TOKEN)
    return panel


def erase(panel, **changes) -> Candidate:
    candidate = panel.application.candidate
    erasing.request_erasure(
        candidate=candidate, by=panel.people.administrator, reason=f"{TOKEN} asked for it."
    )
    return erasing.erase(candidate=candidate, by=changes.get("by", panel.people.recruiter))


def everything() -> str:
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            found.append(cursor.fetchone()[0])
    return "\n".join(found)


def test_nothing_is_left_of_the_words(full):
    assert everything().count(TOKEN) > 25
    erase(full)

    assert TOKEN.lower() not in everything().lower()


def test_levels_stay_and_nobody_owes_anything(full):
    before = list(Answer.objects.order_by("pk").values_list("rating", "not_assessed_reason"))
    outcome = RollupRecord.objects.values().get()
    erase(full)

    now = list(Answer.objects.order_by("pk").values_list("rating", "not_assessed_reason"))
    assert now == before
    assert RollupRecord.objects.values().get() == outcome
    assert Decision.objects.get().outcome == "no_hire"
    assert not Interview.objects.owing().exists()
    assert Application.objects.get().state == "closed"
    assert not AnswerOp.objects.exists()


def test_another_candidate_is_untouched(full):
    other = build.application(full.opening, "Ghislain Fernsby")
    build.answered(build.interview(other, full.people.outsider), [1, 1, 1], evidence="Fernsby said")
    erase(full)

    assert "Fernsby said" in everything()
    assert Candidate.objects.get(pk=other.candidate_id).name == "Ghislain Fernsby"
    assert Interview.objects.owing().count() == 1


def test_it_is_noted_in_the_trail_and_in_the_ledger_without_a_name(full, settings):
    candidate = erase(full)

    assert list(Event.objects.values_list("verb", flat=True)) == [
        "erasure.requested",
        "candidate.erased",
    ]
    assert list(ledger.read()) == [candidate.pk]
    assert settings.ERASURE_LEDGER.stat().st_mode & 0o077 == 0
    request = ErasureRequest.objects.get()
    assert (request.reason, request.approved_by) == ("Done.", full.people.recruiter)


@pytest.mark.parametrize("room", [0, 10])
def test_a_full_disk_erases_nothing_and_leaves_no_half_line(full, settings, room):
    ledger.append(uuid4(), timezone.now())
    noted = settings.ERASURE_LEDGER.read_text()
    with files_of_at_most(len(noted) + room), pytest.raises(erasing.NotNoted):
        erase(full)

    assert settings.ERASURE_LEDGER.read_text() == noted
    assert TOKEN in everything()
    candidate = erasing.erase(candidate=full.application.candidate, by=full.people.recruiter)
    assert candidate.pk in set(ledger.read())


@contextmanager
def files_of_at_most(size: int):
    """What this process writes past it fails as on a full disk, after what still fits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_lost_ledger_is_written_again(full, settings):
    candidate = erase(full)
    settings.ERASURE_LEDGER.unlink()
    out = StringIO()
    for _ in range(2):
        call_command("erase_candidate", "--note-again", stdout=out)

    assert out.getvalue() == "Noted again: 1\nNoted again: 0\n"
    assert list(ledger.read()) == [candidate.pk]
    assert Event.objects.latest("number").verb == "erasure.noted_again"


def test_every_column_with_words_about_a_candidate_is_listed():
    """A new column has to be blanked, or named here as one that holds no words of people."""
    of_the_machine = {
        "state",
        "recommendation",
        "not_assessed_reason",
        "digest",
        "outcome",
        "code",
        "field",
        "device",
        "status",
        "score",
        "variance",
        "coverage",
        "spread",
        "areas",
        "formula_version",
        "config_digest",
        "ratings_digest",
        "probes",
        "signals",
    }
    blanked = {(model, column) for model, _, columns in erasing.WORDS for column in columns}
    of_candidate = {"name", "email", "accommodations", "legal_hold"}
    holding = (models.CharField, models.TextField, models.JSONField)
    about = {Candidate, Application, ErasureRequest, RollupRecord}
    grown = True
    while grown:  # whatever points at something about a candidate is about the candidate
        more = {
            model
            for model in apps.get_app_config("scorecards").get_models()
            if any(field.related_model in about for field in model._meta.fields)
        }
        grown = bool(more - about)
        about |= more
    for model in about - {AnswerOp}:
        for field in model._meta.fields:
            if isinstance(field, holding) and field.name not in of_the_machine:
                assert (
                    (model, field.name) in blanked
                    or (model is Candidate and field.name in of_candidate)
                    or (model is ErasureRequest and field.name == "reason")
                ), f"{model.__name__}.{field.name}"


# Who may --------------------------------------------------------------------------------------


def test_one_person_waits_a_day(panel):
    people, candidate = panel.people, panel.application.candidate
    erasing.request_erasure(candidate=candidate, by=people.administrator, reason="Asked for it.")
    with pytest.raises(erasing.NeedsSomebodyElse):
        erasing.erase(candidate=candidate, by=people.administrator)
    ErasureRequest.objects.update(requested_at=timezone.now() - timedelta(hours=24))
    erasing.erase(candidate=candidate, by=people.administrator)

    candidate.refresh_from_db()
    assert candidate.erased_at


def test_a_legal_hold_stops_it_at_every_step(panel):
    people, candidate = panel.people, panel.application.candidate
    erasing.request_erasure(candidate=candidate, by=people.administrator, reason="Asked for it.")
    erasing.set_legal_hold(candidate=candidate, by=people.administrator, reason="A claim.")
    with pytest.raises(erasing.OnLegalHold):
        erasing.erase(candidate=candidate, by=people.recruiter)
    with pytest.raises(erasing.OnLegalHold):
        erasing.erase_when_due(candidate=candidate, reason="It is time.")
    erasing.set_legal_hold(candidate=candidate, by=people.administrator, reason=" ")
    erasing.erase(candidate=candidate, by=people.recruiter)

    assert list(Event.objects.values_list("verb", flat=True))[1:] == [
        "candidate.held",
        "candidate.hold_lifted",
        "candidate.erased",
    ]


def test_asking_twice_taking_back_and_erasing_what_is_gone(panel):
    people, candidate = panel.people, panel.application.candidate
    ask = {"candidate": candidate, "by": people.administrator}
    with pytest.raises(erasing.NothingRequested):
        erasing.erase(candidate=candidate, by=people.recruiter)
    erasing.request_erasure(reason="Asked for it.", **ask)
    with pytest.raises(erasing.AlreadyRequested):
        erasing.request_erasure(reason="Asked again.", **ask)
    erasing.withdraw_erasure(**ask)
    with pytest.raises(erasing.NothingRequested):
        erasing.withdraw_erasure(**ask)
    erase(panel)
    with pytest.raises(erasing.AlreadyErased):
        erasing.request_erasure(reason="Once more.", **ask)


# After a restore --------------------------------------------------------------------------------


def test_a_replay_erases_again_and_only_once(full):
    candidate = full.application.candidate
    ledger.append(candidate.pk, timezone.now())
    Candidate.objects.update(legal_hold="From before the erasure.")
    assert erasing.replay(ledger.read()) == 1
    assert TOKEN.lower() not in everything().lower()
    assert erasing.replay(ledger.read()) == 0


def test_a_ledger_that_cannot_be_read_stops_the_replay(full, settings):
    settings.ERASURE_LEDGER.write_text('{"candidate": "nonsense"}\n')
    with pytest.raises(CommandError, match="Line 1 of the erasure ledger can't be read"):
        call_command("erase_candidate", "--replay")
    assert TOKEN in everything()
