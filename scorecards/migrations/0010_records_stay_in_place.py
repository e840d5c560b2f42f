"""A locked row says little of whom it is about: that is in the rows above it. They stay, too."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER scorecards_application_in_place BEFORE UPDATE ON scorecards_application
    FOR EACH ROW WHEN ((OLD.candidate_id, OLD.opening_id) <> (NEW.candidate_id, NEW.opening_id))
    EXECUTE FUNCTION interviewbank_refuse_change('an application is of one person to one opening');

CREATE FUNCTION scorecards_interview_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    card record;
BEGIN
    -- FOR SHARE waits for a submit that is under way, and then sees it.
    SELECT opened_at, submitted_at INTO card FROM scorecards_scorecard
        WHERE interview_id = OLD.id FOR SHARE;
    IF (OLD.application_id, OLD.interviewer_id) <> (NEW.application_id, NEW.interviewer_id)
       OR (OLD.round_id <> NEW.round_id AND card.opened_at IS NOT NULL)
       OR (OLD.shadow <> NEW.shadow AND card.submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of % is refused: whose scorecard it is stays as it was',
            TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scorecards_interview_in_place BEFORE UPDATE ON scorecards_interview
    FOR EACH ROW WHEN ((OLD.application_id, OLD.interviewer_id, OLD.round_id, OLD.shadow)
                       <> (NEW.application_id, NEW.interviewer_id, NEW.round_id, NEW.shadow))
    EXECUTE FUNCTION scorecards_interview_guard();

CREATE TRIGGER scorecards_debrief_in_place BEFORE UPDATE ON scorecards_debrief
    FOR EACH ROW WHEN ((OLD.application_id, OLD.number, OLD.opened_by_id, OLD.opened_at)
                       <> (NEW.application_id, NEW.number, NEW.opened_by_id, NEW.opened_at))
    EXECUTE FUNCTION interviewbank_refuse_change('a debrief is of one application');
"""

BACKWARD = """
DROP TRIGGER scorecards_debrief_in_place ON scorecards_debrief;
DROP TRIGGER scorecards_interview_in_place ON scorecards_interview;
DROP FUNCTION scorecards_interview_guard();
DROP TRIGGER scorecards_application_in_place ON scorecards_application;
"""


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0009_candidate_name_folded"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
