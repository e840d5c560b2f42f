"""Leaving a question out of an opening: what is written, what follows, what stays."""

import pytest
from django.db import DatabaseError, connection

from interviewbank.audit.models import Event
from scorecards.models import Application, Decision, Exclusion, RollupRecord
from scorecards.rollup import rollup
from scorecards.summaries.exclusions import askable, effects, history, left_out
from scorecards.summaries.inputs import current_plan, rollup_input
from scorecards.workflow.decisions import record_decision
from scorecards.workflow.exclusions import (
    ChangedMeanwhile,
    NotAsked,
    ReasonMissing,
    set_excluded,
)
from scorecards.workflow.rollups import record_values, refresh_rollup
from tests import build

pytestmark = pytest.mark.django_db

WHY = "Half of the candidates read it as a question about prices."


def fresh(application) -> dict:
    given = rollup_input(application, current_plan(application))
    return record_values(given, rollup(given.config, given.ratings))


def stored(application) -> dict:
    record = RollupRecord.objects.get(application=application)
    return {name: getattr(record, name) for name in fresh(application)}


@pytest.fixture
def rated(panel):
    """Two candidates with two cards each. Odalys is hired by `outage` alone; Bram has no rating of
    it."""
    build.submitted(panel.mine, [2, 4, 3])
    build.submitted(panel.theirs, [2, 4, 3])
    panel.other = build.application(panel.opening, "Bram Oldtree")
    for person in (panel.people.interviewer, panel.people.colleague):
        build.submitted(build.interview(panel.other, person), [3, None, 3])
    for application in (panel.application, panel.other):
        refresh_rollup(application)
    panel.outage = panel.questions[1].question
    return panel


def exclude(panel, question=None, *, excluded=True, after=0, reason=WHY):
    return set_excluded(
        opening=panel.opening,
        question=question or panel.outage,
        by=panel.people.chair,
        excluded=excluded,
        reason=reason,
        after=after,
    )


def test_leaving_out_counts_for_nobody(rated):
    # production: (2 + 4) / 2 = 3, cost 3: 3 points, 2/3 of the unit scale.
    assert RollupRecord.objects.get(application=rated.application).score == "2/3"
    made = exclude(rated, reason=f"  {WHY}\n")
    assert (made.number, made.excluded, made.reason) == (1, True, WHY)
    assert made.created_by == rated.people.chair
    # production: 2 points, cost 3: 2.5 points.
    assert RollupRecord.objects.get(application=rated.application).score == "1/2"
    for application in (rated.application, rated.other):
        assert stored(application) == fresh(application)


def test_taking_back_in_is_a_new_row_and_undoes_it(rated):
    before = [stored(rated.application), stored(rated.other)]
    exclude(rated)
    assert [stored(rated.application), stored(rated.other)] != before
    exclude(rated, excluded=False, after=1, reason="It was read well after all.")
    assert [stored(rated.application), stored(rated.other)] == before
    rows = Exclusion.objects.order_by("number").values_list("number", "excluded")
    assert list(rows) == [(1, True), (2, False)]
    assert exclude(rated, after=2).number == 3


def test_events_name_fields_and_keep_the_reason_as_a_digest(rated):
    first = exclude(rated)
    second = exclude(rated, excluded=False, after=1)
    found = Event.objects.filter(verb__startswith="question.").order_by("number")
    assert [(one.verb, one.object_id, one.fields, one.actor_id) for one in found] == [
        ("question.excluded", first.pk, ["excluded", "reason"], rated.people.chair.pk),
        ("question.included", second.pk, ["excluded", "reason"], rated.people.chair.pk),
    ]
    assert all(len(one.reason_digest) == 64 for one in found)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"reason": " \n"}, ReasonMissing),
        ({"after": 1}, ChangedMeanwhile),
        ({"excluded": False}, ChangedMeanwhile),
    ],
)
def test_refusals_write_nothing(rated, given, error):
    before = stored(rated.application)
    with pytest.raises(error):
        exclude(rated, **given)
    assert not Exclusion.objects.exists()
    assert stored(rated.application) == before
    assert not Event.objects.filter(verb__startswith="question.").exists()


def test_a_question_that_is_not_asked_here(rated):
    with pytest.raises(NotAsked):
        exclude(rated, build.question().question)


def test_twice_is_refused(rated):
    exclude(rated)
    with pytest.raises(ChangedMeanwhile):
        exclude(rated, after=1)


REFUSE_ONE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON scorecards_rolluprecord FOR EACH ROW
    WHEN (NEW.application_id = '%s') EXECUTE FUNCTION refuse();
"""


def test_all_or_nothing(rated):
    """The roll-up of the last application can't be written: nothing is, of any."""
    before = [stored(rated.application), stored(rated.other)]
    last = max(rated.application.pk, rated.other.pk)
    with connection.cursor() as cursor:
        cursor.execute(REFUSE_ONE % last)
    with pytest.raises(DatabaseError, match="refused"):
        exclude(rated)
    assert not Exclusion.objects.exists()
    assert [stored(rated.application), stored(rated.other)] == before


def test_other_openings_go_on_counting(rated):
    elsewhere = build.opening(rated.set_version, areas=rated.areas)
    application = build.application(elsewhere, "Cyra Newfield")
    build.submitted(build.interview(application, rated.people.interviewer), [4, 4, 4])
    before = fresh(application)
    exclude(rated)
    assert fresh(application) == before


def test_every_version_of_the_question_is_left_out(rated):
    second = build.version(rated.outage, number=2)
    asked = build.question_set(second, name="Second", of_role=rated.opening.role)
    rated.plan.rounds.create(position=2, name="Second", set_version=asked, minutes=30)
    interview = build.interview(
        rated.application, rated.people.outsider, round=rated.plan.rounds.get(position=2)
    )
    build.submitted(interview, [1])
    exclude(rated)
    names = {rating.question for rating in rollup_input(rated.application, rated.plan).ratings}
    assert len(names) == 4
    assert not any(str(second.pk) in name for name in names)


def test_a_decision_keeps_what_it_rested_on(rated):
    rated.opening.interviewers_may_decide = True
    decision = record_decision(
        application=rated.application,
        by=rated.people.chair,
        outcome="hire",
        rationale="Both heard how the outage was handled, minute by minute. " * 2,
    )
    before = (decision.snapshot, decision.digest)
    exclude(rated)
    kept = Decision.objects.get()
    assert (kept.snapshot, kept.digest) == before
    assert kept.snapshot["result"]["score"] == "2/3"
    assert RollupRecord.objects.get(application=rated.application).score == "1/2"


# What would follow


def summary(rated, viewer=None, *, question=None, excluded=True):
    found = effects(
        rated.opening,
        question or rated.outage,
        viewer or rated.people.chair,
        excluded=excluded,
    )
    return [
        (
            str(one.application.candidate).split()[0],
            one.ratings,
            (str(one.before.outcome), one.before.points, one.before.coverage),
            (str(one.after.outcome), one.after.points, one.after.coverage),
        )
        for one in found
    ]


def test_effects_are_what_follows(rated):
    expected = summary(rated)
    before = [stored(rated.application), stored(rated.other)]
    assert [stored(rated.application), stored(rated.other)] == before
    exclude(rated)
    for name, _, _, after in expected:
        record = RollupRecord.objects.get(application__candidate__name__startswith=name)
        assert (record.outcome, record.coverage) == (after[0], str(after[2]))
    assert summary(rated, excluded=False) == [
        (name, ratings, after, before) for name, ratings, before, after in expected
    ]


def test_effects_change_first(rated):
    # By name Bram is first; what changes is Odalys, from 3 points to 2.5.
    assert summary(rated) == [
        ("Odalys", 2, ("hire", 3, 1), ("leaning_hire", 2.5, 1)),
        ("Bram", 0, ("leaning_hire", 3, 1), ("leaning_hire", 3, 1)),
    ]


def test_effects_with_too_little_evidence_name_no_score(rated):
    found = summary(rated, question=rated.questions[2].question)
    assert [after for _, _, _, after in found] == [("insufficient_evidence", None, 0.5)] * 2


def test_effects_leave_out_what_the_viewer_may_not_see(rated):
    chair = rated.people.chair
    build.interview(rated.application, chair)
    assert [name for name, *_ in summary(rated)] == ["Bram"]
    rated.other.candidate.user = chair
    rated.other.candidate.save()
    assert summary(rated) == []


def test_effects_write_nothing(rated):
    before = list(RollupRecord.objects.order_by("pk").values())
    summary(rated)
    assert list(RollupRecord.objects.order_by("pk").values()) == before
    assert not Exclusion.objects.exists()


def test_askable_goes_by_the_plans(rated):
    build.question("elsewhere")
    assert [one.slug for one in askable(rated.opening)] == ["price", "outage", "shipped"]
    exclude(rated)
    assert [bool(one.out) for one in askable(rated.opening)] == [False, True, False]
    Application.objects.filter(pk=rated.other.pk).update(state="closed")
    assert len(askable(rated.opening)) == 3


def test_history_and_what_holds(rated):
    exclude(rated)
    exclude(rated, rated.questions[2].question, after=1, reason="It leaked.")
    exclude(rated, excluded=False, after=2, reason="Fine after all.")
    rows = list(history(rated.opening))
    assert [(row.title, row.excluded, row.reason) for row in rows] == [
        ("Outage", False, "Fine after all."),
        ("Price", True, "It leaked."),
        ("Outage", True, WHY),
    ]
    assert [row.title for row in left_out(rows)] == ["Price"]
