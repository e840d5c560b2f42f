"""The folder that an export writes to: what was there stays until the new files are complete, and
nobody's own file is lost."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from roles.bank import export_bank, export_files, import_bank
from roles.models import Question
from tests import bank, build


@pytest.fixture
def few(db):
    """Two questions, of which one has a draft, and a set that asks both."""
    area, applied = build.area("production"), build.role("applied")
    first, second = build.question("shipped", in_area=area), build.question("outage", in_area=area)
    build.version(first.question, number=2, published=False, prompt="Not yet asked.")
    build.question_set(first, second, of_role=applied, name="Deep dive")
    return first


def below(directory: Path) -> dict[str, bytes]:
    paths = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in paths}


def test_export_into_a_folder_that_does_not_exist(few, tmp_path):
    out = StringIO()
    call_command("questions", "export", str(tmp_path / "a" / "b"), stdout=out)
    assert out.getvalue() == (
        f"Written to {tmp_path / 'a' / 'b'}. Questions: 2. Question sets: 1.\n"
    )
    assert below(tmp_path / "a" / "b") == export_files()


def test_export_over_a_former_export(few, tmp_path):
    export_bank(tmp_path)
    (tmp_path / "questions" / "production" / "gone.yaml").write_text("id: gone\n")
    (tmp_path / "questions" / "dropped").mkdir()
    (tmp_path / "questions" / "production" / "outage.yaml").write_text("changed by hand")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")
    (tmp_path / "README.md").write_text("Ours")
    export_bank(tmp_path)
    assert below(tmp_path) == export_files() | {".git/HEAD": b"ref", "README.md": b"Ours"}
    assert not (tmp_path / "questions" / "dropped").exists()


def refused(directory: Path) -> str:
    before = below(directory) if directory.is_dir() else directory.read_bytes()
    with pytest.raises(CommandError) as caught:
        call_command("questions", "export", str(directory), stdout=StringIO())
    assert (below(directory) if directory.is_dir() else directory.read_bytes()) == before
    return str(caught.value)


def test_export_refuses_a_folder_of_other_files(few, tmp_path):
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).write_text("mine")
    assert refused(tmp_path) == (
        f"Nothing was written: {tmp_path} holds other files (a.txt, b.txt, c.txt and 1 more); "
        "name an empty folder, or one that holds an export (EXPORTED.txt is in it)."
    )


@pytest.mark.parametrize(
    "name", ["questions/notes.txt", "questions/a/b/c.yaml", "questions/a/x.md", "sets/a/x.yaml"]
)
def test_export_refuses_to_remove_what_is_not_of_the_bank(few, tmp_path, name):
    export_bank(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    assert f"would remove what is not of the bank: {'/'.join(Path(name).parts[:2])}" in refused(
        tmp_path
    )


def test_export_refuses_links(few, tmp_path):
    export_bank(tmp_path / "bank")
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("mine")
    (tmp_path / "bank" / "sets" / "linked.yaml").symlink_to(elsewhere)
    assert "not of the bank: sets/linked.yaml" in refused(tmp_path / "bank")
    (tmp_path / "bank" / "sets" / "linked.yaml").unlink()
    os.rename(tmp_path / "bank" / "sets", tmp_path / "sets")
    (tmp_path / "bank" / "sets").symlink_to(tmp_path / "sets")
    assert "not of the bank: sets;" in refused(tmp_path / "bank")


def test_export_to_a_file(few, tmp_path):
    (tmp_path / "bank").write_text("mine")
    assert refused(tmp_path / "bank").endswith("bank is a file; name a folder.")


def test_export_where_nothing_may_be_written(few):
    with pytest.raises(CommandError, match=r"^Nothing was written: /proc/self/bank: "):
        call_command("questions", "export", "/proc/self/bank")


@pytest.mark.parametrize("number", range(6))
def test_an_interrupted_export_leaves_the_old_one(few, tmp_path, monkeypatch, number):
    export_bank(tmp_path)
    before = below(tmp_path)
    few.question.versions.filter(number=2).update(published_at=timezone.now())
    rename, done = os.rename, []

    def interrupted(old, new):
        done.append(old)
        if len(done) == number + 1:
            raise KeyboardInterrupt
        rename(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            export_bank(tmp_path)
    assert below(tmp_path) == before
    assert not list(tmp_path.glob(".export-*"))
    export_bank(tmp_path)
    assert below(tmp_path) == export_files() != before


def test_an_id_that_is_no_name_of_a_file(few, tmp_path):
    Question.objects.filter(slug="outage").update(slug="../outage")
    with pytest.raises(CommandError, match="can't be the name of a file"):
        call_command("questions", "export", str(tmp_path / "bank"))
    assert not (tmp_path / "bank").exists()


def test_import_reads_an_export_with_other_files_beside_it(few, tmp_path):
    export_bank(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    bank.question(tmp_path, "added")
    report = import_bank(tmp_path)
    assert report.counts() == ({"new": 1, "unchanged": 2}, {"unchanged": 1})
