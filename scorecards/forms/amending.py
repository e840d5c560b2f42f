"""The form of an amendment: all that the author stands by, to be changed, and why."""

from collections.abc import Mapping

from django import forms

from interviewbank.ui.words import RATING_WORDS
from scorecards.models import Answer, Recommendation
from scorecards.summaries.scoring import Asked, Sheet
from scorecards.workflow.amending import MAX_REASON, ReasonMissing
from scorecards.workflow.fields import NotStorable, ScoringError, checked

from .scoring import Prose, RatingField, Revision

RATINGS = [(level, f"{level} {word}") for level, word in sorted(RATING_WORDS.items(), reverse=True)]
NOT_ASSESSED = [
    (value, f"Not assessed: {label.lower()}") for value, label in Answer.NotAssessed.choices
]


class AmendForm(forms.Form):
    """`after` is the submission that the page was made from."""

    after = Revision(required=False)
    recommendation = forms.ChoiceField(
        label="Your own recommendation",
        choices=Recommendation.choices,
        error_messages={"required": "Choose one recommendation."},
    )
    summary = Prose(
        label="What should the committee know first?",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": "Write two or three sentences that stand behind it."},
    )
    reason = forms.CharField(
        label="Why do you amend it?",
        help_text="The committee reads it beside what you change.",
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": str(ReasonMissing())},
    )

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        sheet: Sheet,
        values: Mapping[str, object],
        after: int,
    ) -> None:
        initial = {_key(sheet, name): value for name, value in values.items()}
        super().__init__(data, initial=initial | {"after": after})
        self.sheet = sheet
        for asked in sheet.questions:
            self.fields[f"rating_{asked.slug}"] = _rating(asked)
            self.fields[f"evidence_{asked.slug}"] = _evidence(asked)

    @property
    def questions(self) -> list[tuple[Asked, forms.BoundField, forms.BoundField]]:
        return [
            (asked, self[f"rating_{asked.slug}"], self[f"evidence_{asked.slug}"])
            for asked in self.sheet.questions
        ]

    def values(self) -> dict[str, object]:
        """By the names of the fields of the scorecard."""
        values: dict[str, object] = {
            name: self.cleaned_data[name] for name in ("recommendation", "summary")
        }
        for asked in self.sheet.questions:
            for kind in ("rating", "evidence"):
                values[f"{kind}:{asked.version.pk}"] = self.cleaned_data[f"{kind}_{asked.slug}"]
        return values

    def clean(self) -> dict:
        """What can't be stored, said at its field."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            kind = name.partition("_")[0]
            if kind in ("rating", "evidence", "summary"):
                try:
                    checked(kind, value)
                except NotStorable as error:
                    self.add_error(name, str(error))
        return cleaned

    def refuse(self, error: ScoringError) -> None:
        """At the field that it is about, where it is about one."""
        for name in error.fields:
            self.add_error(_key(self.sheet, name), str(error))
        if not error.fields:
            self.add_error(None, str(error))


def _key(sheet: Sheet, field: str) -> str:
    """The name on the form of a field of the scorecard."""
    kind, _, version = field.partition(":")
    slugs = {str(asked.version.pk): asked.slug for asked in sheet.questions}
    return f"{kind}_{slugs[version]}" if version else kind


def _rating(asked: Asked) -> forms.Field:
    blank = [] if asked.required else [("", "Left blank")]
    choices = [*blank, *RATINGS, *NOT_ASSESSED]
    return RatingField(
        label=f"Question {asked.number}, rating",
        required=asked.required,
        widget=forms.Select(choices=choices),
        error_messages={"required": "Rate it, or say why it was not assessed."},
    )


def _evidence(asked: Asked) -> forms.Field:
    return Prose(
        label=f"Question {asked.number}, notes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
