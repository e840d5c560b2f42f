"""What a form refuses is said where one looks; a page that is not there says so and leads back."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from scorecards.workflow.submitting import submit_scorecard
from tests import build
from tests.browser import product
from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TOO_LONG = "long " * 4001
# URL name and state of a page with a form, the labels of what is filled in, what sends it.
REFUSED = [
    ("account", {"Name": ""}, "Save account"),
    ("person_invite", {"E-mail": "nobody"}, "Invite and send the link"),
    ("question_new", {"Title": "Only a title"}, "Save as a draft"),
    ("question_edit", {"Minutes": "0"}, "Save draft"),
    ("question_publish", {"Note for the history": "Why."}, "Publish version 2"),
    ("opening_new-chosen", {"Title": ""}, "Create the opening"),
    ("opening_settings", {"Title": ""}, "Save the settings"),
    ("opening_plan", {"Hire bar": "9"}, "Make plan 2"),
    ("opening_member_add", {}, "Add to the opening"),
    ("candidate_new", {"E-mail": "nobody"}, "Add the candidate"),
    ("interview_new", {"Minutes": "0"}, "Assign the interview"),
    ("application_detail", {}, "Cancel the interview"),
    ("application_review-clear", {"Rationale": "Short."}, "Record the decision"),
    ("scorecard_live", {"Notes": TOO_LONG}, "Save"),
    ("scorecard_submit", {"What should the committee know first?": ""}, "Submit scorecard"),
]


def test_what_is_refused_is_said_first(browser, live_server):
    """The page comes back with the summary of errors in focus and in view, and its links lead to
    the fields."""
    product.load()
    places = {place.name: place for place in product.places()}
    with product.visitor(browser, live_server.url) as visitor:
        product.plain(visitor.page_of(places["scorecard_live"].who))
        for name, filled, send in REFUSED:
            page = visitor.go(places[name])
            page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
            for label, value in filled.items():
                page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\*?\s*$")).fill(value)
            button = page.get_by_role("button", name=send, exact=True).first
            button.evaluate("button => { button.form.noValidate = true }")
            with page.expect_navigation() as sent:
                button.click()
            assert (name, sent.value.status) == (name, 422)
            expect(page.locator(".ib-errors")).to_be_focused()
            expect(page.locator(".ib-errors")).to_be_in_viewport()
            for link in page.locator(".ib-errors a").all():
                expect(page.locator(link.get_attribute("href"))).to_have_count(1)
            assert (name, violations(page)) == (name, [])


def test_a_refused_sign_in_leads_to_the_password(open_page):
    page = open_page()
    page.goto("/sign-in/")
    page.get_by_label("Work e-mail").fill("nobody@example.com")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    field = page.get_by_label("Password", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("."))
    assert violations(page) == []


@pytest.mark.parametrize("theme", product.THEMES)
def test_error_pages_lead_back(page_as, theme):
    page = page_as(build.user(), width=390, theme=theme)
    for address, status, heading in (
        ("/people/", 403, "This is not open to you"),
        (f"/openings/{uuid4()}/", 404, "Page not found"),
    ):
        assert page.goto(address).status == status
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.get_by_role("link", name="Go to Today").click()
        expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()


def test_a_missing_page_leads_to_sign_in(open_page):
    page = open_page(width=390)
    assert page.goto("/nowhere/").status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("link", name="Go to Today").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_wide_page_is_found(open_page):
    """The check checks something."""
    page = open_page(width=390)
    page.goto("/sign-in/")
    page.locator("h1").evaluate("heading => { heading.textContent = 'x'.repeat(200) }")
    assert page.evaluate("document.documentElement.scrollWidth") > 390
    assert "ib-entry" in product.too_wide(page, 390)


@pytest.mark.parametrize("leave", [True, False])
def test_an_amendment_asks_before_it_is_left(panel, page_as, leave):
    card, by = build.answered(panel.mine, [3, 4, 2]), panel.people.interviewer
    words = {"recommendation": "hire", "summary": "Meets the bar.", "unworded_ok": True}
    submit_scorecard(scorecard=card, by=by, **words)
    page = page_as(by)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/scorecards/{card.pk}/amend/")
    if leave:
        page.locator("textarea[name=reason]").fill("Half a thought")
    page.get_by_role("link", name="Leave it as it is").click()
    page.wait_for_url("/submissions/**")
    assert asked == (["beforeunload"] if leave else [])
