"""The import: new questions and sets, new versions, nothing when nothing changed."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from interviewbank.audit.models import Event
from roles.bank import BadBank, import_bank
from roles.models import (
    AreaProfile,
    Question,
    QuestionSet,
    QuestionSetVersion,
    QuestionVersion,
    Role,
)
from tests import bank, build

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture
def known(db):
    build.area("production")
    build.area("cost")
    build.role("applied")
    build.role("systems")


@pytest.fixture
def directory(known, tmp_path):
    """A bank that was imported once."""
    import_bank(bank.whole(tmp_path))
    return tmp_path


def counts(directory, **options) -> tuple[dict, dict]:
    questions, sets = import_bank(directory, **options).counts()
    return dict(questions), dict(sets)


def asked(slug: str = "screen") -> list[tuple[str, int, bool]]:
    """What the live version of a set asks: (question, version number, required)."""
    live = QuestionSetVersion.objects.filter(question_set__slug=slug).latest("number")
    assert live.published_at
    items = live.items.select_related("question_version__question")
    return [
        (item.question_version.question.slug, item.question_version.number, item.required)
        for item in items
    ]


def test_first_import(known, tmp_path, people):
    report = import_bank(bank.whole(tmp_path), by=people.editor)
    assert report.counts() == ({"new": 2}, {"new": 1})
    version = QuestionVersion.objects.get(question__slug="shipped")
    assert (version.number, version.change, version.author) == (1, "first", people.editor)
    assert version.published_at is not None
    assert version.prompt == "Tell me about shipped."
    assert version.anchors == [(n, f"Says what one hears at {n}.") for n in (1, 2, 3, 4)]
    assert version.probes == [{"id": "how", "text": "How did you know?"}]
    assert version.signals == [
        {"id": "named", "text": "Names a number"},
        {"id": "vague", "text": "Stays vague"},
    ]
    question = version.question
    assert (question.area.slug, question.kind, question.levels, question.tags, question.owner) == (
        "production",
        "behavioural",
        ["junior", "senior"],
        ["numbers"],
        people.editor,
    )
    assert [role.slug for role in question.roles.all()] == ["applied"]
    made = QuestionSet.objects.get()
    assert (made.slug, made.name, made.role.slug, made.level) == (
        "screen",
        "A first talk",
        "applied",
        "senior",
    )
    assert (made.round_name, made.purpose, made.minutes) == ("Screen", "What somebody ran.", 45)
    assert asked() == [("shipped", 1, True), ("outage", 1, False)]
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["question.published"] * 2 + ["question_set.published", "bank.imported"]
    last = Event.objects.latest("number")
    assert (last.actor, last.object_id) == (people.editor, people.editor.pk)
    assert last.fields == ["question_sets", "questions"]


def test_second_import_changes_nothing(directory):
    before = Event.objects.count()
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})
    assert QuestionVersion.objects.count() == 2
    assert QuestionSetVersion.objects.count() == 1
    assert Event.objects.count() == before


def test_changed_words_make_a_version_and_move_the_set(directory):
    bank.question(directory, "outage", **{"at 3.": "at three."})
    assert counts(directory) == ({"unchanged": 1, "new version": 1}, {"new version": 1})
    first, second = QuestionVersion.objects.filter(question__slug="outage").order_by("number")
    assert (first.anchor_3, second.anchor_3) == (
        "Says what one hears at 3.",
        "Says what one hears at three.",
    )
    assert (second.number, second.change) == (2, "meaning")
    assert asked() == [("shipped", 1, True), ("outage", 2, False)]
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})
    events = list(Event.objects.order_by("-number")[:2].values_list("verb", "fields"))
    assert events == [
        ("question_set.published", ["questions"]),
        ("question.published", ["anchor_3"]),
    ]


def test_changed_wording_says_so(directory):
    bank.question(
        directory,
        "outage",
        **{"about outage": "about an outage", "minutes": "change: wording\nminutes"},
    )
    import_bank(directory)
    assert QuestionVersion.objects.get(question__slug="outage", number=2).change == "wording"
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})


def test_changed_filing_makes_no_version(directory):
    bank.question(
        directory, "outage", **{"[junior, senior]": "[senior]", "[applied]": "[systems, applied]"}
    )
    assert counts(directory) == ({"unchanged": 1, "changed": 1}, {"unchanged": 1})
    question = Question.objects.get(slug="outage")
    assert question.levels == ["senior"]
    assert set(question.roles.values_list("slug", flat=True)) == {"applied", "systems"}
    assert question.versions.count() == 1
    assert counts(directory) == ({"unchanged": 2}, {"unchanged": 1})


def test_changed_order_of_a_set(directory):
    path = directory / "sets" / "screen.yaml"
    text = path.read_text().replace("shipped", "X").replace("outage", "shipped")
    path.write_text(text.replace("X", "outage"))
    assert counts(directory) == ({"unchanged": 2}, {"new version": 1})
    assert asked() == [("outage", 1, True), ("shipped", 1, False)]
    assert QuestionSetVersion.objects.count() == 2


def test_changed_name_of_a_set_makes_no_version(directory):
    bank.question_set(directory, **{"A first talk": "A second talk"})
    assert counts(directory) == ({"unchanged": 2}, {"changed": 1})
    assert QuestionSet.objects.get().name == "A second talk"
    assert QuestionSetVersion.objects.count() == 1


def test_a_set_may_ask_what_is_in_the_bank_only(directory):
    for path in (directory / "questions" / "production").iterdir():
        path.unlink()
    bank.question_set(directory, "other")
    assert counts(directory) == ({}, {"unchanged": 1, "new": 1})
    assert asked("other") == [("shipped", 1, True), ("outage", 1, False)]


def test_what_the_files_do_not_mention_stays(directory, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    bank.question(other, "price", area="cost")
    assert counts(other) == ({"new": 1}, {})
    assert Question.objects.count() == 3
    assert asked() == [("shipped", 1, True), ("outage", 1, False)]


def test_an_area_stays(directory):
    (directory / "questions" / "production" / "outage.yaml").unlink()
    bank.question(directory, "outage", area="cost")
    with pytest.raises(BadBank) as caught:
        import_bank(directory)
    assert str(caught.value) == (
        "questions/cost/outage.yaml:1: “outage” was published in “production”; an area stays"
    )


def test_a_draft_stops_an_import_that_would_overwrite_it(directory, people):
    question = Question.objects.get(slug="outage")
    build.version(question, number=2, published=False, author=people.editor)
    bank.question(directory, "outage", **{"[numbers]": "[figures]"})
    assert counts(directory) == ({"unchanged": 1, "changed": 1}, {"unchanged": 1})
    bank.question(directory, "shipped", **{"at 3.": "at three."})
    bank.question(directory, "outage", **{"at 3.": "at three."})
    with pytest.raises(BadBank) as caught:
        import_bank(directory)
    assert str(caught.value) == (
        "questions/production/outage.yaml:1: “outage” has a draft of Edith Queller "
        "that is not published: publish or discard it"
    )
    assert not QuestionVersion.objects.filter(question__slug="shipped", number=2).exists()


def test_dry_run_says_what_would_change(directory):
    changes = {"at 3.": "at three.", "tags: [numbers]": "tags: [figures]"}
    bank.question(directory, "outage", **changes)
    bank.question(directory, "price", area="cost")
    events, versions = Event.objects.count(), QuestionVersion.objects.count()
    out = StringIO()
    call_command("questions", "import", str(directory), "--dry-run", stdout=out)
    assert out.getvalue().splitlines() == [
        "price: new question",
        "outage: version 2 (meaning changes): anchor_3, tags",
        "  anchor_3",
        "    was Says what one hears at 3.",
        "    now Says what one hears at three.",
        "  tags",
        "    was numbers",
        "    now figures",
        "screen: new version: questions",
        "  questions",
        "    was shipped, version 1 | outage, version 1, optional",
        "    now shipped, version 1 | outage, version 2, optional",
        "Questions: 1 new, 1 new version, 1 unchanged. Question sets: 1 new version.",
        "Nothing was changed: this was a dry run.",
    ]
    assert (Event.objects.count(), QuestionVersion.objects.count()) == (events, versions)
    assert Question.objects.get(slug="outage").tags == ["numbers"]


def test_more_that_is_unchanged_costs_no_more_queries(directory, django_assert_num_queries):
    with django_assert_num_queries(12):
        import_bank(directory)
    for number in range(4):
        bank.question(directory, f"more-{number}")
        bank.question_set(directory, f"more-{number}")
    import_bank(directory)
    with django_assert_num_queries(12):
        import_bank(directory)


def test_the_shipped_bank(db):
    for name in ("roles", "areas", "profiles"):
        call_command("loaddata", str(FIXTURES / f"{name}.yaml"), verbosity=0)
    assert (Role.objects.count(), AreaProfile.objects.count()) == (8, 80)
    shipped = FIXTURES / "bank"
    questions = len(list(shipped.glob("questions/*/*.yaml")))
    sets = len(list(shipped.glob("sets/*.yaml")))
    assert questions >= 15 and sets >= 1
    out = StringIO()
    call_command("questions", "import", str(shipped), stdout=out)
    assert out.getvalue().splitlines()[-1] == (
        f"Questions: {questions} new. Question sets: {sets} new."
    )
    assert Question.objects.published().count() == questions
    for name in ("roles", "areas", "profiles"):
        call_command("loaddata", str(FIXTURES / f"{name}.yaml"), verbosity=0)
    assert counts(shipped) == ({"unchanged": questions}, {"unchanged": sets})
    assert Role.objects.count() == 8
