"""Votes are fixed once they are revealed, and a debrief can't take back that they were."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION scorecards_candidate_of(tab text, record jsonb) RETURNS uuid
LANGUAGE plpgsql STABLE AS $$
DECLARE
    application uuid;
BEGIN
    IF tab = 'scorecards_decision' THEN
        application := (record->>'application_id')::uuid;
    ELSIF tab = 'scorecards_vote' THEN
        SELECT application_id INTO application FROM scorecards_debrief
            WHERE id = (record->>'debrief_id')::uuid;
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

-- FOR SHARE waits for a reveal that is under way, and then sees it.
CREATE FUNCTION scorecards_votes_hidden(debrief uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    revealed timestamptz;
BEGIN
    SELECT revealed_at INTO revealed FROM scorecards_debrief WHERE id = debrief FOR SHARE;
    RETURN revealed IS NULL;
END $$;
CREATE FUNCTION scorecards_vote_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF (TG_OP = 'INSERT' OR scorecards_votes_hidden(OLD.debrief_id))
       AND (TG_OP = 'DELETE' OR scorecards_votes_hidden(NEW.debrief_id)) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD);
        after := to_jsonb(NEW);
        IF before - 'rationale' = after - 'rationale' AND NEW.rationale = ''
           AND scorecards_may_erase(scorecards_candidate_of(TG_TABLE_NAME, before))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: the votes are revealed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER scorecards_vote_immutable BEFORE INSERT OR UPDATE OR DELETE ON scorecards_vote
    FOR EACH ROW EXECUTE FUNCTION scorecards_vote_guard();
CREATE TRIGGER scorecards_vote_no_truncate BEFORE TRUNCATE ON scorecards_vote
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('records are kept');

CREATE TRIGGER scorecards_debrief_stays_revealed BEFORE UPDATE ON scorecards_debrief
    FOR EACH ROW WHEN (OLD.revealed_at IS NOT NULL
                       AND NEW.revealed_at IS DISTINCT FROM OLD.revealed_at)
    EXECUTE FUNCTION interviewbank_refuse_change('what was revealed stays so');
CREATE TRIGGER scorecards_debrief_stays_closed BEFORE UPDATE ON scorecards_debrief
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)
    EXECUTE FUNCTION interviewbank_refuse_change('a closed debrief stays closed');
CREATE TRIGGER scorecards_debrief_kept BEFORE DELETE ON scorecards_debrief
    FOR EACH ROW EXECUTE FUNCTION interviewbank_refuse_change('records are kept');
CREATE TRIGGER scorecards_debrief_no_truncate BEFORE TRUNCATE ON scorecards_debrief
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('records are kept');
"""

# scorecards_candidate_of keeps its branch for votes: without their triggers nobody takes it.
BACKWARD = """
DROP TRIGGER scorecards_debrief_no_truncate ON scorecards_debrief;
DROP TRIGGER scorecards_debrief_kept ON scorecards_debrief;
DROP TRIGGER scorecards_debrief_stays_closed ON scorecards_debrief;
DROP TRIGGER scorecards_debrief_stays_revealed ON scorecards_debrief;
DROP TRIGGER scorecards_vote_no_truncate ON scorecards_vote;
DROP TRIGGER scorecards_vote_immutable ON scorecards_vote;
DROP FUNCTION scorecards_vote_guard();
DROP FUNCTION scorecards_votes_hidden(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0005_live_scoring_and_debriefs")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
