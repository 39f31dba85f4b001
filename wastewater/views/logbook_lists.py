"""The logbooks of all enterprises for staff: one month at a time, as a list and as a file."""

from typing import Any

from django.db.models import F
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, downloads
from batikportal.formats import number
from wastewater.forms import logbooks as forms
from wastewater.models import LogMonth
from wastewater.queries import discharge_logs as queries
from wastewater.rules import discharge_logs as rules
from wastewater.views.lists import chosen_in, page_of

SORTINGS: dict[str, tuple[Any, ...]] = {
    "usaha": ("enterprise__name", "pk"),
    "-usaha": ("-enterprise__name", "-pk"),
    "volume": (F("noted_l").asc(nulls_first=True), "pk"),
    "-volume": (F("noted_l").desc(nulls_last=True), "pk"),
    "tanpa-olah": (F("untreated_l").asc(nulls_first=True), "pk"),
    "-tanpa-olah": (F("untreated_l").desc(nulls_last=True), "pk"),
    "terakhir": (F("last_day").asc(nulls_first=True), "pk"),
    "-terakhir": (F("last_day").desc(nulls_last=True), "pk"),
}


def _found(request):
    form = forms.LogbookFilter(request.GET or None)
    chosen = dict(chosen_in(form))
    first = rules.first_of(chosen.pop("bulan", None) or timezone.localdate())
    rows = queries.found_months(LogMonth.objects.visible_to(request.user), bulan=first, **chosen)
    return form, first, rows.order_by(*SORTINGS.get(request.GET.get("urut", ""), SORTINGS["usaha"]))


@access.needs("wastewater.view_dischargelog")
@require_safe
def logbook_list(request):
    form, first, rows = _found(request)
    page = page_of(request, rows)
    for row in page:
        row.volume_m3 = queries.generated_m3(row)
    today = timezone.localdate()
    after = rules.next_month(first)
    context = {
        "filter": form,
        "page": page,
        "first": first,
        "before": rules.month_before(first),
        "after": after if after <= today else None,
    }
    return render(request, "wastewater/logbook_list.html", context)


@access.needs("wastewater.view_dischargelog")
@require_safe
def logbook_list_export(request):
    _form, first, rows = _found(request)
    header = [_("Bulan"), _("Nomor registrasi"), _("Usaha"), _("Kelurahan"), _("Kecamatan"), _("Keadaan"),
              _("Cara ditutup"), _("Hari dengan catatan"), _("Catatan terakhir"), _("Air limbah (m³)"),
              _("Dibuang tanpa diolah (m³)"), _("Diangkut truk (m³)")]  # fmt: skip
    lines = (
        [f"{first:%Y-%m}", row.enterprise.registration_number, row.enterprise.name, row.enterprise.ward.name,
         row.enterprise.ward.parent.name, row.get_state_display(), row.get_closing_display(), row.days_count,
         row.last_day.isoformat() if row.last_day else "", _cubic(queries.generated_m3(row), 1),
         _cubic(row.untreated_l, 1000), _cubic(row.picked_l, 1000)]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file(f"buku-limbah-usaha-{first:%Y-%m}", header, lines)


def _cubic(value, divisor: int) -> str:
    return "" if value is None else number(value / divisor, 3)
