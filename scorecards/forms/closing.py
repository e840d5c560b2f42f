"""Forms that end an application or change the state of an opening."""

from django import forms

from scorecards.models import Application, Opening

ENDINGS = (
    (Application.State.WITHDRAWN, "The candidate withdrew"),
    (Application.State.CLOSED, "We do not go on with this application"),
)
OPENING_STATES = (
    (Opening.State.OPEN, "Open"),
    (Opening.State.ON_HOLD, "On hold"),
    (Opening.State.CLOSED, "Closed"),
)


class EndForm(forms.Form):
    state = forms.ChoiceField(label="What happened", choices=ENDINGS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the application until the candidate is erased.",
    )


class OpeningStateForm(forms.Form):
    state = forms.ChoiceField(label="State", choices=OPENING_STATES, widget=forms.RadioSelect)
