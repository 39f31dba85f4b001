"""The parts of a page: icons, badges, headings, cards, notices, tabs and links that know where they are."""

from functools import lru_cache
from operator import itemgetter

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from batikportal import contracts
from batikportal.dashboard import doors
from batikportal.rendering import component

register = template.Library()

BADGE_ICONS = {
    "neutral": "circle-dashed",
    "info": "clock-3",
    "good": "circle-check",
    "warning": "triangle-alert",
    "bad": "circle-x",
    "special": "star",
}
NOTICE_ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "danger": "octagon-alert"}
# Django's message levels, in our words.
MESSAGE_KINDS = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}


def address(where: str, *args: object) -> str:
    """A ready URL as it is, a URL name resolved."""
    where = str(where)
    return where if where.startswith(("/", "?", "#", "http://", "https://", "mailto:")) else reverse(where, args=args)


@lru_cache(maxsize=512)
def drawn_icon(name: str, label: str, size: int) -> SafeString:
    """The SVG of a lucide icon; hidden from screen readers unless it has a label."""
    words = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true", "focusable": "false"}
    # The library escapes its attributes; the name is ours.
    return mark_safe(lucide(name, size=size, **{"class": "icon"}, **words))


@register.simple_tag
def icon(name: str, label: str = "", size: int = 20) -> SafeString:
    return drawn_icon(str(name), str(label), size)


@register.simple_tag
def badge(text: object, tone: str = "neutral", icon: str = "") -> SafeString:
    """A status as word, colour and icon."""
    tone = tone if tone in BADGE_ICONS else "neutral"
    picture = drawn_icon(icon or BADGE_ICONS[tone], "", 16)
    return format_html('<span class="badge {}">{}{}</span>', tone, picture, text)


@register.simple_tag
def crumb(label: object, where: str, *args: object) -> SafeString:
    """One ancestor in the block `breadcrumb`."""
    return format_html('<li><a href="{}">{}</a></li>', address(where, *args), label)


@register.simple_block_tag
def heading(content, title, lead="", kicker="", status="", tone="neutral") -> SafeString:
    """The head of a page with its only h1; the block holds the actions, the primary one first."""
    return component(
        "heading.html",
        title=title,
        lead=lead,
        kicker=kicker,
        status=status,
        tone=tone,
        actions=mark_safe(content.strip()),
    )


@register.simple_block_tag
def card(content, title="", href="", icon="", level=2, extra="") -> SafeString:
    return component("card.html", content=content, title=title, href=href, icon=icon, tag=f"h{int(level)}", extra=extra)


@register.simple_block_tag
def notice(content, kind="info", title="") -> SafeString:
    kind = kind if kind in NOTICE_ICONS else "info"
    return component("notice.html", content=mark_safe(content.strip()), kind=kind, icon=NOTICE_ICONS[kind], title=title)


@register.filter
def message_kind(message) -> str:
    """The kind of notice that fits a flash message."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.filter
def notice_icon(kind: str) -> str:
    return NOTICE_ICONS.get(kind, "info")


@register.simple_block_tag
def tabs(content, label) -> SafeString:
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, content)


@register.simple_tag(takes_context=True)
def tab(context, label, where, *args, current=None, count=None) -> SafeString:
    """A link in `tabs`; current when it leads to this very page, unless told."""
    url = address(where, *args)
    request = context.get("request")
    here = current if current is not None else bool(request and url.partition("?")[0] == request.path)
    return component("tab.html", label=label, url=url, here=here, count=count)


@register.simple_tag(takes_context=True)
def focus_menu(context, focus: str, label: object) -> SafeString:
    """The pages of a focus that the reader may open, in two rows: the groups, and the pages of the open group."""
    request = context["request"]
    groups = []
    for group in contracts.contributions("navigation"):
        links = [(title, reverse(name)) for title, name in group.pages] if group.focus == focus else []
        pages = [(title, url) for title, url in links if doors.may_open(request.user, url)]
        if pages:
            groups.append({"title": group.title, "url": pages[0][1], "pages": pages})
    above = [(len(url), group) for group in groups for _title, url in group["pages"] if request.path.startswith(url)]
    _length, current = max(above, key=itemgetter(0), default=(0, None))
    return component("focus_menu.html", label=label, groups=groups, current=current, here=request.path)


@register.simple_tag(takes_context=True)
def navlink(context, label, *names, picture="", exact=False) -> SafeString | str:
    """A list item that links to the first of the URL names that exists; nothing when none does."""
    for name in names:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        request = context.get("request")
        path = request.path if request else ""
        here = path == url if exact or url == "/" else path.startswith(url)
        image = drawn_icon(picture, "", 20) if picture else ""
        current = mark_safe(' aria-current="page"' if path == url else ' aria-current="true"') if here else ""
        return format_html('<li><a href="{}"{}>{}{}</a></li>', url, current, image, label)
    return ""


@register.simple_tag
def print_button() -> SafeString:
    return component("print_button.html")


@register.simple_tag
def htmx() -> SafeString:
    """htmx 2 with settings that a strict Content-Security-Policy allows; only for pages that use it."""
    return component("htmx.html")
