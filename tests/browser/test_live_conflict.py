"""Two devices, two tabs: nothing is overwritten without a word, and the loser can be found."""

import json

import pytest
from playwright.sync_api import expect

from scorecards.models import Answer, AnswerOp, Scorecard

from .live_page import entries, evidence, expect_state, go_to, notes, opened, rate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def card(panel) -> Scorecard:
    return panel.mine.scorecard


@pytest.fixture
def device(panel, page_as, card):
    """A browser of the interviewer, at the scorecard; it has asked the server what it has."""

    def new():
        page = page_as(panel.people.interviewer)
        with page.expect_response(f"**/scorecards/{card.pk}/state/"):
            return opened(page, card)

    return new


@pytest.fixture
def laptop(device):
    return device()


@pytest.fixture
def tablet(device):
    """Opened at the same time, so it does not know what the laptop saves."""
    return device()


@pytest.fixture
def clash(laptop, tablet):
    """Both wrote the same notes; the tablet came second."""
    notes(laptop).fill("From the laptop.")
    expect_state(laptop, "saved", "Saved ")
    notes(tablet).fill("From the tablet.")
    expect_state(tablet, "conflict", "Two versions, choose")
    return tablet.get_by_test_id("conflict")


def test_nothing_is_overwritten_and_both_are_shown(clash, tablet):
    assert evidence() == "From the laptop."
    expect(clash).to_contain_text("From the laptop.")
    expect(clash).to_contain_text("From the tablet.")
    [loser] = AnswerOp.objects.filter(outcome="conflict")
    assert loser.value == '"From the tablet."'
    assert len(entries(tablet)) == 1


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Keep mine", "From the tablet."),
        ("Keep theirs", "From the laptop."),
        ("Keep both", "From the laptop.\n\nFrom the tablet."),
    ],
)
def test_choosing(clash, tablet, button, kept):
    clash.get_by_role("button", name=button).click()

    expect_state(tablet, "saved")
    expect(clash).to_have_count(0)
    expect(notes(tablet)).to_have_value(kept)
    assert evidence() == kept
    assert entries(tablet) == []


def test_what_was_typed_after_the_conflict_is_kept_when_theirs_is_chosen(clash, tablet, card):
    notes(tablet).press("End")
    tablet.keyboard.type(" Typed later.")
    expect(clash).to_contain_text("From the tablet. Typed later.")
    tablet.context.set_offline(True)
    clash.get_by_role("button", name="Keep theirs").click()
    expect(notes(tablet)).to_have_value("From the laptop.")
    notes(tablet).press("End")
    tablet.keyboard.type(" And on.")
    tablet.context.set_offline(False)
    expect_state(tablet, "saved")

    assert evidence() == "From the laptop. And on."
    lost = AnswerOp.objects.filter(outcome="conflict").order_by("at").values_list("value")
    assert [json.loads(value) for (value,) in lost] == [
        "From the tablet.",
        "From the tablet. Typed later.",
    ]
    assert entries(tablet) == []
    tablet.goto(f"/scorecards/{card.pk}/submit/")
    tablet.get_by_text("Earlier versions that were not kept").click()
    expect(tablet.get_by_text("From the tablet. Typed later.")).to_be_visible()


def test_the_interview_goes_on_meanwhile(clash, tablet):
    notes(tablet).press("End")
    tablet.keyboard.type(" And on.")
    expect(clash).to_contain_text("From the tablet. And on.")
    rate(tablet, 3)
    go_to(tablet, 2)
    expect(tablet.get_by_test_id("conflict")).to_have_count(0)
    rate(tablet, 4, "outage")
    expect(tablet.get_by_text("Two versions, choose:")).to_be_visible()
    expect_state(tablet, "conflict")
    tablet.get_by_role("button", name="Question 1: Notes").click()
    clash.get_by_role("button", name="Keep mine").click()
    expect_state(tablet, "saved")

    assert evidence() == "From the tablet. And on."
    assert set(Answer.objects.values_list("rating", flat=True)) == {3, 4}


def test_review_goes_to_the_open_conflict(clash, tablet):
    go_to(tablet, 3)
    tablet.get_by_role("button", name="Review and submit", exact=True).click()
    expect(tablet.get_by_test_id("conflict")).to_be_visible()
    assert "/submit/" not in tablet.url


def test_a_rating_is_one_or_the_other(laptop, tablet):
    rate(laptop, 2)
    expect_state(laptop, "saved", "Saved ")
    rate(tablet, 3)
    expect_state(tablet, "conflict")
    clash = tablet.get_by_test_id("conflict")
    expect(clash).to_contain_text("3 Solid")
    expect(clash).to_contain_text("2 Mixed")
    expect(clash.get_by_role("button", name="Keep both")).to_be_hidden()
    clash.get_by_role("button", name="Keep theirs").click()

    expect_state(tablet, "saved")
    expect(tablet.get_by_test_id("rating-shipped-2")).to_be_checked()
    assert Answer.objects.get().rating == 2


def test_ticks_of_both_are_kept(laptop, tablet):
    laptop.get_by_text("Names a number").click()
    expect_state(laptop, "saved", "Saved ")
    tablet.get_by_text("Stays vague").click()
    expect_state(tablet, "conflict")
    clash = tablet.get_by_test_id("conflict")
    expect(clash).to_contain_text("Names a number")
    clash.get_by_role("button", name="Keep both").click()

    expect_state(tablet, "saved")
    assert Answer.objects.get().signals == ["named", "vague"]


def test_a_conflict_outlives_a_reload(clash, tablet):
    tablet.on("dialog", lambda dialog: dialog.accept())
    tablet.reload()
    expect_state(tablet, "conflict")
    expect(notes(tablet)).to_have_value("From the tablet.")
    expect(tablet.get_by_test_id("conflict")).to_contain_text("From the laptop.")


def test_a_second_tab_reads_until_it_takes_over(laptop, card):
    notes(laptop).fill("In the first tab.")
    expect_state(laptop, "saved", "Saved ")
    second = opened(laptop.context.new_page(), card)
    expect_state(second, "locked", "Open in another tab")
    expect(notes(second)).to_have_js_property("readOnly", True)
    expect(second.get_by_test_id("rating-shipped-3")).to_be_disabled()

    laptop.bring_to_front()
    notes(laptop).press("End")
    laptop.keyboard.type(" Not sent yet.")
    second.bring_to_front()
    second.get_by_role("button", name="Edit here instead").click()

    expect_state(second, "saved")
    expect(notes(second)).to_have_value("In the first tab. Not sent yet.")
    expect_state(laptop, "locked", "Open in another tab")
    expect(notes(laptop)).to_have_js_property("readOnly", True)
    notes(second).press("End")
    second.keyboard.type(" In the second.")
    expect_state(second, "saved")
    assert evidence() == "In the first tab. Not sent yet. In the second."
    assert not AnswerOp.objects.filter(outcome="conflict").exists()


def test_a_tab_that_does_not_answer_is_robbed(laptop, card):
    rate(laptop, 3)
    expect_state(laptop, "saved", "Saved ")
    second = opened(laptop.context.new_page(), card)
    expect_state(second, "locked")
    laptop.evaluate("BroadcastChannel.prototype.dispatchEvent = () => {}; window.deaf = true")
    second.get_by_role("button", name="Edit here instead").click()
    expect_state(second, "saved")
    expect_state(laptop, "locked")


def test_a_closed_tab_makes_way(laptop, card):
    second = laptop.context.new_page()
    laptop.close()
    expect_state(opened(second, card), "saved")
