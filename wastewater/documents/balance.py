"""The facts of the balance sheet as it is printed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from batikportal import formats
from wastewater.models import BalanceFactor, PlantCapacity, PublishedFigure
from wastewater.queries.balance import Balance
from wastewater.rules.balance import Sums


def balance_facts(
    found: Balance,
    *,
    factors: Mapping[str, BalanceFactor],
    figures: Sequence[PublishedFigure],
    capacities: Sequence[PlantCapacity],
) -> dict[str, Any]:
    """What the template `balance` prints."""
    period = _("%(start)s sampai %(end)s") % {"start": formats.day(found.start), "end": formats.day(found.end)}
    header = [_("Wilayah"), _("Usaha"), _("Dihasilkan"), _("Dikumpulkan"), _("Diolah"), _("Belum terbukti diolah"),
              _("Dasar angka")]  # fmt: skip
    widths = [3, 1.2, 2.4, 1.9, 1.9, 2, 4]
    districts = [_line(one.district.name, one.sums) for one in found.districts]
    if found.unknown_origin:
        districts.append(_line(_("Asal tidak tercatat"), found.unknown_origin))
    sections = [
        {
            "title": _("Per kecamatan"),
            "header": header,
            "rows": [*districts, _line(_("Jumlah"), found.whole)],
            "widths": widths,
            "empty": _("Belum ada data."),
        },
        {
            "title": _("Per kelurahan"),
            "header": header,
            "rows": [_line(one.ward.name, one.sums) for one in found.wards],
            "widths": widths,
            "empty": _("Belum ada data."),
        },
    ]
    if figures or capacities:
        sections.append(_published(figures, capacities))
    return {
        "title": _("Neraca air limbah batik"),
        "office": _("Dinas Lingkungan Hidup Kota Pekalongan"),
        "rules": [
            [_("Masa"), period],
            [_("Satuan"), _("m³ dalam masa itu")],
            *([str(one), f"{one.in_words}. {one.basis}. {one.get_confidence_display()}."] for one in factors.values()),
        ],
        "sections": sections,
        "remarks": [
            _("Belum terbukti diolah = dihasilkan dikurangi diolah. Nasib airnya dapat tidak diketahui."),
            _("Tanda garis berarti belum ada data, bukan nol."),
            _("Asal tidak tercatat: air yang dicatat IPAL melebihi kiriman usaha yang terdaftar."),
        ],
    }


def _volume(value: Decimal | None) -> str:
    return formats.number(value, 1)


def _line(name: str, sums: Sums) -> list[str]:
    generated = _volume(sums.generated)
    if sums.factor:
        generated += f" ({_volume(sums.generated_low)}–{_volume(sums.generated_high)})"
    shares = "; ".join(f"{how.label} {formats.per_cent(share)}" for how, share in sums.shares)
    return [
        name,
        formats.number(sums.enterprises),
        generated,
        _volume(sums.collected),
        _volume(sums.treated),
        _volume(sums.gap),
        shares or formats.DASH,
    ]


def _published(figures: Sequence[PublishedFigure], capacities: Sequence[PlantCapacity]) -> dict[str, Any]:
    rows = [
        [str(one.get_kind_display()), one.in_words, one.origin, formats.short_day(one.stated_on),
         str(one.get_confidence_display())]
        for one in figures
    ]  # fmt: skip
    rows += [
        [f"{one.plant}: {one.get_kind_display()} ({_('m³/hari')})", formats.number(one.capacity_m3_per_day),
         one.origin, formats.short_day(one.stated_on), str(one.get_confidence_display())]
        for one in capacities
    ]  # fmt: skip
    return {
        "title": _("Angka yang diterbitkan, berdampingan"),
        "header": [_("Isi angka"), _("Angka"), _("Sumber"), _("Tanggal"), _("Keyakinan")],
        "rows": rows,
        "widths": [3.5, 2, 4, 1.6, 2.4],
        "empty": _("Belum ada angka terbitan."),
    }
