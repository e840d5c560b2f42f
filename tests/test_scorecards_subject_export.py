"""What is kept about a candidate, for the candidate: everything of theirs, nobody else's name."""

import io
import json
import stat
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit.models import Event
from scorecards.models import (
    Answer,
    Application,
    Candidate,
    Debrief,
    DebriefNote,
    Decision,
    DecisionNote,
    Interview,
    PanelRating,
    Scorecard,
    Submission,
    Vote,
)
from scorecards.summaries.subject_export import collect, export
from scorecards.workflow import erasing
from scorecards.workflow.rollups import refresh_rollup
from tests import build

RATIONALE = "Ines Asker and colin heard how the outage was handled; Chiara Decider agreed. " * 2


@pytest.fixture
def full(panel):
    people, application = panel.people, panel.application
    build.answered(panel.mine, [1, 1, 1], evidence="A draft that nobody reads")
    card = build.answered(panel.theirs, [3, None, 1], evidence="Ines told me; INES ASKER, too.")
    Scorecard.objects.filter(pk=card.pk).update(
        summary="Better than Inessa.", recommendation="hire", submitted_at=timezone.now()
    )
    refresh_rollup(application)
    debrief = Debrief.objects.create(application=application, number=1, opened_by=people.chair)
    DebriefNote.objects.create(debrief=debrief, author=people.committee, text="Heard it, too.")
    Vote.objects.create(
        debrief=debrief, member=people.chair, recommendation="hire", rationale="Ran it alone."
    )
    Decision.objects.create(
        application=application,
        number=1,
        decided_by=people.chair,
        outcome="hire",
        rationale=RATIONALE,
        departs=False,
        snapshot={"a": 1},
        digest="d",
    )
    return panel


def test_it_holds_what_was_said_and_decided(full):
    document = collect(full.application.candidate)
    (application,) = document["applications"]
    assert document["candidate"]["name"] == "Odalys Brambleworth"
    cards = [one["scorecard"] for one in application["interviews"]]
    (card,) = [one for one in cards if one]
    assert [answer["rating"] for answer in card["answers"]] == [3, None, 1]
    assert card["answers"][1]["not_assessed"] == "Not reached"
    assert application["roll_up"]["coverage"] is not None
    assert application["decisions"][0]["outcome"] == "Hire"


def test_drafts_and_hidden_votes_are_not_in_it(full):
    text = json.dumps(collect(full.application.candidate))
    assert "A draft that nobody reads" not in text
    assert "Ran it alone." not in text

    Debrief.objects.update(revealed_at=timezone.now())
    assert "Ran it alone." in json.dumps(collect(full.application.candidate))


def test_colleagues_are_named_by_what_they_did_in_texts_too(full):
    text = json.dumps(collect(full.application.candidate))

    for person in vars(full.people).values():
        assert person.name.lower() not in text.lower()
        assert person.email not in text
    assert "Interviewer 1 told me; Interviewer 1, too." in text
    assert "Interviewer 1 and Interviewer 2 heard how" in text
    assert "Better than Inessa." in text, "part of a longer word is another word"


def test_the_file_holds_both_forms_and_is_its_owners(full, tmp_path):
    path = tmp_path / "subject.zip"
    call_command("subject_export", full.application.candidate.email.upper(), str(path))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert sorted(archive.namelist()) == ["data.json", "index.html"]
        assert json.loads(archive.read("data.json"))["candidate"]["name"] == "Odalys Brambleworth"
        page = archive.read("index.html").decode()
    assert "Interviewer 1 told me" in page
    assert "<script" not in page


def test_every_row_of_the_person_is_in_it(full, tmp_path):
    other = build.opening(full.set_version, title="Staff AI engineer")
    email = full.application.candidate.email
    Candidate.objects.filter(pk=build.application(other, "Odalys B.").candidate_id).update(
        email=email.upper(), accommodations="A quiet room."
    )
    path = tmp_path / "subject.zip"
    call_command("subject_export", email, str(path))
    with zipfile.ZipFile(path) as archive:
        document = json.loads(archive.read("data.json"))
        page = archive.read("index.html").decode()

    (also,) = document["also_kept_as"]
    assert (also["name"], also["accommodations"]) == ("Odalys B.", "A quiet room.")
    assert len(document["applications"]) == 2
    assert "Staff AI engineer" in page
    assert "A quiet room." in page
    assert list(Event.objects.values_list("verb", "actor")) == [("candidate.exported", None)] * 2


def test_everything_that_an_erasure_blanks_is_in_it(full):
    """But private notes, and what the product made of the same words."""
    decision = {"override_reason", "exception_reason", "again_reason", "dissent"}
    columns = {
        Application: {"state_reason"},
        Interview: {"location", "state_reason"},
        Debrief: {"exception_reason"},
        DebriefNote: {"text"},
    }
    for model, names in columns.items():
        model.objects.update(**{name: f"{model.__name__} {name}" for name in names})
    text = json.dumps(collect(full.application.candidate))

    for model, names in columns.items():
        for name in names:
            assert f"{model.__name__} {name}" in text
    kept = json.loads(text)["applications"][0]["decisions"][0]
    assert decision < set(kept)
    left_out = {(Scorecard, "scratch"), (Submission, "salt"), (Decision, "snapshot")}
    said = {(Answer, "evidence"), (Scorecard, "summary"), (Vote, "rationale")}
    said |= {(Submission, "content"), (Submission, "reason"), (DecisionNote, "text")}
    said |= {(Decision, name) for name in (*decision, "rationale")} | {(PanelRating, "note")}
    said |= {(model, name) for model, names in columns.items() for name in names}
    blanked = {(model, name) for model, _, names in erasing.WORDS for name in names}
    assert blanked == said | left_out


def test_a_name_is_replaced_in_what_people_wrote_only(full):
    """The interviewer is called like a word of the question, and like the candidate."""
    User.objects.filter(pk=full.people.colleague.pk).update(name="Tell Brambleworth")
    Scorecard.objects.filter(submitted_at=None).update(summary="")
    candidate = full.application.candidate
    candidate.accommodations = "Ask Tell, Cora or Odalys Brambleworth."
    candidate.save(update_fields=["accommodations"])
    document = collect(candidate)

    assert document["candidate"]["name"] == "Odalys Brambleworth"
    said = document["candidate"]["accommodations"]
    assert said == "Ask Interviewer 2, Colleague 1 or Odalys Brambleworth."
    cards = [one["scorecard"] for one in document["applications"][0]["interviews"]]
    (card,) = [one for one in cards if one]
    assert card["answers"][0]["question"] == "Tell me about shipped."


def test_words_are_escaped_in_the_page(full):
    Scorecard.objects.filter(submitted_at__isnull=True).update(summary="")
    candidate = full.application.candidate
    candidate.accommodations = "<script>alert(1)</script>"
    candidate.save(update_fields=["accommodations"])
    with zipfile.ZipFile(io.BytesIO(export(candidate))) as archive:
        assert "<script>" not in archive.read("index.html").decode()


def test_a_bad_argument_is_one_clear_line(full, tmp_path):
    there = tmp_path / "there.zip"
    there.write_bytes(b"kept")
    with pytest.raises(CommandError, match="No candidate has the e-mail"):
        call_command("subject_export", "nobody@example.org", str(tmp_path / "x.zip"))
    with pytest.raises(CommandError, match="can't be written: File exists"):
        call_command("subject_export", full.application.candidate.email, str(there))
    assert there.read_bytes() == b"kept"
