from typing import Any

from django import forms


class SeenForm(forms.Form):
    """`seen` recognises what somebody had before them when they began (workflow.content.token)."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def renew(self, seen: str) -> None:
        """What is stored now was shown beside the form: sent again, it is meant."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = seen
        self.data = data
