"""The editor of a question: its words, and what it is filed under."""

from functools import cached_property
from typing import Any

from django import forms

from interviewbank.access.models import Grant, User
from interviewbank.ui.words import RATING_WORDS
from roles import advice, limits
from roles.models import EvaluationArea, Level, Question, QuestionVersion, Role
from roles.workflow import content

from .lines import LinesField, Press, pressed, slug_of, with_ids
from .seen import SeenForm

AT_LEAST = 3
CALLED = {"probes": "Probe", "strong_signals": "Strong signal", "weak_signals": "Weak signal"}


class Prose(forms.CharField):
    """Several lines of text; a browser sends their ends as two characters."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class QuestionForm(SeenForm):
    """`press` is a button of a line, which saves nothing."""

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
    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="Who keeps it up to date.",
    )
    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

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
        self.rearranged: dict[str, Any] = {}
        _offer(self.fields["owner"], version.question.owner_id if version else None)
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

    @property
    def pressed(self) -> Press | None:
        return Press.read(self["press"].data or "", content.LISTS) if self.is_bound else None

    def with_lines_pressed(self, press: Press) -> "QuestionForm":
        """The same form with what was typed, unchecked, after the button of a line."""
        typed = {name: self[name].data for name in self.fields if name != "press"}
        lines, place, button = pressed(typed[press.field], press)
        typed[press.field] = lines
        again = type(self)(initial={**self.initial, **typed})
        again.rearranged = {"field": press.field, "place": place, "button": button}
        again.fields["area"].disabled = self.fields["area"].disabled
        again.fields["area"].help_text = self.fields["area"].help_text
        again.fields["owner"] = self.fields["owner"]
        if self.fields["area"].disabled:
            again.initial["area"] = self.initial["area"]
        return again

    @cached_property
    def advice(self) -> advice.Advice:
        """On what stands in the form, saved or not."""
        return advice.advise({name: self[name].value() for name in content.WORDS})

    @property
    def anchors(self) -> list[tuple[int, str, forms.BoundField]]:
        return [(n, word, self[f"anchor_{n}"]) for n, word in RATING_WORDS.items()]

    @property
    def line_groups(self) -> list[dict[str, Any]]:
        """The lists, each with an empty line at the end, to type more into."""
        return [self._group(name) for name in content.LISTS]

    def _group(self, name: str) -> dict[str, Any]:
        here = self.rearranged if self.rearranged.get("field") == name else {}
        filled = [line for line in self[name].value() or [] if line["text"].strip()]
        room = max(limits.LINES - len(filled), 0)
        spare = max(AT_LEAST - len(filled), 1)
        return {
            "field": self[name],
            "called": CALLED[name],
            "filled": filled,
            "spare": range(len(filled), len(filled) + min(spare, room)),
            "longest": limits.LINE,
            "focus": here.get("place", -1),
            "button": here.get("button", ""),
        }


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
        "owner": version.question.owner_id,
        "seen": content.token(version.question, version),
    }


def _lines_of(version: QuestionVersion) -> list[dict[str, str]]:
    return [*version.probes, *version.signals]


def _offer(field: Any, owner: Any) -> None:
    """Whoever may edit questions; who owns it already stays, though they may no longer."""
    editors = User.objects.active().holding(Grant.Kind.QUESTION_EDITOR)
    field.queryset = (editors | User.objects.filter(pk=owner)).distinct().order_by("name")
