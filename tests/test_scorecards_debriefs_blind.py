"""What nobody may learn: a vote before the votes are shown, and anything before one's own card."""

from functools import partial
from itertools import pairwise

import pytest
from django.urls import reverse

from scorecards.models import Submission
from scorecards.workflow.debriefs import (
    add_note,
    cast_vote,
    close_debrief,
    open_debrief,
    reveal_votes,
    set_panel_rating,
)
from scorecards.workflow.rollups import refresh_rollup
from tests import build
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def owing(panel):
    """Ines owes a scorecard; Colin's is in. A second candidate has both."""
    panel.other = build.application(panel.opening, "Bram Oldtree")
    for person in (panel.people.interviewer, panel.people.colleague):
        submitted(build.interview(panel.other, person))
    submitted(panel.theirs)
    for application in (panel.application, panel.other):
        refresh_rollup(application)
    build.debrief(panel.other, panel.people.chair)
    return panel


def submitted(interview):
    card = build.submitted(interview, [3, 3, 3])
    Submission.objects.create(
        scorecard=card, number=1, content="{}", digest="d", submitted_at=card.submitted_at
    )


def everything_happens(panel):
    """A debrief with notes, a panel rating and a vote, in the line of an hour; then closed."""
    people = panel.people
    debrief = open_debrief(
        application=panel.application, by=people.chair, exception_reason="It can't wait."
    )
    yield
    add_note(debrief=debrief, by=people.committee, text="On the whole.")
    add_note(debrief=debrief, by=people.committee, text="Shipped.", area=panel.areas[0])
    set_panel_rating(debrief=debrief, by=people.chair, area=panel.areas[0], rating=2)
    build.hour(panel.application, by=people.chair)
    cast_vote(debrief=debrief, by=people.committee, recommendation="hire", rationale="So.")
    yield
    reveal_votes(debrief=debrief, by=people.chair)
    close_debrief(debrief=debrief, by=people.chair)
    yield


def reached(panel, page, person) -> dict:
    """Whatever a person asks for: pages, refusals and what does not exist."""
    application, opening = [panel.application.pk], [panel.opening.pk]
    card = [panel.mine.scorecard.pk]
    pages = [
        *(reverse(name) for name in ("today", "application_list", "opening_list")),
        reverse("application_list") + "?tab=decided",
        *(reverse(name, args=opening) for name in ("opening_detail", "opening_plan")),
        *(
            reverse(name, args=application)
            for name in ("application_detail", "application_review", "interview_new", "debrief_new")
        ),
        *(reverse(name, args=card) for name in ("scorecard_live", "scorecard_submit")),
        reverse("submission_detail", args=[panel.theirs.scorecard.submissions.get().pk]),
        *(
            reverse(name, args=[panel.other.debriefs.get().pk])
            for name in ("debrief_detail", "debrief_follow")
        ),
    ]
    page(person, reverse("today"))
    client = page.args[0]
    answers = {url: client.get(url) for url in pages}
    return {url: (answer.status_code, masked(answer)) for url, answer in answers.items()}


@pytest.mark.parametrize(
    "visibility, kind",
    [
        ("after_own", ""),
        ("at_debrief", ""),
        ("never", ""),
        ("at_debrief", "committee"),
        ("after_own", "chair"),
        ("after_own", "coordinator"),
    ],
)
def test_who_owes_a_scorecard_notices_nothing(owing, page, visibility, kind):
    """Byte for byte, whatever else they are; and the debrief does not exist."""
    owing.opening.visibility = visibility
    owing.opening.save(update_fields=["visibility"])
    ines = owing.people.interviewer
    if kind:
        owing.opening.members.create(user=ines, kind=kind)
    before = reached(owing, page, ines)
    assert {status for status, _ in before.values()} <= {200, 403, 404}
    for _ in everything_happens(owing):
        assert reached(owing, page, ines) == before
        debrief = owing.application.debriefs.get()
        for name in ("debrief_detail", "debrief_follow"):
            page(ines, reverse(name, args=[debrief.pk]), status=404)
        for hour in owing.opening.debrief_hours.all():
            page(ines, reverse("hour_detail", args=[hour.pk]), status=404)
            page(ines, reverse("hour_follow", args=[hour.pk]), status=404)


def test_those_who_owe_nothing_do_notice(owing, page):
    """Without this the test above could not fail."""
    seen = [reached(owing, page, owing.people.chair)]
    seen += [reached(owing, page, owing.people.chair) for _ in everything_happens(owing)]
    changed = [
        {url.split("/")[-2] for url in one if one[url] != other[url]}
        for one, other in pairwise(seen)
    ]
    candidate, opening = str(owing.application.pk), str(owing.opening.pk)
    assert changed[0] >= {candidate, "new"}
    assert changed[1] == {opening, "review"}, "the review says how many voted"
    assert changed[2] >= {candidate}


def test_the_linked_candidate_notices_nothing(owing, page):
    """R6, as a member of the committee."""
    carl = owing.people.committee
    owing.application.candidate.user = carl
    owing.application.candidate.save(update_fields=["user"])
    before = reached(owing, page, carl)
    debrief = open_debrief(
        application=owing.application, by=owing.people.chair, exception_reason="It can't wait."
    )
    build.hour(owing.application, by=owing.people.chair)
    assert reached(owing, page, carl) == before
    page(carl, reverse("debrief_detail", args=[debrief.pk]), status=404)


@pytest.fixture
def voting(owing):
    """Three may vote: Carl, Chiara and Theo."""
    owing.third = build.user("Theo Third")
    owing.opening.members.create(user=owing.third, kind="committee")
    owing.debrief = owing.other.debriefs.get()
    owing.urls = [
        reverse(name, args=[owing.debrief.pk]) for name in ("debrief_detail", "debrief_follow")
    ]
    return owing


def vote(panel, by, recommendation="hire", rationale="Ran it."):
    return cast_vote(
        debrief=panel.debrief, by=by, recommendation=recommendation, rationale=rationale
    )


def others(panel) -> list:
    """Everybody who sees the debrief and did not vote, the chair among them."""
    people = panel.people
    return [people.chair, panel.third, people.interviewer, people.colleague]


def answers(panel, page) -> list:
    """Pages, fragments and their tags, of everybody but Carl."""
    found = []
    for person in others(panel):
        for url in panel.urls:
            response = page(person, url)
            found.append((masked(response), response.headers.get("ETag")))
    return found


def test_what_somebody_voted_changes_nothing_for_the_others(voting, page):
    carl = voting.people.committee
    vote(voting, carl)
    before = answers(voting, page)
    vote(voting, carl, "strong_no_hire", "Something else, and longer than it was before.")
    assert answers(voting, page) == before
    reveal_votes(debrief=voting.debrief, by=voting.people.chair)
    after = answers(voting, page)
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_nor_does_who_of_them_voted(voting, page):
    """A number is all that there is, and only for those who take part."""
    voting.third = build.user("Una Fourth")
    voting.opening.members.create(user=voting.third, kind="committee")
    carl, theo = voting.people.committee, build.user("Vera Fifth")
    voting.opening.members.create(user=theo, kind="committee")
    none = answers(voting, page)
    first = vote(voting, carl)
    by_carl = answers(voting, page)
    first.delete()
    vote(voting, theo)
    assert answers(voting, page) == by_carl
    members = len(voting.urls) * 2
    assert none[members:] == by_carl[members:]
    assert none[:members] != by_carl[:members]


def test_the_voter_reads_their_own(voting, page):
    vote(voting, voting.people.committee, rationale="Mine alone.")
    for url in voting.urls:
        assert b"Mine alone." in page(voting.people.committee, url).content


def test_the_line_leaves_out_whom_one_may_not_see(owing, page):
    """Ines owes a scorecard of Odalys, at whom the chair is."""
    owing.opening.members.create(user=owing.people.interviewer, kind="committee")
    hour = build.hour(owing.application, owing.other, by=owing.people.chair)
    url = reverse("hour_detail", args=[hour.pk])
    assert b"Odalys" in page(owing.people.committee, url).content
    text = page(owing.people.interviewer, url).content.decode()
    assert "Odalys" not in text
    assert "Bram Oldtree" in text
    assert 'aria-current="step"' not in text
