"""Requests for the suction truck: an owner's own, the board of the staff, and every step."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads, formats
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.formats import number
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import trucks as actions
from wastewater.choices.discharge_logs import TruckState
from wastewater.forms import logbooks as forms
from wastewater.models import TruckRequest
from wastewater.queries import trucks as queries
from wastewater.rules import discharge_logs as rules
from wastewater.views.lists import chosen_in, page_of


def _request(request, public_id) -> TruckRequest:
    seen = TruckRequest.objects.visible_to(request.user).select_related("enterprise__ward__parent", "truck", "receipt")
    return get_object_or_404(seen, public_id=public_id)


@access.owner
@require_safe
def truck_own_list(request):
    """What an owner asked for, and what it costs."""
    own_names = Enterprise.objects.known_to(request.user)
    rows = queries.listed_requests(TruckRequest.objects.filter(enterprise__in=own_names))
    context = {
        "page": page_of(request, rows),
        "price": queries.price_on(timezone.localdate()),
        "enterprises": request.enterprises,
    }
    return render(request, "wastewater/truck_own_list.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def truck_ask(request, public_id):
    """An owner asks for a visit; without a holding tank the service cannot come, and the page says so."""
    enterprise = get_object_or_404(request.enterprises, public_id=public_id)
    today = timezone.localdate()
    form = forms.TruckRequestForm(request.POST or None, initial={"wanted_on": today})
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.request_truck(
                enterprise=enterprise, **form.cleaned_data, by=request.user, at=timezone.now()
            ),
        )
        if made:
            messages.success(
                request,
                _("Permintaan terkirim. Kami jawab paling lambat %(day)s.") % {"day": formats.day(made.answer_due_on)},
            )
            return redirect(made)
    price = queries.price_on(today)
    context = {
        "form": form,
        "title": _("Minta truk sedot"),
        "lead": enterprise.name,
        "note": _price_note(price),
        "submit_label": _("Kirim permintaan"),
        "cancel_url": reverse("wastewater:truck-own-list"),
        "crumbs": [(_("Truk sedot"), reverse("wastewater:truck-own-list"))],
    }
    return render(request, "components/form_page.html", context)


def _price_note(price) -> str:
    if price is None:
        return _("Tarif belum tercatat. Petugas menyebutkan biayanya saat menjadwalkan.")
    return _("Sekali jalan %(load)s m³, tarif %(price)s per jam (sumber: %(origin)s).") % {
        "load": number(price.m3_per_trip),
        "price": formats.rupiah(price.idr_per_hour),
        "origin": price.origin,
    }


@access.needs("wastewater.view_truckrequest")
@require_safe
def truck_board(request):
    """What waits for the truck, the longest waiting first."""
    form = forms.TruckFilter(request.GET or None)
    rows = queries.found_requests(TruckRequest.objects.visible_to(request.user), **chosen_in(form))
    context = {"filter": form, "page": page_of(request, rows), "today": timezone.localdate()}
    return render(request, "wastewater/truck_board.html", context)


@access.needs("wastewater.view_truckrequest")
@require_safe
def truck_export(request):
    form = forms.TruckFilter(request.GET or None)
    rows = queries.found_requests(TruckRequest.objects.visible_to(request.user), **chosen_in(form))
    header = [_("Usaha"), _("Kelurahan"), _("Keadaan"), _("Diminta untuk"), _("Dijawab paling lambat"),
              _("Perkiraan (m³)"), _("Truk"), _("Jadwal"), _("Diangkut pada"), _("Diangkut (m³)"), _("Jam"),
              _("Biaya (Rp)"), _("Bukti bayar"), _("Alasan")]  # fmt: skip
    lines = (
        [row.enterprise.name, row.enterprise.ward.name, row.get_state_display(), row.wanted_on.isoformat(),
         row.answer_due_on.isoformat(), number(row.volume_m3), str(row.truck or ""),
         formats.table_moment(row.visit_at),
         row.done_on.isoformat() if row.done_on else "", number(row.taken_m3) if row.taken_m3 else "",
         number(row.hours) if row.hours else "", row.cost_idr if row.cost_idr is not None else "",
         row.receipt_number, row.reason]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("truk-sedot", header, lines)


@access.signed_in
@require_safe
def truck_request(request, public_id):
    """One request with the steps it has gone, for its owner and for staff."""
    found = _request(request, public_id)
    may_record = permissions.may_record_truck_visit(request.user)
    is_own = permissions.kept_by(request.user, found.enterprise)
    price = queries.price_on(found.wanted_on)
    context = {
        "found": found,
        "steps": _steps(found),
        "price": price,
        "trips": rules.trips(found.volume_m3, price.m3_per_trip) if price else None,
        "is_own": is_own,
        "may_schedule": may_record and found.state == TruckState.REQUESTED,
        "may_finish": may_record and found.state == TruckState.SCHEDULED,
        "may_refuse": may_record and found.state in queries.OPEN,
        "may_cancel": (is_own or may_record) and found.state in queries.OPEN,
        "sees_details": is_own or may_record,
    }
    return render(request, "wastewater/truck_request.html", context)


def _steps(found: TruckRequest) -> list[dict[str, object]]:
    """The way of the request for the component `steps`."""
    way = [TruckState.REQUESTED, TruckState.SCHEDULED, TruckState.DONE]
    notes = {
        TruckState.REQUESTED: formats.short_day(found.wanted_on),
        TruckState.SCHEDULED: formats.moment(found.visit_at) if found.visit_at else "",
        TruckState.DONE: formats.short_day(found.done_on) if found.done_on else "",
    }
    if found.state in (TruckState.REFUSED, TruckState.CANCELLED):
        return [
            {"label": TruckState.REQUESTED.label, "state": "done", "note": notes[TruckState.REQUESTED]},
            {"label": found.get_state_display(), "state": "stopped", "note": found.reason},
        ]
    here = len(way) if found.state == TruckState.DONE else way.index(TruckState(found.state))
    return [{"label": step.label, "note": notes[step], "state": _place(place, here)} for place, step in enumerate(way)]


def _place(place: int, here: int) -> str:
    """Where a step stands on the way: before the present one it is done."""
    if place == here:
        return "current"
    return "done" if place < here else "todo"


@access.needs("wastewater.record_truckvisit")
@require_http_methods(["GET", "POST"])
def truck_schedule(request, public_id):
    found = _request(request, public_id)
    form = forms.ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form,
            lambda: actions.schedule_truck(request=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if done:
            messages.success(request, _("Dijadwalkan. Pemilik usaha diberi tahu."))
            return redirect(found)
    return _step_page(request, form, found, _("Jadwalkan truk"), _("Jadwalkan"))


@access.needs("wastewater.record_truckvisit")
@require_http_methods(["GET", "POST"])
def truck_finish(request, public_id):
    found = _request(request, public_id)
    today = timezone.localdate()
    form = forms.VisitForm(
        request.POST or None, request.FILES or None, initial=forms.VisitForm.from_request(found, today)
    )
    if request.method == "POST" and form.is_valid():
        done = _tried(form, lambda: _finish(request, found, form))
        if done:
            messages.success(
                request,
                _("Tercatat: %(volume)s m³, biaya %(cost)s. Masuk buku limbah usaha ini.")
                % {"volume": number(done.taken_m3), "cost": formats.rupiah(done.cost_idr)},
            )
            return redirect(found)
    return _step_page(request, form, found, _("Catat kunjungan truk"), _("Simpan"))


def _finish(request, found: TruckRequest, form: forms.VisitForm) -> TruckRequest:
    fields = dict(form.cleaned_data)
    if upload := fields["receipt"]:
        fields["receipt"] = store(
            upload=upload,
            kinds=(FileKind.IMAGE, FileKind.PDF),
            by=request.user,
            at=timezone.now(),
            enterprise=found.enterprise,
        )
    return actions.finish_visit(request=found, visit=actions.Visit(**fields), by=request.user, at=timezone.now())


@access.needs("wastewater.record_truckvisit")
@require_http_methods(["GET", "POST"])
def truck_refuse(request, public_id):
    return _end(request, _request(request, public_id), actions.refuse_truck, _("Tidak dapat dilayani"))


@access.signed_in
@require_http_methods(["GET", "POST"])
def truck_cancel(request, public_id):
    """The owner, or staff for her, calls the visit off."""
    found = _request(request, public_id)
    if not (permissions.kept_by(request.user, found.enterprise) or permissions.may_record_truck_visit(request.user)):
        return redirect(found)
    return _end(request, found, actions.cancel_truck, _("Batalkan permintaan"))


def _end(request, found: TruckRequest, action, title: str):
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(form, lambda: action(request=found, **form.cleaned_data, by=request.user, at=timezone.now()))
        if done:
            messages.success(request, _("Tersimpan. Pemilik usaha diberi tahu."))
            return redirect(found)
    return _step_page(request, form, found, title, title)


def _tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except (actions.TruckRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _step_page(request, form, found: TruckRequest, title: str, label: str):
    context = {
        "form": form,
        "title": title,
        "lead": str(found),
        "submit_label": label,
        "cancel_url": found.get_absolute_url(),
        "crumbs": [(str(found), found.get_absolute_url())],
    }
    return render(request, "components/form_page.html", context)
