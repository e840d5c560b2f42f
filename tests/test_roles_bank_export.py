"""The export: the text form of what is published, and back without a difference."""

import dataclasses
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roles.bank import export_bank, export_files, import_bank
from roles.bank.planning import vocabulary
from roles.bank.reading import read_bank
from roles.bank.sources import folder
from roles.bank.yamltext import Prose, write
from roles.bank.yamltree import Items, Node, Text, read
from roles.models import Question, QuestionSet, QuestionVersion
from tests import build, shipped

AS_WRITTEN = """\
id: outage
title: "Down: for an hour"
area: production
kind: behavioural
levels: [junior, senior]
roles: [applied, systems]
tags: ["no", numbers]
retired: true
retired_because: >-
  Everybody has heard it.
minutes: 8
prompt: |-
  Tell me about an outage.

    Who noticed?
probes: []
anchors:
  1: >-
    Says what one hears at 1.
  2: >-
    Says what one hears at 2.
  3: >-
    Notices first, before anybody calls, and says how: by an alarm on what users see rather
    than on what machines do.
  4: >-
    Says what one hears at 4.
strong_signals:
  - id: named
    text: Names a “number” [with a unit]
weak_signals:
  - id: vague
    text: "- stays vague"
"""
SET_AS_WRITTEN = """\
id: deep-dive
name: Deep dive
role: applied
level: senior
round: Deep dive
minutes: 60
questions:
  - question: shipped
    required: true
  - question: outage
    required: true
"""


@pytest.fixture
def few(db):
    """Two questions that a set asks; a draft beside one, and a question that is a draft only."""
    area, applied = build.area("production"), build.role("applied", position=2)
    systems = build.role("systems", position=1)
    first = build.question("shipped", in_area=area)
    build.version(first.question, number=2, published=False, prompt="Not yet asked.")
    second = build.question(
        "outage",
        in_area=area,
        title="Down: for an hour",
        prompt=" Tell me about an outage.\r\n\r\n  Who noticed?\n",
        probes=[],
        anchor_3="Notices first, before anybody calls, and says how: by an alarm on what users "
        "see rather than on what machines do.",
        strong_signals=[{"id": "named", "text": "Names a “number” [with a unit]"}],
        weak_signals=[{"id": "vague", "text": "- stays vague"}],
    ).question
    second.roles.set([systems, applied])
    Question.objects.filter(pk=second.pk).update(
        levels=["senior", "junior"],
        tags=["no", "numbers"],
        retired_at=timezone.now(),
        retired_reason="Everybody has heard it.\n",
    )
    build.question_set(first, second.versions.get(), of_role=applied, name="Deep dive")
    build.question("fresh", in_area=area, published=False)
    QuestionSet.objects.create(
        slug="empty", name="Empty", role=applied, level="junior", round_name="X", minutes=30
    )
    return first


def below(directory: Path) -> dict[str, bytes]:
    paths = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in paths}


def unchanged(directory: Path) -> bool:
    """What an import of these files would do to the bank that they came from: nothing."""
    report = import_bank(directory, dry_run=True)
    return report.changes == ()


# the files


def test_files_of_a_question_and_a_set(few):
    files = export_files()
    assert list(files) == [
        "EXPORTED.txt",
        "questions/production/outage.yaml",
        "questions/production/shipped.yaml",
        "sets/deep-dive.yaml",
    ]
    assert files["questions/production/outage.yaml"].decode() == AS_WRITTEN
    assert files["sets/deep-dive.yaml"].decode() == SET_AS_WRITTEN
    assert b"Tell me about shipped." in files["questions/production/shipped.yaml"]
    assert b"Edith" not in b"".join(files.values())


def test_an_export_is_no_change_to_the_bank_that_it_came_from(few, tmp_path):
    export_bank(tmp_path)
    assert unchanged(tmp_path)
    assert QuestionVersion.objects.count() == 4


def test_an_export_of_a_set_that_asks_an_earlier_version(few, tmp_path):
    QuestionVersion.objects.filter(number=2).update(published_at=timezone.now())
    export_bank(tmp_path)
    assert unchanged(tmp_path)


def test_more_questions_cost_no_more_queries(few, django_assert_num_queries):
    with django_assert_num_queries(7):
        export_files()
    for number in range(3):
        build.question_set(build.question(f"more-{number}", in_area=few.question.area))
    with django_assert_num_queries(7):
        export_files()


def test_the_shipped_bank_says_the_same(db, tmp_path):
    shipped.load_bank()
    export_bank(tmp_path)
    assert unchanged(tmp_path)
    assert said(tmp_path) == said(shipped.FIXTURES / "bank")
    assert sum(len(kind) for kind in said(tmp_path)) > 80


def said(directory: Path) -> tuple[dict, dict]:
    """All that files say, wherever in them it stands."""
    questions, sets, problems = read_bank(folder(directory), vocabulary())
    assert problems == []
    by_slug = {
        one.slug: dataclasses.replace(one, line=0, roles=sorted(one.roles)) for one in questions
    }
    asked = {
        one.slug: (one.role, one.columns, [(slug, required) for slug, required, _ in one.items])
        for one in sets
    }
    return by_slug, asked


def test_export_import_export_into_another_database(db, tmp_path):
    with transaction.atomic():
        shipped.load_bank()
        Question.objects.filter(slug="first-month-live").update(
            retired_at=timezone.now(), retired_reason="Too well known."
        )
        export_bank(tmp_path / "first")
        transaction.set_rollback(True)
    assert not Question.objects.exists()
    files = [shipped.FIXTURES / f"{name}.yaml" for name in ("roles", "areas")]
    call_command("loaddata", *files, verbosity=0)
    import_bank(tmp_path / "first")
    export_bank(tmp_path / "second")
    assert below(tmp_path / "first") == below(tmp_path / "second")


# the text

SIGNS = "ab \n:#-'\"[],{}&*!|>%@`0123.~=<?\t\\\u2028\x85\x7fé\U0001f600"
WORDS = "yes No null ~ 1.5 1e5 2001-01-01 0x1F .inf NaN = << - ? --- ... a: a:b #a"
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=60),
    st.text(SIGNS, max_size=40),
    st.sampled_from(WORDS.split()),
).map(str.strip)


def plain(node: Node):
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [plain(one) for one in node.values]
    return {key: plain(one) for key, one in node.values.items()}


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
@example("A?", "word " * 60 + "end", ["A?", "no"])
@example("11 searches", "  \n x".strip(), ["a:b", ""])
def test_every_text_is_read_as_it_was_written(line, prose, words):
    entries = [{"id": line, "text": prose}, {"id": "x", "text": line}]
    document = {"a": line, "b": Prose(prose), "c": words, "d": {"e": Prose(line)}, "f": entries}
    wanted = {"a": line, "b": prose, "c": words, "d": {"e": line}, "f": entries}
    assert plain(read(write(document))) == wanted
    assert yaml.safe_load(write(document)) == wanted
