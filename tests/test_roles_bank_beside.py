"""An import beside what editors do in the pages: drafts of sets, sets on earlier versions, retired
questions."""

import pytest

from interviewbank.audit.models import Event
from roles.bank import import_bank
from roles.models import Question, QuestionSet, QuestionSetVersion
from tests import bank, build
from tests.test_roles_bank_import import asked, counts


@pytest.fixture
def known(db):
    build.area("production")
    build.role("applied")


@pytest.fixture
def directory(known, tmp_path):
    """A bank that was imported once."""
    import_bank(bank.whole(tmp_path))
    return tmp_path


def test_a_draft_of_a_set_goes_on_above_the_import(directory):
    screen = QuestionSet.objects.get()
    QuestionSetVersion.objects.create(question_set=screen, number=2)
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})
    bank.question(directory, "outage", **{"at 3.": "at three."})
    assert counts(directory) == ({"unchanged": 1, "new version": 1}, {"new version": 1})
    published = QuestionSetVersion.objects.filter(published_at__isnull=False)
    assert list(published.values_list("number", flat=True)) == [1, 2]
    assert QuestionSetVersion.objects.get(published_at=None).number == 3


def test_a_set_that_was_left_on_an_earlier_version_stays_on_it(directory):
    build.version(Question.objects.get(slug="outage"), number=2, anchor_3="At three.")
    bank.question(directory, "outage", **{"Says what one hears at 3.": "At three."})
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})
    assert asked() == [("shipped", 1, True), ("outage", 1, False)]
    bank.question_set(directory, **{"required: false": "required: true"})
    assert counts(directory) == ({"unchanged": 2}, {"new version": 1})
    assert asked() == [("shipped", 1, True), ("outage", 2, True)]


def test_retired_and_restored(directory):
    why = "retired: true\nretired_because: Everybody knows it.\nminutes"
    for _ in range(2):
        bank.question(directory, "outage", **{"minutes": "retired: true\nminutes"})
        import_bank(directory)
        assert Question.objects.get(slug="outage").retired_reason == ""
    bank.question(directory, "outage", **{"minutes": why})
    assert counts(directory) == ({"unchanged": 1, "changed": 1}, {"unchanged": 1})
    assert Question.objects.get(slug="outage").retired_at
    assert Question.objects.get(slug="outage").retired_reason == "Everybody knows it."
    bank.question(directory, "outage")
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})
    assert Question.objects.get(slug="outage").retired_at
    bank.question(directory, "outage", **{"minutes": "retired: false\nminutes"})
    assert counts(directory) == ({"unchanged": 1, "changed": 1}, {"unchanged": 1})
    outage = Question.objects.get(slug="outage")
    assert (outage.retired_at, outage.retired_reason) == (None, "")
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))[-3:]
    assert verbs == ["question.retired", "question.filed", "question.restored"]


def test_new_and_retired_at_once(known, tmp_path):
    bank.question(tmp_path, "outage", **{"minutes": "retired: true\nminutes"})
    import_bank(tmp_path)
    assert Question.objects.get().retired_at
