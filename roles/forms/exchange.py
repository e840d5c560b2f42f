"""Sending a bank as a zip file, and saying yes to what was shown of it."""

import base64
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing

from interviewbank.access.models import User
from roles.bank.archive import BYTES

MIB = BYTES // 1024**2
# How much text the archive is, with room for the signature.
SEALED = BYTES * 4 // 3 + 1_000
VALID = timedelta(hours=12)
OUT_OF_DATE = "What you looked at is out of date. Choose the file again."


class ImportForm(forms.Form):
    """First `archive`; then `sealed`, the same archive with what was shown of it. It is signed for
    one person and some hours, so it needs neither a second upload nor a place on the server."""

    archive = forms.FileField(
        label="Zip file",
        max_length=200,
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=f"As the export makes it, at most {MIB} MiB.",
    )
    sealed = forms.CharField(required=False, max_length=SEALED, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, by: User, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.by = by
        self.raw = b""
        self.seen: str | None = None

    def clean_archive(self) -> Any:
        archive = self.cleaned_data["archive"]
        if archive and archive.size > BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MIB} MiB. "
                "A bank of that size is imported on the server: manage.py questions import."
            )
        return archive

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors.pop("sealed", None):
            self.add_error("archive", OUT_OF_DATE)
        elif sealed := cleaned.get("sealed"):
            self._open(sealed)
        elif archive := cleaned.get("archive"):
            self.raw = archive.read()
        elif not self.errors:
            self.add_error("archive", "Choose a file.")
        return cleaned

    def _open(self, sealed: str) -> None:
        try:
            whose, self.seen, packed = _signer().unsign(sealed, max_age=VALID).split(":")
        except signing.BadSignature:
            whose = ""
        if whose != str(self.by.pk):
            self.add_error("archive", OUT_OF_DATE)
            return
        self.raw = base64.urlsafe_b64decode(packed)


def seal(raw: bytes, *, seen: str, by: User) -> str:
    packed = base64.urlsafe_b64encode(raw).decode()
    return _signer().sign(f"{by.pk}:{seen}:{packed}")


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="roles.bank.import")
