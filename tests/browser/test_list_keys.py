"""The keys of the lists: they move, open and search, and can be switched off."""

import pytest
from playwright.sync_api import Page, expect

from scorecards.workflow.rollups import refresh_rollup
from tests import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(transactional_db):
    area = build.area("production")
    for slug in ("first", "second", "third"):
        build.question(slug, in_area=area)
    return build.user("Edith Queller", "question_editor")


def opened(page_as, person, **viewport) -> Page:
    page = page_as(person, **viewport)
    page.goto("/questions/")
    return page


def cursor(page: Page):
    return page.locator("tr[data-cursor] th a")


def test_keys_move_and_open(page_as, editor):
    page = opened(page_as, editor)
    expect(cursor(page)).to_have_count(0)
    for key, title in (("k", "First"), ("j", "Second"), ("j", "Third"), ("j", "Third")):
        page.keyboard.press(key)
        expect(cursor(page)).to_have_text(title)
        expect(cursor(page)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Second")


def test_keys_go_on_from_where_tab_went(page_as, editor):
    page = opened(page_as, editor)
    page.get_by_role("link", name="Second", exact=True).focus()
    expect(cursor(page)).to_have_text("Second")
    page.keyboard.press("j")
    expect(cursor(page)).to_have_text("Third")


def test_keys_are_letters_while_somebody_types(page_as, editor):
    page = opened(page_as, editor)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search")
    expect(search).to_be_focused()
    page.keyboard.type("j/k")
    expect(search).to_have_value("j/k")
    expect(cursor(page)).to_have_count(0)


def test_keys_of_the_browser_are_left_alone(page_as, editor):
    page = opened(page_as, editor)
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+k")
    expect(cursor(page)).to_have_count(0)


def test_keys_that_are_switched_off(page_as, editor):
    type(editor).objects.update(single_keys=False)
    page = opened(page_as, editor)
    expect(page.get_by_text("next, previous")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(cursor(page)).to_have_count(0)
    expect(page.get_by_role("searchbox", name="Search")).not_to_be_focused()


def test_keys_of_the_candidates(page_as, transactional_db):
    chair = build.user("Chiara Decider")
    opening = build.opening(areas=[build.area()], members=[(chair, "chair")])
    for name in ("Abel Anders", "Berta Brandt"):
        refresh_rollup(build.application(opening, name))
    page = page_as(chair)
    page.goto("/candidates/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(cursor(page)).to_have_text("Berta Brandt")
