"""Phone numbers as people write them and read them; in the database they are E.164, +6281234567890."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from batikportal import rules

DOT = "•"
COUNTRY = "+62"


def parse(text: str) -> str:
    """The E.164 form of a number written in any usual way; ValidationError if it is none."""
    try:
        number = PhoneNumber.from_string(rules.normalise_phone(text), region="ID")
    except NumberParseException:
        number = None
    if number is None or not number.is_valid():
        raise ValidationError(_("Nomor HP tidak dikenali. Contoh: 0812-3456-7890."), code="invalid_phone")
    return str(number.as_e164)


def shown(phone: str | None) -> str:
    """0812-3456-7890; numbers of other countries with their code, in groups."""
    if not phone:
        return ""
    if phone.startswith(COUNTRY):
        digits = "0" + phone.removeprefix(COUNTRY)
        return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
    try:
        return str(PhoneNumber.from_string(phone).as_international)
    except NumberParseException:
        return phone


def masked(phone: str | None) -> str:
    """0812-••••-•890: enough to recognise one's own number, not enough to call it."""
    text = shown(phone)
    hidden = range(4, max(4, len(text) - 3))
    return "".join(DOT if place in hidden and sign.isdigit() else sign for place, sign in enumerate(text))


def masked_address(address: str | None) -> str:
    """A masked phone number, or an e-mail address as s•••@contoh.id."""
    if address and "@" in address:
        name, _at, host = address.partition("@")
        return f"{name[:1]}{DOT * 3}@{host}"
    return masked(address)
