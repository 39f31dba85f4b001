"""Steps for several violations at once, from the ticks of the list: what will happen and what cannot, then the step."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from batikportal import access, formats
from wastewater.actions import inspections, violation_batches, violations
from wastewater.forms import inspections as inspection_forms
from wastewater.forms import violations as forms
from wastewater.models import Violation
from wastewater.queries import inspections as inspection_queries
from wastewater.queries.violations import with_words

# So many rows are named; of more, how many there are.
NAMED = 20


@access.needs("wastewater.resolve_violation")
@require_POST
def violations_resolve(request):
    """Several violations found corrected, or decided."""
    return _step(
        request,
        title=_("Nyatakan selesai"),
        form_class=forms.ResolveForm,
        why_not=violations.why_not_resolved,
        act=violation_batches.resolve_all,
        consequences=[_("Pelanggaran tetap tercatat dan tetap dihitung dalam triwulannya.")],
        done=_("Dinyatakan selesai: %(count)s pelanggaran."),
    )


@access.needs("wastewater.resolve_violation")
@require_POST
def violations_withdraw(request):
    """Several recorded violations that were wrong."""
    return _step(
        request,
        title=_("Tarik pelanggaran"),
        form_class=forms.ReasonForm,
        why_not=violations.why_not_withdrawn,
        act=violation_batches.withdraw_all,
        consequences=[
            _("Pelanggaran tidak dihitung lagi, tetapi tetap tersimpan beserta alasannya."),
            _("Langkah ini tidak dapat dicabut."),
        ],
        done=_("Ditarik: %(count)s pelanggaran."),
        danger=True,
    )


@access.needs("wastewater.waive_obligation")
@require_POST
def violations_waive(request):
    """Several reports that are asked for no more."""
    return _step(
        request,
        title=_("Bebaskan kewajiban"),
        form_class=forms.ReasonForm,
        why_not=violation_batches.why_not_waived,
        act=violation_batches.waive_all,
        consequences=[
            _("Laporannya tidak ditagih lagi dan pelanggarannya selesai."),
            _("Pembebasan dapat dicabut di halaman kewajibannya."),
        ],
        done=_("Dibebaskan: %(count)s kewajiban."),
    )


@access.needs("wastewater.record_inspection_plan")
@require_POST
def violations_inspect(request):
    """One inspection for each business or plant among the chosen."""
    today = timezone.localdate()
    return _step(
        request,
        title=_("Buat inspeksi"),
        form_class=inspection_forms.SlotForm,
        initial={
            "year": today.year,
            "quarter": str(inspection_queries.quarter_of(today)),
            "reason": _("Pelanggaran yang masih terbuka."),
        },
        why_not=violation_batches.why_not_inspected,
        act=violation_batches.inspect_all,
        consequences=[
            _("Setiap usaha atau IPAL mendapat satu inspeksi insidental dengan semua pelanggaran yang dipilih."),
            _("Bila inspeksinya sudah direncanakan atau sedang berjalan, pelanggaran dikaitkan pada inspeksi itu."),
        ],
        done="",
    )


def _step(
    request,
    *,
    title: str,
    form_class,
    why_not: Callable[[Violation], str],
    act: Callable,
    consequences: list[str],
    done: str,
    initial: dict | None = None,
    danger: bool = False,
):
    """Show what the step will do to the chosen rows; once it is confirmed, do it and name what was left out."""
    chosen = _chosen(request)
    back = _list_url(request)
    if not chosen:
        messages.warning(request, _("Belum ada baris yang dipilih. Centang dahulu barisnya."))
        return redirect(back)
    batch = violation_batches.sorted_out(chosen, why_not)
    is_confirmed = "yakin" in request.POST
    form = form_class(request.POST if is_confirmed else None, initial=initial)
    if is_confirmed and form.is_valid():
        try:
            answer = act(chosen=[row.pk for row in chosen], **form.cleaned_data, by=request.user, at=timezone.now())
        except (violations.ViolationRefused, inspections.InspectionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, answer, done)
            return redirect(back)
    context = {
        "title": title,
        "form": form,
        "chosen": chosen,
        "possible": batch.possible[:NAMED],
        "possible_more": max(0, len(batch.possible) - NAMED),
        "possible_count": len(batch.possible),
        "refused": _by_reason(batch.refused),
        "consequences": consequences,
        "danger": danger,
        "query": request.POST.get("saringan", ""),
        "cancel_url": back,
    }
    return render(request, "wastewater/violation_steps.html", context)


def _by_reason(refused: list[tuple[Violation, str]]) -> dict[str, list[Violation]]:
    found: dict[str, list[Violation]] = {}
    for row, why in refused:
        found.setdefault(why, []).append(row)
    return found


def _tell(request, answer: violation_batches.Batch | violation_batches.Looks, done: str) -> None:
    if isinstance(answer, violation_batches.Looks):
        batch = answer.batch
        if answer.made:
            numbers = ", ".join(one.number for one in answer.made)
            messages.success(request, _("Inspeksi masuk rencana: %(numbers)s.") % {"numbers": numbers})
        if answer.joined:
            numbers = ", ".join(one.number for one in answer.joined)
            messages.success(request, _("Dikaitkan pada inspeksi yang sudah ada: %(numbers)s.") % {"numbers": numbers})
    else:
        batch = answer
        if batch.possible:
            messages.success(request, done % {"count": formats.number(len(batch.possible))})
    for row, why in batch.refused[:NAMED]:
        messages.warning(request, _("Dilewati: %(what)s. %(why)s") % {"what": f"{row}: {row.what}", "why": why})
    if (more := len(batch.refused) - NAMED) > 0:
        left = ngettext("%(count)s baris lain juga dilewati.", "%(count)s baris lain juga dilewati.", more)
        messages.warning(request, left % {"count": formats.number(more)})


def _chosen(request) -> list[Violation]:
    """The ticked rows among those that the user may see; each tick names the rows of its line."""
    ids = {found for tick in request.POST.getlist("pilih") for text in tick.split() if (found := _uuid(text))}
    rows = Violation.objects.visible_to(request.user).filter(public_id__in=ids)
    return list(with_words(rows).order_by("occurred_on", "pk"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _list_url(request) -> str:
    query = request.POST.get("saringan", "").lstrip("?")
    return f"{reverse('wastewater:violation-list')}?{query}" if query else reverse("wastewater:violation-list")
