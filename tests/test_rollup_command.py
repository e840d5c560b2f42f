"""`manage.py rollup`: results on standard output, or nothing but one line per fault and code 2."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

EXAMPLES = json.loads(Path(__file__).with_name("test_rollup_examples.json").read_text("utf-8"))


def run(file, capsys) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    code = 0
    try:
        call_command("rollup", str(file))
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


def write(folder: Path, content) -> Path:
    path = folder / "case.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def same(result, expected) -> None:
    """Equal but for the wording that is free."""
    for field, value in expected.items():
        if field in ("missing_evidence", "discuss"):
            assert len(result[field]) == len(value)
        else:
            assert result[field] == value


def test_one_case(tmp_path, capsys):
    example = EXAMPLES["26 area with a bar disagrees, panel not split"]

    code, out, err = run(write(tmp_path, example["input"]), capsys)

    assert (code, err) == (0, "")
    same(json.loads(out), example["expected"])


def test_all_cases_from_standard_input(monkeypatch, capsys):
    text = json.dumps({name: case["input"] for name, case in EXAMPLES.items()})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    code, out, err = run("-", capsys)

    assert (code, err) == (0, "")
    results = json.loads(out)
    assert list(results) == list(EXAMPLES)
    for name, case in EXAMPLES.items():
        same(results[name], case["expected"])


def test_faults_of_a_case_are_named_and_nothing_is_printed(tmp_path, capsys):
    good = EXAMPLES["19 same ratings, equal weights"]["input"]
    bad = {
        "areas": {"cost": {"weight": "0"}},
        "questions": {"c1": {"area": "cost"}},
        "settings": {"hire_bar": "3/2", "colour": 1},
        "ratings": [["ann", "c1"]],
    }

    code, out, err = run(write(tmp_path, {"good": good, "bad": bad}), capsys)

    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "bad: settings.colour: unknown key",
        "bad: ratings[0]: must be [name, question, value], got ['ann', 'c1']",
        "bad: areas.cost.weight: must be greater than 0, got 0",
        "bad: settings.hire_bar: must be from 0 to 1, got 3/2",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON in UTF-8"),
        ('{"areas": {}, "areas": {}}', "key 'areas' is there twice"),
        ('{"areas": {"a": {"weight": NaN}}}', "NaN is no number"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "holds no case"),
        ("3", "must be an object, got 3"),
    ],
)
def test_files_that_are_no_cases(tmp_path, capsys, content, said):
    code, out, err = run(write(tmp_path, content), capsys)

    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_files_that_cannot_be_read(tmp_path, capsys):
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"\xe9": 1}')

    for file, said in (
        (tmp_path / "nothing.json", "No such file"),
        (tmp_path, "Is a directory"),
        (latin, "UTF-8"),
    ):
        code, out, err = run(file, capsys)
        assert (code, out) == (2, "")
        assert said in err
        assert len(err.splitlines()) == 1
