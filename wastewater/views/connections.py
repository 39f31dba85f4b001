"""Connections of enterprises to plants: the list, a new one, another volume, the end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads, formats
from batikportal.imports.links import run_asked
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import connections as actions
from wastewater.forms import connections as forms
from wastewater.models import Connection, TreatmentPlant
from wastewater.queries import connections as queries
from wastewater.views.lists import chosen_in, page_of

SORTINGS = {
    "usaha": ("enterprise__name", "pk"),
    "-usaha": ("-enterprise__name", "-pk"),
    "ipal": ("plant__name", "enterprise__name", "pk"),
    "-ipal": ("-plant__name", "enterprise__name", "pk"),
    "volume": ("declared_m3_per_day", "pk"),
    "-volume": ("-declared_m3_per_day", "-pk"),
    "sejak": ("valid_from", "pk"),
    "-sejak": ("-valid_from", "-pk"),
}


def _found(request):
    form = forms.ConnectionFilter(request.GET or None, run=run_asked(request))
    seen = Connection.objects.visible_to(request.user)
    rows = queries.found_connections(seen, timezone.localdate(), **chosen_in(form))
    order = SORTINGS.get(request.GET.get("urut", ""), SORTINGS["ipal"])
    return form, queries.listed_connections(rows).order_by(*order)


@access.needs("wastewater.view_connection")
@require_safe
def connection_list(request):
    form, rows = _found(request)
    user = request.user
    context = {
        "filter": form,
        "page": page_of(request, rows),
        "sums": queries.sums_of(rows),
        "today": timezone.localdate(),
        "may_add": permissions.may_add_connection(user),
        "may_change": permissions.may_change_connection(user),
        "may_import": permissions.may_import_connections(user),
    }
    return render(request, "wastewater/connection_list.html", context)


@access.needs("wastewater.view_connection")
@require_safe
def connection_export(request):
    _form, rows = _found(request)
    header = [_("Nomor registrasi"), _("Usaha"), _("Kelurahan"), _("Kecamatan"), _("IPAL"),
              _("Volume dinyatakan (m³/hari)"), _("Sejak"), _("Sampai"), _("Catatan")]  # fmt: skip
    lines = (
        [row.enterprise.registration_number, row.enterprise.name, row.enterprise.ward.name,
         row.enterprise.ward.parent.name, row.plant.name, formats.number(row.declared_m3_per_day),
         row.valid_from.isoformat(), row.valid_until.isoformat() if row.valid_until else "", row.note]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("sambungan", header, lines)


@access.needs("wastewater.add_connection")
@require_http_methods(["GET", "POST"])
def connection_new(request):
    """Connect an enterprise; plant and enterprise may be given in the address."""
    initial = {
        "plant": TreatmentPlant.objects.filter(code=request.GET.get("ipal", "")).first(),
        "enterprise": Enterprise.objects.visible_to(request.user)
        .filter(registration_number=request.GET.get("usaha", ""))
        .first(),
        "valid_from": timezone.localdate(),
    }
    form = forms.ConnectionForm(request.POST or None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.connect_enterprise(**form.cleaned_data, by=request.user)
            messages.success(
                request,
                _("%(enterprise)s tersambung ke %(plant)s.") % {"enterprise": made.enterprise, "plant": made.plant},
            )
            return redirect(f"{reverse('wastewater:connection-list')}?ipal={made.plant.code}&masa=semua")
        except actions.ConnectionRefused as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, _("Tambah sambungan"), _("Usaha yang mengalirkan air limbahnya ke IPAL."))


def _connection(request, public_id) -> Connection:
    seen = Connection.objects.visible_to(request.user).select_related("plant", "enterprise")
    return get_object_or_404(seen, public_id=public_id)


@access.needs("wastewater.change_connection")
@require_http_methods(["GET", "POST"])
def connection_volume(request, public_id):
    """Another volume from a day on; the old row ends the day before."""
    found = _connection(request, public_id)
    initial = {"declared_m3_per_day": found.declared_m3_per_day, "from_on": timezone.localdate()}
    form = forms.VolumeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_volume(connection=found, **form.cleaned_data, by=request.user)
            messages.success(request, _("Volume diubah. Angka lama tetap tercatat untuk masa sebelumnya."))
            return redirect(_list_of(found))
        except actions.ConnectionRefused as refusal:
            form.add_error(None, str(refusal))
    lead = _("%(connection)s: %(volume)s m³/hari sejak %(day)s.") % {
        "connection": found,
        "volume": formats.number(found.declared_m3_per_day),
        "day": formats.day(found.valid_from),
    }
    return _form_page(request, form, _("Ubah volume sambungan"), lead)


@access.needs("wastewater.change_connection")
@require_http_methods(["GET", "POST"])
def connection_end(request, public_id):
    """End a connection with its last day and the reason."""
    found = _connection(request, public_id)
    form = forms.EndForm(request.POST or None, initial={"last_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_connection(connection=found, **form.cleaned_data, by=request.user)
            messages.success(request, _("Sambungan diakhiri."))
            return redirect(_list_of(found))
        except actions.ConnectionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": _("Akhiri sambungan"),
        "question": _("Akhiri sambungan %(connection)s?") % {"connection": found},
        "facts": [
            (_("Volume dinyatakan"), f"{formats.number(found.declared_m3_per_day)} m³/{_('hari')}"),
            (_("Sejak"), found.valid_from),
        ],
        "consequences": [
            _("Sesudah hari terakhir, volumenya tidak dihitung lagi dalam beban IPAL."),
            _("Sambungan tetap tercatat untuk masa yang sudah lewat."),
        ],
        "form": form,
        "submit_label": _("Akhiri sambungan"),
        "cancel_url": _list_of(found),
        "danger": True,
        "crumbs": _crumbs(),
    }
    return render(request, "components/confirm_page.html", context)


def _list_of(connection: Connection) -> str:
    return f"{reverse('wastewater:connection-list')}?ipal={connection.plant.code}"


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Sambungan"), reverse("wastewater:connection-list")),
    ]


def _form_page(request, form, title: str, lead: str):
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": _("Simpan"),
        "cancel_url": reverse("wastewater:connection-list"),
        "crumbs": _crumbs(),
    }
    return render(request, "components/form_page.html", context)
