"""A later decision says why it was decided again; an approved erasure may blank that, too."""

from django.db import migrations, models

COMPLETE = """
CREATE OR REPLACE FUNCTION scorecards_decision_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rationale = '' OR NEW.snapshot = '{{}}'::jsonb
       OR (NEW.departs AND NEW.override_reason = ''){again}
    THEN
        RAISE EXCEPTION 'a decision needs its rationale, its snapshot and the reasons that are asked '
            'of it: when it departs from the roll-up{words}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
GUARD = """
DROP TRIGGER scorecards_decision_immutable ON scorecards_decision;
CREATE TRIGGER scorecards_decision_immutable BEFORE UPDATE OR DELETE ON scorecards_decision
    FOR EACH ROW EXECUTE FUNCTION scorecards_refuse_change(
        'rationale', 'dissent', 'override_reason', 'exception_reason', {again}'snapshot'
    );
"""
FORWARD = COMPLETE.format(
    again=" OR (NEW.number > 1 AND NEW.again_reason = '')", words=", when it supersedes"
) + GUARD.format(again="'again_reason', ")
BACKWARD = COMPLETE.format(again="", words="") + GUARD.format(again="")


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0006_votes_never_change")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="again_reason",
            field=models.TextField(
                blank=True, default="", verbose_name="why it was decided again"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
