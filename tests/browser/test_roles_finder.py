"""The role finder: the answer follows each tick, and the button gives the same without scripts."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import build
from tests.browser.axe import violations
from tests.finder_jobs import FIXTURES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WANTED = (
    "Prompts are designed, tested and maintained",
    "Answers are drawn from our own documents",
    "Chatbots and assistants that people talk to",
)


@pytest.fixture
def recruiter(live_server):
    names = ("roles", "areas", "profiles", "work")
    call_command("loaddata", *(FIXTURES / f"{name}.yaml" for name in names), verbosity=0)
    return build.user("Rita Sourcer", "recruiter")


def test_answer_follows_each_tick_and_is_a_link(page_as, recruiter):
    page = page_as(recruiter)
    page.goto("/roles/finder/")
    answer = page.get_by_role("region", name="Answer")
    page.get_by_role("checkbox", name=WANTED[0]).check()
    expect(answer).to_contain_text("Tick 2 more statements")
    for said in WANTED[1:]:
        page.get_by_role("checkbox", name=said).check()
    expect(answer.get_by_role("heading", level=2)).to_have_text("Applied AI engineer")
    expect(page.get_by_role("status")).to_have_text("The answer is Applied AI engineer")
    page.get_by_role("radio", name="Senior").check()
    expect(answer.get_by_role("heading", level=2)).to_have_text("Applied AI engineer, senior")
    assert violations(page) == []

    page.goto(page.url)
    expect(answer.get_by_role("heading", level=2)).to_have_text("Applied AI engineer, senior")
    answer.get_by_role("link", name="Create an opening").click()
    page.wait_for_url("**/openings/new/?role=applied-ai-engineer&level=senior")


def test_button_answers_without_scripts(browser, live_server, page_as, recruiter):
    page = page_as(recruiter)
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(f"{live_server.url}/roles/finder/")
    for said in WANTED:
        plain.get_by_role("checkbox", name=said).check()
    plain.get_by_role("button", name="Show the role").click()
    answer = plain.get_by_role("region", name="Answer")
    expect(answer.get_by_role("heading", level=2)).to_have_text("Applied AI engineer")
    assert plain.url.endswith("#answer")
    plain.context.close()
