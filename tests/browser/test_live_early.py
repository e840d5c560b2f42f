"""What is typed before the copy of an earlier page was read off a slow disk."""

import pytest
from playwright.sync_api import expect

from scorecards.models import Answer

from .live_page import evidence, expect_state, go_to, notes, opened, radio, rate, until

pytestmark = pytest.mark.django_db(transaction=True)
# The disk has the copy when the test lets it.
SLOW_DISK = """
    const read = IDBObjectStore.prototype.getAll;
    IDBObjectStore.prototype.getAll = function (...keys) {
      const request = read.apply(this, keys);
      return {
        get result() { return request.result; },
        set onsuccess(call) { request.onsuccess = () => { window.diskAnswers = call; }; },
      };
    };
"""


@pytest.fixture
def page(panel, page_as):
    page = page_as(panel.people.interviewer)
    page.add_init_script(SLOW_DISK)
    opened(page, panel.mine.scorecard)
    until(page, lambda: page.evaluate("!!window.diskAnswers"))
    return page


def test_it_stands_at_its_question_and_is_saved(page):
    notes(page).fill("Rolled back")
    rate(page, 3)
    go_to(page, 2)
    go_to(page, 1)
    # Now, and not when the page gives up on the disk.
    assert notes(page).input_value() == "Rolled back"
    assert radio(page, 3).is_checked()
    notes(page).press_sequentially(" at once.")

    page.evaluate("window.diskAnswers()")
    expect_state(page, "saved", "Saved ")
    expect(notes(page)).to_have_value("Rolled back at once.")
    until(page, lambda: evidence() == "Rolled back at once.")
    assert Answer.objects.get(rating=3).evidence == "Rolled back at once."


def test_what_was_undone_stays_undone(page):
    for key in "3j1uu":
        page.keyboard.press(key)
    expect(radio(page, "open")).to_be_checked()
    page.evaluate("window.diskAnswers()")
    expect_state(page, "saved")
    expect(radio(page, "open")).to_be_checked()
    assert not Answer.objects.exclude(rating=None).exists()
