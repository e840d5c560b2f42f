"""Forms of candidates and their interviews."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Interview

from .openings import PersonField

# A year that was mistyped is the common mistake.
LONGEST_AGO, FARTHEST_AHEAD = timedelta(days=365), timedelta(days=2 * 365)


class IdentityForm(forms.Form):
    """Who they are, one by one or as a line of a file."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    accommodations = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What the interviews have to provide for, such as breaks or captions. Only "
        "coordinators read it here.",
    )


class CandidateForm(IdentityForm):
    user = PersonField(
        User.objects.none(),
        label="A colleague's account",
        required=False,
        empty_label="Not a colleague",
        help_text="For an internal candidate. That person then sees nothing of this application.",
    )

    def __init__(self, data=None, *, by):
        super().__init__(data)
        self.fields["user"].queryset = User.objects.active().exclude(pk=by.pk)


class AssignForm(forms.ModelForm):
    interviewer = PersonField(User.objects.none(), empty_label="Choose a person")
    starts_at = forms.DateTimeField(
        label="Starts",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(
        required=False, min_value=5, max_value=480, help_text="Left empty: as the round says."
    )

    class Meta:
        model = Interview
        fields = ["round", "interviewer", "starts_at", "minutes", "location", "shadow"]
        labels = {"shadow": "Shadow: listens and learns, the scorecard doesn't count"}

    def __init__(self, data=None, *, application, rounds, initial):
        super().__init__(data, initial=initial)
        self.fields["round"] = forms.ModelChoiceField(rounds, empty_label="Choose a round")
        people = User.objects.active().exclude(pk=application.candidate.user_id)
        self.fields["interviewer"].queryset = people

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        now = timezone.now()
        if not now - LONGEST_AGO < starts_at < now + FARTHEST_AHEAD:
            raise forms.ValidationError("This is more than a year ago, or two years ahead.")
        return starts_at

    def clean(self):
        data = super().clean()
        if not data.get("minutes") and data.get("round") and "minutes" not in self.errors:
            data["minutes"] = data["round"].minutes
        return data


class AgainForm(forms.Form):
    """Whom an interview is to be planned with again, from the address; what does not fit is left
    out."""

    round = forms.ModelChoiceField(None, required=False)
    interviewer = forms.ModelChoiceField(None, required=False)

    def __init__(self, data, *, of: AssignForm):
        super().__init__(data)
        for name, field in self.fields.items():
            field.queryset = of.fields[name].queryset

    def chosen(self) -> dict:
        self.is_valid()
        return {name: one.pk for name, one in self.cleaned_data.items() if one}


class CancelForm(forms.Form):
    """One for each interview of a page, so the ids of its fields carry the interview's."""

    reason = forms.CharField(label="Why it is cancelled", max_length=1000)

    def __init__(self, data=None, *, interview):
        super().__init__(data, auto_id=f"cancel_{interview.pk}_%s")
        self.interview = interview
