"""Inputs: whole forms, single-button forms, the error summary, masked values."""

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from batikportal.rendering import component

register = template.Library()


def field_anchor(bound) -> str:
    """The id of the first control of a field, where a link of the error summary lands."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _named(label: str, error: str) -> str:
    """The error with the label of its field before it, unless it names the field already."""
    return error if label.casefold() in error.casefold() else f"{label}: {error}"


@register.simple_tag
def error_summary(form) -> SafeString | str:
    """Everything that must be corrected, on top of the form or of its lines, each with a link to its field."""
    if isinstance(form, forms.BaseFormSet):
        items = [{"href": "", "text": str(error)} for error in form.non_form_errors()]
        for number, line in enumerate(form, start=1):
            items += [
                {**item, "text": _("Baris %(number)s: %(error)s") % {"number": number, "error": item["text"]}}
                for item in _to_correct(line)
            ]
    else:
        items = _to_correct(form)
    return component("error_summary.html", items=items) if items else ""


def _to_correct(form) -> list[dict[str, str]]:
    if not form.is_bound:
        return []
    items = [{"href": "", "text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        href = "" if bound.is_hidden else f"#{field_anchor(bound)}"
        label = str(bound.label).rstrip("?.: ")
        items += [{"href": href, "text": _named(label, str(error))} for error in bound.errors]
    return items


@register.simple_block_tag(takes_context=True)
def post_form(context, content, form, submit="", cancel="", action="", danger=False) -> SafeString:
    """A whole form: errors, fields, what the block adds, the button, the way back."""
    return component(
        "post_form.html",
        csrf_token=context.get("csrf_token"),
        content=content,
        form=form,
        submit=submit or _("Simpan"),
        cancel=cancel,
        action=action,
        danger=danger,
    )


@register.simple_tag(takes_context=True)
def post_button(context, url, label, kind="", icon="", name="", value="") -> SafeString:
    """A button that changes something, in a form of its own."""
    return component(
        "post_button.html",
        csrf_token=context.get("csrf_token"),
        url=url,
        label=label,
        kind=kind,
        icon=icon,
        name=name,
        value=value,
    )


@register.simple_tag(takes_context=True)
def masked(context, value, url, label) -> SafeString:
    """A masked value; who wants to see it all says why, and the view logs it."""
    return component("masked.html", csrf_token=context.get("csrf_token"), value=value, url=url, label=label)


@register.filter
def unit(bound) -> str:
    """The unit that a form field names in its widget attributes as data-unit."""
    return bound.field.widget.attrs.get("data-unit", "")


@register.filter
def input_kind(bound) -> str:
    """The class of a field by its widget, such as checkbox or select."""
    return bound.widget_type
