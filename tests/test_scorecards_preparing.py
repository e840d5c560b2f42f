"""The page that an interviewer reads before an interview."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from roles.models import QuestionVersion
from scorecards.models import Handover, Interview
from scorecards.summaries.preparing import is_link, opening_words, preparation
from scorecards.summaries.scoring import make_sheet
from tests import build
from tests.pages import masked

pytestmark = pytest.mark.django_db


def url(name: str, interview: Interview) -> str:
    return reverse(f"interview_{name}", args=[interview.pk])


@pytest.fixture
def mine(panel) -> Interview:
    """Tomorrow, at a place."""
    Interview.objects.filter(pk=panel.mine.pk).update(
        starts_at=timezone.now() + timedelta(days=1), location="Room Heron"
    )
    panel.mine.refresh_from_db()
    return panel.mine


def page_of(sign_in, person, name: str, interview: Interview) -> str:
    return sign_in(person).get(url(name, interview)).content.decode()


def test_the_page_has_what_one_needs(panel, mine, sign_in):
    me, candidate = panel.people.interviewer, panel.application.candidate
    me.time_zone = "Asia/Kolkata"
    me.save(update_fields=["time_zone"])
    candidate.accommodations = "A break\nafter 30 minutes"
    candidate.save(update_fields=["accommodations"])

    html = page_of(sign_in, me, "prepare", mine)

    assert "<h1>Odalys Brambleworth</h1>" in html
    assert "A break<br>after 30 minutes" in html
    assert "<dd>Room Heron</dd>" in html
    with timezone.override("Asia/Kolkata"):
        local = timezone.localtime(mine.starts_at)
    assert f"{local:%H:%M}</time> to " in html
    assert html.count("Asia/Kolkata") == 1
    places = [html.index(f"Tell me about {slug}.") for slug in ("shipped", "outage", "price")]
    assert places == sorted(places)
    assert "How did you know?" in html
    assert html.count("Says what one hears at 4.") == 3
    assert f'href="/scorecards/{mine.scorecard.pk}/"' in html
    for name in ("rehearse", "print", "calendar", "not_there", "moved"):
        assert url(name, mine) in html


def test_the_version_is_the_one_that_the_round_pinned(panel, mine, sign_in):
    question = panel.questions[0].question
    build.version(question, number=2, prompt="Asked in another way?")

    html = page_of(sign_in, panel.people.interviewer, "prepare", mine)

    assert QuestionVersion.objects.filter(question=question).count() == 2
    assert "Tell me about shipped." in html
    assert "Asked in another way?" not in html


@pytest.mark.parametrize(
    ("location", "link"),
    [
        ("https://meet.example.com/a?b=1", True),
        ("http://intranet.example.com/room", True),
        ("javascript:alert(1)", False),
        ("ftp://example.com/x", False),
        ("https://meet.example.com/a or Room Elm", False),
        ("Room Elm", False),
        ("", False),
    ],
)
def test_only_a_web_address_is_a_link(panel, mine, sign_in, location, link):
    Interview.objects.filter(pk=mine.pk).update(location=location)

    html = page_of(sign_in, panel.people.interviewer, "prepare", mine)

    assert is_link(location) is link
    assert (f'<a href="{location}"' in html) is link
    assert ("Join the call at" in html) is link
    assert ("Not said. Ask the coordinator." in html) is (location == "")


def test_what_to_say(panel):
    sheet = preparation(panel.mine).sheet

    said = opening_words(panel.mine, sheet)

    assert said[0] == (
        "I am Ines Asker. We have 60 minutes, and I will ask you about production and cost."
    )
    assert said[-1] == "At the end there is time for your own questions."
    assert any("You may ask to read them" in line for line in said)
    assert any("the same questions" in line for line in said)
    assert any("a break" in line for line in said)
    assert opening_words(panel.mine, make_sheet(panel.mine.scorecard, [], []))[0] == (
        "I am Ines Asker. We have 60 minutes."
    )


def test_a_shadow_says_something_else(panel):
    panel.mine.shadow = True

    assert "listen in" in opening_words(panel.mine, preparation(panel.mine).sheet)[0]


def test_an_area_that_was_left_is_the_coordinators_request(panel, mine, sign_in):
    cost = panel.areas[1]
    Handover.objects.create(interview=panel.theirs, area=cost)
    build.submitted(panel.theirs, [1, 2, None])

    html = page_of(sign_in, panel.people.interviewer, "prepare", mine)

    assert "The coordinator asks you to cover cost too." in html
    assert "Colin" not in html


def test_nothing_is_asked_of_who_came_before_or_left_it(panel):
    """Mine is the earlier one; what was left with another candidate is another's."""
    production, cost = panel.areas
    early = panel.theirs.starts_at - timedelta(hours=2)
    Interview.objects.filter(pk=panel.mine.pk).update(starts_at=early)
    panel.mine.refresh_from_db()
    elsewhere = build.interview(
        build.application(panel.opening), panel.people.outsider, starts_at=early - timedelta(days=1)
    )
    Handover.objects.create(interview=panel.mine, area=cost)
    Handover.objects.create(interview=panel.theirs, area=production)
    Handover.objects.create(interview=elsewhere, area=production)

    assert preparation(panel.mine).covers == []
    assert preparation(panel.theirs).covers == [cost]


def test_it_looks_the_same_whether_others_have_submitted(panel, mine, sign_in):
    """R3. The hand-over above is an explicit act, and shown without a name."""
    client = sign_in(panel.people.interviewer)
    before = {name: masked(client.get(url(name, mine))) for name in ("prepare", "print")}

    build.submitted(panel.theirs, [4, 4, 4])

    assert {name: masked(client.get(url(name, mine))) for name in before} == before


def test_a_round_without_questions_says_so(panel, mine, sign_in):
    panel.plan.rounds.update(set_version=build.question_set(name="Empty"))
    client = sign_in(panel.people.interviewer)

    assert "This round has no questions." in client.get(url("prepare", mine)).content.decode()
    assert "This round has no questions." in client.get(url("print", mine)).content.decode()
    assert client.get(url("rehearse", mine)).status_code == 404


def test_over_and_in(panel, sign_in):
    me = panel.people.interviewer

    assert "The planned time is over." in page_of(sign_in, me, "prepare", panel.mine)
    build.submitted(panel.mine, [3, 3, 3])
    html = page_of(sign_in, me, "prepare", panel.mine)
    assert "Your scorecard is in." in html
    assert "Did you not meet?" not in html
