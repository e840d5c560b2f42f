"""An event is appended at the end and in its time; who was shown whose words is kept as well."""

from django.db import migrations

FORWARD = """
-- A clock of the application may differ from the database's, but not by an hour.
CREATE FUNCTION audit_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    SELECT number, digest INTO last FROM audit_event ORDER BY number DESC LIMIT 1;
    IF NEW.number <> COALESCE(last.number, 0) + 1 OR NEW.previous <> COALESCE(last.digest, '') THEN
        RAISE EXCEPTION 'INSERT of % is refused: the trail is appended to at its end', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.at NOT BETWEEN clock_timestamp() - interval '1 hour'
                      AND clock_timestamp() + interval '1 hour' THEN
        RAISE EXCEPTION 'INSERT of % is refused: it is dated % and now it is %',
            TG_TABLE_NAME, NEW.at, clock_timestamp()
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Set the clocks of the application and of the database.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_guard();

CREATE TRIGGER audit_readevent_append_only BEFORE UPDATE OR DELETE ON audit_readevent
    FOR EACH ROW EXECUTE FUNCTION interviewbank_refuse_change('what was read stays on record');
CREATE TRIGGER audit_readevent_no_truncate BEFORE TRUNCATE ON audit_readevent
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('what was read stays on record');
"""

BACKWARD = """
DROP TRIGGER audit_readevent_no_truncate ON audit_readevent;
DROP TRIGGER audit_readevent_append_only ON audit_readevent;
DROP TRIGGER audit_event_in_order ON audit_event;
DROP FUNCTION audit_event_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
