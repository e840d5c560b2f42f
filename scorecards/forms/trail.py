"""What the address of a trail may ask for."""

from datetime import date
from typing import Any

from django import forms

from scorecards.summaries.trail_words import SUBJECTS


class TrailForm(forms.Form):
    """Every field may stay empty; one that can't be understood is an error on the page, and the
    others hold. Days are the viewer's."""

    who = forms.CharField(label="Who", required=False, max_length=120)
    about = forms.ChoiceField(
        label="About",
        required=False,
        choices=[("", "Everything"), *((key, words) for key, (words, _) in SUBJECTS.items())],
    )
    since = forms.DateField(label="From", required=False)
    until = forms.DateField(label="To", required=False)
    # The nearest page there is: see Paginator.get_page.
    page = forms.Field(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, date | None] = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day is before the first.")
        return given

    def asked(self) -> dict[str, Any]:
        """What could be understood, for `narrowed`."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value and key != "page"}
