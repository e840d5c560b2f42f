"""Publishing a question set in its page, from an empty database on; and what pages cost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from roles.models import AreaProfile, EvaluationArea, Question, QuestionSet, Role
from roles.workflow.set_drafts import edit_draft, publish_set_draft
from tests import build
from tests.editing import messages, send, summary
from tests.forms import filled_in
from tests.set_pages import asked, form_with, press, url, versions


@pytest.fixture
def bank(db):
    area = build.area("production")
    return [build.question(slug, in_area=area) for slug in ("shipped", "outage", "price")]


@pytest.fixture
def live(bank):
    return build.question_set(*bank[:2], name="Deep dive").question_set


@pytest.fixture
def editor(sign_in, people):
    return sign_in(people.editor)


@pytest.fixture
def drafted(live, bank, people):
    edit_draft(question_set=live, by=people.editor, do="add", question=bank[2].question_id)
    edit_draft(question_set=live, by=people.editor, do="leave-open", question=bank[0].question_id)
    return live


def publish(editor, of, *, page=None):
    address = url("publish", of)
    page = page or editor.get(address)
    return editor.post(address, filled_in(form_with(page, "Publish version"), address))


def test_publish_page_says_what_happens(editor, drafted):
    text = editor.get(url("publish", drafted)).content.decode()
    assert "Openings keep the version that their plan names" in text
    assert "New openings get version 2." in text
    rows = [" ".join(row.split()) for row in text.split("<tr>")[2:]]
    assert ["Price" in row and "Added" in row for row in rows] == [True, False]
    assert "It was required" in rows[1]
    assert " disabled" not in text[text.index("<main") :]


def test_publish(editor, drafted):
    response = publish(editor, drafted)
    assert response["Location"] == url("detail", drafted)
    assert "Version 2 is published." in messages(editor, response)
    expected = [("shipped", 1, False), ("outage", 1, True), ("price", 1, True)]
    assert versions(drafted)[1] == (2, True, expected)
    assert "Version 2, live" in editor.get(url("detail", drafted)).content.decode()


def test_openings_keep_the_version_of_their_plan(editor, live, bank):
    opening = build.opening(live.versions.get())
    press(editor, live, "add", bank[2].question)
    publish(editor, live)
    pinned = opening.plans.get().rounds.get().set_version
    assert (pinned.number, len(asked(pinned))) == (1, 2)


def test_publish_without_a_draft(editor, live):
    response = editor.get(url("publish", live))
    assert response["Location"] == url("detail", live)
    assert "There is no draft any more" in messages(editor, response)


def test_publish_what_can_not_be_asked(editor, drafted, bank):
    page = editor.get(url("publish", drafted))
    bank[1].question.retired_at = timezone.now()
    bank[1].question.save()
    response = publish(editor, drafted, page=page)
    assert "“Outage” is retired. Take it out." in summary(response)
    assert not versions(drafted)[1][1]
    text = editor.get(url("publish", drafted)).content.decode()
    assert 'disabled aria-describedby="faults"' in text


def test_publish_nothing(editor, drafted, bank):
    for version in bank:
        press(editor, drafted, "remove", version.question)
    text = editor.get(url("publish", drafted)).content.decode()
    assert "The draft asks nothing. Add at least one question." in text
    assert not versions(drafted)[1][1]


def test_publish_after_somebody_changed_the_draft(editor, drafted, bank, people):
    page = editor.get(url("publish", drafted))
    edit_draft(question_set=drafted, by=people.colleague, do="up", question=bank[2].question_id)
    response = publish(editor, drafted, page=page)
    assert "Colin Asker changed this question set after you opened it. Nothing is published" in (
        summary(response)
    )
    assert not versions(drafted)[1][1]
    assert publish(editor, drafted, page=response).status_code == 302


def test_publish_after_somebody_did(editor, drafted, people):
    page = editor.get(url("publish", drafted))
    publish_set_draft(question_set=drafted, by=people.colleague)
    response = publish(editor, drafted, page=page)
    assert "There is no draft any more" in messages(editor, response)
    assert len(versions(drafted)) == 2


ANCHORS = {f"anchor_{level}": f"Says what one hears at {level}." for level in (1, 2, 3, 4)}


def test_from_an_empty_database_to_a_published_set(editor):
    """Through the pages alone: an area, a role, its profile, a question, a set that asks it."""
    words = {"definition": "Runs it.", "strong_evidence": "Ran it.", "weak_evidence": "Did not."}
    send(editor, reverse("area_new"), name="Production", slug="", short_name="Live", **words)
    area = EvaluationArea.objects.get()
    send(editor, reverse("role_new"), name="Applied AI engineer", summary="Builds with models.")
    role = Role.objects.get()
    profile = reverse("role_profile", args=[role.slug, "senior"])
    changes = {f"requirement_{area.slug}": "required", f"bar_{area.slug}": "2.50"}
    assert send(editor, profile, **changes).status_code == 302
    assert AreaProfile.objects.get().requirement == "required"
    send(
        editor,
        reverse("question_new"),
        title="First month live",
        prompt="What did the first month teach you?",
        area=area.pk,
        minutes="10",
        kind="behavioural",
        levels=["senior"],
        roles=[role.pk],
        **ANCHORS,
    )
    question = Question.objects.get()
    send(editor, reverse("question_publish", args=[question.pk]), note="")
    facts = {"name": "Screen", "round_name": "Screen", "minutes": "30"}
    response = send(editor, url("new"), role=role.pk, level="senior", **facts)
    made = QuestionSet.objects.get()
    assert response["Location"] == url("edit", made)
    press(editor, made, "add", question)
    text = editor.get(url("edit", made)).content.decode()
    assert "Production is asked in one round only; its bar wants two interviewers." in text
    response = publish(editor, made)
    assert "Version 1 is published." in messages(editor, response)
    assert versions(made) == [(1, True, [("first-month-live", 1, True)])]


def world(size: int, people) -> QuestionSet:
    """Everything that a page lists, `size` times."""
    role = build.role()
    found = []
    for _ in range(size):
        area = build.area()
        role.profiles.create(level="senior", area=area, requirement="required")
        version = build.question(in_area=area)
        version.question.roles.add(role)
        build.version(version.question, number=2)
        build.question(in_area=area)
        found.append(version)
        build.question_set(version, of_role=role)
    of = build.question_set(*found, of_role=role).question_set
    build.set_draft(of, *found[::-1], author=people.editor)
    return of


@pytest.mark.parametrize(
    ("name", "count"), [("new", 4), ("edit", 14), ("publish", 12), ("copy", 8)]
)
def test_the_number_of_queries_stays_the_same(
    editor, people, name, count, django_assert_num_queries
):
    for size in (1, 3):
        of = world(size, people)
        with django_assert_num_queries(count):
            editor.get(url(name, None if name == "new" else of))


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_queries_of_a_press(editor, people, size, django_assert_num_queries):
    of = world(size, people)
    page = editor.get(url("edit", of))
    question = of.versions.get(number=2).items.first().question_version.question
    with django_assert_num_queries(13):
        press(editor, of, "leave-open", question, page=page)
