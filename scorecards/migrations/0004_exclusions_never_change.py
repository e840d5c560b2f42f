from django.db import migrations

FORWARD = """
CREATE TRIGGER scorecards_exclusion_append_only BEFORE UPDATE OR DELETE ON scorecards_exclusion
    FOR EACH ROW EXECUTE FUNCTION interviewbank_refuse_change('exclusions are added, never changed');
CREATE TRIGGER scorecards_exclusion_no_truncate BEFORE TRUNCATE ON scorecards_exclusion
    FOR EACH STATEMENT EXECUTE FUNCTION interviewbank_refuse_change('records are kept');
"""

BACKWARD = """
DROP TRIGGER scorecards_exclusion_append_only ON scorecards_exclusion;
DROP TRIGGER scorecards_exclusion_no_truncate ON scorecards_exclusion;
"""


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0003_exclusion")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
