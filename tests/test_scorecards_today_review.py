"""Today: what waits to be reviewed, and drafts of one's own questions."""

from datetime import UTC, datetime

from interviewbank.audit.models import ReadEvent
from interviewbank.audit.trail import record_reads
from roles.models import Question
from scorecards.models import Application, Submission
from scorecards.summaries.today import own_drafts, to_review
from scorecards.workflow.rollups import refresh_rollup
from tests import build

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def test_drafts_of_ones_own_questions(panel):
    editor = panel.people.editor
    mine, published, others, retired = (build.question(published=False) for _ in range(4))
    for version in (mine, published, retired):
        Question.objects.filter(pk=version.question_id).update(owner=editor)
    Question.objects.filter(pk=others.question_id).update(owner=panel.people.recruiter)
    Question.objects.filter(pk=retired.question_id).update(retired_at=NOON)
    published.published_at = NOON
    published.save(update_fields=["published_at"])

    assert list(own_drafts(editor)) == [mine.question]
    # They own it, and may not edit it.
    assert list(own_drafts(panel.people.recruiter)) == []


def in_with_words(interview, ratings=(3, 3, 3)) -> Submission:
    card = build.submitted(interview, list(ratings))
    return Submission.objects.create(
        scorecard=card,
        number=1,
        content="{}",
        salt="s",
        digest="d",
        submitted_at=card.submitted_at,
    )


def test_to_review_needs_all_cards(panel):
    chair, committee = panel.people.chair, panel.people.committee
    assert list(to_review(chair)) == []

    in_with_words(panel.mine)
    assert list(to_review(chair)) == []

    in_with_words(panel.theirs)
    build.interview(panel.application, panel.people.outsider, shadow=True)
    assert list(to_review(chair)) == [panel.application]
    assert list(to_review(committee)) == [panel.application]


def test_to_review_goes_once_a_member_has_opened_all(panel):
    """A chair has a decision to record, so it stays for them."""
    chair, committee = panel.people.chair, panel.people.committee
    first, second = in_with_words(panel.mine), in_with_words(panel.theirs)
    for reader in (chair, committee):
        record_reads(reader=reader, objects=[first], scope=ReadEvent.Scope.WHOLE)
        record_reads(reader=reader, objects=[second], scope=ReadEvent.Scope.PART)

    assert [one.not_opened for one in to_review(committee)] == [1]
    for reader in (chair, committee):
        record_reads(reader=reader, objects=[second], scope=ReadEvent.Scope.WHOLE)

    assert list(to_review(committee)) == []
    assert [(one.cards_in, one.not_opened) for one in to_review(chair)] == [(2, 0)]


def test_to_review_is_for_those_who_decide(panel):
    build.submitted(panel.mine, [3, 3, 3])
    build.submitted(panel.theirs, [3, 3, 3])
    panel.opening.members.create(user=panel.people.interviewer, kind="chair")

    for name in ("interviewer", "colleague", "coordinator", "administrator", "outsider"):
        assert list(to_review(getattr(panel.people, name))) == []
    panel.opening.interviewers_may_decide = True
    panel.opening.save(update_fields=["interviewers_may_decide"])
    assert list(to_review(panel.people.interviewer)) == [panel.application]
    assert list(to_review(panel.people.colleague)) == []


def test_to_review_leaves_out_what_is_decided_or_nobodys(panel):
    build.submitted(panel.mine, [3, 3, 3])
    build.submitted(panel.theirs, [3, 3, 3])
    Application.objects.filter(pk=panel.application.pk).update(state="decided")
    build.application(panel.opening, "Nobody met them")

    assert list(to_review(panel.people.chair)) == []


def test_ones_own_scorecard_need_not_be_opened(panel):
    chair = panel.people.chair
    panel.opening.interviewers_may_decide = True
    panel.opening.save(update_fields=["interviewers_may_decide"])
    in_with_words(panel.mine)
    in_with_words(panel.theirs)
    in_with_words(build.interview(panel.application, chair))

    assert [(one.cards_in, one.not_opened) for one in to_review(chair)] == [(3, 2)]


def test_a_chair_who_owes_a_card_has_nothing_to_review(panel):
    build.submitted(panel.mine, [3, 3, 3])
    build.submitted(panel.theirs, [3, 3, 3])
    build.interview(panel.application, panel.people.chair, shadow=True)

    assert list(to_review(panel.people.chair)) == []


def test_the_review_list_of_the_page(panel, sign_in):
    build.submitted(panel.mine, [3, 3, 3])
    build.submitted(panel.theirs, [3, 3, 3])
    refresh_rollup(panel.application)

    html = sign_in(panel.people.chair).get("/").content.decode()

    assert f'href="/applications/{panel.application.pk}/review/"' in html
    assert 'data-rec="hire"' in html
    assert "1 candidate to review" in html
