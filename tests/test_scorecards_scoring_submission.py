"""Reading a whole submission: one's own, or another's once it is visible."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import ReadEvent
from scorecards.models import Application, Scorecard, Submission
from scorecards.workflow.scoring import Change, save_fields
from scorecards.workflow.submitting import submit_scorecard
from tests import build

SAID = '"We graded tone."\n\n“Nobody asked for it.”\nNamed <b>60</b> tickets.'


def hand_in(interview, ratings, **words) -> Submission:
    build.answered(interview, ratings, evidence=words.get("evidence", SAID))
    return submit_scorecard(
        scorecard=interview.scorecard,
        by=interview.interviewer,
        recommendation="no_hire",
        summary="Could not say\nwhat four points mean.",
        unworded_ok=True,
    )


@pytest.fixture
def theirs(panel) -> Submission:
    version = panel.questions[0]
    save_fields(
        scorecard=panel.theirs.scorecard,
        by=panel.people.colleague,
        changes=[
            Change(f"rating:{version.pk}", 0, 2),
            Change(f"evidence:{version.pk}", 0, SAID),
            Change(f"signals:{version.pk}", 0, ["named", "vague"]),
            Change(f"probes:{version.pk}", 0, ["how"]),
            Change(f"rating:{panel.questions[1].pk}", 0, 4),
            Change(f"rating:{panel.questions[2].pk}", 0, "no_evidence"),
        ],
    )
    return submit_scorecard(
        scorecard=panel.theirs.scorecard,
        by=panel.people.colleague,
        recommendation="no_hire",
        summary="Could not say\nwhat four points mean.",
        unworded_ok=True,
    )


def address(submission: Submission) -> str:
    return f"/submissions/{submission.pk}/"


def test_everything_of_it_is_on_the_page(panel, theirs, sign_in):
    html = sign_in(panel.people.chair).get(address(theirs)).content.decode()

    assert "Scorecard of Colin Asker" in html
    assert 'data-rec="no-hire"' in html
    assert "Could not say\nwhat four points mean." in html
    for slug in ("shipped", "outage", "price"):
        assert f"Tell me about {slug}." in html
    assert "Says what one hears at 2." in html
    assert "Says what one hears at 4." in html
    assert "Says what one hears at 3." not in html
    assert html.count('class="ib-said ib-quote') == 2
    assert "&quot;We graded tone.&quot;" in html
    assert "Named &lt;b&gt;60&lt;/b&gt; tickets." in html
    assert "Names a number" in html
    assert "Stays vague" in html
    assert "How did you know?" in html
    assert "no evidence" in html


def test_the_anchor_is_that_of_the_version_that_was_used(panel, theirs, sign_in):
    build.version(panel.questions[0].question, number=2, anchor_2="A newer anchor.")

    html = sign_in(panel.people.chair).get(address(theirs)).content.decode()

    assert "A newer anchor." not in html
    assert "question version 1" in html


def test_reading_anothers_is_noted_once_in_a_while(panel, theirs, sign_in):
    client = sign_in(panel.people.chair)

    client.head(address(theirs))
    assert not ReadEvent.objects.exists()
    client.get(address(theirs))
    client.get(address(theirs))

    event = ReadEvent.objects.get()
    assert (event.reader, event.object_id, event.object_type, event.scope) == (
        panel.people.chair,
        theirs.pk,
        "scorecards.submission",
        "whole",
    )


def test_reading_ones_own_is_not_noted(panel, theirs, sign_in):
    response = sign_in(panel.people.colleague).get(address(theirs))

    assert "Your scorecard" in response.content.decode()
    assert not ReadEvent.objects.exists()


def test_ones_own_stays_readable_after_the_candidate_is_out_of_sight(panel, theirs, sign_in):
    panel.opening.visibility = "never"
    panel.opening.save(update_fields=["visibility"])
    later = timezone.now() + timedelta(days=15)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scorecards.querysets.candidates.timezone.now", lambda: later)
        visible = Application.objects.visible_to(panel.people.colleague)
        assert panel.application not in visible
        response = sign_in(panel.people.colleague).get(address(theirs))

    assert response.status_code == 200


def test_who_may_not(panel, theirs, client, sign_in):
    assert client.get(address(theirs))["Location"].startswith("/sign-in/")
    for name in ("outsider", "coordinator", "administrator", "editor", "recruiter", "interviewer"):
        assert sign_in(getattr(panel.people, name)).get(address(theirs)).status_code == 404
    assert not ReadEvent.objects.exists()


def test_the_others_open_with_ones_own(panel, theirs, sign_in):
    hand_in(panel.mine, [3, 3, 3])

    response = sign_in(panel.people.interviewer).get(address(theirs))

    assert response.status_code == 200
    assert ReadEvent.objects.get().reader == panel.people.interviewer


def test_the_candidate_sees_nothing_even_as_chair(panel, theirs, sign_in):
    panel.application.candidate.user = panel.people.chair
    panel.application.candidate.save(update_fields=["user"])

    assert sign_in(panel.people.chair).get(address(theirs)).status_code == 404


def test_a_chair_who_owes_a_scorecard_sees_nothing(panel, theirs, sign_in):
    build.interview(panel.application, panel.people.chair)

    assert sign_in(panel.people.chair).get(address(theirs)).status_code == 404


def test_the_wrong_method(panel, theirs, sign_in):
    client = sign_in(panel.people.chair)

    for method in (client.post, client.put, client.delete):
        assert method(address(theirs)).status_code == 405


def test_the_locked_page_leads_on(panel, theirs, sign_in):
    client = sign_in(panel.people.colleague)
    card = Scorecard.objects.get(interview=panel.theirs)

    after_own = client.get(f"/scorecards/{card.pk}/").content.decode()
    panel.opening.visibility = "never"
    panel.opening.save(update_fields=["visibility"])
    never = client.get(f"/scorecards/{card.pk}/").content.decode()

    review = f'href="/applications/{panel.application.pk}/review/"'
    assert review in after_own
    assert review not in never
    assert f'href="{address(theirs)}"' in never


@pytest.mark.parametrize("count", [1, 3])
def test_queries(panel, sign_in, django_assert_num_queries, count):
    questions = panel.questions[:count]
    asked = build.question_set(*questions, name="Some of them")
    panel.plan.rounds.update(set_version=asked)
    panel.theirs.refresh_from_db()
    submission = hand_in(panel.theirs, [3] * count)
    client = sign_in(panel.people.colleague)
    client.get(address(submission))

    with django_assert_num_queries(9):
        client.get(address(submission))


def test_of_an_erased_scorecard_it_says_so_and_nothing_else(panel, sign_in):
    card = build.submitted(panel.theirs, [3, 2, None], evidence="")
    submission = Submission.objects.create(
        scorecard=card, number=1, digest="d", submitted_at=card.submitted_at
    )
    page = sign_in(panel.people.chair).get(reverse("submission_detail", args=[submission.pk]))

    words = page.content.decode()
    assert "What was written here was erased. The ratings stay." in words
    assert "The statement was erased." in words
    assert "No words were written down." not in words
