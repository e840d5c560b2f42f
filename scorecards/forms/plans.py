"""The form of a plan: its cuts, a row for each area, a row for each round and two empty ones."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms

from scorecards.workflow.plans import AreaTerms, Cuts, PlanChanged, RoundTerms, Terms, fingerprint

EMPTY_ROUNDS = 2
CUTS = ("strong_no_cut", "hire_bar", "strong_hire_cut")


def points_field(label: str, **extra) -> forms.DecimalField:
    """A number on the scale."""
    return forms.DecimalField(
        label=label, min_value=1, max_value=4, max_digits=3, decimal_places=2, **extra
    )


def dress(field: forms.Field) -> None:
    """The cells of the two tables are rendered bare: crispy would put a label above each. Numbers
    are typed into text inputs, since the arrows of a narrow number input cover the number."""
    if isinstance(field, forms.IntegerField):
        whole = not isinstance(field, forms.DecimalField)
        field.widget = forms.TextInput(attrs={"inputmode": "numeric" if whole else "decimal"})
        field.widget.attrs["class"] = "form-control form-control-sm ib-min"
    elif isinstance(field, forms.ChoiceField):
        field.widget.attrs["class"] = "form-select form-select-sm"
    elif isinstance(field, forms.BooleanField):
        field.widget.attrs["class"] = "form-check-input"
    else:
        field.widget.attrs["class"] = "form-control form-control-sm"


class PlanForm(forms.Form):
    """Reads and writes `Terms`. `seen` is the fingerprint of the plan that the page showed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    strong_no_cut = points_field("Strong no hire, at most")
    hire_bar = points_field("Hire bar")
    strong_hire_cut = points_field("Strong hire, at least")
    min_interviewers = forms.IntegerField(
        label="Interviewers needed",
        min_value=1,
        max_value=20,
        help_text="With fewer the answer is: insufficient evidence.",
    )
    coverage = forms.IntegerField(
        label="Coverage needed, in percent",
        min_value=0,
        max_value=100,
        help_text="The share of area weight that has to be assessed.",
    )

    def __init__(self, data=None, *, plan, versions, needs_reason):
        """`versions`: the published set versions to choose from."""
        super().__init__(data)
        self.versions = {str(version.pk): version for version in versions}
        self.areas = list(plan.areas.select_related("area"))
        self.rounds = [*plan.rounds.all(), *[None] * EMPTY_ROUNDS]
        self.initial = {
            "seen": fingerprint(plan),
            "coverage": round(plan.min_coverage * 100),
            **{name: getattr(plan, name) for name in (*CUTS, "min_interviewers")},
        }
        self.asks_reason = needs_reason
        self.fields["reason"] = forms.CharField(
            label="Why the plan changes",
            required=needs_reason,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Kept with the plan; the committee reads it.",
        )
        for row in self.areas:
            self._add_area(row)
        for number, row in enumerate(self.rounds, 1):
            self._add_round(number, row)
        for row in (*self.area_rows(), *self.round_rows()):
            for cell in row.values():
                if isinstance(cell, forms.BoundField):
                    dress(cell.field)

    def _add_area(self, row) -> None:
        slug, name = row.area.slug, row.area.name
        self.fields |= {
            f"weight_{slug}": forms.DecimalField(
                label=f"Weight of {name}",
                initial=row.weight,
                min_value=Decimal("0.01"),
                max_digits=5,
                decimal_places=2,
            ),
            f"why_{slug}": forms.CharField(
                label=f"Why this weight, {name}",
                initial=row.weight_rationale,
                required=False,
                max_length=1000,
            ),
            f"bar_{slug}": points_field(f"Bar of {name}", initial=row.bar, required=False),
            f"raters_{slug}": forms.IntegerField(
                label=f"Interviewers who rate {name}",
                initial=row.min_raters,
                required=False,
                min_value=1,
                max_value=20,
            ),
        }

    def _add_round(self, number: int, row) -> None:
        name = f"“{row.name}”" if row else f"new round {number}"
        choices = [
            (key, f"{version.question_set.name}, version {version.number}")
            for key, version in self.versions.items()
        ]
        self.fields |= {
            f"position_{number}": forms.IntegerField(
                label=f"Position of {name}", initial=number, min_value=1, max_value=99
            ),
            f"name_{number}": forms.CharField(
                label=f"Name of {name}",
                initial=row.name if row else "",
                required=False,
                max_length=60,
            ),
            f"set_{number}": forms.ChoiceField(
                label=f"Question set of {name}",
                choices=choices if row else [("", "None"), *choices],
                initial=str(row.set_version_id) if row else "",
                required=row is not None,
            ),
            f"minutes_{number}": forms.IntegerField(
                label=f"Minutes of {name}",
                initial=row.minutes if row else None,
                required=False,
                min_value=5,
                max_value=240,
            ),
        }
        if row:
            self.fields[f"drop_{number}"] = forms.BooleanField(
                label=f"Remove {name}", required=False
            )

    def cut_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in (*CUTS, "min_interviewers", "coverage")]

    def ask_reason(self, message: str) -> None:
        """What changes makes a new plan after all."""
        self.asks_reason = True
        self.add_error("reason", message)

    def area_rows(self) -> Iterator[dict]:
        for row in self.areas:
            slug = row.area.slug
            fields = {part: self[f"{part}_{slug}"] for part in ("weight", "why", "bar", "raters")}
            yield {"area": row.area, **fields}

    def round_rows(self) -> Iterator[dict]:
        for number, row in enumerate(self.rounds, 1):
            parts = ("position", "name", "set", "minutes") + (("drop",) if row else ())
            yield {"round": row, **{part: self[f"{part}_{number}"] for part in parts}}

    def clean(self):
        data = super().clean()
        if data.get("seen") != self.initial["seen"]:
            # The rows of the page belong to another plan: nothing else can be said about them.
            self.errors.clear()
            raise forms.ValidationError(str(PlanChanged()))
        cuts = [data.get(name) for name in CUTS]
        if None not in cuts and not cuts[0] < cuts[1] < cuts[2]:
            self.add_error("hire_bar", "The hire bar has to lie between the two cuts.")
        for row in self.areas:
            slug = row.area.slug
            if data.get(f"weight_{slug}", 1) != 1 and not data.get(f"why_{slug}"):
                self.add_error(f"why_{slug}", "A weight other than 1 needs its reason.")
        self._clean_rounds(data)
        return data

    def _clean_rounds(self, data) -> None:
        names: set[str] = set()
        for number, row in enumerate(self.rounds, 1):
            typed = data.get(f"name_{number}") or data.get(f"minutes_{number}")
            if row is None and typed and not data.get(f"set_{number}"):
                self.add_error(f"set_{number}", "Choose the questions of this round.")
            name = self._name(number)
            if name and name.lower() in names:
                self.add_error(f"name_{number}", "Another round has this name.")
            names.add(name.lower())

    def _kept(self, number: int) -> bool:
        data = self.cleaned_data
        return bool(data.get(f"set_{number}")) and not data.get(f"drop_{number}")

    def _name(self, number: int) -> str:
        """What the set calls it, unless another name was typed."""
        if not self._kept(number):
            return ""
        version = self.versions[self.cleaned_data[f"set_{number}"]]
        return self.cleaned_data.get(f"name_{number}") or version.question_set.round_name

    def terms(self) -> Terms:
        data = self.cleaned_data
        kept = [number for number in range(1, len(self.rounds) + 1) if self._kept(number)]
        return Terms(
            cuts=Cuts(
                min_interviewers=data["min_interviewers"],
                min_coverage=Decimal(data["coverage"]) / 100,
                **{name: data[name] for name in CUTS},
            ),
            areas=[self._area_terms(row.area.slug) for row in self.areas],
            rounds=[
                self._round_terms(number)
                for number in sorted(kept, key=lambda number: (data[f"position_{number}"], number))
            ],
        )

    def _area_terms(self, slug: str) -> AreaTerms:
        data = self.cleaned_data
        return AreaTerms(
            area=slug,
            weight=data[f"weight_{slug}"],
            weight_rationale=data[f"why_{slug}"],
            bar=data[f"bar_{slug}"],
            min_raters=data[f"raters_{slug}"],
        )

    def _round_terms(self, number: int) -> RoundTerms:
        data, row = self.cleaned_data, self.rounds[number - 1]
        version = self.versions[data[f"set_{number}"]]
        return RoundTerms(
            name=self._name(number),
            set_version=version,
            minutes=data[f"minutes_{number}"] or version.question_set.minutes,
            was=row.pk if row else None,
        )
