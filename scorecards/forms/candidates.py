"""Forms of candidates and their interviews."""

import unicodedata

from django import forms

from interviewbank.access.models import User

from .openings import PersonField

# Of the invisible characters: what shapes the letters of some scripts, and what the database can't
# hold, which the validator refuses.
STAY = "\u200c\u200d\0"


class NameField(forms.CharField):
    """One line of what can be seen: no line ends of a cell, no control characters, and none
    that turn the direction of what follows."""

    def to_python(self, value):
        text = " ".join(super().to_python(value).split())
        return "".join(
            one for one in text if one in STAY or unicodedata.category(one) not in ("Cc", "Cf")
        )


class IdentityForm(forms.Form):
    """Who they are, one by one or as a line of a file."""

    name = NameField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
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
