"""Rows inside another record's page: narrow enough for a screen, figures written the Indonesian way."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models

from wastewater.forms.fields import FigureField


class AdminFigureField(FigureField):
    """A decimal column in the admin: 12,5 and 0,005 are read; what could mean two numbers is refused."""

    def __init__(self, *, max_digits: int | None = None, decimal_places: int = 6, **kwargs):
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal", "size": 9, "autocomplete": "off"})
        whole_digits = (max_digits or 15) - decimal_places
        super().__init__(places=decimal_places, maximum=10**whole_digits - 1, **kwargs)


FIGURES: dict[type[models.Field], dict[str, Any]] = {models.DecimalField: {"form_class": AdminFigureField}}


class OncePerKey(forms.BaseInlineFormSet):
    """Refuses a new row that would stand beside another one of the same key, before the database has to."""

    key: tuple[str, ...] = ()
    message: Any = ""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple] = set()
        filled = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]
        for form in sorted(filled, key=lambda form: form.instance._state.adding):
            key = tuple(form.cleaned_data.get(name) for name in self.key) if hasattr(form, "cleaned_data") else ()
            if form.instance._state.adding and key in seen:
                form.add_error(self.key[0], self.message)
            seen.add(key)


class NarrowInline(admin.TabularInline):
    """Without the icons that open related records, and with short fields."""

    formfield_overrides = {**FIGURES, models.CharField: {"widget": forms.TextInput(attrs={"size": 18})}}
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            for icon in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
                if hasattr(field.widget, icon):
                    setattr(field.widget, icon, False)
        return formset
