"""Lists: tables, sorting, filters, pages, empty states, downloads. Every link keeps the rest of the query."""

from datetime import date
from typing import Any

from django import forms, template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from batikportal import formats
from batikportal.rendering import component
from batikportal.templatetags.pages import address, drawn_icon

register = template.Library()


def changed_query(context, **changes: object) -> str:
    """The query of this page with some parameters set, or dropped when None; back on the first page."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return "?"
    query.pop("halaman", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_block_tag
def table(content, caption, hide_caption=False, dense=False, cards=True) -> SafeString:
    return component(
        "table.html", content=content, caption=caption, hide_caption=hide_caption, dense=dense, cards=cards
    )


@register.simple_tag(takes_context=True)
def sort_header(context, label, key, number=False) -> SafeString:
    """A column head that sorts by `?urut=key`, and turns the order round when it is sorted already."""
    request = context.get("request")
    chosen = request.GET.get("urut", "") if request else ""
    order = {key: "ascending", f"-{key}": "descending"}.get(chosen, "")
    picture = {"ascending": "arrow-up", "descending": "arrow-down"}.get(order, "chevrons-up-down")
    return format_html(
        '<th scope="col" data-sortable{}{}><a data-sort href="{}">{}{}</a></th>',
        mark_safe(' class="number"') if number else "",
        format_html(' aria-sort="{}"', order) if order else "",
        changed_query(context, urut=f"-{key}" if order == "ascending" else key),
        label,
        drawn_icon(picture, "", 16),
    )


@register.simple_tag(takes_context=True)
def pagination(context, page, param="halaman") -> SafeString | str:
    """Links to the pages of a Paginator page; nothing when there is only one."""
    if page.paginator.num_pages < 2:
        return ""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    near = {page.number - 1, page.number, page.number + 1}
    links = [
        {"number": number, "url": changed_query(context, **{param: number}), "far": number not in near}
        if number != page.paginator.ELLIPSIS
        else None
        for number in numbers
    ]
    before = changed_query(context, **{param: page.number - 1}) if page.has_previous() else ""
    after = changed_query(context, **{param: page.number + 1}) if page.has_next() else ""
    return component("pagination.html", page=page, links=links, before=before, after=after)


def _in_words(bound: forms.BoundField, value: Any) -> str:
    """The chosen value as a person reads it; empty for a tick, whose label says all."""
    if value is True:
        return ""
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Model):
        return str(value)
    if isinstance(bound.field, forms.ChoiceField) and not isinstance(bound.field, forms.ModelChoiceField):
        names = {str(key): name for key, name in _flat(bound.field.choices)}
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(names.get(str(one), one)) for one in values)
    if isinstance(value, list | tuple | set) or hasattr(value, "all"):
        return ", ".join(str(one) for one in value)
    return str(value)


def _flat(choices):
    for key, name in choices:
        if isinstance(name, list | tuple):
            yield from name
        else:
            yield key, name


@register.simple_tag(takes_context=True)
def filter_bar(context, form) -> SafeString:
    """The GET form of a list with its active filters as chips."""
    chips = []
    if form.is_bound and form.is_valid():
        for bound in form.visible_fields():
            value = form.cleaned_data.get(bound.name)
            if value is None or value == "" or value is False or (hasattr(value, "__len__") and not len(value)):
                continue
            words = _in_words(bound, value)
            text = f"{bound.label}: {words}" if words else str(bound.label)
            chips.append({"text": text, "url": changed_query(context, **{bound.html_name: None})})
    request = context.get("request")
    order = request.GET.get("urut", "") if request else ""
    everything = {bound.html_name: None for bound in form.visible_fields()}
    return component("filter_bar.html", form=form, chips=chips, order=order, none=changed_query(context, **everything))


@register.simple_tag
def empty_state(title, text="", action="", href="", icon="inbox") -> SafeString:
    """What a list says when it has nothing: why, and what to do next."""
    return component("empty_state.html", title=title, text=text, action=action, href=href, icon=icon)


@register.simple_tag
def download(url, label, format="", size="") -> SafeString:
    details = " · ".join(str(part) for part in (format, size) if part)
    return format_html(
        '<a class="download" href="{}">{}<span>{}{}</span></a>',
        address(url),
        drawn_icon("download", "", 20),
        label,
        format_html(" <small>({})</small>", details) if details else "",
    )
