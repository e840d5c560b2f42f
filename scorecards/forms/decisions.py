from django import forms

from scorecards.models import Decision
from scorecards.models.outcomes import MIN_RATIONALE

MAX_TEXT = 20_000


def _text(label: str, rows: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=MAX_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DecisionForm(forms.Form):
    """The reasons that only some decisions need are asked for by the workflow, which knows when."""

    outcome = forms.ChoiceField(
        label="What the committee decides",
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the committee decides."},
    )
    rationale = _text(
        "Rationale",
        5,
        required=True,
        help_text="Say what evidence carried the decision and what you set aside. "
        f"At least {MIN_RATIONALE} characters.",
    )
    dissent = _text("Dissent", 2, help_text="Who saw it differently, and why. May stay empty.")
    override_reason = _text(
        "Why it departs from the scorecards",
        2,
        help_text="Needed for a decision on the other side than the recommendation, and for hire "
        "or no hire on insufficient evidence.",
    )
    exception_reason = _text(
        "Why before all scorecards are in",
        2,
        help_text="Needed while a scorecard is missing.",
    )
    again_reason = _text(
        "Why it is decided again", 2, help_text="What is known now that was not known then."
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_rationale(self) -> str:
        rationale = self.cleaned_data["rationale"].strip()
        if len(rationale) < MIN_RATIONALE:
            raise forms.ValidationError(
                f"This is {len(rationale)} characters long. The rationale needs {MIN_RATIONALE}, "
                "so that somebody can follow it in a year."
            )
        return rationale

    def renew(self, *, after: int) -> None:
        """For the next attempt: the decisions that the page now shows have been seen."""
        self.data = self.data.copy()
        self.data["after"] = str(after)


class CommentForm(forms.Form):
    text = _text(
        "Comment",
        3,
        required=True,
        help_text="It stands below the decision with your name, and stays.",
    )
