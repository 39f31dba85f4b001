"""Fields for days and moments: ISO inside, so that no locale can misread them."""

from typing import Any

from django import forms


class MomentInput(forms.DateTimeInput):
    """Date and time in the reader's own picker; the value is ISO, so no locale can misread it."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs={"class": "medium", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    """A day in the reader's own picker, ISO inside."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs={"class": "medium", **(attrs or {})}, format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A moment, as the picker of the browser sends it."""

    widget = MomentInput

    def __init__(self, **kwargs: Any):
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)
