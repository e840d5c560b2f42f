from django import forms

from roles.models import EvaluationArea


class HandoverForm(forms.Form):
    area = forms.ModelChoiceField(
        EvaluationArea.objects.all(), to_field_name="slug", label="Area to hand over"
    )
