"""What an interviewer says of their own interview."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

# The sentence about who was missing stands before it in the same column of 500.
LONGEST_NOTE = 460
WHO_WAS_MISSING = [
    ("candidate", "The candidate"),
    ("me", "I was not there"),
    ("both", "Neither of us"),
]


def _note() -> forms.CharField:
    return forms.CharField(
        label="Note for the coordinator",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Optional. Nothing about how somebody answered.",
    )


def _helper(*fields: str) -> FormHelper:
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(*fields)
    return made


class NotHeldForm(forms.Form):
    missing = forms.ChoiceField(
        choices=WHO_WAS_MISSING, widget=forms.RadioSelect, label="Who was missing?"
    )
    note = _note()

    def __init__(self, data=None):
        super().__init__(data, auto_id="not_held_%s")
        self.helper = _helper("missing", "note")


class MovedForm(forms.Form):
    note = _note()

    def __init__(self, data=None):
        super().__init__(data, auto_id="moved_%s")
        self.helper = _helper("note")
