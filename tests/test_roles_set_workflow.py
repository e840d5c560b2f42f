"""Drafts of question sets, straight through the workflow: edit, publish, discard."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from roles.models import QuestionSet, QuestionSetItem, QuestionSetVersion
from roles.workflow import set_errors
from roles.workflow.errors import BadSet, NoDraft
from roles.workflow.question_sets import publish_set_version
from roles.workflow.questions import publish_draft
from roles.workflow.set_drafts import (
    RENEW_ALL,
    create_set,
    discard_set_draft,
    edit_draft,
    publish_set_draft,
)
from tests import build
from tests.set_pages import asked, events, seen, versions

FACTS = {"name": "Deep dive", "round_name": "Design", "minutes": 60, "purpose": "Depth."}


@pytest.fixture
def bank(db):
    area = build.area("production")
    return [build.question(slug, in_area=area) for slug in ("shipped", "outage", "price")]


@pytest.fixture
def live(bank):
    """A set whose version 1 asks the first two."""
    return build.question_set(*bank[:2], name="Deep dive").question_set


@pytest.fixture
def edit(people, live):
    def apply(do, version=None, **more):
        question = version.question_id if version else None
        return edit_draft(question_set=live, by=people.editor, do=do, question=question, **more)

    return apply


LIVE = (1, True, [("shipped", 1, True), ("outage", 1, True)])


# the draft


@pytest.mark.parametrize(
    ("do", "place", "expected"),
    [
        ("add", 2, [("shipped", 1, True), ("outage", 1, True), ("price", 1, True)]),
        ("remove", 0, [("outage", 1, True)]),
        ("up", 1, [("outage", 1, True), ("shipped", 1, True)]),
        ("down", 0, [("outage", 1, True), ("shipped", 1, True)]),
        ("leave-open", 0, [("shipped", 1, False), ("outage", 1, True)]),
    ],
)
def test_edit_makes_a_draft_and_leaves_the_live_version(
    edit, live, bank, people, do, place, expected
):
    edit(do, bank[place])
    assert versions(live) == [LIVE, (2, False, expected)]
    assert live.versions.get(number=2).author == people.editor
    assert events() == ["question_set.drafted"]
    edit("remove", bank[1])
    assert events() == ["question_set.drafted"]
    assert len(versions(live)) == 2


@pytest.mark.parametrize(
    ("do", "place"), [("up", 0), ("down", 1), ("require", 0), ("renew", 0), (RENEW_ALL, None)]
)
def test_an_edit_that_changes_nothing_makes_no_draft(edit, live, bank, do, place):
    edit(do, None if place is None else bank[place])
    assert versions(live) == [LIVE]
    assert events() == []


def test_the_ends_of_the_list_are_ends(edit, live, bank):
    edit("add", bank[2])
    for do, version in (("up", bank[0]), ("down", bank[2])):
        edit(do, version)
        assert asked(live.versions.get(number=2)) == [*LIVE[2], ("price", 1, True)]


def test_require_again(edit, live, bank):
    edit("leave-open", bank[1])
    edit("require", bank[1])
    assert versions(live)[1] == (2, False, LIVE[2])


def test_newer_versions_are_taken_on_request(edit, live, bank):
    for version in bank[:2]:
        build.version(version.question, number=2)
        build.version(version.question, number=3, published=False)
    edit("renew", bank[1])
    assert asked(live.versions.get(number=2)) == [("shipped", 1, True), ("outage", 2, True)]
    edit("leave-open", bank[0])
    edit(RENEW_ALL)
    assert asked(live.versions.get(number=2)) == [("shipped", 2, False), ("outage", 2, True)]


def test_what_can_not_be_added(edit, live, bank):
    bank[2].question.retired_at = timezone.now()
    bank[2].question.save()
    for version, refused in [
        (bank[0], set_errors.AskedTwice),
        (bank[2], set_errors.RetiredAsked),
        (build.question("unwritten", published=False), set_errors.NotPublished),
    ]:
        with pytest.raises(refused):
            edit("add", version)
    with pytest.raises(set_errors.UnknownQuestion):
        edit_draft(question_set=live, by=None, do="add", question=live.pk)
    with pytest.raises(set_errors.UnknownQuestion):
        edit("remove")
    for do in ("remove", "up", "down", "require", "leave-open", "renew"):
        with pytest.raises(set_errors.NotInSet):
            edit(do, bank[2])
    assert versions(live) == [LIVE]


def test_a_question_in_another_version_is_the_same_question(edit, bank):
    build.version(bank[0].question, number=2)
    with pytest.raises(set_errors.AskedTwice, match="“Shipped” is asked already"):
        edit("add", bank[0])


def test_a_set_can_be_full(edit, live, bank, monkeypatch):
    monkeypatch.setattr("roles.limits.ITEMS", 2)
    with pytest.raises(set_errors.Full, match="at most 2 questions"):
        edit("add", bank[2])
    assert versions(live) == [LIVE]


def test_edit_after_somebody_else_did(edit, live, bank, people):
    before = seen(live)
    edit_draft(question_set=live, by=people.colleague, do="add", question=bank[2].question_id)
    with pytest.raises(set_errors.SetChanged, match="Colin Asker changed this question set"):
        edit("up", bank[1], seen=before)
    assert asked(live.versions.get(number=2)) == [*LIVE[2], ("price", 1, True)]
    edit("up", bank[1], seen=seen(live))
    assert asked(live.versions.get(number=2))[0] == ("outage", 1, True)


def test_edit_after_the_set_was_discarded(people, bank):
    made = create_set(by=people.editor, role=build.role(), level="senior", **FACTS)
    discard_set_draft(question_set=made, by=people.colleague)
    with pytest.raises(set_errors.SetGone):
        edit_draft(question_set=made, by=people.editor, do="add", question=bank[0].question_id)


# publishing


def test_publish(edit, live, bank, people):
    edit("add", bank[2])
    version = publish_set_draft(question_set=live, by=people.colleague, seen=seen(live))
    assert (version.number, version.author) == (2, people.colleague)
    assert versions(live) == [LIVE, (2, True, [*LIVE[2], ("price", 1, True)])]
    assert events() == ["question_set.drafted", "question_set.published"]
    with pytest.raises(NoDraft):
        publish_set_draft(question_set=live, by=people.editor)


def test_what_was_published_never_changes(edit, live, bank, people):
    edit("add", bank[2])
    version = publish_set_draft(question_set=live, by=people.editor)
    for change in (
        lambda: version.items.first().delete(),
        lambda: version.items.update(required=False),
        lambda: QuestionSetVersion.objects.filter(pk=version.pk).update(number=9),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_publish_what_can_not_be_asked(edit, live, bank, people):
    def refused(error):
        with pytest.raises(error):
            publish_set_draft(question_set=live, by=people.editor)
        assert versions(live)[0] == LIVE
        assert not versions(live)[-1][1]

    edit("leave-open", bank[0])
    edit("require", bank[0])
    refused(set_errors.SameQuestions)
    edit("remove", bank[0])
    edit("remove", bank[1])
    refused(set_errors.NothingAsked)
    edit("add", bank[2])
    bank[2].question.retired_at = timezone.now()
    bank[2].question.save()
    refused(set_errors.RetiredAsked)


def test_publish_a_question_twice(live, bank, people):
    later = build.version(bank[0].question, number=2)
    build.set_draft(live, bank[0], later)
    with pytest.raises(set_errors.AskedTwice):
        publish_set_draft(question_set=live, by=people.editor)
    with pytest.raises(BadSet):
        publish_set_version(
            question_set=live, by=people.editor, items=[(bank[0], True), (later, True)]
        )


def test_publish_after_somebody_changed_the_draft(edit, live, bank, people):
    edit("add", bank[2])
    before = seen(live)
    edit("up", bank[2])
    with pytest.raises(set_errors.SetChanged):
        publish_set_draft(question_set=live, by=people.editor, seen=before)
    assert len(versions(live)) == 2
    assert not versions(live)[1][1]


def test_a_draft_moves_up_when_a_version_comes_before_it(edit, live, bank, people):
    """A question is published into the set while somebody works on the set's draft."""
    edit("add", bank[2])
    before = seen(live)
    build.version(bank[0].question, number=2, published=False, prompt="Asked better?")
    publish_draft(
        question=bank[0].question, by=people.colleague, change="wording", note="x", sets=[live]
    )
    assert versions(live) == [
        LIVE,
        (2, True, [("shipped", 2, True), ("outage", 1, True)]),
        (3, False, [*LIVE[2], ("price", 1, True)]),
    ]
    assert live.versions.get(number=2).author == people.colleague
    assert live.versions.get(number=3).author == people.editor
    with pytest.raises(set_errors.SetChanged):
        publish_set_draft(question_set=live, by=people.editor, seen=before)


def test_one_draft_only(live, bank):
    build.set_draft(live, bank[0])
    with pytest.raises(IntegrityError):
        build.set_draft(live, bank[1], number=3)


# discarding


def test_discard(edit, live, bank, people):
    edit("add", bank[2])
    with pytest.raises(set_errors.SetChanged):
        discard_set_draft(question_set=live, by=people.editor, seen="stale")
    assert discard_set_draft(question_set=live, by=people.editor, seen=seen(live)) is True
    assert versions(live) == [LIVE]
    assert events() == ["question_set.drafted", "question_set.draft_discarded"]
    with pytest.raises(NoDraft):
        discard_set_draft(question_set=live, by=people.editor)


def test_discard_a_set_that_was_never_published(people, bank):
    made = create_set(by=people.editor, role=build.role(), level="senior", **FACTS)
    edit_draft(question_set=made, by=people.editor, do="add", question=bank[0].question_id)
    assert discard_set_draft(question_set=made, by=people.editor) is False
    assert not QuestionSet.objects.exists()
    assert not QuestionSetItem.objects.exists()
    assert events() == ["question_set.created", "question_set.discarded"]
