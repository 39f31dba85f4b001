"""Sensor stations: the list, one station with its hours and days, its secrets, and rows that are not counted."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, charts, downloads, formats
from wastewater.actions import stations as actions
from wastewater.choices import Verdict
from wastewater.choices.sensors import SensorParameter
from wastewater.forms import stations as forms
from wastewater.models import SensorExclusion, SensorStation
from wastewater.queries import stations as queries
from wastewater.views.lists import chosen_in, page_of

DAYS_SHOWN = 30
DAYS_LISTED = 10
DAYS_EXPORTED = 400
ROWS_PER_HOUR = 30
UNITS = {"ph": "", "tss": "mg/L", "debit": "m³/menit", "cod": "mg/L", "nh3n": "mg/L"}


@access.needs("wastewater.view_sensorstation")
@require_safe
def station_list(request):
    now = timezone.now()
    form = forms.StationFilter(request.GET or None)
    rows = queries.with_status(SensorStation.objects.visible_to(request.user), now)
    rows = queries.found_stations(rows, **chosen_in(form))
    rows = queries.with_yesterday(rows, timezone.localdate(now)).select_related("point__enterprise", "point__plant")
    context = {"filter": form, "page": page_of(request, rows.order_by("uid")), "verdicts": dict(Verdict.choices)}
    return render(request, "wastewater/station_list.html", context)


def _station(request: HttpRequest, public_id) -> SensorStation:
    """The station, if the user may see it."""
    seen = SensorStation.objects.visible_to(request.user).select_related(
        "point__enterprise", "point__plant", "point__water_body", "point__ward"
    )
    return get_object_or_404(queries.with_status(seen, timezone.now()), public_id=public_id)


@access.signed_in
@require_safe
def station(request, public_id):
    """One station: the last 24 hours and 30 days of one parameter, gaps, codes, verdicts, batches, secrets."""
    found = _station(request, public_id)
    now = timezone.now()
    today = timezone.localdate(now)
    is_staff = request.user.has_perm("wastewater.view_sensorstation")
    parameters = queries.sent_parameters(found)
    chosen = next((one for one in parameters if one == request.GET.get("parameter")), parameters[0])
    hours = queries.hours(found, chosen, now)
    days = queries.days(found, today - timedelta(days=DAYS_SHOWN - 1), today)
    rule = queries.rule_on(today)
    listed = days if "semua" in request.GET else days[-DAYS_LISTED:]
    context = {
        "station": found,
        "is_staff": is_staff,
        "parameters": parameters,
        "parameter": chosen,
        "hour_chart": _hour_chart(chosen, hours),
        "day_chart": _day_chart(chosen, days),
        "codes": queries.codes(hours, rule.rows_per_hour if rule else ROWS_PER_HOUR),
        "gaps": [one.hour for one in hours if one.row is None],
        "days": [(day, [(one, day.verdicts.get(one)) for one in parameters]) for day in reversed(listed)],
        "bases": sorted(
            {one.limit.legal_basis for day in listed for one in day.verdicts.values() if one.limit is not None}
        ),
        "more_days": len(days) > len(listed),
        "rule": rule,
        "hinted": queries.hinted_rows(found, now),
        "batches": found.batches.all()[:10],
        "exclusions": found.exclusions.select_related("created_by")[:10],
        "secrets": found.secrets.select_related("issued_by")[:5] if is_staff else None,
        "now": now,
        "may_issue": request.user.has_perm("wastewater.issue_station_secret"),
        "may_exclude": request.user.has_perm("wastewater.record_sensor_exclusion"),
    }
    return render(request, "wastewater/station.html", context)


def _hour_chart(parameter: SensorParameter, hours: list[queries.Hour]) -> charts.Chart:
    return charts.line(
        title=_("%(parameter)s, rata-rata per jam, 24 jam terakhir") % {"parameter": parameter.label},
        labels=[timezone.localtime(one.hour).strftime("%H.00") for one in hours],
        series=[charts.Series(str(parameter.label), [one.mean for one in hours])],
        unit=UNITS[parameter],
    )


def _day_chart(parameter: SensorParameter, days: list[queries.Day]) -> charts.Chart:
    """Daily means, or volumes, against the newest limit by which a day was judged."""
    rows = [day.rows.get(parameter) for day in days]
    is_flow = parameter == SensorParameter.DEBIT
    values = [None if row is None else row.volume_m3 if is_flow else row.mean for row in rows]
    verdicts = [day.verdicts.get(parameter) for day in days]
    allowed = [one.allowed for one in verdicts if one is not None and one.allowed is not None]
    limit = None
    if allowed and parameter != SensorParameter.PH:
        limit = charts.Limit(allowed[-1], str(_("Debit izin") if is_flow else _("Baku mutu")))
    title = _("Volume harian, 30 hari terakhir") if is_flow else _("%(parameter)s, rata-rata harian, 30 hari terakhir")
    return charts.line(
        title=title % {"parameter": parameter.label} if not is_flow else title,
        labels=[day.day.strftime("%d/%m") for day in days],
        series=[charts.Series(str(parameter.label), values)],
        unit="m³" if is_flow else UNITS[parameter],
        limit=limit,
    )


@access.signed_in
@require_safe
def station_export(request, public_id):
    """The days of a station, one line per day and parameter."""
    found = _station(request, public_id)
    today = timezone.localdate()
    header = [_("Uid"), _("Hari"), _("Parameter"), _("Jam sah"), _("Baris sah"), _("Baris berkode operasi"),
              _("Baris tidak dihitung"), _("Rata-rata harian"), _("Volume (m³)"), _("Hari sah"), _("Putusan"),
              _("Alasan"), _("Nilai yang dinilai"), _("Batas"), _("Dasar"), _("Versi aturan")]  # fmt: skip
    days = queries.days(found, today - timedelta(days=DAYS_EXPORTED - 1), today)
    return downloads.csv_file(f"sensor-{found.uid}", header, _exported(found, days))


def _exported(found: SensorStation, days: list[queries.Day]) -> Iterable[list[Any]]:
    for day in days:
        for parameter in queries.sent_parameters(found):
            row, verdict = day.rows.get(parameter), day.verdicts.get(parameter)
            yield [
                found.uid,
                day.day.isoformat(),
                parameter.label,
                row.valid_hours if row else "",
                row.valid_count if row else "",
                row.coded_count if row else "",
                row.excluded_count if row else "",
                formats.number(row.mean) if row and row.mean is not None else "",
                formats.number(row.volume_m3) if row and row.volume_m3 is not None else "",
                (_("ya") if row.is_valid else _("tidak")) if row else _("tidak ada data"),
                verdict.get_verdict_display() if verdict else "",
                verdict.get_reason_display() if verdict else "",
                formats.number(verdict.value) if verdict and verdict.value is not None else "",
                formats.number(verdict.allowed) if verdict and verdict.allowed is not None else "",
                verdict.limit.legal_basis if verdict and verdict.limit else "",
                verdict.engine_version if verdict else "",
            ]


@access.signed_in
@require_safe
def station_refusals(request, public_id):
    """The rows of a station that were refused, each with its reason and as it came."""
    found = _station(request, public_id)
    page = page_of(request, queries.refusals_of(found))
    return render(request, "wastewater/station_refusals.html", {"station": found, "page": page})


def _crumbs(found: SensorStation) -> list[tuple[str, str]]:
    return [(_("Sensor"), reverse("wastewater:station-list")), (found.uid, found.get_absolute_url())]


@access.needs("wastewater.issue_station_secret")
@require_http_methods(["GET", "POST"])
def station_secret(request, public_id):
    """Issue a secret; it is shown in the answer of this POST and never again."""
    found = _station(request, public_id)
    if request.method == "POST":
        try:
            secret = actions.issue_secret(station=found, by=request.user, at=timezone.now())
        except actions.StationRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(found)
        context = {
            "station": found,
            "secret": secret,
            "address": request.build_absolute_uri(reverse("wastewater:sensor-receive")),
        }
        return render(request, "wastewater/station_secret.html", context)
    context = {
        "title": _("Terbitkan kunci stasiun"),
        "question": _("Terbitkan kunci baru untuk %(station)s?") % {"station": found},
        "consequences": [
            _("Kunci baru hanya ditampilkan sekali, di halaman berikutnya. Siapkan pencatat data untuk menyalinnya."),
            _("Kunci yang berlaku sekarang masih diterima beberapa waktu, supaya tidak ada data yang hilang."),
            _("Penerbitan tercatat dalam riwayat dengan nama Anda."),
        ],
        "submit_label": _("Terbitkan kunci"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.issue_station_secret")
@require_http_methods(["GET", "POST"])
def station_secret_withdraw(request, public_id):
    """End all secrets at once."""
    found = _station(request, public_id)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_secrets(station=found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Semua kunci stasiun ini dicabut. Kirimannya ditolak sampai ada kunci baru."))
        return redirect(found)
    context = {
        "title": _("Cabut kunci stasiun"),
        "question": _("Cabut semua kunci %(station)s sekarang?") % {"station": found},
        "consequences": [
            _("Kiriman berikutnya ditolak sampai kunci baru diterbitkan."),
            _("Pencatat data menyimpan barisnya sendiri dan dapat mengirimkannya nanti dengan kunci baru."),
        ],
        "form": form,
        "submit_label": _("Cabut kunci"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.record_sensor_exclusion")
@require_http_methods(["GET", "POST"])
def station_exclude(request, public_id):
    """Take a span of rows out of the figures."""
    found = _station(request, public_id)
    form = forms.ExclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.exclude_rows(station=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Rentang itu tidak dihitung lagi. Jam, hari dan putusannya sudah diperbarui."))
            return redirect(found)
    context = {
        "title": _("Keluarkan rentang dari hitungan"),
        "question": _("Baris pada rentang ini tetap tersimpan, tetapi tidak masuk rata-rata dan putusan."),
        "form": form,
        "submit_label": _("Keluarkan dari hitungan"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.record_sensor_exclusion")
@require_http_methods(["GET", "POST"])
def station_include(request, public_id, exclusion_id):
    """Count an excluded span again."""
    found = _station(request, public_id)
    exclusion = get_object_or_404(SensorExclusion, station=found, public_id=exclusion_id)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.include_again(exclusion=exclusion, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Rentang itu dihitung lagi."))
        return redirect(found)
    context = {
        "title": _("Hitung lagi rentang"),
        "question": exclusion.reason,
        "facts": [(_("Mulai"), exclusion.starts_at), (_("Sampai sebelum"), exclusion.ends_at)],
        "form": form,
        "submit_label": _("Hitung lagi"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


def _tried(form, action: Callable[[], Any]) -> Any | None:
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except actions.StationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
