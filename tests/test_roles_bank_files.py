"""Files that can't be read: each fault is named by file and line, and nothing is imported."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from interviewbank.audit.models import Event
from roles.bank import BadBank, import_bank
from roles.bank.sources import BYTES, TOTAL
from roles.models import Question, QuestionSet
from tests import bank, build

FILE = "questions/production/shipped.yaml"


@pytest.fixture
def known(db):
    build.area("production")
    build.area("cost")
    build.role("applied")


def problems(directory) -> list[str]:
    with pytest.raises(BadBank) as caught:
        import_bank(directory)
    assert not Question.objects.exists()
    assert not QuestionSet.objects.exists()
    assert not Event.objects.exists()
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: shipped", "id: Shipped", ":1: id: “Shipped” is not an id"),
        ("title: Shipped", "title: " + "x" * 41, ":2: title: 41 characters, at most 40 fit"),
        ("title: Shipped\n", "", ":1: title is missing"),
        ("title: Shipped", "title:", ":2: title is empty"),
        ("title: Shipped", "title: [a]", ":2: title: expected text"),
        ("area: production", "area: charm", ":3: area: “charm” is not one of"),
        ("kind: behavioural", "kind: quiz", ":4: kind: “quiz” is not one of"),
        ("[junior, senior]", "[junior, expert]", ":5: levels: “expert” is not one of"),
        ("[junior, senior]", "[junior, junior]", ":5: levels: “junior” stands here a second time"),
        ("[junior, senior]", "[]", ":5: levels is empty"),
        ("[junior, senior]", "junior", ":5: levels: expected a list"),
        ("roles: [applied]", "roles: [painter]", ":6: roles: “painter” is not one of applied"),
        ("tags: [numbers]", "tags: [" + "a," * 9 + "]", ":7: tags: 9 entries, at most 8 fit"),
        ("minutes: 8", "minutes: 61", ":8: minutes: “61” is not a number from 1 to 60"),
        ("minutes: 8", "minutes: eight", ":8: minutes: “eight” is not a number from 1 to 60"),
        ("minutes: 8", "minutes: 8\nmood: calm", ":9: unknown key “mood”; known here: anchors"),
        ("minutes: 8", "minutes: 8\nminutes: 9", ":9: “minutes” stands here a second time"),
        ("minutes: 8", "minutes: 8\nretired: maybe", ":9: retired: “maybe” is not one of true,"),
        ("minutes: 8", "minutes: 8\nretired_because: Old", ":9: retired_because is for a question"),
        ("minutes: 8", "minutes: 8\nchange: spelling", ":9: change: “spelling” is not one of"),
        ("  4: Says what one hears at 4.\n", "", ":15: 4 is missing"),
        ("Says what one hears at 3.", "", ":17: 3 is empty"),
        ("  4: Says", "  5: five\n  4: Says", ":18: unknown key “5”; known here: 1, 2, 3, 4"),
        ("id: vague", "id: named", ":23: weak_signals: the id “named” stands in this question"),
        ("  - id: vague\n    text: Stays vague", "  - vague", ":23: weak_signals: expected lines"),
        ("  - id: vague\n    text", "  - text", ":23: id is missing"),
        ("weak_signals:", "weak_signals: &w", ":22: anchors and aliases (& and *) are not"),
        ("weak_signals:", "weak_signals: *w\nx:", ":22: anchors and aliases (& and *) are not"),
        ("title: Shipped", "title: !!python/name:os.system", ":2: tags (!) are not part"),
        ("tags: [numbers]", "tags: [[[[[[[x]]]]]]]", ":7: nested more than 6 levels deep"),
        ("tags: [numbers]", "tags: [numbers", ":8: this is not YAML: did not find expected"),
        ("title: Shipped", 'title: "a\\0b"', ":2: there is a character that can't be stored"),
        ("title: Shipped", "title: a\x00b", ":2: there is a character that can't be stored"),
        ("minutes: 8", "minutes: 8\n---\nid: x", ":10: one file holds one document"),
    ],
)
def test_question_file_with_a_fault(known, tmp_path, old, new, expected):
    bank.whole(tmp_path)
    bank.question(tmp_path, "shipped", **{old: new})
    found = problems(tmp_path)
    assert any(line.startswith(FILE + expected) for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("role: applied", "role: painter", ":3: role: “painter” is not one of applied"),
        ("level: senior", "level: high", ":4: level: “high” is not one of junior, senior"),
        ("round: Screen\n", "", ":1: round is missing"),
        ("minutes: 45", "minutes: 4", ":7: minutes: “4” is not a number from 5 to 240"),
        ("question: outage", "question: nowhere", ":11: there is no question “nowhere”"),
        ("question: outage", "question: shipped", ":8: questions: “shipped” stands here a second"),
        ("required: false", "required: no", ":12: required: “no” is not one of true, false"),
        ("name: A first talk", "name: A first talk\nkit: 1", ":3: unknown key “kit”; known here:"),
    ],
)
def test_set_file_with_a_fault(known, tmp_path, old, new, expected):
    bank.whole(tmp_path)
    bank.question_set(tmp_path, **{old: new})
    found = problems(tmp_path)
    assert any(line.startswith("sets/screen.yaml" + expected) for line in found), found


def test_set_without_questions(known, tmp_path):
    path = bank.whole(tmp_path) / "sets" / "screen.yaml"
    path.write_text(path.read_text().split("questions:")[0] + "questions: []\n")
    assert problems(tmp_path) == ["sets/screen.yaml:8: questions is empty"]


def test_every_fault_of_every_file_is_named(known, tmp_path):
    bank.question(tmp_path, "shipped", **{"minutes: 8": "minutes: 0", "kind": "sort"})
    bank.question(tmp_path, "outage", **{"levels: [junior, senior]\n": ""})
    assert problems(tmp_path) == [
        "questions/production/outage.yaml:1: levels is missing",
        f"{FILE}:1: kind is missing",
        f"{FILE}:4: unknown key “sort”; known here: anchors, area, change, id, kind, levels, "
        "minutes, probes, prompt, retired, retired_because, roles, strong_signals, tags, title, "
        "weak_signals",
        f"{FILE}:8: minutes: “0” is not a number from 1 to 60",
    ]


def test_ids_taken_twice(known, tmp_path):
    bank.question(tmp_path, "shipped")
    bank.question(tmp_path, "shipped", area="cost")
    assert problems(tmp_path) == [
        f"{FILE}:1: the id “shipped” is taken by questions/cost/shipped.yaml"
    ]


def test_file_in_the_wrong_place(known, tmp_path):
    bank.question(tmp_path, "shipped").rename(tmp_path / "questions" / "sent.yaml")
    bank.question_set(tmp_path).rename(tmp_path / "sets" / "screen.yml")
    assert problems(tmp_path) == [
        "questions/sent.yaml: its area is “production”: move it to questions/production/",
        "questions/sent.yaml:1: the id is “shipped”: name the file shipped.yaml",
        "sets/screen.yml: name it .yaml",
    ]


def test_folder_without_files(known, tmp_path):
    assert problems(tmp_path) == [f"{tmp_path}: there are no files in questions/ or sets/"]
    assert problems(tmp_path / "no") == [f"{tmp_path / 'no'}: there is no such folder"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", ": expected lines of “key: value”"),
        (b"- a\n", ":1: expected lines of “key: value”"),
        (b"id: x\ntitle: \xff\n", ":2: this is not UTF-8 text"),
        (b"#" * (BYTES + 1), ": larger than 64 KiB"),
        (b"[" * 60_000, ":1: nested more than 6 levels deep"),
        (b"? [a]\n: b\n", ":1: a key is a word"),
    ],
)
def test_file_that_is_no_question(known, tmp_path, raw, expected):
    bank.question(tmp_path, "shipped").write_bytes(raw)
    assert problems(tmp_path) == [FILE + expected]


def test_file_that_may_not_be_read(known, tmp_path):
    path = bank.question(tmp_path, "shipped")
    path.unlink()
    os.symlink(tmp_path / "gone", path)
    assert problems(tmp_path) == [f"{FILE}: can't be read: No such file or directory"]


def test_many_faults_are_cut_short(known, tmp_path):
    for number in range(60):
        bank.question(tmp_path, f"q-{number}", **{"minutes: 8\n": ""})
    with pytest.raises(BadBank, match=r"\nand 10 more$") as caught:
        import_bank(tmp_path)
    assert len(caught.value.problems) == 60


def test_command_names_the_faults(known, tmp_path):
    bank.question(tmp_path, "shipped", **{"minutes: 8": "minutes: 0"})
    with pytest.raises(CommandError) as caught:
        call_command("questions", "import", str(tmp_path))
    assert str(caught.value) == (
        f"Nothing was imported: 1 problem.\n{FILE}:8: minutes: “0” is not a number from 1 to 60"
    )


def test_command_says_how_far_it_is(known, tmp_path):
    for number in range(1_001):
        bank.question(tmp_path, f"q-{number}")
    out, progress = StringIO(), StringIO()
    command = ("questions", "import", str(tmp_path), "--dry-run")
    call_command(*command, stdout=out, stderr=progress)
    assert progress.getvalue() == "1,000 of 1,001 files read\n"
    assert "Questions: 1001 new." in out.getvalue()
    assert not Question.objects.exists()
    call_command(*command, stdout=out, stderr=progress, verbosity=0)
    assert progress.getvalue() == "1,000 of 1,001 files read\n"


def test_files_that_are_too_many_to_hold(known, tmp_path):
    for number in range(TOTAL // BYTES + 1):
        place = tmp_path / "sets" / f"s-{number}.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"#" * BYTES)
    assert problems(tmp_path) == [f"{tmp_path}: more than 64 MiB in all"]
