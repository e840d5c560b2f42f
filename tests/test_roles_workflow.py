"""What editors do with questions: drafts, publication, and two editors at once."""

import pytest

from interviewbank.audit.models import Event
from roles.models import Question, QuestionSetVersion, QuestionVersion
from roles.workflow import errors
from roles.workflow.content import token, words_of
from roles.workflow.question_sets import publish_set_version
from roles.workflow.questions import create_question, discard_draft, publish_draft, save_draft
from tests import build


@pytest.fixture
def live(people):
    """Version 1 of a question, published."""
    return build.question("outage", author=people.colleague)


def events() -> list[tuple[str, list[str]]]:
    return list(Event.objects.order_by("number").values_list("verb", "fields"))


def numbers(question) -> list[tuple[int, bool]]:
    return [(one.number, one.published_at is not None) for one in question.versions.all()]


def test_create_question_makes_a_draft(people):
    area, role = build.area("cost"), build.role("applied")
    version = create_question(
        by=people.editor,
        slug="price",
        area=area,
        kind="situational",
        levels=["senior"],
        roles=[role],
        tags=["money"],
        title="Price",
        prompt="What would it cost?",
        minutes=5,
    )
    assert (version.number, version.change, version.published_at) == (1, "first", None)
    assert (version.author, version.question.owner) == (people.editor, people.editor)
    assert list(version.question.roles.all()) == [role]
    assert events() == [("question.created", [])]


def test_create_question_with_a_slug_that_is_taken(people, live):
    with pytest.raises(errors.SlugTaken, match="“outage”"):
        create_question(
            by=people.editor,
            slug="outage",
            area=build.area(),
            kind="situational",
            levels=["senior"],
            roles=[],
            title="T",
            prompt="P",
            minutes=5,
        )
    assert Question.objects.count() == 1
    assert events() == []


def test_save_draft_starts_from_the_live_version(people, live):
    before = words_of(live)
    draft = save_draft(question=live.question, by=people.editor, prompt="Tell me more.")
    assert (draft.number, draft.published_at, draft.author) == (2, None, people.editor)
    assert words_of(draft) == {**before, "prompt": "Tell me more."}
    live.refresh_from_db()
    assert words_of(live) == before
    assert events() == []


def test_save_draft_writes_the_same_draft_again(people, live):
    first = save_draft(question=live.question, by=people.editor, prompt="Tell me more.")
    second = save_draft(question=live.question, by=people.colleague, minutes=9)
    assert second.pk == first.pk
    assert (second.prompt, second.minutes, second.author) == (
        "Tell me more.",
        9,
        people.colleague,
    )
    assert numbers(live.question) == [(1, True), (2, False)]


def test_save_draft_without_a_change_of_words_makes_no_draft(people, live):
    saved = save_draft(question=live.question, by=people.editor, **words_of(live))
    assert saved == live
    assert numbers(live.question) == [(1, True)]


def test_save_draft_files_at_once(people, live):
    role = build.role("applied")
    saved = save_draft(
        question=live.question,
        by=people.editor,
        kind="situational",
        levels=["senior", "junior"],
        roles=[role],
        tags=["night"],
        minutes=live.minutes,
    )
    assert saved == live
    question = Question.objects.get()
    assert (question.kind, question.levels, question.tags) == (
        "situational",
        ["junior", "senior"],
        ["night"],
    )
    assert list(question.roles.all()) == [role]
    assert events() == [("question.filed", ["kind", "levels", "roles", "tags"])]


def test_the_area_is_fixed_by_the_first_publication(people, live):
    other = build.area("other")
    with pytest.raises(errors.AreaFixed):
        save_draft(question=live.question, by=people.editor, area=other, minutes=9)
    assert numbers(live.question) == [(1, True)]
    draft = build.question("fresh", published=False)
    save_draft(question=draft.question, by=people.editor, area=other)
    draft.question.refresh_from_db()
    assert draft.question.area == other


def test_publish_draft(people, live):
    save_draft(question=live.question, by=people.editor, prompt="Tell me more.", minutes=9)
    version = publish_draft(
        question=live.question, by=people.chair, change="wording", note="Plainer."
    )
    version.refresh_from_db()
    assert (version.number, version.change, version.change_note) == (2, "wording", "Plainer.")
    assert version.published_at is not None
    assert version.author == people.editor
    assert events() == [("question.published", ["minutes", "prompt"])]
    event = Event.objects.get()
    assert (event.object_id, event.actor) == (live.question_id, people.chair)
    assert event.reason_digest
    live.refresh_from_db()
    assert live.prompt == "Tell me about outage."


def test_publish_a_first_version(people):
    draft = build.question("fresh", published=False)
    version = publish_draft(question=draft.question, by=people.editor)
    assert (version.number, version.change) == (1, "first")
    assert len(Event.objects.get().fields) == 10


def test_publish_moves_the_ticked_sets_only(people, live):
    other = build.question("price")
    ticked = build.question_set(other, live, name="Ticked")
    build.question_set(live, name="Left")
    save_draft(question=live.question, by=people.editor, minutes=9)
    version = publish_draft(
        question=live.question, by=people.editor, change="wording", sets=[ticked.question_set]
    )
    moved = QuestionSetVersion.objects.get(question_set=ticked.question_set, number=2)
    assert moved.published_at is not None
    assert moved.author == people.editor
    assert [item.question_version for item in moved.items.all()] == [other, version]
    assert [item.question_version for item in ticked.items.all()] == [other, live]
    assert QuestionSetVersion.objects.count() == 3
    assert [verb for verb, _ in events()] == ["question_set.published", "question.published"]


def test_publish_is_refused_for_a_set_that_does_not_ask_it(people, live):
    stranger = build.question_set(build.question("price"), name="Stranger").question_set
    save_draft(question=live.question, by=people.editor, minutes=9)
    with pytest.raises(errors.NotAsked, match="Stranger"):
        publish_draft(question=live.question, by=people.editor, change="wording", sets=[stranger])
    assert numbers(live.question) == [(1, True), (2, False)]
    assert events() == []


def test_publish_needs_all_four_anchors(people):
    draft = build.question("fresh", published=False, anchor_2="", anchor_4="")
    with pytest.raises(errors.NotReady) as caught:
        publish_draft(question=draft.question, by=people.editor)
    assert caught.value.missing == [
        "The anchor for level 2 is empty.",
        "The anchor for level 4 is empty.",
    ]
    assert numbers(draft.question) == [(1, False)]


@pytest.mark.parametrize("change", ["", "first", "spelling"])
def test_publish_needs_a_kind_of_change(people, live, change):
    save_draft(question=live.question, by=people.editor, minutes=9)
    with pytest.raises(errors.NoChangeKind):
        publish_draft(question=live.question, by=people.editor, change=change)


def test_publish_needs_a_change(people, live):
    build.version(live.question, number=2, published=False)
    with pytest.raises(errors.NothingChanges, match="same as version 1"):
        publish_draft(question=live.question, by=people.editor, change="wording")


def test_publish_twice(people, live):
    save_draft(question=live.question, by=people.editor, minutes=9)
    publish_draft(question=live.question, by=people.editor, change="wording")
    with pytest.raises(errors.NoDraft):
        publish_draft(question=live.question, by=people.editor, change="wording")
    assert numbers(live.question) == [(1, True), (2, True)]


def test_discard_draft(people, live):
    save_draft(question=live.question, by=people.editor, minutes=9)
    assert discard_draft(question=live.question, by=people.editor) is True
    assert numbers(live.question) == [(1, True)]
    assert events() == [("question.draft_discarded", [])]
    with pytest.raises(errors.NoDraft):
        discard_draft(question=live.question, by=people.editor)


def test_discard_a_question_that_was_never_published(people):
    draft = build.question("fresh", published=False)
    assert discard_draft(question=draft.question, by=people.editor) is False
    assert not Question.objects.exists()
    assert Event.objects.get().object_id == draft.question_id
    assert events() == [("question.discarded", [])]


@pytest.mark.parametrize("meanwhile", ["saved", "filed", "published", "discarded"])
def test_what_changed_meanwhile_is_noticed(people, live, meanwhile):
    question = live.question
    draft = save_draft(question=question, by=people.editor, minutes=9)
    seen = token(question, draft)
    if meanwhile == "saved":
        save_draft(question=question, by=people.colleague, anchor_1="Else.")
    elif meanwhile == "filed":
        save_draft(question=question, by=people.colleague, tags=["night"])
    elif meanwhile == "published":
        publish_draft(question=question, by=people.colleague, change="wording")
    else:
        discard_draft(question=question, by=people.colleague)
    before = list(QuestionVersion.objects.values()), Event.objects.count()
    with pytest.raises(errors.Changed):
        save_draft(question=question, by=people.editor, seen=seen, minutes=10)
    for act in (publish_draft, discard_draft):
        with pytest.raises((errors.Changed, errors.NoDraft)):
            act(question=question, by=people.editor, seen=seen)
    assert (list(QuestionVersion.objects.values()), Event.objects.count()) == before


def test_what_was_seen_may_be_saved(people, live):
    question = Question.objects.get()
    draft = save_draft(question=question, by=people.editor, seen=token(question, live), minutes=9)
    seen = token(question, draft)
    again = save_draft(question=question, by=people.editor, seen=seen, minutes=10)
    assert (again.pk, again.minutes) == (draft.pk, 10)


def test_publish_set_version(people, live):
    other = build.question("price")
    first = build.question_set(live, name="Deep dive")
    made = publish_set_version(
        question_set=first.question_set, by=people.editor, items=[(other, True), (live, False)]
    )
    made.refresh_from_db()
    assert (made.number, made.author) == (2, people.editor)
    assert made.published_at is not None
    assert list(made.items.values_list("position", "question_version", "required")) == [
        (1, other.pk, True),
        (2, live.pk, False),
    ]
    assert events() == [("question_set.published", ["questions"])]


def test_publish_set_version_is_refused(people, live):
    deep = build.question_set(live, name="Deep dive").question_set
    later = build.version(live.question, number=2, minutes=9)
    draft = build.question("fresh", published=False)
    for items, message in [
        ([], "at least one question"),
        ([(draft, True)], "“Fresh” is not published yet"),
        ([(live, True), (later, True)], "a question once"),
    ]:
        with pytest.raises(errors.BadSet, match=message):
            publish_set_version(question_set=deep, by=people.editor, items=items)
    assert QuestionSetVersion.objects.count() == 1
    assert events() == []
