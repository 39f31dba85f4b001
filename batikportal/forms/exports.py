"""The export page of the admin: which columns, as what kind of file, in the words of the portal.

The library speaks no Indonesian, and its page carries a script inline, which our policy refuses.
So template and form are ours.
"""

from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from import_export.forms import SelectableFieldsExportForm
from import_export.resources import ModelResource


class ExportForm(SelectableFieldsExportForm):
    """Every column of a noun with a tick, named as its field is named on the other pages."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["resource"].label = _("Isi")
        kind = self.fields["format"]
        kind.label = _("Jenis berkas")
        if isinstance(kind, forms.ChoiceField):
            offered: Any = kind.choices
            kind.choices = [(value, label if value else _("Pilih jenis berkas")) for value, label in offered]

    @property
    def media(self) -> forms.Media:
        """None: one resource at a time needs no script."""
        return forms.Media()

    def _get_field_label(self, resource: type[ModelResource], field_name: str) -> str:
        """The names of the fields on the way to the column: "Program: tahun anggaran" for programme__year."""
        model, names = resource._meta.model, []
        for part in field_name.split("__"):
            try:
                field = model._meta.get_field(part)
            except (AttributeError, FieldDoesNotExist):
                return field_name
            names.append(str(getattr(field, "verbose_name", part)))
            model = field.related_model
        return str(capfirst(": ".join(names)))

    def _validate_any_field_selected(self, resource: type[ModelResource]) -> None:
        columns = resource().get_export_order()
        if not any(self.cleaned_data.get(name) for name in columns):
            raise forms.ValidationError(_("Pilih paling sedikit satu kolom untuk diekspor."), code="invalid")

    def columns(self) -> list[forms.BoundField]:
        """The fields that stand for columns."""
        return [bound for bound in self.visible_fields() if getattr(bound.field, "is_selectable_field", False)]

    def settings(self) -> list[forms.BoundField]:
        """The other fields that are shown."""
        return [bound for bound in self.visible_fields() if not getattr(bound.field, "is_selectable_field", False)]
