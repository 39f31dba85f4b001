"""Records: facts, steps, history, work waiting for somebody."""

from datetime import date

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batikportal import formats
from batikportal.rendering import component
from batikportal.templatetags.pages import drawn_icon

register = template.Library()
SEVERITY_ICONS = {"high": "octagon-alert", "medium": "triangle-alert", "low": "circle-dot"}


@register.simple_block_tag
def facts(content) -> SafeString:
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(label, value=None) -> SafeString:
    """One line of `facts`; a date is written out, a yes or no too, nothing is a dash."""
    shown = formats.or_dash(value)
    if isinstance(value, bool):
        shown = _("Ya") if value else _("Tidak")
    elif isinstance(value, date):
        shown = formats.moment(value)
    elif isinstance(value, int | float):
        shown = formats.number(value)
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)


@register.simple_block_tag
def factblock(content, label) -> SafeString:
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, mark_safe(content.strip()) or formats.DASH)


@register.simple_tag
def steps(items, vertical=False) -> SafeString:
    """The way of an application: done, current, todo, stopped."""
    return component("steps.html", items=items, vertical=vertical)


@register.simple_tag
def timeline(entries) -> SafeString:
    return component("timeline.html", entries=entries)


@register.simple_block_tag
def work_list(content) -> SafeString:
    return format_html('<ul class="work-list">{}</ul>', content)


def due_in_words(due_on: date, today: date | None) -> tuple[str, bool]:
    """When something is due, seen from today, and whether that is past."""
    if today is None:
        return _("Batas waktu %(date)s") % {"date": formats.short_day(due_on)}, False
    days = (due_on - today).days
    if days < 0:
        words = ngettext("Lewat %(days)s hari", "Lewat %(days)s hari", -days)
        return words % {"days": formats.number(-days)}, True
    if days == 0:
        return _("Batas waktu hari ini"), True
    words = ngettext("%(days)s hari lagi", "%(days)s hari lagi", days)
    return words % {"days": formats.number(days)}, False


@register.simple_tag
def work_row(
    subject, url, detail="", kind="", severity="medium", since=None, due_on=None, owner="", today=None
) -> SafeString:
    """One alert: what, for whom, since when, until when."""
    due, overdue = due_in_words(due_on, today) if due_on else ("", False)
    return component(
        "work_row.html",
        subject=subject,
        url=url,
        detail=detail,
        kind=kind,
        severity=severity,
        icon=SEVERITY_ICONS.get(severity, "circle-dot"),
        since=since,
        due=due,
        overdue=overdue,
        owner=owner,
    )


@register.simple_tag
def history_link(model_label, public_id) -> SafeString | str:
    """The way to the history of a record; nothing while that page is missing."""
    try:
        url = reverse("history", args=[model_label, public_id])
    except NoReverseMatch:
        return ""
    return format_html('<a class="button quiet" href="{}">{}{}</a>', url, drawn_icon("history", "", 20), _("Riwayat"))
