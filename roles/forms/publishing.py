"""What is asked before a draft is published or discarded."""

from typing import Any

from django import forms

from roles import limits
from roles.models import QuestionSet, QuestionVersion

from .seen import SeenForm

Change = QuestionVersion.Change
CHANGES = [(Change.WORDING.value, "Wording"), (Change.MEANING.value, "Meaning")]
# What each of them means for ratings; shown under the choice.
CHANGE_NOTES = {
    Change.WORDING.value: "The same answers earn the same ratings. Old and new ratings are pooled.",
    Change.MEANING.value: "Other answers would earn them. A new history of ratings begins.",
}


class SetChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, version {obj.live_number + 1}"


class PublishForm(SeenForm):
    """`sets` are the question sets that ask an earlier version. A first version has neither them
    nor a kind of change."""

    change = forms.ChoiceField(label="What changes", choices=CHANGES, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note for the history",
        max_length=limits.NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What changed, and why. Colleagues read it beside the version.",
    )
    sets = SetChoices(
        QuestionSet.objects.none(),
        label="Question sets that get a new version",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, seen: str, first: bool, sets: list[QuestionSet]
    ) -> None:
        super().__init__(data, initial={"seen": seen, "sets": [one.pk for one in sets]})
        choices: Any = self.fields["sets"]
        choices.queryset = QuestionSet.objects.with_live().filter(pk__in=[one.pk for one in sets])
        if not sets:
            del self.fields["sets"]
        if first:
            del self.fields["change"]
            self.fields["note"].required = False


class RetireForm(forms.Form):
    reason = forms.CharField(
        max_length=limits.NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Colleagues read it on the page of the question.",
    )


class DiscardForm(SeenForm):
    """Nothing but what was seen."""
