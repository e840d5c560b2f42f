"""The clock of the live scorecard: it counts, pauses, goes on after a reload, and never shouts."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from scorecards.models import Interview

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STARTS = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)


@pytest.fixture
def live(panel, page_as):
    """The page of an interview of 60 minutes, as if opened at this time of its day."""
    Interview.objects.filter(pk=panel.mine.pk).update(starts_at=STARTS, minutes=60)
    page = page_as(panel.people.interviewer)

    def at(hour: int, minute: int, second: int = 0, *, day: int = 19, ready: bool = True) -> Page:
        now = datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)
        page.clock.install(time=now)
        page.clock.pause_at(now + timedelta(seconds=1))
        page.goto(f"/scorecards/{panel.mine.scorecard.pk}/")
        if ready:
            page.locator("[data-clock-button]").wait_for()
        return page

    at.page = page
    return at


def spent(page: Page):
    return page.locator(".ib-live-main [data-spent]")


def face(page: Page):
    return page.locator(".ib-clock")


def words(page: Page):
    return page.locator("[data-clock]")


def spoken(page: Page):
    return page.locator("[data-clock-said]")


def button(page: Page, name: str):
    return page.get_by_role("button", name=name)


def test_it_counts_from_the_planned_start(live):
    page = live(10, 27, 9)
    expect(face(page)).to_have_text("32:50")
    expect(words(page)).to_contain_text("left of 60 min")
    expect(page.get_by_role("timer", name="Time left in this interview")).to_have_count(1)
    page.clock.run_for(50_000)
    expect(face(page)).to_have_text("32:00")
    width = page.locator(".ib-now-box [data-gone]").get_attribute("width")
    assert width == "46.67%"


def test_it_stands_before_the_planned_start_and_then_goes(live):
    page = live(9, 59, 57)
    expect(words(page)).to_contain_text("60 min planned")
    expect(page.locator(".ib-now-box")).to_be_hidden()
    expect(button(page, "Start the clock")).to_be_visible()
    page.clock.run_for(4_000)
    expect(face(page)).to_have_text("59:58")


def test_it_can_be_started_early(live):
    page = live(9, 52)
    button(page, "Start the clock").click()
    page.clock.run_for(60_000)
    expect(face(page)).to_have_text("59:00")


@pytest.mark.parametrize(("hour", "day"), [(12, 19), (10, 20)])
def test_it_stands_when_the_interview_is_long_over(live, hour, day):
    page = live(hour, 0, 30, day=day)
    expect(words(page)).to_contain_text("60 min planned")
    expect(button(page, "Start the clock")).to_be_visible()


def test_a_pause_does_not_count_and_survives_a_reload(live):
    page = live(10, 9, 59)
    page.keyboard.press("t")
    expect(words(page)).to_contain_text("left of 60 min, paused")
    page.clock.run_for(300_000)
    expect(face(page)).to_have_text("50:00")
    page.reload()
    expect(face(page)).to_have_text("50:00")
    expect(button(page, "Let the clock go on")).to_be_visible()
    page.clock.run_for(60_000)
    button(page, "Let the clock go on").click()
    page.clock.run_for(10_000)
    expect(face(page)).to_have_text("49:50")
    page.reload()
    expect(face(page)).to_have_text("49:50")
    expect(button(page, "Pause the clock")).to_be_visible()


def test_past_the_end_it_reads_over_in_ink(live):
    page = live(10, 59, 58)
    look = "clock => { const s = getComputedStyle(clock); return [s.color, s.animationName] }"
    expect(face(page)).to_have_text("0:01")
    before = face(page).evaluate(look)
    page.clock.run_for(1_000)
    expect(face(page)).to_have_text("0:00")
    page.clock.run_for(250_000)
    expect(face(page)).to_have_text("4:10 over")
    assert face(page).evaluate(look) == before
    assert int(face(page).evaluate("clock => getComputedStyle(clock).fontWeight")) >= 700
    width = page.locator(".ib-now-box [data-gone]").get_attribute("width")
    assert width == "100.00%"


def test_it_speaks_at_ten_and_at_zero_once(live):
    page = live(10, 49, 57)
    page.evaluate(
        """() => {
            window.said = [];
            const spoken = document.querySelector("[data-clock-said]");
            new MutationObserver(() => said.push(spoken.textContent))
                .observe(spoken, { childList: true });
        }"""
    )
    expect(spoken(page)).to_have_text("")
    page.clock.run_for(5_000)
    expect(spoken(page)).to_have_text("10 minutes left.")
    page.clock.run_for(600_000)
    expect(spoken(page)).to_have_text("The planned time is over.")
    page.clock.run_for(600_000)
    assert page.evaluate("said") == ["10 minutes left.", "The planned time is over."]
    page.reload()
    expect(face(page)).to_contain_text("over")
    expect(spoken(page)).to_have_text("")


def test_it_keeps_times_and_nothing_else(live):
    page = live(10, 10)
    page.keyboard.press("t")
    expect(words(page)).to_contain_text("paused")
    kept = page.evaluate(
        """() => new Promise(resolve => {
            indexedDB.open("interviewbank-clock").onsuccess = event => {
                event.target.result.transaction("runs").objectStore("runs").getAll().onsuccess =
                    event => resolve(event.target.result);
            };
        })"""
    )
    begun = int(STARTS.timestamp() * 1000)
    opened = begun + 601_000
    assert kept == [
        {"begun": begun, "paused": 0, "since": opened},
        {"begun": opened, "spent": {}, "asked": "shipped", "from": 601_000},
    ]


def test_it_counts_the_time_of_each_question(live):
    page = live(10, 4, 59)
    expect(spent(page)).to_have_text("0:00 of 8 min")
    page.clock.run_for(190_000)
    expect(spent(page)).to_have_text("3:10 of 8 min")
    page.keyboard.press("j")
    expect(spent(page)).to_have_text("0:00 of 8 min")
    page.clock.run_for(20_000)
    page.reload()
    page.locator("[data-clock-button]").wait_for()
    expect(spent(page)).to_have_text("0:20 of 8 min")

    page.get_by_role("link", name="1 Shipped").click()
    expect(spent(page)).to_have_text("3:10 of 8 min")
    page.keyboard.press("t")
    page.clock.run_for(60_000)
    expect(spent(page)).to_have_text("3:10 of 8 min")
    page.keyboard.press("t")
    page.clock.run_for(300_000)
    expect(spent(page)).to_have_text("8:10 of 8 min")
    page.keyboard.press("j")
    expect(spent(page)).to_have_text("0:20 of 8 min")


def test_the_time_of_a_question_stands_with_the_clock_and_starts_anew_with_it(live):
    page = live(9, 52)
    expect(spent(page)).to_have_text("8 min")
    button(page, "Start the clock").click()
    page.clock.run_for(30_000)
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(spent(page)).to_have_text("0:30 of 8 min")
    page.clock.run_for(3 * 3_600_000)
    expect(spent(page)).to_have_text("8 min")
    button(page, "Start the clock").click()
    page.clock.run_for(5_000)
    expect(spent(page)).to_have_text("0:05 of 8 min")


@pytest.mark.parametrize(
    "broken",
    [
        "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('Blocked.'); } })",
        "IDBFactory.prototype.open = () => ({})",
        "IDBObjectStore.prototype.get = () => ({})",
    ],
)
def test_where_nothing_is_kept_it_runs_and_remembers_its_pause(live, broken):
    live.page.add_init_script(broken)
    page = live(10, 9, 59, ready=False)
    page.clock.run_for(3_000)
    expect(face(page)).to_have_text("49:57")
    page.keyboard.press("t")
    page.clock.run_for(60_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(3_000)
    expect(words(page)).to_contain_text("left of 60 min, paused")
    expect(spent(page)).to_contain_text(" of 8 min")


def test_without_javascript_it_is_the_planned_minutes(panel, browser, live_server, client):
    client.force_login(
        panel.people.interviewer, backend="interviewbank.access.backends.SignInBackend"
    )
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = client.cookies["interviewbank_session"].value
    context.add_cookies(
        [{"name": "interviewbank_session", "value": cookie, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(f"/scorecards/{panel.mine.scorecard.pk}/")
    expect(words(page)).to_have_text("60 min planned")
    expect(page.get_by_role("button", name="Start the clock")).to_have_count(0)
    context.close()
