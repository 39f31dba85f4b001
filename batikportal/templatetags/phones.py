"""Phone numbers and addresses in templates, written out or masked."""

from django import template

from batikportal import phones

register = template.Library()
register.filter("phone", phones.shown)
register.filter("masked_phone", phones.masked)
register.filter("masked_address", phones.masked_address)


@register.filter
def address(value: str | None) -> str:
    """A phone number as people read it, an e-mail address as it is."""
    return value or "" if value and "@" in value else phones.shown(value)
