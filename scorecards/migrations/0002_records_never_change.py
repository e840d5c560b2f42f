"""Locked answers, submissions, decisions and frozen plans. One guarded exception: erasure."""

from django.db import migrations

# What an approved erasure may blank, table by table; nothing else, nowhere else.
BLANKABLE = {
    "scorecards_scorecard": ["summary"],
    "scorecards_answer": ["evidence"],
    "scorecards_submission": ["content", "salt", "reason"],
    "scorecards_decision": [
        "rationale", "dissent", "override_reason", "exception_reason", "snapshot",
    ],
}


def _arguments(table):
    return ", ".join(f"'{column}'" for column in BLANKABLE[table])


FUNCTIONS = """
CREATE FUNCTION scorecards_candidate_of(tab text, record jsonb) RETURNS uuid
LANGUAGE plpgsql STABLE AS $$
DECLARE
    application uuid;
BEGIN
    IF tab = 'scorecards_decision' THEN
        application := (record->>'application_id')::uuid;
    ELSIF tab = 'scorecards_scorecard' THEN
        SELECT application_id INTO application FROM scorecards_interview
            WHERE id = (record->>'interview_id')::uuid;
    ELSE
        SELECT i.application_id INTO application
            FROM scorecards_scorecard s JOIN scorecards_interview i ON i.id = s.interview_id
            WHERE s.id = (record->>'scorecard_id')::uuid;
    END IF;
    RETURN (SELECT candidate_id FROM scorecards_application WHERE id = application);
END $$;

-- An approved request that is not done yet, and no legal hold.
CREATE FUNCTION scorecards_may_erase(candidate uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM scorecards_erasurerequest r JOIN scorecards_candidate c ON c.id = r.candidate_id
        WHERE r.candidate_id = candidate AND r.approved_at IS NOT NULL AND r.done_at IS NULL
          AND c.legal_hold = ''
    )
$$;

-- Refuses any change of a locked row, but for blanking the columns in TG_ARGV under an erasure.
CREATE FUNCTION scorecards_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW);
        IF before - TG_ARGV = after - TG_ARGV
           AND NOT EXISTS (
               SELECT FROM unnest(TG_ARGV) AS column_name
               WHERE after->column_name IS DISTINCT FROM before->column_name
                 AND after->column_name NOT IN ('""'::jsonb, '{}'::jsonb)
           )
           AND scorecards_may_erase(scorecards_candidate_of(TG_TABLE_NAME, before))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: what was submitted or decided stays as it was',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Answers have no lock of their own: they are locked with their scorecard. FOR SHARE waits for a
-- submit that is under way, and then sees it.
CREATE FUNCTION scorecards_answer_unlocked(scorecard uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    submitted timestamptz;
BEGIN
    SELECT submitted_at INTO submitted FROM scorecards_scorecard WHERE id = scorecard FOR SHARE;
    RETURN submitted IS NULL;
END $$;
CREATE FUNCTION scorecards_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF (TG_OP = 'INSERT' OR scorecards_answer_unlocked(OLD.scorecard_id))
       AND (TG_OP = 'DELETE' OR scorecards_answer_unlocked(NEW.scorecard_id)) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD);
        after := to_jsonb(NEW);
        IF before - TG_ARGV = after - TG_ARGV AND NEW.evidence = ''
           AND scorecards_may_erase(scorecards_candidate_of(TG_TABLE_NAME, before))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: the scorecard is submitted', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION scorecards_decision_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rationale = '' OR NEW.snapshot = '{}'::jsonb OR (NEW.departs AND NEW.override_reason = '')
    THEN
        RAISE EXCEPTION 'a decision needs its rationale, its snapshot and, when it departs from the '
            'roll-up, the reason' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- The areas and rounds of a plan are frozen with it.
CREATE FUNCTION scorecards_plan_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parent record;
BEGIN
    FOR parent IN SELECT frozen_at FROM scorecards_openingplan
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.plan_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.plan_id END)
        FOR SHARE
    LOOP
        IF parent.frozen_at IS NOT NULL THEN
            RAISE EXCEPTION '% of % is refused: the plan is frozen', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

TRIGGERS = f"""
CREATE TRIGGER scorecards_scorecard_immutable BEFORE UPDATE OR DELETE ON scorecards_scorecard
    FOR EACH ROW WHEN (OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION scorecards_refuse_change({_arguments("scorecards_scorecard")});
CREATE TRIGGER scorecards_answer_immutable BEFORE INSERT OR UPDATE OR DELETE ON scorecards_answer
    FOR EACH ROW EXECUTE FUNCTION scorecards_answer_guard({_arguments("scorecards_answer")});
CREATE TRIGGER scorecards_submission_immutable BEFORE UPDATE OR DELETE ON scorecards_submission
    FOR EACH ROW EXECUTE FUNCTION scorecards_refuse_change({_arguments("scorecards_submission")});
CREATE TRIGGER scorecards_decision_immutable BEFORE UPDATE OR DELETE ON scorecards_decision
    FOR EACH ROW EXECUTE FUNCTION scorecards_refuse_change({_arguments("scorecards_decision")});
CREATE TRIGGER scorecards_decision_complete BEFORE INSERT ON scorecards_decision
    FOR EACH ROW EXECUTE FUNCTION scorecards_decision_complete();
CREATE TRIGGER scorecards_openingplan_immutable BEFORE UPDATE OR DELETE ON scorecards_openingplan
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL)
    EXECUTE FUNCTION interviewbank_refuse_change('the plan is frozen; make a new one');
CREATE TRIGGER scorecards_openingarea_immutable
    BEFORE INSERT OR UPDATE OR DELETE ON scorecards_openingarea
    FOR EACH ROW EXECUTE FUNCTION scorecards_plan_part_guard();
CREATE TRIGGER scorecards_openinground_immutable
    BEFORE INSERT OR UPDATE OR DELETE ON scorecards_openinground
    FOR EACH ROW EXECUTE FUNCTION scorecards_plan_part_guard();
"""

GUARDED = [
    "scorecards_scorecard",
    "scorecards_answer",
    "scorecards_submission",
    "scorecards_decision",
    "scorecards_openingplan",
    "scorecards_openingarea",
    "scorecards_openinground",
]
NO_TRUNCATE = "".join(
    f"""
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('records are kept');
"""
    for table in GUARDED
)

BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_no_truncate ON {table}; DROP TRIGGER {table}_immutable ON {table};"
        for table in GUARDED
    )
    + """
DROP TRIGGER scorecards_decision_complete ON scorecards_decision;
DROP FUNCTION scorecards_plan_part_guard();
DROP FUNCTION scorecards_decision_complete();
DROP FUNCTION scorecards_answer_guard();
DROP FUNCTION scorecards_answer_unlocked(uuid);
DROP FUNCTION scorecards_refuse_change();
DROP FUNCTION scorecards_may_erase(uuid);
DROP FUNCTION scorecards_candidate_of(text, jsonb);
"""
)


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS + NO_TRUNCATE, BACKWARD)]
