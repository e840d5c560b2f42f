"""From five submitted scorecards to a sealed packet that verifies, without leaving the product."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from scorecards.models import Decision
from tests import build
from tests.decided import RATIONALE, hand_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# By hand: each area's mean of five, all with the same number of ratings.
#   production (4 3)(3 3)(2 3)(4 4)(3 3): 3.5 3 2.5 4 3, mean 3.2 · cost 3 2 3 4 2: mean 2.8
RATINGS = [(4, 3, 3), (3, 3, 2), (2, 3, 3), (4, 4, 4), (3, 3, 2)]
CALLS = ["hire", "hire", "no_hire", "strong_hire", "hire"]


@pytest.fixture
def five(panel):
    names = ("Uma Ashgrove", "Vera Ashgrove", "Wim Ashgrove")
    interviews = [
        panel.mine,
        panel.theirs,
        *(build.interview(panel.application, build.user(name)) for name in names),
    ]
    for interview, ratings, call in zip(interviews, RATINGS, CALLS, strict=True):
        words = f'"Said to {interview.interviewer.name}."'
        hand_in(interview, ratings, recommendation=call, evidence=words)
    panel.interviewers = [one.interviewer.name for one in interviews]
    return panel


def read_what_is_there(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("region", name="To review").get_by_role("link", name=name).click()
    answer = page.get_by_role("region", name="Recommendation from the scorecards")
    expect(answer).to_contain_text("3.00")
    expect(page.get_by_text("5 of 5 scorecards submitted")).to_be_visible()


def open_every_card(page: Page, names: list[str]) -> None:
    for name in names:
        page.get_by_text("Still to open:").get_by_role("link", name=name).click()
        expect(page.get_by_text(f"Said to {name}.").first).to_be_visible()
        page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    expect(page.get_by_text("Still to open:")).to_have_count(0)


def decide(page: Page) -> None:
    group = page.get_by_role("group", name="What the committee decides")
    group.get_by_text("Hire", exact=True).click()
    page.get_by_label(re.compile(r"^\s*Rationale")).fill(RATIONALE)
    page.get_by_label(re.compile(r"^\s*Dissent")).fill("Vera would ask about money again.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("The decision is recorded: hire.")).to_be_visible()


def take_the_packet_along(page: Page, folder) -> list:
    page.get_by_role("link", name="Open the packet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Odalys Brambleworth")
    saved = []
    for name in ("Download as a page", "Download as JSON"):
        with page.expect_download() as started:
            page.get_by_role("link", name=name).click()
        saved.append(folder / started.value.suggested_filename)
        started.value.save_as(saved[-1])
    return saved


def test_from_five_scorecards_to_a_sealed_packet(page_as, five, tmp_path, capsys):
    page = page_as(five.people.chair)
    read_what_is_there(page, "Odalys Brambleworth")
    open_every_card(page, five.interviewers)
    decide(page)
    decision = Decision.objects.get()
    assert decision.snapshot["result"]["score"] == "2/3"
    expect(page.get_by_text(f"sha256 {decision.digest}")).to_be_visible()

    for path in take_the_packet_along(page, tmp_path):
        call_command("verify_packet", str(path))
        assert capsys.readouterr().out.startswith(f"{path}: whole.")

    page.get_by_role("link", name="Back to the review").click()
    expect(page.get_by_role("region", name="Decision", exact=True)).to_contain_text(
        "Chiara Decider"
    )
