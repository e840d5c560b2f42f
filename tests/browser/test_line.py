"""The whole line in a browser, by the names of things, as somebody would click it; of the four
interviewers one has a phone in the dark and one has no mouse."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import build, shipped
from tests.browser.conftest import sign_in
from tests.test_line import PANEL, RATIONALE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "First of its kind"
CANDIDATE = "Odalys Brambleworth"
PHONE = {"width": 390, "height": 844, "theme": "dark"}
PROMPT = "What did the first month with real users teach you?"


@pytest.fixture
def cast(transactional_db) -> SimpleNamespace:
    shipped.load_bank()
    grants = {"Edith": "question_editor", "Rico": "recruiter", "Ada": "administrator"}
    people = [*grants, "Carl", "Chiara", *PANEL]
    return SimpleNamespace(
        **{
            name.lower(): build.user(f"{name} Quillfeather", *filter(None, [grants.get(name)]))
            for name in people
        }
    )


def listed(person) -> str:
    """How a list of people names somebody."""
    return f"{person.name} ({person.email})"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def field(page: Page, label: str) -> Locator:
    """One that is required has an asterisk."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\*?\s*$"))


def create_opening(page: Page) -> None:
    link(page, "Openings").click()
    link(page, "New opening").click()
    field(page, "Role").select_option(label="Applied AI engineer")
    field(page, "Level").select_option(label="Senior")
    button(page, "Continue").click()
    expect(page.get_by_role("region", name="What will count")).to_contain_text("Agent systems")
    field(page, "Title").fill(TITLE)
    button(page, "Create the opening").click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


def name_members(page: Page, cast) -> None:
    link(page, "Openings").click()
    link(page, TITLE).click()
    for person, kind in ((cast.carl, "Committee"), (cast.chiara, "Chair")):
        link(page, "Add a member").click()
        if person == cast.carl:  # once in a quarter of an hour
            field(page, "Your password").fill(build.PASSWORD)
            button(page, "Confirm").click()
        field(page, "Person").select_option(label=listed(person))
        field(page, kind).check()
        button(page, "Add to the opening").click()
        expect(page.get_by_role("region", name="Members")).to_contain_text(person.name)


def revise_question(page: Page) -> None:
    link(page, "Questions").click()
    page.get_by_role("searchbox", name="Search").fill("first month")
    button(page, "Search").click()
    link(page, "First month with real users").click()
    link(page, "Edit").click()
    field(page, "Prompt, read aloud").fill(PROMPT)
    button(page, "Save draft").first.click()
    link(page, "Publish…").click()
    page.get_by_text("Meaning", exact=True).click()
    field(page, "Note for the history").fill("Asks for what was learnt.")
    button(page, "Publish version 2").click()
    expect(page.get_by_role("status")).to_contain_text("Version 2 is published.")
    expect(page.get_by_text(PROMPT)).to_be_visible()


def plan_interviews(page: Page, cast) -> None:
    link(page, "Add a candidate").click()
    field(page, "Name").fill(CANDIDATE)
    field(page, "E-mail").fill("odalys@example.org")
    button(page, "Add the candidate").click()
    link(page, "Assign interviewers").click()
    for name, (round_name, _) in PANEL.items():
        person = getattr(cast, name.lower())
        field(page, "Round").select_option(label=round_name)
        page.get_by_role("checkbox", name=listed(person)).check()
        button(page, "Assign the interview").click()
        expect(page.get_by_role("region", name=round_name)).to_contain_text(person.name)
    link(page, "Done").click()
    expect(page.get_by_text("Scorecard not in yet")).to_have_count(len(PANEL))


def words(name: str, number: int) -> str:
    return f"{name} heard this of question {number}"


def card(page: Page, rating: int | str) -> Locator:
    """What one clicks to give this rating, or the reason why there is none."""
    scale = page.get_by_role("group", name=re.compile("^Rating for question"))
    start = str(rating).replace("_", " ")
    return scale.locator("label").filter(has_text=re.compile(rf"^\s*{start} ?", re.IGNORECASE))


def score(page: Page, name: str) -> None:
    link(page, "Open scorecard").click()
    for number, rating in enumerate(PANEL[name][1], 1):
        expect(page.get_by_text(f"Question {number} of")).to_be_visible()
        card(page, rating).click()
        if isinstance(rating, int):
            field(page, "Notes").fill(words(name, number))
            page.get_by_role("complementary").locator("label").first.click()
        page.get_by_role("button", name="Next: ").click()
    expect(page.get_by_role("heading", level=1, name="Review and submit")).to_be_visible()


def submit(page: Page, name: str) -> None:
    page.get_by_role("group", name="Would you hire").get_by_text("Hire", exact=True).click()
    field(page, "What should the committee know first?").fill(f"{name} says hire.")
    page.get_by_label("I judged answers against the anchors").check()
    button(page, "Submit scorecard").click()
    expect(page.get_by_text("Your scorecard is submitted.")).to_be_visible()


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never comes to {target}")


def score_by_keyboard(page: Page, name: str) -> None:
    """A radio by the arrows, from the one that is set: it is the last, and after it comes 1."""
    tab_to(page, link(page, "Open scorecard"))
    page.keyboard.press("Enter")
    for number, rating in enumerate(PANEL[name][1], 1):
        expect(page.get_by_text(f"Question {number} of")).to_be_visible()
        tab_to(page, page.get_by_role("radio", name="No rating yet"))
        # From there it is one step back to each reason, forward to each level.
        back = {"not_applicable": 1, "no_evidence": 2, "not_reached": 3}
        for _ in range(back.get(rating, rating)):
            page.keyboard.press("ArrowLeft" if rating in back else "ArrowRight")
        if isinstance(rating, int):
            tab_to(page, field(page, "Notes"))
            page.keyboard.type(words(name, number))
            probe = page.get_by_role("complementary").get_by_role("checkbox").first
            tab_to(page, probe)
            page.keyboard.press("Space")
            expect(probe).to_be_checked()
        tab_to(page, page.get_by_role("button", name="Next: "))
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Review and submit")).to_be_visible()


def submit_by_keyboard(page: Page, name: str) -> None:
    recommendation = page.get_by_role("group", name="Would you hire").get_by_role("radio")
    tab_to(page, recommendation.first)
    page.keyboard.press("Space")
    for _ in range(4):
        if page.get_by_role("radio", name=re.compile("^Hire")).is_checked():
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, field(page, "What should the committee know first?"))
    page.keyboard.type(f"{name} says hire.")
    tab_to(page, page.get_by_label("I judged answers against the anchors"))
    page.keyboard.press("Space")
    tab_to(page, button(page, "Submit scorecard"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your scorecard is submitted.")).to_be_visible()


def review(page: Page) -> None:
    link(page, "Candidates").click()
    link(page, CANDIDATE).click()
    expect(page.get_by_role("region", name="Recommendation from the scorecards")).to_contain_text(
        "3.03"
    )
    page.get_by_role("link", name="Agent systems, Bela Quillfeather: 3, Solid").click()
    for name, number in (("Bela", 4), ("Dario", 1), ("Dario", 2), ("Dario", 3)):
        expect(page.get_by_text(words(name, number))).to_be_visible()
    expect(page.get_by_text(words("Anna", 1))).to_have_count(0)
    expect(button(page, "Record the decision")).to_have_count(0)


def write_decision(page: Page) -> None:
    decision = page.get_by_role("group", name="What the committee decides")
    decision.get_by_text("Hire", exact=True).click()
    field(page, "Rationale").fill(RATIONALE)
    button(page, "Record the decision").click()


def decide(page: Page) -> None:
    """Refused before every scorecard was opened; then recorded, and read only."""
    page.get_by_role("region", name="To review").get_by_role("link", name=CANDIDATE).click()
    write_decision(page)
    expect(page.get_by_role("alert")).to_contain_text("Open every scorecard first.")
    expect(field(page, "Rationale")).to_have_value(RATIONALE)
    for name in PANEL:
        unread = page.get_by_text("Still to open:")
        unread.get_by_role("link", name=f"{name} Quillfeather").click()
        expect(page.get_by_text(f"{name} says hire.")).to_be_visible()
        page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").click()
    write_decision(page)
    expect(page.get_by_text("The decision is recorded: hire.")).to_be_visible()
    expect(page.get_by_role("region", name="Decision", exact=True)).to_contain_text(RATIONALE)


@pytest.fixture
def page_as(open_page):
    """The whole line begins at the sign-in page."""

    def signed_in(person, **viewport) -> Page:
        page = open_page(**viewport)
        sign_in(page, person.email)
        return page

    return signed_in


def test_line(page_as, cast):
    recruiter = page_as(cast.rico)
    create_opening(recruiter)
    name_members(page_as(cast.ada), cast)
    revise_question(page_as(cast.edith))
    plan_interviews(recruiter, cast)

    for name, viewport in (("Anna", {}), ("Bela", PHONE), ("Dario", {})):
        page = page_as(getattr(cast, name.lower()), **viewport)
        score(page, name)
        submit(page, name)
    page = page_as(cast.cleo)
    score_by_keyboard(page, "Cleo")
    submit_by_keyboard(page, "Cleo")
    page.get_by_role("link", name="See all scorecards").click()
    expect(page.get_by_role("heading", level=1, name=CANDIDATE)).to_be_visible()

    review(page_as(cast.carl))
    decide(page_as(cast.chiara))
