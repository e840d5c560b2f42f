"""The page of a debrief: its agenda, what is sent from it, and what follows it."""

import re
from functools import partial
from html import unescape

import pytest
from django.urls import reverse

from scorecards.models import Debrief, DebriefNote, PanelRating, Vote
from scorecards.workflow.debriefs import add_note, cast_vote, close_debrief, reveal_votes
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.forms import filled_in
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def room(panel):
    """Production is apart, cost was heard by one person, and on style both agree."""
    style = build.area("style")
    for area in (style, build.area("latency")):
        panel.plan.areas.create(area=area)
    questions = [*panel.questions, build.question("style-q", in_area=style)]
    ask = build.question_set(*questions, name="All of it")
    rounds = panel.plan.rounds.create(position=2, name="All", set_version=ask, minutes=60)
    for interview in (panel.mine, panel.theirs):
        interview.round = rounds
        interview.save(update_fields=["round"])
    build.submitted(panel.mine, [4, 4, 3, 3])
    build.submitted(panel.theirs, [1, 2, None, 3])
    refresh_rollup(panel.application)
    panel.debrief = build.debrief(panel.application, panel.people.chair)
    panel.url = reverse("debrief_detail", args=[panel.debrief.pk])
    return panel


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def to(room, name: str) -> str:
    return reverse(name, args=[room.debrief.pk])


def test_the_agenda(room, page):
    """What one alone can tell comes first, then by spread x weight, then folded what all agree."""
    response = page(room.people.committee, room.url)
    assert [(one.row.slug, one.words, one.folded) for one in response.context["agenda"]] == [
        ("cost", "Only Ines could rate this", False),
        ("latency", "Nobody asked this", False),
        ("production", "Ratings from 1.5 to 4", False),
        ("style", "All rated it 3", True),
    ]
    review = reverse("application_review", args=[room.application.pk])
    link = f'href="{review}?area=production&amp;by={room.people.interviewer.pk}#area-production"'
    assert link in response.content.decode()


@pytest.mark.parametrize("name", ["application_detail", "application_review"])
def test_the_chair_opens_it_from_the_pages_of_the_candidate(panel, page, name):
    for interview in (panel.mine, panel.theirs):
        build.submitted(interview, [3, 3, 3])
    refresh_rollup(panel.application)
    candidate = reverse(name, args=[panel.application.pk])
    new = reverse("debrief_new", args=[panel.application.pk])
    assert new not in page(panel.people.committee, candidate).content.decode()
    shown = page(panel.people.chair, candidate)
    assert new in shown.content.decode()
    made = page(None, new, filled_in(shown, new), status=302)
    debrief = Debrief.objects.get()
    assert made["Location"] == reverse("debrief_detail", args=[debrief.pk])
    assert made["Location"] in page(panel.people.committee, candidate).content.decode()
    assert "is open already" in words(page(panel.people.chair, new))
    assert "is open already" in words(page(None, new, {}, status=422))
    close_debrief(debrief=debrief, by=panel.people.chair)
    text = page(None, candidate).content.decode()
    assert "Read debrief" in text
    assert new not in text


def test_with_cards_missing_the_page_names_them_and_asks_why(panel, page):
    build.submitted(panel.theirs, [3, 3, 3])
    refresh_rollup(panel.application)
    candidate = reverse("application_detail", args=[panel.application.pk])
    new = reverse("debrief_new", args=[panel.application.pk])
    assert f'href="{new}"' in page(panel.people.chair, candidate).content.decode()
    assert "1 scorecard is not in Ines Asker, Deep dive" in words(page(None, new))
    assert "Say why the debrief" in words(page(None, new, {}, status=422))
    page(None, new, {"exception_reason": "The offer runs out."}, status=302)
    text = words(page(None, reverse("debrief_detail", args=[Debrief.objects.get().pk])))
    assert "Opened before all scorecards were in. The offer runs out." in text


def test_a_note_on_an_area_and_one_on_the_whole(room, page):
    url = to(room, "debrief_note")
    shown = page(room.people.committee, room.url)
    assert set(filled_in(shown, url)) == {"area", "text"}
    sent = {"area": "production", "text": " <b>Who</b> was\non call? "}
    assert page(None, url, sent, status=302)["Location"] == f"{room.url}#area-production"
    assert page(None, url, {"text": "Thin."}, status=302)["Location"] == f"{room.url}#whole"
    text = page(None, room.url).content.decode()
    assert "&lt;b&gt;Who&lt;/b&gt; was<br>on call?" in text
    assert [(n.area and n.area.slug, n.author.name) for n in DebriefNote.objects.all()] == [
        ("production", "Carl Reader"),
        (None, "Carl Reader"),
    ]


@pytest.mark.parametrize(
    "sent, said",
    [
        ({"area": "cost", "text": "  "}, "Write the note first."),
        ({"area": "cost", "text": "x" * 4001}, "at most 4000 characters"),
        ({"area": "cost", "text": "a\0b"}, "Null characters are not allowed."),
        ({"area": "nonsense", "text": "Lost?"}, "1 thing needs a change."),
        ({"area": "co\0st", "text": "Lost?"}, "1 thing needs a change."),
    ],
)
def test_a_note_that_can_not_be_taken_comes_back(room, page, sent, said):
    response = page(room.people.committee, to(room, "debrief_note"), sent, status=422)
    assert f'<a href="{room.url}"><svg' in response.content.decode(), "Refresh leads to the page."
    assert said in words(response)
    assert not DebriefNote.objects.exists()
    if sent["area"] == "cost" and "\0" not in sent["text"]:
        assert response.context["notes"]["cost"]["text"].value() == sent["text"]


def test_a_panel_rating_is_the_chairs(room, page):
    url = to(room, "debrief_panel_rating")
    assert url not in page(room.people.committee, room.url).content.decode()
    page(None, url, {"area": "cost", "rating": "2", "seen": ""}, status=403)
    sent = {"area": "cost", "rating": "2", "note": "Guessed.", "seen": ""}
    page(room.people.chair, url, sent, status=302)
    shown = page(None, room.url)
    assert "2 Mixed Panel rating Guessed. Chiara Decider" in words(shown)
    assert shown.context["panels"]["cost"].initial["rating"] == 2
    assert "Choose the rating." in words(page(None, url, {**sent, "rating": ""}, status=422))
    missed = page(None, url, {**sent, "rating": "4"}, status=422)
    assert "Somebody set the panel rating of this area while you wrote" in words(missed)
    again = {name: missed.context["panels"]["cost"][name].value() for name in sent}
    page(None, url, again, status=302)
    assert PanelRating.objects.get().rating == 4


def test_a_vote_is_cast_changed_and_shown(room, page):
    url = to(room, "debrief_vote")
    shown = page(room.people.committee, room.url)
    assert "0 of 2 have voted." in words(shown)
    assert "Choose what you vote." in words(page(None, url, {"rationale": "So."}, status=422))
    assert "Say what carried your vote." in words(
        page(None, url, {"recommendation": "hire", "rationale": " "}, status=422)
    )
    page(None, url, {"recommendation": "hire", "rationale": "Ran it."}, status=302)
    own = page(None, room.url)
    assert "1 of 2 have voted." in words(own)
    assert "Your vote Hire Ran it." in words(own)
    assert filled_in(own, url)["rationale"] == ["Ran it."]
    other = page(room.people.chair, room.url)
    assert "1 of 2 have voted." in words(other)
    assert "Ran it." not in words(other)
    page(None, url, {"recommendation": "no_hire", "rationale": "Guessed cost."}, status=302)
    text = words(page(room.people.committee, room.url))
    assert "Carl Reader Hire Ran it. Chiara Decider No hire Guessed cost." in text
    assert url not in page(None, room.url).content.decode()


def test_a_vote_that_comes_too_late_is_not_lost(room, page):
    reveal_votes(debrief=room.debrief, by=room.people.chair)
    sent = {"recommendation": "hire", "rationale": "I wrote this for long."}
    response = page(room.people.committee, to(room, "debrief_vote"), sent, status=422)
    assert "The votes are shown already. Yours was not taken" in words(response)
    assert "I wrote this for long." in response.content.decode()
    assert not Vote.objects.exists()
    assert "Did not vote: Carl Reader, Chiara Decider" in words(page(None, room.url))


def test_somebody_who_came_later_did_not_fail_to_vote(room, page):
    reveal_votes(debrief=room.debrief, by=room.people.chair)
    room.opening.members.create(user=build.user("Nina New"), kind="committee")
    assert "Nina New" not in words(page(room.people.committee, room.url))


def test_who_interviewed_reads_on_and_does_not_vote(room, page):
    room.opening.members.create(user=room.people.interviewer, kind="committee")
    text = words(page(room.people.interviewer, room.url))
    assert "You interviewed this candidate, so you do not vote." in text
    page(None, to(room, "debrief_vote"), {"recommendation": "hire", "rationale": "x"}, status=403)
    page(None, to(room, "debrief_note"), {"text": "I was there."}, status=302)


def test_where_interviewers_may_vote_the_page_says_so(room, page):
    room.opening.members.create(user=room.people.interviewer, kind="committee")
    room.opening.interviewers_may_decide = True
    room.opening.save(update_fields=["interviewers_may_decide"])
    sent = {"recommendation": "hire", "rationale": "I was there."}
    page(room.people.interviewer, to(room, "debrief_vote"), sent, status=302)
    assert "In this opening, interviewers may vote and decide." in words(page(None, room.url))
    page(room.people.chair, to(room, "debrief_reveal"), {}, status=302)
    assert "Ines Asker Hire interviewed I was there." in words(page(None, room.url))


def test_closed_it_can_be_read_and_not_changed(room, page):
    add_note(debrief=room.debrief, by=room.people.committee, text="Kept.")
    page(room.people.chair, to(room, "debrief_close"), {}, status=302)
    shown = page(None, room.url)
    assert "The debrief is closed" in words(shown)
    assert "Kept." in words(shown)
    assert f"{room.url}vote/" not in shown.content.decode()
    assert "<textarea" not in shown.content.decode()
    late = page(None, to(room, "debrief_note"), {"text": "Too late."}, status=422)
    assert "The debrief is closed. What was said in it can be read" in words(late)
    assert "Too late." in late.content.decode()
    again = page(None, to(room, "debrief_close"), {}, status=302)
    assert again["Location"] == room.url


def test_an_interviewer_reads_and_takes_no_part(room, page):
    add_note(debrief=room.debrief, by=room.people.chair, text="Said by the chair.")
    shown = page(room.people.interviewer, room.url)
    assert "Said by the chair." in words(shown)
    assert "The votes are hidden until the committee shows them." in words(shown)
    assert "<textarea" not in shown.content.decode()
    assert "have voted" not in words(shown)
    cast(room, "committee")
    reveal_votes(debrief=room.debrief, by=room.people.chair)
    assert "Carl Reader Hire Ran it." in words(page(None, room.url))


def cast(room, who: str, rationale: str = "Ran it."):
    by = getattr(room.people, who)
    return cast_vote(debrief=room.debrief, by=by, recommendation="hire", rationale=rationale)
