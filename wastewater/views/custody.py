"""The chain of custody: the list, the hand-over page that a label opens, bottles, starts of analyses, papers."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads, formats
from wastewater import permissions
from wastewater.actions import SampleRefused
from wastewater.actions import custody as actions
from wastewater.choices import SampleState
from wastewater.choices.custody import CustodyStep, Whereabouts
from wastewater.documents import custody as documents
from wastewater.forms import custody as forms
from wastewater.models import CustodyEvent, Laboratory, Sample, SampleContainer
from wastewater.models.samples import SETTLED
from wastewater.queries import custody as queries
from wastewater.rules import custody as rules
from wastewater.views.lists import chosen_in, in_batches, page_of

SORTINGS = {
    "diambil": ("taken_at", "pk"),
    "-diambil": ("-taken_at", "-pk"),
    "sejak": ("moved_at", "pk"),
    "-sejak": ("-moved_at", "-pk"),
}
GET_POST = ["GET", "POST"]


def _found(request):
    form = forms.CustodyFilter(request.GET or None)
    samples = Sample.objects.visible_to(request.user)
    rows = queries.found_chains(samples, now=timezone.now(), **chosen_in(form))
    return form, rows.order_by(*SORTINGS.get(request.GET.get("urut", ""), SORTINGS["-diambil"]))


def _sample(request, public_id) -> Sample:
    seen = Sample.objects.visible_to(request.user).select_related("point__ward__parent", "laboratory")
    return get_object_or_404(seen, public_id=public_id)


def _crumbs(sample: Sample | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Serah terima"), reverse("wastewater:custody-list")),
    ]
    return [*crumbs, (sample.number, sample.get_absolute_url())] if sample else crumbs


@access.needs("wastewater.view_sample")
@require_safe
def custody_list(request):
    """Where every sample is, and which were kept too long."""
    form, rows = _found(request)
    page = page_of(request, rows)
    held = queries.holdings(page, timezone.now())
    for sample in page:
        sample.summary = queries.summary(held.get(sample.pk, ()))
        sample.whereabouts = Whereabouts(sample.where) if sample.where else None
    return render(request, "wastewater/custody_list.html", {"filter": form, "page": page})


@access.needs("wastewater.view_sample")
@require_safe
def custody_export(request):
    _form, rows = _found(request)
    header = [_("Nomor laboratorium"), _("Kode titik"), _("Kelurahan"), _("Diambil pada"), _("Laboratorium"),
              _("Letak sampel"), _("Sejak"), _("Parameter"), _("Lama simpan"), _("Batas (jam)"), _("Lama (jam)"),
              _("Dihitung"), _("Keterangan")]  # fmt: skip
    lines = (line for batch in in_batches(rows) for line in _export_lines(batch))
    return downloads.csv_file("serah-terima", header, lines)


def _export_lines(samples: "list[queries.LocatedSample]"):
    """One line per parameter; a sample without any has a line of its own."""
    held = queries.holdings(samples, timezone.now())
    for sample in samples:
        own = [sample.lab_number, sample.point.code, sample.point.ward.name, formats.table_moment(sample.taken_at),
               sample.laboratory or "", Whereabouts(sample.where).label if sample.where else "",
               formats.table_moment(sample.moved_at)]  # fmt: skip
        for one in held.get(sample.pk, ()):
            kept = one.kept
            hours = kept.most_hours
            yield [*own, str(one.parameter), kept.state.label,
                   "" if kept.allowed_hours is None else formats.number(kept.allowed_hours),
                   "" if hours is None else formats.number(hours, 1),
                   kept.basis.label if kept.basis else "", kept.doubt.label if kept.doubt else ""]  # fmt: skip
        if not held.get(sample.pk):
            yield [*own, "", "", "", "", "", ""]


@dataclass(frozen=True)
class Chain:
    """What the page of a sample says about its chain of custody, and what its reader may do there."""

    bottles: list[SampleContainer]
    events: list[CustodyEvent]
    held: list[queries.HeldParameter]
    summary: queries.Summary
    warm: list[SampleContainer]
    last_standing: CustodyEvent | None
    may_custody: bool
    may_prepare: bool
    may_remove: bool
    may_start: bool
    may_withdraw: bool


def chain_of(user, sample: Sample) -> Chain:
    bottles, events = list(queries.bottles_of(sample)), list(queries.steps_of(sample))
    may_custody = permissions.may_record_custody(user)
    may_prepare = permissions.may_prepare_containers(user, sample) and not events
    held = queries.holdings([sample], timezone.now()).get(sample.pk, [])
    return Chain(
        bottles=bottles,
        events=events,
        held=held,
        summary=queries.summary(held),
        warm=queries.warm_on_arrival(sample),
        last_standing=queries.last_standing(events),
        may_custody=may_custody,
        may_prepare=may_prepare,
        may_remove=may_prepare and bool(bottles),
        may_start=permissions.may_record_starts(user, sample),
        may_withdraw=may_custody and sample.state not in SETTLED,
    )


@access.needs("wastewater.record_custody")
@require_http_methods(GET_POST)
def handover(request, code):
    """What the label of a bottle opens: where the sample is, and the next step."""
    seen = SampleContainer.objects.visible_to(request.user).select_related(
        "sample__point__ward__parent", "sample__laboratory"
    )
    container = get_object_or_404(seen, code=code.upper())
    sample = container.sample
    last = queries.last_move(sample)
    bottles = list(queries.bottles_of(sample))
    steps = _possible(request.user, sample, last)
    chosen = request.GET.get("langkah", "")
    form = None
    if chosen:
        if chosen not in steps:
            messages.warning(request, _("Langkah itu tidak mungkin lagi. Pilih dari langkah yang ada."))
            return redirect(container)
        form = forms.STEP_FORMS[chosen](
            request.POST or None,
            bottles=bottles,
            laboratories=_laboratories(request.user),
            initial=_suggested(request.user, sample, last, container, chosen),
        )
        if request.method == "POST" and form.is_valid() and _written(request, sample, form):
            messages.success(request, _("Langkah dicatat."))
            return redirect(container)
    held = queries.holdings([sample], timezone.now()).get(sample.pk, [])
    events = list(queries.steps_of(sample))
    context = {
        "container": container,
        "sample": sample,
        "bottles": bottles,
        "events": events,
        "last_standing": queries.last_standing(events),
        "may_withdraw": sample.state not in SETTLED,
        "where": Whereabouts(last.step) if last else None,
        "steps": [(word, forms.STEP_FORMS[word].title) for word in steps],
        "chosen": chosen,
        "form": form,
        "summary": queries.summary(held),
        "warm": queries.warm_on_arrival(sample),
        "is_settled": sample.state in SETTLED,
    }
    return render(request, "wastewater/handover.html", context)


def _laboratories(user):
    rows = Laboratory.objects.filter(is_active=True)
    return rows if user.has_perm("wastewater.view_any_sample") else rows.filter(analysts=user)


def _possible(user, sample: Sample, last: CustodyEvent | None) -> list[str]:
    """The address words of the steps that this person may write now."""
    if sample.taken_at is None or sample.state in SETTLED:
        return []
    moved = last.step if last else CustodyStep.TAKEN
    return [word for word, form in forms.STEP_FORMS.items() if rules.may_follow(moved, form.step)]


def _suggested(user, sample: Sample, last: CustodyEvent | None, container: SampleContainer, chosen: str) -> dict:
    """What is most likely: now, the last holder, and the person who scans."""
    holder = last.to_name if last and last.to_name else sample.sampler_name
    suggested = {"happened_at": timezone.localtime(), "from_name": holder, "laboratory": sample.laboratory_id}
    if chosen == "terima":
        suggested |= {"to_name": user.full_name, "lab_number": sample.lab_number}
    if chosen == "awetkan":
        suggested |= {"container": container.code, "note": container.preservation}
    return suggested


def _written(request, sample: Sample, form) -> bool:
    facts = {"sample": sample, "step": form.noted(), "by": request.user, "at": timezone.now()}
    try:
        if form.step == CustodyStep.RECEIVED:
            actions.receive_at_laboratory(
                **facts, laboratory=form.cleaned_data["laboratory"], lab_number=form.cleaned_data["lab_number"]
            )
        else:
            actions.record_step(**facts)
    except (actions.CustodyRefused, SampleRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@access.needs("wastewater.record_custody")
@require_http_methods(GET_POST)
def custody_withdraw(request, public_id):
    """Strike out the last step; it stays readable."""
    seen = CustodyEvent.objects.visible_to(request.user).standing().select_related("sample__point")
    event = get_object_or_404(seen, public_id=public_id)
    sample = event.sample
    bottle = sample.containers.order_by("position").first()
    back = bottle.get_absolute_url() if bottle else sample.get_absolute_url()
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_step(event=event, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.CustodyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Langkah dibatalkan; catatannya tetap terbaca."))
            return redirect(back)
    context = {
        "title": _("Batalkan langkah"),
        "question": _("Batalkan langkah “%(step)s”?") % {"step": event.get_step_display()},
        "facts": [
            (_("Sampel"), str(sample)),
            (_("Terjadi pada"), formats.moment(event.happened_at)),
            (_("Yang menyerahkan"), event.from_name),
            (_("Yang menerima"), event.to_name),
        ],
        "consequences": [
            _("Langkahnya tetap tersimpan dan terbaca sebagai dibatalkan."),
            _("Sesudahnya langkah yang benar dapat dicatat."),
        ],
        "form": form,
        "submit_label": _("Batalkan langkah"),
        "cancel_url": back,
        "danger": True,
        "crumbs": _crumbs(sample),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.record_sample")
@require_http_methods(GET_POST)
def container_prepare(request, public_id):
    """Bottles and their labels, before or after the water is taken."""
    sample = _sample(request, public_id)
    if not permissions.may_prepare_containers(request.user, sample):
        messages.warning(request, _("Wadah hanya disiapkan sebelum sampel sampai di laboratorium."))
        return redirect(sample)
    planned_on = sample.planned_on or timezone.localdate()
    kinds = queries.kinds_in_use(timezone.localdate(sample.taken_at) if sample.taken_at else planned_on)
    form = forms.ContainersForm(request.POST or None, kinds=kinds, initial={"laboratory": sample.laboratory_id})
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare_containers(
                sample=sample,
                laboratory=form.cleaned_data["laboratory"],
                kinds=form.counts(),
                by=request.user,
                at=timezone.now(),
            )
        except actions.CustodyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Wadah disiapkan. Cetak labelnya dari halaman sampel."))
            return redirect(sample)
    context = {
        "title": _("Siapkan wadah"),
        "lead": str(sample),
        "note": _(
            "Isi berapa botol untuk setiap jenis. Bahan, volume dan pengawetan lazim; pastikan pada laboratorium."
        ),
        "form": form,
        "submit_label": _("Siapkan wadah"),
        "cancel_url": sample.get_absolute_url(),
        "crumbs": _crumbs(sample),
    }
    return render(request, "components/form_page.html", context)


@access.needs("wastewater.record_sample")
@require_POST
def container_remove(request, public_id):
    """Take the bottles back to choose them anew; possible until the first step."""
    sample = _sample(request, public_id)
    try:
        actions.remove_containers(sample=sample, by=request.user)
    except actions.CustodyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(sample)
    messages.success(request, _("Wadah dihapus. Buang label yang telanjur dicetak, lalu pilih wadahnya lagi."))
    return redirect("wastewater:container-prepare", sample.public_id)


@access.needs("wastewater.record_results")
@require_http_methods(GET_POST)
def analysis_start(request, public_id):
    """When the laboratory began with each parameter."""
    sample = _sample(request, public_id)
    if not permissions.may_record_starts(request.user, sample):
        messages.warning(request, _("Waktu mulai analisis dicatat sesudah air diambil dan sebelum hasil diverifikasi."))
        return redirect(sample)
    held = queries.holdings([sample], timezone.now()).get(sample.pk, [])
    if not held:
        messages.warning(request, _("Belum ada wadah atau hasil, jadi parameternya belum diketahui."))
        return redirect(sample)
    form = forms.StartsForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_analysis_starts(sample=sample, starts=form.starts(), by=request.user, at=timezone.now())
        except actions.CustodyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Waktu mulai analisis disimpan."))
            return redirect(sample)
    context = {
        "title": _("Mulai analisis"),
        "lead": str(sample),
        "note": _("Diambil %(taken)s. Baris yang kosong dibiarkan.") % {"taken": formats.moment(sample.taken_at)},
        "form": form,
        "submit_label": _("Simpan"),
        "cancel_url": sample.get_absolute_url(),
        "crumbs": _crumbs(sample),
    }
    return render(request, "components/form_page.html", context)


@access.needs("wastewater.record_custody")
@require_safe
def container_labels(request, public_id):
    """A sheet of labels, one for each bottle."""
    sample = _sample(request, public_id)
    bottles = list(queries.bottles_of(sample))
    if not bottles:
        raise Http404
    addresses = {one.code: request.build_absolute_uri(one.get_absolute_url()) for one in bottles}
    content = documents.labels_pdf(sample, bottles, addresses, at=timezone.now())
    return downloads.pdf_file(f"label-{sample.public_id.hex[:8]}", content)


@access.needs("wastewater.record_custody")
@require_safe
def custody_form(request, public_id):
    """The hand-over form with every step, and lines to sign on paper."""
    sample = _sample(request, public_id)
    if sample.state == SampleState.PLANNED:
        messages.warning(request, _("Sampel ini belum diambil. Catat pengambilannya dahulu."))
        return redirect(sample)
    content = documents.custody_pdf(sample, at=timezone.now())
    return downloads.pdf_file(f"serah-terima-{sample.public_id.hex[:8]}", content)
