"""Cadre mode: registering somebody at the door in small steps, on a phone, without any list.

A cadre sees what she herself entered today, and nothing of anybody else; a number that is registered already leads to
one sentence.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, audit, documents, downloads
from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce import rules
from workforce.actions import Refused, entries
from workforce.choices import ConsentPurpose
from workforce.documents.cards import card_facts
from workforce.forms import cadre as forms
from workforce.models import ProcessStep
from workforce.queries import cards as queries

# Address of the page → its form, in the order in which they are asked.
STEPS: dict[str, Any] = {
    "nama": forms.NameStep,
    "lahir": forms.BirthStep,
    "nik": forms.NikStep,
    "tinggal": forms.HomeStep,
    "kontak": forms.ContactStep,
    "kerja": forms.WorkStep,
    "proses": forms.CraftStep,
    "setuju-program": partial(forms.ConsentStep, purpose=ConsentPurpose.PROGRAMME),
    "setuju-juragan": partial(forms.ConsentStep, purpose=ConsentPurpose.EMPLOYER_VIEW),
    "setuju-whatsapp": partial(forms.ConsentStep, purpose=ConsentPurpose.WHATSAPP),
    "saksi": forms.WitnessStep,
}
ORDER = list(STEPS)


def _wards(user):
    """The wards in which the cadre works; all of them if her role names none."""
    wards = Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).select_related("parent")
    areas = user.areas_for("workforce.register_person")
    if areas is not None:
        keys = [area.pk for area in areas]
        wards = wards.filter(pk__in=keys) | wards.filter(parent__in=keys)
    return wards.order_by("parent__name", "name")


def _first_missing(said: dict[str, Any]) -> str | None:
    """The first page that was not answered yet; None when all were."""
    answered = said.get("pages", [])
    return next((step for step in ORDER if step not in answered), None)


@access.needs("workforce.register_person")
@require_safe
@never_cache
def cadre(request):
    """Where a cadre begins, and what she entered today."""
    said = entries.answers_of(queries.open_entry(request.user))
    context = {
        "entered": queries.entered_on(request.user, timezone.localdate()),
        "begun": said.get("name"),
        "next_step": _first_missing(said) or "periksa",
    }
    return render(request, "workforce/cadre/start.html", context)


@access.needs("workforce.register_person")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def cadre_step(request, step):
    """One question; the answer is kept before the next is asked."""
    if step not in STEPS:
        raise Http404
    said = entries.answers_of(queries.open_entry(request.user))
    missing = _first_missing(said)
    if missing is not None and ORDER.index(step) > ORDER.index(missing):
        return redirect("workforce:cadre-step", missing)
    form = STEPS[step](request.POST or None, today=timezone.localdate(), said=said, wards=_wards(request.user))
    if request.method == "POST" and form.is_valid():
        if registered := getattr(form, "registered", None):
            audit.read(request.user, registered, fields=["nik"], purpose=_("Kader mengetik NIK yang sudah terdaftar"))
            entries.drop_entry(by=request.user)
            return render(request, "workforce/cadre/registered.html")
        pages = [*(one for one in said.get("pages", []) if one != step), step]
        kept = entries.answers_of(entries.keep_answers(answers={**form.answers(), "pages": pages}, by=request.user))
        following = _first_missing(kept)
        return redirect("workforce:cadre-step", following) if following else redirect("workforce:cadre-check")
    place = ORDER.index(step)
    context = {
        "form": form,
        "number": place + 1,
        "count": len(ORDER) + 1,
        "name": said.get("name", ""),
        "back_url": reverse("workforce:cadre-step", args=[ORDER[place - 1]]) if place else reverse("workforce:cadre"),
        "has_nik": step == "nik" and bool(said.get("nik")),
    }
    return render(request, "workforce/cadre/step.html", context)


@access.needs("workforce.register_person")
@require_http_methods(["GET", "POST"])
@never_cache
def cadre_check(request):
    """Everything once more; then the person is registered and the card is made."""
    said = entries.answers_of(queries.open_entry(request.user))
    missing = _first_missing(said)
    if missing is not None:
        return redirect("workforce:cadre-step", missing) if said else redirect("workforce:cadre")
    problem = ""
    if request.method == "POST":
        try:
            entry = entries.finish_entry(by=request.user, at=timezone.now())
        except (Refused, rules.InvalidNik) as refusal:
            problem = str(refusal)
        else:
            return redirect("workforce:cadre-done", entry.public_id)
    return render(request, "workforce/cadre/check.html", {"lines": _summary(said), "problem": problem})


def _summary(said: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Label, answer, page to change it."""
    agreed = [purpose.label for purpose in ConsentPurpose if (said.get(f"consent_{purpose.value}") or {}).get("agreed")]
    steps = ProcessStep.objects.filter(code__in=said.get("steps", [])).order_by("position")
    works_for = [_("Usaha sendiri")] if said.get("own_account") else []
    ward = Area.objects.get(pk=said["ward"])
    return [
        (_("Nama lengkap"), said["name"], "nama"),
        (_("Lahir"), said.get("birth_on") or str(said.get("birth_year") or _("tidak tahu")), "lahir"),
        (_("NIK"), _("sudah diisi") if said.get("nik") else _("belum ada"), "nik"),
        (_("Tempat tinggal"), ", ".join(one for one in (said.get("address"), ward.name) if one), "tinggal"),
        (_("Nomor HP"), said.get("phone") or _("tidak ada"), "kontak"),
        (_("Bekerja untuk"), ", ".join([*works_for, *said.get("principals", [])]), "kerja"),
        (_("Proses"), ", ".join(step.name for step in steps), "proses"),
        (_("Disetujui"), "; ".join(map(str, agreed)) or _("tidak ada"), "setuju-program"),
        (_("Saksi"), said.get("witness") or "–", "saksi"),
    ]


@access.needs("workforce.register_person")
@require_POST
def cadre_drop(request):
    """Begin anew: what was typed is deleted."""
    entries.drop_entry(by=request.user)
    messages.success(request, _("Isian dihapus."))
    return redirect("workforce:cadre")


def _entered_today(request, public_id):
    """What the cadre herself entered today; the next day it is out of reach."""
    return get_object_or_404(queries.entered_on(request.user, timezone.localdate()), public_id=public_id)


@access.needs("workforce.register_person")
@require_safe
@never_cache
def cadre_done(request, public_id):
    """The receipt: the name, and the card to print."""
    entry = _entered_today(request, public_id)
    return render(request, "workforce/cadre/done.html", {"entry": entry})


@access.needs("workforce.register_person")
@require_safe
@never_cache
def cadre_card(request, public_id):
    """The card as PDF, until midnight."""
    entry = _entered_today(request, public_id)
    if not entry.card_code:
        raise Http404
    url = request.build_absolute_uri(reverse("workforce:own-open"))
    content = documents.pdf("worker-card", card_facts(entry.person, entry.card_code.reveal(), url), at=entry.done_at)
    return downloads.pdf_file("kartu-pekerja", content)
