"""Numbers, money and dates as people in Pekalongan write them; templates know these functions as filters."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

DASH = "–"


def exact(value) -> Decimal | None:
    """The value as an exact decimal; None for what is no number."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    if isinstance(value, float):
        # Six significant digits below a hundred thousand: enough for any reading, and free of binary noise.
        return Decimal(f"{value:.6g}" if abs(value) < 1e5 else f"{value:.2f}") if isfinite(value) else None
    try:
        exact_value = Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return None
    return exact_value if exact_value.is_finite() else None


def _own_decimals(value: Decimal) -> int:
    """How many decimals the value itself has; the endless ones of a division end after six significant digits."""
    if value == value.to_integral():
        return 0
    decimals = -int(value.normalize().as_tuple().exponent)
    return decimals if decimals <= 6 else max(2, 5 - value.adjusted())


def number(value, decimals: int | None = None) -> str:
    """2700926 → 2.700.926; decimals as they are, or as many as asked; a dash when there is no number."""
    known = exact(value)
    if known is None:
        return DASH
    decimals = _own_decimals(known) if decimals is None else decimals
    # Django cuts decimals off, so the rounding is ours.
    rounded = known.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = formats.number_format(abs(rounded), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"−{text}" if rounded < 0 else text


def rupiah(value) -> str:
    """2700926 → Rp2.700.926, whole rupiah."""
    text = number(value, 0)
    if text == DASH:
        return DASH
    return f"−Rp{text[1:]}" if text.startswith("−") else f"Rp{text}"


def per_cent(share, decimals: int = 1) -> str:
    """A share between 0 and 1 as per cent: 0.634 → 63,4%; whole per cents have no decimals."""
    known = exact(share)
    if known is None:
        return DASH
    hundred = (known * 100).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{number(hundred, 0 if hundred == hundred.to_integral() else decimals)}%"


def _local(value):
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _dated(value, pattern: str) -> str:
    return formats.date_format(_local(value), pattern) if isinstance(value, date) else DASH


def day(value) -> str:
    """23 November 2026."""
    return _dated(value, "j F Y")


def short_day(value) -> str:
    """23 Nov 2026."""
    return _dated(value, "j M Y")


def month(value) -> str:
    """November 2026."""
    return _dated(value, "F Y")


def moment(value) -> str:
    """23 November 2026 pukul 14.05 WIB."""
    if not isinstance(value, datetime):
        return day(value)
    local = _local(value)
    return _("%(date)s pukul %(time)s WIB") % {"date": day(local), "time": formats.time_format(local.time())}


def table_moment(value) -> str:
    """2026-11-23 14:05: a moment in Jakarta as a spreadsheet sorts it; empty for none."""
    return f"{_local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else ""


def file_size(size_bytes) -> str:
    """24576 → 24 KB."""
    size = exact(size_bytes)
    if size is None:
        return DASH
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{number(size, 1 if unit == 'MB' else 0)} {unit}"
        size /= 1024
    return f"{number(size, 1)} GB"


def or_dash(value):
    """A dash for nothing, anything else as it is; zero is something."""
    return DASH if value is None or value == "" or value == [] else value


def html_date(value, with_time: bool = False) -> str:
    """A <time> element that machines read too."""
    if not isinstance(value, date):
        return DASH
    shown = moment(value) if with_time else day(value)
    return format_html('<time datetime="{}">{}</time>', _local(value).isoformat(), shown)
