"""The plain form of handing a scorecard in. What may be handed in is decided by the workflow."""

from collections.abc import Iterable, Mapping

from django import forms

from scorecards.models import Answer, Recommendation, Scorecard
from scorecards.summaries.scoring import Sheet
from scorecards.workflow.fields import field_name, stored
from scorecards.workflow.scoring import Change, Outcome, Result
from scorecards.workflow.submitting import ChangedElsewhere, MissingRatings, UnwordedRatings

from .scoring import Prose, Revision, Token


class SubmitForm(forms.Form):
    """`mark_…` is the quick way to say of a question without a rating why it has none."""

    RECOMMENDATION_NOTES = {
        Recommendation.STRONG_NO_HIRE: "I would argue against an offer.",
        Recommendation.NO_HIRE: "Below the bar on what I saw.",
        Recommendation.HIRE: "Meets the bar on what I saw.",
        Recommendation.STRONG_HIRE: "I would argue for an offer.",
        Recommendation.CANNOT_SAY: "Not enough evidence from this round.",
    }

    go = Token(required=False)
    revision = Revision(required=False)
    recommendation = forms.ChoiceField(
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one. It is your own judgement, not an average of your ratings."
        },
    )
    summary = Prose(
        label="What should the committee know first?",
        help_text="Two or three sentences. Evidence over adjectives.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write two or three sentences that stand behind it."},
    )
    unworded_ok = forms.BooleanField(
        label="I have nothing to add to the ratings without words.", required=False
    )
    pledge = forms.BooleanField(
        label="I judged answers against the anchors, and used no information from outside this "
        "interview.",
        error_messages={"required": "Tick this once you have checked it."},
    )

    def __init__(self, data: Mapping | None = None, *, sheet: Sheet) -> None:
        card = sheet.card
        super().__init__(
            data, initial={"recommendation": card.recommendation, "summary": card.summary}
        )
        self.sheet = sheet
        name = card.interview.application.candidate.name.partition(" ")[0]
        self.fields["recommendation"].label = f"Would you hire {name or 'them'} into this role?"
        for asked in sheet.missing:
            self.fields[f"mark_{asked.slug}"] = forms.ChoiceField(
                label=f"Question {asked.number}, {asked.version.title}: not assessed",
                choices=[("", "Not assessed because…"), *Answer.NotAssessed.choices],
                required=False,
            )

    @property
    def marks(self) -> dict[str, forms.BoundField]:
        """By the slug of the question."""
        return {asked.slug: self[f"mark_{asked.slug}"] for asked in self.sheet.missing}

    def changes(self) -> list[Change]:
        """All that was filled in, kept as a draft even when the rest is not ready to be sent.

        What was left empty stays as it is, but for the statement: that can be deleted.
        """
        wanted: list[tuple[str, Answer | Scorecard, object]] = [
            ("rating", asked.answer, self.cleaned_data.get(f"mark_{asked.slug}"))
            for asked in self.sheet.missing
        ]
        wanted.append(("recommendation", self.sheet.card, self.cleaned_data.get("recommendation")))
        changes = [
            Change(field_name(kind, record), stored(record, kind)[1], value)
            for kind, record, value in wanted
            if value
        ]
        summary = self.cleaned_data.get("summary", "")
        return [*changes, Change("summary", self.sheet.card.summary_rev, summary)]

    def clean(self) -> dict:
        """All that is missing, named in one go; the workflow refuses it in any case."""
        cleaned = super().clean() or self.cleaned_data
        if self.sheet.missing:
            self.add_error(None, str(MissingRatings(self.sheet.missing)))
        if self.sheet.unworded and not cleaned.get("unworded_ok"):
            self.add_error("unworded_ok", str(UnwordedRatings(self.sheet.unworded)))
        return cleaned

    def statement(self) -> dict:
        """What stands beside the ratings, for submit_scorecard."""
        names = ("recommendation", "summary", "unworded_ok")
        return {name: self.cleaned_data[name] for name in names}

    def clean_summary(self) -> str:
        summary = self.cleaned_data["summary"]
        if not summary.strip():
            raise forms.ValidationError(self.fields["summary"].error_messages["required"])
        return summary

    def refuse(self, results: Iterable[Result]) -> None:
        """Errors of what could not be stored, at their fields."""
        for result in results:
            kind = result.field.partition(":")[0]
            if result.outcome is Outcome.REJECTED:
                self.add_error(kind if kind in self.fields else None, result.message)
            elif result.outcome is Outcome.CONFLICT:
                self.add_error(None, str(ChangedElsewhere()))
