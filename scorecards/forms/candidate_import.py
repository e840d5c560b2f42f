"""A file or pasted text; then the same text again, with a yes to what was shown of it."""

import hashlib

from django import forms

from .candidate_lines import MOST_BYTES, NotText, decoded

KIB = MOST_BYTES // 1024


class ImportForm(forms.Form):
    """`seen` is the digest of the text whose preview was shown."""

    file = forms.FileField(
        label="CSV file",
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text=f"At most 500 lines and {KIB} KiB, as UTF-8.",
    )
    text = forms.CharField(
        label="Lines, typed or pasted",
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "font-monospace"}),
        help_text="One candidate a line: name, e-mail, accommodations. Commas, semicolons or tabs "
        "between them; a first line with the names of the columns may be there.",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {KIB} KiB. Import it in parts.")
        try:
            text = decoded(file.read())
        except NotText as error:
            raise forms.ValidationError(str(error)) from error
        if "\0" in text:
            raise forms.ValidationError("The file is not text: it holds a null character.")
        return text

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["file"] or data["text"].strip()):
            raise forms.ValidationError("Choose a file, or paste the lines.")
        return data

    @property
    def lines(self) -> str:
        """A file that was chosen comes before what stands in the page."""
        return self.cleaned_data["file"] or self.cleaned_data["text"]

    @property
    def confirmed(self) -> bool:
        return not self.cleaned_data["file"] and self.cleaned_data["seen"] == digest(self.lines)


def digest(text: str) -> str:
    """Of the text as a browser sends it back, whose line ends are its own."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()
