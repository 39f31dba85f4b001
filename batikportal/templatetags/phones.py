"""Phone numbers, addresses and devices in templates, in the words of people."""

from django import template

from batikportal import devices, phones

register = template.Library()
register.filter("phone", phones.shown)
register.filter("masked_phone", phones.masked)
register.filter("masked_address", phones.masked_address)
register.filter("device", devices.name_of)


@register.filter
def address(value: str | None) -> str:
    """A phone number as people read it, an e-mail address as it is."""
    return value or "" if value and "@" in value else phones.shown(value)
