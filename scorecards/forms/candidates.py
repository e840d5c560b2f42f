"""Forms of candidates and their interviews."""

from django import forms

from interviewbank.access.models import User

from .openings import PersonField


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


class CancelForm(forms.Form):
    """One for each interview of a page, so the ids of its fields carry the interview's."""

    reason = forms.CharField(label="Why it is cancelled", max_length=1000)

    def __init__(self, data=None, *, interview):
        super().__init__(data, auto_id=f"cancel_{interview.pk}_%s")
        self.interview = interview
