"""The editor of a question: its words, and what it is filed under."""

from typing import Any

from django import forms

from interviewbank.ui.words import RATING_WORDS
from roles import limits
from roles.models import EvaluationArea, Level, Question, QuestionVersion, Role
from roles.workflow import content

from .lines import LinesField, slug_of, with_ids
from .seen import SeenForm

SPARE = 2
MORE = 6


class Prose(forms.CharField):
    """Several lines of text; a browser sends their ends as two characters."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class QuestionForm(SeenForm):
    """`more` asks for empty lines only."""

    prompt = Prose(
        label="Prompt, read aloud",
        max_length=limits.PROMPT,
        widget=_area(3, **{"class": "ib-said"}),
    )
    title = forms.CharField(
        max_length=limits.TITLE, help_text="What colleagues call it. Candidates never see it."
    )
    area = forms.ModelChoiceField(EvaluationArea.objects.all(), empty_label="Choose an area")
    minutes = forms.IntegerField(min_value=1, max_value=60, initial=8)
    kind = forms.ChoiceField(choices=[("", "Choose a kind"), *Question.Kind.choices])
    anchor_1 = Prose(label="Level 1", max_length=limits.ANCHOR, required=False, widget=_area(6))
    anchor_2 = Prose(label="Level 2", max_length=limits.ANCHOR, required=False, widget=_area(6))
    anchor_3 = Prose(label="Level 3", max_length=limits.ANCHOR, required=False, widget=_area(6))
    anchor_4 = Prose(label="Level 4", max_length=limits.ANCHOR, required=False, widget=_area(6))
    probes = LinesField(label="Follow-up probes", required=False)
    strong_signals = LinesField(label="Strong signals", required=False)
    weak_signals = LinesField(label="Weak signals", required=False)
    levels = forms.MultipleChoiceField(choices=Level, widget=forms.CheckboxSelectMultiple)
    roles = forms.ModelMultipleChoiceField(
        Role.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.CharField(
        required=False,
        max_length=limits.TAGS * (limits.TAG + 2),
        help_text=f"Up to {limits.TAGS}, with commas between them.",
    )
    more = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        version: QuestionVersion | None = None,
        published: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial or (initial_of(version) if version else None))
        self.known_ids = {line["id"] for line in _lines_of(version)} if version else set()
        self.fields["area"].disabled = published
        if published:
            self.fields["area"].help_text = "Fixed when version 1 was published."

    def clean_tags(self) -> list[str]:
        tags = [tag.strip() for tag in self.cleaned_data["tags"].split(",")]
        tags = list(dict.fromkeys(tag for tag in tags if tag))
        if len(tags) > limits.TAGS:
            raise forms.ValidationError(f"There are {len(tags)} tags; at most {limits.TAGS} fit.")
        if too_long := [tag for tag in tags if len(tag) > limits.TAG]:
            raise forms.ValidationError(f"“{too_long[0][:30]}…” is longer than {limits.TAG}.")
        return tags

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        groups = {name: cleaned[name] for name in content.LISTS if name in cleaned}
        return cleaned | with_ids(groups, self.known_ids)

    @property
    def fields_to_save(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in (*content.WORDS, *content.FILING)
        }

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in content.WORDS}

    def with_more_lines(self) -> "QuestionForm":
        """The same form with what was typed, unchecked, and with more empty lines."""
        typed = {name: self[name].data for name in self.fields if name != "more"}
        again = type(self)(initial={**self.initial, **typed, "more": True})
        again.fields["area"].disabled = self.fields["area"].disabled
        if self.fields["area"].disabled:
            again.initial["area"] = self.initial["area"]
        return again

    @property
    def anchors(self) -> list[tuple[int, str, forms.BoundField]]:
        return [(n, word, self[f"anchor_{n}"]) for n, word in RATING_WORDS.items()]

    @property
    def line_groups(self) -> list[dict[str, Any]]:
        """The lists with empty lines at the end, to type more into."""
        spare = MORE if self.initial.get("more") else SPARE
        return [
            {
                "field": self[name],
                "lines": _padded(self[name].value(), spare),
                "longest": limits.LINE,
            }
            for name in content.LISTS
        ]


class NewQuestionForm(QuestionForm):
    slug = forms.CharField(
        label="Id in the text form",
        required=False,
        max_length=limits.SLUG_LENGTH,
        help_text="Small letters, digits and hyphens; it never changes. "
        "Leave it empty to have it made from the title.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug = cleaned.get("slug") or slug_of(cleaned.get("title", ""))[: limits.SLUG_LENGTH]
        slug = slug.strip("-")
        if "slug" in cleaned and "title" in cleaned and not limits.SLUG.fullmatch(slug):
            self.add_error(
                "slug", "Use small letters, digits and hyphens, such as first-month-live."
            )
        return cleaned | {"slug": slug}

    @property
    def fields_to_save(self) -> dict[str, Any]:
        return {**super().fields_to_save, "slug": self.cleaned_data["slug"]}


def initial_of(version: QuestionVersion) -> dict[str, Any]:
    filing = content.filing_of(version.question)
    return {
        **content.words_of(version),
        "area": filing["area"].pk,
        "kind": filing["kind"],
        "levels": filing["levels"],
        "roles": [role.pk for role in filing["roles"]],
        "tags": ", ".join(filing["tags"]),
        "seen": content.token(version.question, version),
    }


def _lines_of(version: QuestionVersion) -> list[dict[str, str]]:
    return [*version.probes, *version.signals]


def _padded(lines: list[dict[str, str]] | None, spare: int) -> list[dict[str, str]]:
    filled = [line for line in lines or [] if line["text"].strip()]
    room = max(limits.LINES - len(filled), 0)
    return filled + [{"id": "", "text": ""}] * min(spare, room)
