"""Sludge: the store of one plant, everything that is stored, and the way of a manifest."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads, formats
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from wastewater import permissions
from wastewater.actions import sludge as actions
from wastewater.forms import sludge as forms
from wastewater.models import SludgeDispatch, SludgeEntry, TreatmentPlant
from wastewater.queries import sludge as queries
from wastewater.views.lists import page_of
from wastewater.views.plants import crumbs


@access.needs("wastewater.view_sludgeentry")
@require_safe
def sludge_list(request):
    """What lies in the stores of all plants, the one that must go first on top."""
    entries = queries.on_store(SludgeEntry.objects.visible_to(request.user))
    context = {"page": page_of(request, entries), "today": timezone.localdate()}
    return render(request, "wastewater/sludge_list.html", context)


@access.needs("wastewater.view_sludgeentry")
@require_safe
def sludge_export(request):
    """Every entry with what is left of it: the balance (neraca) of hazardous waste."""
    rows = queries.entries_with_balance(SludgeEntry.objects.visible_to(request.user)).order_by(
        "plant__name", "stored_on"
    )
    header = [_("IPAL"), _("Kode limbah"), _("Nama limbah"), _("Tanggal masuk"), _("Masuk (kg)"), _("Dari unit"),
              _("Kemasan"), _("Timbulan (kg/hari)"), _("Batas simpan"), _("Keluar (kg)"), _("Sisa (kg)")]  # fmt: skip
    lines = (
        [row.plant.name, row.waste_code.code, row.waste_code.name, row.stored_on.isoformat(), formats.number(row.kg),
         str(row.unit or ""), row.packaging, formats.number(row.generated_kg_per_day),
         row.due_on.isoformat() if row.due_on else _("tidak dapat disimpulkan"), formats.number(row.gone_kg),
         formats.number(row.left_kg)]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("lumpur", header, lines)


def _plant(request, public_id, permission: str) -> TreatmentPlant:
    return get_object_or_404(TreatmentPlant.objects.within_reach_of(request.user, permission), public_id=public_id)


@access.needs("wastewater.view_sludgeentry")
@require_safe
def plant_sludge(request, public_id):
    """The store of one plant: what is left with its limit, and the manifests."""
    found = _plant(request, public_id, "wastewater.view_sludgeentry")
    entries = list(queries.on_store(SludgeEntry.objects.filter(plant=found)))
    sent = queries.dispatches(SludgeDispatch.objects.filter(plant=found))
    context = {
        "plant": found,
        "entries": entries,
        "left_kg": sum(entry.left_kg for entry in entries) if entries else None,
        "page": page_of(request, sent),
        "today": timezone.localdate(),
        "may_record": permissions.may_record_sludge(request.user, found),
    }
    return render(request, "wastewater/plant_sludge.html", context)


@access.needs("wastewater.record_sludge")
@require_http_methods(["GET", "POST"])
def sludge_store(request, public_id):
    """Take waste into the store."""
    found = _plant(request, public_id, "wastewater.record_sludge")
    today = timezone.localdate()
    codes = queries.codes_on(today)
    initial = {
        "waste_code": codes.filter(code=_usual_code(found)).first(),
        "stored_on": today,
        "generated_kg_per_day": queries.generation_of(found, today),
    }
    form = forms.StoreForm(
        request.POST or None, initial=initial, codes=codes, units=found.units.filter(valid_until__isnull=True)
    )
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.store_sludge(plant=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Lumpur masuk dicatat."))
            return redirect("wastewater:plant-sludge", found.public_id)
    context = {
        "form": form,
        "title": _("Catat lumpur masuk"),
        "lead": found.name,
        "submit_label": _("Simpan"),
        "cancel_url": reverse("wastewater:plant-sludge", args=[found.public_id]),
        "crumbs": [*crumbs(found), (_("Lumpur"), reverse("wastewater:plant-sludge", args=[found.public_id]))],
    }
    return render(request, "components/form_page.html", context)


def _usual_code(plant: TreatmentPlant) -> str:
    """The code of the last entry, to be chosen already."""
    last = plant.sludge_entries.select_related("waste_code").order_by("-stored_on", "-pk").first()
    return last.waste_code.code if last else ""


@access.needs("wastewater.record_sludge")
@require_http_methods(["GET", "POST"])
def sludge_dispatch(request, public_id):
    """Send waste away: one manifest, and how much of each entry."""
    found = _plant(request, public_id, "wastewater.record_sludge")
    entries = list(queries.on_store(SludgeEntry.objects.filter(plant=found)))
    form = forms.DispatchForm(
        request.POST or None,
        request.FILES or None,
        initial={"dispatched_on": timezone.localdate()},
        entries=entries,
    )
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: _dispatch(request, found, form))
        if made:
            messages.success(request, _("Manifes %(number)s dicatat.") % {"number": made.manifest_number})
            return redirect("wastewater:plant-sludge", found.public_id)
    context = {"plant": found, "form": form, "entries": entries, "today": timezone.localdate()}
    return render(request, "wastewater/sludge_dispatch.html", context)


def _dispatch(request, found: TreatmentPlant, form) -> SludgeDispatch:
    kg_by_entry = form.kg_by_entry()
    file = None
    if kg_by_entry and (upload := form.cleaned_data["file"]):
        file = store(
            upload=upload, kinds=(FileKind.PDF, FileKind.IMAGE), by=request.user, at=timezone.now(), enterprise=None
        )
    return actions.dispatch_sludge(
        plant=found, manifest=form.manifest(file), kg_by_entry=kg_by_entry, by=request.user, at=timezone.now()
    )


def _dispatched(request, public_id) -> SludgeDispatch:
    plants = TreatmentPlant.objects.within_reach_of(request.user, "wastewater.record_sludge")
    return get_object_or_404(
        SludgeDispatch.objects.filter(plant__in=plants).select_related("plant"), public_id=public_id
    )


@access.needs("wastewater.record_sludge")
@require_http_methods(["GET", "POST"])
def sludge_receive(request, public_id):
    """The receiver confirmed the manifest."""
    found = _dispatched(request, public_id)
    form = forms.ReceiptForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form,
            lambda: actions.receive_dispatch(dispatch=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if done:
            messages.success(request, _("Penerimaan dicatat."))
            return redirect("wastewater:plant-sludge", found.plant.public_id)
    return _confirm(request, found, form, _("Catat penerimaan manifes"), _("Simpan"), [], danger=False)


@access.needs("wastewater.record_sludge")
@require_http_methods(["GET", "POST"])
def sludge_void(request, public_id):
    """Take a wrong manifest back."""
    found = _dispatched(request, public_id)
    form = forms.VoidDispatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form,
            lambda: actions.void_dispatch(dispatch=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if done:
            messages.success(request, _("Manifes dibatalkan; isinya kembali ke tempat simpan."))
            return redirect("wastewater:plant-sludge", found.plant.public_id)
    consequences = [
        _("Isi manifes ini dihitung kembali sebagai sisa di tempat simpan, dengan batas simpan semula."),
        _("Nomor manifes dapat dipakai lagi. Langkah ini tidak dapat dicabut."),
    ]
    return _confirm(request, found, form, _("Batalkan manifes"), _("Batalkan manifes"), consequences, danger=True)


def _tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except (actions.SludgeRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _confirm(request, found: SludgeDispatch, form, title: str, submit: str, consequences: list[str], *, danger: bool):
    context = {
        "title": title,
        "question": _("Manifes %(number)s dari %(plant)s") % {"number": found, "plant": found.plant},
        "facts": [
            (_("Tanggal keluar"), found.dispatched_on),
            (_("Pengangkut"), found.carrier),
            (_("Penerima"), found.receiver),
            (_("Keadaan"), found.get_state_display()),
        ],
        "consequences": consequences,
        "form": form,
        "submit_label": submit,
        "cancel_url": reverse("wastewater:plant-sludge", args=[found.plant.public_id]),
        "danger": danger,
        "crumbs": crumbs(found.plant),
    }
    return render(request, "components/confirm_page.html", context)
