"""With nothing but the keyboard, and the network cut in the middle: a whole interview is scored and
submitted complete."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from scorecards.models import Answer, Scorecard, Submission
from tests import build

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RATINGS = [3, 2, 4, 1, 3, 4]
STATEMENT = "Owns evaluation end to end. Weakest after a bad output."


@pytest.fixture
def interview(people):
    """Seven questions; it began ten minutes ago."""
    areas = [build.area("production"), build.area("cost")]
    asked = [build.question(f"q{n}", in_area=areas[n % 2]) for n in range(1, 8)]
    opening = build.opening(build.question_set(*asked, name="Deep dive"), areas=areas)
    began = timezone.now() - timedelta(minutes=10)
    return build.interview(
        build.application(opening, "Juniper Halloway"), people.interviewer, starts_at=began
    )


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def status_is(page: Page, state: str) -> None:
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-state", state)


def score(page: Page, number: int, rating: int) -> None:
    """Rates, writes down a line, ticks the probe and the strong signal, goes on."""
    expect(page.locator(".ib-seg[aria-current]")).to_contain_text(f"Q{number}")
    page.keyboard.press(str(rating))
    page.keyboard.press("n")
    page.keyboard.type(f'"We did {number}."')
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.press("s")
    page.keyboard.press("Space")
    page.keyboard.press("j")


def hand_in(page: Page) -> None:
    page.keyboard.press("g")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review and submit")
    tab_to(page, page.locator('input[name="recommendation"]').first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    tab_to(page, page.get_by_label("What should the committee know first?"))
    page.keyboard.type(STATEMENT)
    tab_to(page, page.get_by_label("I judged answers against the anchors"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_test_id("submit"))
    page.keyboard.press("Enter")


@pytest.mark.parametrize("how", [{}, {"width": 390, "height": 844, "theme": "dark"}])
def test_an_interview_by_keyboard_with_the_network_cut(people, interview, page_as, how):
    page = page_as(people.interviewer, **how)
    page.goto("/")
    tab_to(page, page.locator('main a[href^="/scorecards/"]').first)
    page.keyboard.press("Enter")
    page.locator("form[data-live]").wait_for()
    for number, rating in enumerate(RATINGS, 1):
        if number == 3:
            page.context.set_offline(True)
        if number == 6:
            status_is(page, "device")
            page.context.set_offline(False)
        score(page, number, rating)
    # The seventh is not reached: to the reasons, of which the first has the focus.
    page.keyboard.press("0")
    page.keyboard.press("Space")
    status_is(page, "saved")
    hand_in(page)
    status_is(page, "locked")

    card = Scorecard.objects.get(pk=interview.scorecard.pk)
    assert (card.recommendation, card.summary) == ("hire", STATEMENT)
    answers = Answer.objects.filter(scorecard=card).order_by("question_version__question__slug")
    assert [
        (one.rating, one.not_assessed_reason, one.evidence, one.probes, one.signals)
        for one in answers
    ] == [
        *(
            (rating, "", f'"We did {number}."', ["how"], ["named"])
            for number, rating in enumerate(RATINGS, 1)
        ),
        (None, "not_reached", "", [], []),
    ]
    assert Submission.objects.get(scorecard=card).number == 1
