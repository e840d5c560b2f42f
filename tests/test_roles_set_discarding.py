"""Discarding drafts of question sets, and who may do what with them."""

import pytest

from roles.models import QuestionSet
from roles.workflow.set_drafts import create_set, discard_set_draft
from tests import build
from tests.editing import messages, summary
from tests.forms import filled_in
from tests.set_pages import form_with, press, url, versions

FACTS = {"name": "Deep dive", "round_name": "Design", "minutes": 45, "purpose": "Depth."}


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


LIVE = (1, True, [("shipped", 1, True), ("outage", 1, True)])


# discard


def test_discard(editor, live, bank):
    press(editor, live, "add", bank[2].question)
    address = url("discard_draft", live)
    page = editor.get(url("edit", live))
    stale = filled_in(form_with(page, address), address)
    press(editor, live, "up", bank[2].question)
    response = editor.post(address, stale)
    assert "The draft is not discarded." in summary(response)
    assert len(versions(live)) == 2
    response = editor.post(address, filled_in(form_with(response, address), address))
    assert "The draft is discarded." in messages(editor, response)
    assert versions(live) == [LIVE]
    response = editor.post(address, {})
    assert "There is no draft any more" in messages(editor, response)


def test_discard_a_set_that_was_never_published(editor, people):
    made = create_set(by=people.editor, role=build.role(), level="senior", **FACTS)
    page = editor.get(url("edit", made)).content.decode()
    assert "it is deleted altogether" in page
    response = editor.post(url("discard_draft", made), {})
    assert response["Location"] == url("list")
    assert not QuestionSet.objects.exists()


# who


@pytest.mark.parametrize("name", ["new", "edit", "publish", "copy", "discard_draft"])
def test_who_may(client, sign_in, people, live, bank, name):
    build.set_draft(live, bank[2])
    address = url(name, None if name == "new" else live)
    read = client.post if name == "discard_draft" else client.get
    assert read(address)["Location"].startswith("/sign-in/")
    for person in (people.outsider, people.recruiter, people.chair, people.administrator):
        assert sign_in(person).post(address, {}).status_code == 403
    wrong = client.get if name == "discard_draft" else client.put
    assert wrong(address).status_code == 405
    assert len(versions(live)) == 2


@pytest.mark.parametrize("name", ["edit", "publish", "copy", "discard_draft"])
def test_a_set_that_is_not_there(editor, live, people, name):
    gone = create_set(by=people.editor, role=live.role, level="senior", **FACTS)
    address = url(name, gone)
    discard_set_draft(question_set=gone, by=people.editor)
    assert editor.post(address, {}).status_code == 404


def test_the_buttons_are_for_editors(sign_in, people, live):
    for name, words in (("list", "New question set"), ("detail", "Copy for another role")):
        address = url(name, live if name == "detail" else None)
        assert words in sign_in(people.editor).get(address).content.decode()
        assert words not in sign_in(people.recruiter).get(address).content.decode()
