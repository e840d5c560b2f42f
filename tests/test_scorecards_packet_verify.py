"""Checking a packet: without a database, and nothing that was changed gets by."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from scorecards.packet import NotAPacket, digest_of, embedded, first_difference, read
from scorecards.summaries.packet_page import page_to_keep
from tests import packets

ROOT = Path(__file__).resolve().parent.parent


def verify(path: Path, capsys) -> tuple[int, str, str]:
    code = 0
    try:
        call_command("verify_packet", str(path))
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


def written(folder: Path, text: str, name: str = "packet.json") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def another(character: str) -> str:
    """Of the same kind, so that what is changed stays as readable as it can."""
    kinds = {" ": "\t", "\n": " ", '"': "'", ":": ";", ",": ".", "/": "|"}
    if character in kinds:
        return kinds[character]
    return "7" if character == "3" else "3" if character.isdigit() else "q"


def found(text: str) -> str:
    """The words of what is wrong; empty when nothing is."""
    try:
        return str(first_difference(text) or "")
    except NotAPacket as error:
        return str(error)


def test_a_packet_that_nobody_touched(tmp_path, capsys):
    document = packets.packet()
    for name, text in (
        ("packet.json", packets.text(document)),
        ("packet.html", page_to_keep(document)),
    ):
        code, out, err = verify(written(tmp_path, text, name), capsys)

        assert (code, err) == (0, "")
        assert out.startswith(f"{tmp_path / name}: whole. Decision 1 of {packets.AT}: every figure")


def test_the_figures_of_the_small_packet():
    """By hand: production (4 + 3) / 2 = 3.5, cost 3: 3.25 points, 3/4 of the unit scale."""
    result = packets.packet()["record"]["result"]

    assert (result["outcome"], result["score"], result["coverage"]) == ("hire", "3/4", "1")
    assert [area["adds"] for area in result["areas"]] == [50, 25]
    assert result["printed"] == {"score": 325, "hire_bar": 250}
    assert sorted(row["value"] for row in result["ratings"]) == [3, 3, 4]
    assert sum(row["adds"] for row in result["ratings"]) == 75


@pytest.mark.parametrize("first", range(0, 7))
def test_any_one_character_that_is_changed_is_found(first):
    """Every seventh character from each start would be all of them; here a seventh of those."""
    text = packets.text(packets.packet())
    missed = []
    for place in range(first, len(text), 49):
        changed = text[:place] + another(text[place]) + text[place + 1 :]
        if changed != text and not found(changed):
            missed.append((place, text[place - 20 : place + 20]))
    assert missed == []


def test_any_one_character_that_is_dropped_or_added_is_found():
    text = packets.text(packets.packet())
    for place in range(0, len(text), 101):
        assert found(text[:place] + text[place + 1 :]), place
        assert found(text[:place] + " " + text[place:]), place
    assert "expected the end" not in found(text)
    assert "line" in found(text + "\n")


def test_a_page_is_what_its_record_makes(tmp_path, capsys):
    page = page_to_keep(packets.packet())
    start = page.index("<main")
    for place in [5, *range(start, len(page), 1499), len(page) - 2]:
        changed = page[:place] + another(page[place]) + page[place + 1 :]
        code, _, err = verify(written(tmp_path, changed, "packet.html"), capsys)
        assert code in (1, 2), (place, page[place - 20 : place + 20])
        assert err

    forged = page.replace('data-rec="hire"', 'data-rec="no-hire"', 1)
    code, _, err = verify(written(tmp_path, forged, "packet.html"), capsys)
    assert code == 1
    assert "the record inside is whole" in err and "from line" in err


def change(document: dict, path: str, value) -> dict:
    changed = copy.deepcopy(document)
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    here = changed
    for step in way:
        here = here[step]
    assert (here[last], type(here[last])) != (value, type(value))
    here[last] = value
    return changed


@pytest.mark.parametrize(
    "path, value, words",
    [
        (
            "record/interviews/1/answers/0/rating",
            4,
            "record.interviews[1].submissions[0].digest (of Ben Asker): expected ",
        ),
        (
            "record/interviews/0/summary",
            "Never ran it.",
            "record.interviews[0].submissions[0].digest (of Ana Asker): expected ",
        ),
        ("record/result/score", "4/5", "record.result.score: expected 3/4, found 4/5."),
        ("record/result/areas/0/adds", 51, "record.result.areas[0].adds: expected 50, found 51."),
        ("record/result/outcome", "no_hire", "record.result.outcome: expected hire, found no_hire"),
        (
            "record/result/without/0/outcome",
            "hire",
            "record.result.without[0].outcome: expected insufficient_evidence, found hire.",
        ),
        (
            "record/plan/areas/0/weight",
            "2",
            "record.result.areas[0].adds: expected 67, found 50.",
        ),
        ("decision/outcome", "no_hire", "decision.departs: expected True, found False."),
        ("decision/outcome", "perhaps", "It is no packet of this version: decision.outcome must"),
        ("decision/rationale", "Because.", "decision.rationale: expected 80 characters or more"),
        ("decision/number", 2, "decision.again_reason: expected a reason, found ."),
        (
            "record/interviews/0/shadow",
            True,
            "record.result.areas[0].likely_range[0]: expected 2.058220",
        ),
        ("record/people/" + packets.ANA, "Anna Asker", "digest: expected "),
        ("record/questions/0/prompt", "What else?", "digest: expected "),
        ("decision/dissent", "Nobody.", "digest: expected "),
    ],
)
def test_the_first_difference_is_named(path, value, words):
    changed = change(packets.packet(), path, value)

    assert found(packets.text(changed)).startswith(words)


@pytest.mark.parametrize(
    "path, value",
    [
        ("record/interviews/1/answers/0/rating", 4),
        ("record/result/score", "4/5"),
        ("record/result/ratings_digest", "0" * 64),
        ("record/plan/areas/1/bar", "5/6"),
        ("decision/departs", True),
        ("decision/rationale", "Because."),
        ("decision/exception_reason", "It can't wait."),
    ],
)
def test_a_new_digest_does_not_hide_what_does_not_follow(path, value):
    forged = packets.resealed(change(packets.packet(), path, value))

    assert forged["digest"] == digest_of(forged)
    assert found(packets.text(forged))


def test_a_forger_who_computes_everything_anew_is_not_found():
    """What the file alone can't prove: docs/packet.md says to compare the fingerprint."""
    forged = packets.packet(None, packets.card(packets.ANA, {packets.OUTAGE: 1, packets.PRICE: 1}))

    assert found(packets.text(forged)) != ""  # hire on insufficient evidence needs its reason
    whole = packets.packet({"dissent": "Ben would wait."})
    assert found(packets.text(whole)) == ""
    assert whole["digest"] != packets.packet()["digest"]


@pytest.mark.parametrize(
    "broken, words",
    [
        ("", "no JSON in UTF-8"),
        ("[]", "no packet of this version"),
        ("{}", "format is missing"),
        ('{"a": 1, "a": 2}', "a key is there twice"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"format": "\\ud800"}', "no JSON in UTF-8"),
    ],
)
def test_what_is_no_packet(tmp_path, capsys, broken, words):
    code, out, err = verify(written(tmp_path, broken), capsys)

    assert (code, out) == (2, "")
    assert words in err and err.count("\n") == 1


@pytest.mark.parametrize(
    "path, value, words",
    [
        ("version", 2, "version must be 1"),
        ("record/formula_version", 2, "made with formula 2; this program computes formula 1"),
        ("decision/number", True, "decision.number has the wrong type"),
        ("decision/extra", "x", "decision.extra is unknown"),
        ("record/interviews/0/interviewer", packets.CHAIR + "0", "does not say who"),
        ("record/plan/settings/points", "7", "can't be computed with: points"),
        ("record/interviews/0/state", "gone", r"interviews\[0\].state must be 'planned' or"),
        ("record/interviews/0/starts_at", "2026-11-19", "starts_at must be a time with its zone"),
        ("record/interviews/0/answers/0/rating", 9, "rating has the wrong type"),
        ("record/questions/0/anchors", ["One."], "does not have four anchors"),
        ("record/plan/areas", [], "can't be computed with"),
        ("record/plan/settings/hire_bar", "x", "can't be computed with"),
    ],
)
def test_a_packet_that_cant_be_computed(path, value, words):
    document = packets.packet()
    if path.endswith("extra"):
        document["decision"]["extra"] = ""
    with pytest.raises(NotAPacket, match=words.replace("(", r"\(")):
        first_difference(packets.text(change(document, path, value)))


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert verify(tmp_path / "nowhere.json", capsys)[0] == 2
    assert verify(tmp_path, capsys)[0] == 2
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert verify(tmp_path / "binary", capsys)[0] == 2


NO_DATABASE = """
from tests.settings import *

DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1",
                         "PORT": "9", "NAME": "none", "USER": "nobody"}}
"""


def test_no_database_is_asked(tmp_path):
    """Not even whether it is there: at this address nobody answers."""
    (tmp_path / "no_database.py").write_text(NO_DATABASE)
    path = written(tmp_path, page_to_keep(packets.packet()), "packet.html")
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_packet", str(path)],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "no_database",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ": whole." in done.stdout


def test_the_checks_use_the_standard_library_and_the_roll_up_only():
    for path in (ROOT / "scorecards" / "packet").glob("*.py"):
        for line in path.read_text().splitlines():
            if line.startswith(("import ", "from ")):
                name = line.split()[1]
                assert (
                    name.startswith(("scorecards.packet", "scorecards.rollup"))
                    or name.split(".")[0] in sys.stdlib_module_names
                ), f"{path.name}: {line}"


def test_a_page_holds_one_packet():
    document = packets.packet()
    page = page_to_keep(document)

    assert read(embedded(page)) == json.loads(packets.text(document))
    assert "Tell me about the &lt;outage&gt; &amp; more." in page
    with pytest.raises(NotAPacket, match="more than one"):
        embedded(page + page)
