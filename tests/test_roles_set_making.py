"""Making and copying question sets, and changing their facts, straight through the workflow."""

import pytest

from interviewbank.audit.models import Event
from roles.models import QuestionSet
from roles.workflow import set_content, set_errors
from roles.workflow.set_drafts import (
    change_facts,
    copy_set,
    create_set,
    edit_draft,
    publish_set_draft,
)
from tests import build
from tests.set_pages import events, versions

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


# making


def test_create(people):
    role = build.role("applied")
    made = create_set(by=people.editor, role=role, level="senior", slug="deep", **FACTS)
    made.refresh_from_db()
    assert (made.slug, made.name, made.role, made.level) == ("deep", "Deep dive", role, "senior")
    assert (made.round_name, made.minutes, made.purpose) == ("Design", 60, "Depth.")
    assert versions(made) == [(1, False, [])]
    assert made.versions.get().author == people.editor
    assert events() == ["question_set.created"]


def test_create_makes_an_id_that_is_free(people):
    role = build.role()
    names = ["Deep dive", "Deep dive", "Déep  dive!", "深い", "深い", "x" * 80]
    slugs = [
        create_set(by=people.editor, role=role, level="junior", **{**FACTS, "name": name}).slug
        for name in names
    ]
    expected = ["deep-dive", "deep-dive-2", "deep-dive-3", "set", "set-2", "x" * 55]
    assert slugs == expected


def test_create_with_an_id_that_is_taken(people, live):
    with pytest.raises(set_errors.SetSlugTaken, match="already a question set with the id “deep-"):
        create_set(by=people.editor, role=live.role, level="senior", slug="deep-dive", **FACTS)
    assert (QuestionSet.objects.count(), events()) == (1, [])


def test_copy_asks_what_is_live(people, live, edit, bank):
    edit("leave-open", bank[1])
    publish_set_draft(question_set=live, by=people.editor)
    edit("add", bank[2])
    role = build.role("other")
    made = copy_set(source=live, by=people.editor, role=role, level="junior", **FACTS)
    assert versions(made) == [(1, False, [("shipped", 1, True), ("outage", 1, False)])]
    assert (made.role, made.level, made.slug) == (role, "junior", "deep-dive-2")
    assert len(versions(live)) == 3
    assert events()[-1] == "question_set.copied"


def test_copy_of_a_set_that_was_never_published(people, bank):
    role = build.role()
    source = create_set(by=people.editor, role=role, level="senior", **FACTS)
    edit_draft(question_set=source, by=people.editor, do="add", question=bank[0].question_id)
    made = copy_set(source=source, by=people.editor, role=role, level="junior", **FACTS)
    assert versions(made) == [(1, False, [("shipped", 1, True)])]


# the facts


def test_facts_change_at_once(people, live):
    facts = {**set_content.facts_of(live), "minutes": 45, "purpose": "Shorter."}
    assert change_facts(question_set=live, by=people.editor, **facts) == ["minutes", "purpose"]
    live.refresh_from_db()
    assert (live.minutes, live.purpose, live.name) == (45, "Shorter.", "Deep dive")
    assert events() == ["question_set.changed"]
    assert Event.objects.get().fields == ["minutes", "purpose"]


def test_facts_that_stay_are_no_event(people, live):
    assert change_facts(question_set=live, by=people.editor, **set_content.facts_of(live)) == []
    assert events() == []


def test_facts_after_somebody_changed_them(people, live):
    before = set_content.facts_token(live)
    change_facts(question_set=live, by=people.colleague, minutes=30)
    with pytest.raises(set_errors.SetChanged):
        change_facts(question_set=live, by=people.editor, seen=before, minutes=90)
    live.refresh_from_db()
    assert live.minutes == 30
