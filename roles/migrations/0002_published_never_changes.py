from django.db import migrations

WHY = "what was published stays as it was; make a new version"

FORWARD = f"""
CREATE TRIGGER roles_questionversion_immutable BEFORE UPDATE OR DELETE ON roles_questionversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION interviewbank_refuse_change('{WHY}');
CREATE TRIGGER roles_questionversion_no_truncate BEFORE TRUNCATE ON roles_questionversion
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('{WHY}');

CREATE TRIGGER roles_questionsetversion_immutable BEFORE UPDATE OR DELETE ON roles_questionsetversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION interviewbank_refuse_change('{WHY}');
CREATE TRIGGER roles_questionsetversion_no_truncate BEFORE TRUNCATE ON roles_questionsetversion
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('{WHY}');

CREATE FUNCTION roles_setitem_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parent record;
BEGIN
    -- FOR SHARE waits for a publication that is under way, and then sees it.
    FOR parent IN SELECT published_at FROM roles_questionsetversion
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.set_version_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.set_version_id END)
        FOR SHARE
    LOOP
        IF parent.published_at IS NOT NULL THEN
            RAISE EXCEPTION '% of % is refused: {WHY}', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER roles_questionsetitem_immutable
    BEFORE INSERT OR UPDATE OR DELETE ON roles_questionsetitem
    FOR EACH ROW EXECUTE FUNCTION roles_setitem_guard();
CREATE TRIGGER roles_questionsetitem_no_truncate BEFORE TRUNCATE ON roles_questionsetitem
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('{WHY}');
"""

BACKWARD = """
DROP TRIGGER roles_questionsetitem_no_truncate ON roles_questionsetitem;
DROP TRIGGER roles_questionsetitem_immutable ON roles_questionsetitem;
DROP FUNCTION roles_setitem_guard();
DROP TRIGGER roles_questionsetversion_no_truncate ON roles_questionsetversion;
DROP TRIGGER roles_questionsetversion_immutable ON roles_questionsetversion;
DROP TRIGGER roles_questionversion_no_truncate ON roles_questionversion;
DROP TRIGGER roles_questionversion_immutable ON roles_questionversion;
"""


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
