"""Staff record and correct monitoring points."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from batikportal import access, formats
from wastewater.actions import points as actions
from wastewater.forms.points import PointForm
from wastewater.models import DischargePoint


@access.needs("wastewater.add_dischargepoint")
@require_http_methods(["GET", "POST"])
def point_new(request):
    """A new point; `?usaha=` names the enterprise whose point it is."""
    form = PointForm(
        request.POST or None,
        user=request.user,
        permission="wastewater.add_dischargepoint",
        initial={
            "is_active": True,
            "location_estimated": True,
            "kind": "effluent",
            "arrangement": "own",
            "enterprise": request.GET.get("usaha", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_point(facts=form.cleaned_data, by=request.user, at=timezone.now())
        except actions.PointRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Titik pantau %(code)s ditambahkan.") % {"code": made.code})
            return redirect(made)
    return _form_page(request, form, _("Tambah titik pantau"), reverse("wastewater:point-list"))


@access.needs("wastewater.change_dischargepoint")
@require_http_methods(["GET", "POST"])
def point_change(request, public_id):
    """Correct a point; its history keeps what stood before."""
    seen = DischargePoint.objects.visible_to(request.user).select_related("enterprise", "plant", "water_body")
    found = get_object_or_404(seen, public_id=public_id)
    form = PointForm(
        request.POST or None,
        user=request.user,
        permission="wastewater.change_dischargepoint",
        point=found,
        initial=PointForm.initial_of(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.change_point(point=found, facts=form.cleaned_data, by=request.user, at=timezone.now())
        except actions.PointRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Titik pantau disimpan."))
            if new:
                text = ngettext(
                    "Hasil uji titik ini dinilai ulang: %(count)s putusan berubah.",
                    "Hasil uji titik ini dinilai ulang: %(count)s putusan berubah.",
                    new,
                )
                messages.info(request, text % {"count": formats.number(new)})
            return redirect(found)
    return _form_page(request, form, _("Ubah titik pantau"), found.get_absolute_url(), found)


def _form_page(request, form: PointForm, title: str, cancel_url: str, found: DischargePoint | None = None):
    context = {
        "form": form,
        "title": title,
        "lead": str(found) if found else "",
        "note": _("Debit, sistem pengolahan dan proses menentukan baku mutu; hasil yang ada dinilai ulang."),
        "submit_label": _("Simpan"),
        "cancel_url": cancel_url,
        "crumbs": [
            (_("Limbah batik"), reverse("wastewater:index")),
            (_("Titik pantau"), reverse("wastewater:point-list")),
            *([(found.code, found.get_absolute_url())] if found else []),
        ],
    }
    return render(request, "components/form_page.html", context)
