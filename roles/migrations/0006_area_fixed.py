"""What was asked counts for the area that it was asked for."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION roles_question_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM roles_questionversion
               WHERE question_id = OLD.id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of % is refused: a published question stays in its area',
            TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER roles_question_area_fixed BEFORE UPDATE ON roles_question
    FOR EACH ROW WHEN (OLD.area_id <> NEW.area_id)
    EXECUTE FUNCTION roles_question_guard();
"""

BACKWARD = """
DROP TRIGGER roles_question_area_fixed ON roles_question;
DROP FUNCTION roles_question_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("roles", "0005_question_retired_reason")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
