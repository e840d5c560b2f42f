"""Times as a coordinator types them: in their own zone, where an hour a year is missing and another
comes twice."""

from datetime import UTC, datetime

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime


class PlannedTimeField(forms.DateTimeField):
    """A time that the clocks skip is refused; of one that comes twice the first is meant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Starts", **kwargs})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            typed = parse_datetime(str(value).strip())
        except ValueError:
            typed = None
        if typed is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if timezone.is_aware(typed):
            return typed
        zone = timezone.get_current_timezone()
        try:
            there = typed.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if there.replace(tzinfo=None) != typed:
            raise forms.ValidationError(
                f"{typed:%H:%M} does not exist on that day in {zone}: the clocks go forward over "
                f"it, to {there:%H:%M}. Choose another time."
            )
        return there.replace(fold=0)


def twice(at: datetime) -> str:
    """What to say of a time that comes twice, else nothing."""
    zone = timezone.get_current_timezone()
    local = at.astimezone(zone)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    return (
        f"{local:%H:%M} comes twice on that day in {zone}, since the clocks go back. "
        "It is planned for the first of the two."
    )
