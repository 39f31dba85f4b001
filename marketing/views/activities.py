"""Staff pages of programmes and activities: list, make, change, copy, publish, close, finish, cancel."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, charts
from marketing import actions, forms, permissions, queries, rules
from marketing.choices import ActivityState, ApplicationState, QuotaKind
from marketing.models import Activity, Programme

PAGE_SIZE = 25


def _activity(request, public_id) -> Activity:
    found = Activity.objects.visible_to(request.user).select_related("programme", "previous")
    return get_object_or_404(found, public_id=public_id)


def _changeable(request, public_id) -> Activity:
    """An activity that may still be changed, else 404."""
    found = Activity.objects.visible_to(request.user).exclude(
        state__in=[ActivityState.FINISHED, ActivityState.CANCELLED]
    )
    return get_object_or_404(found.select_related("programme"), public_id=public_id)


def _detail(activity: Activity):
    return redirect("marketing:activity-detail", activity.public_id)


def _detail_url(activity: Activity) -> str:
    return reverse("marketing:activity-detail", args=[activity.public_id])


def _crumbs(activity: Activity) -> list[tuple[str, str]]:
    return [(_("Pasar"), reverse("marketing:index")), (activity.title, _detail_url(activity))]


@access.needs("marketing.view_activity")
@require_safe
def index(request):
    """The activities, latest first, with their seats and what waits for somebody."""
    form = forms.ActivityFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.found_activities(request.user, chosen, request.GET.get("urut", ""))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "marketing/index.html", {"filter": form, "page": page, "today": timezone.localdate()})


@access.needs("marketing.view_activity")
@require_safe
def activity_detail(request, public_id):
    """One activity for staff: how full it is, what waits to be done, and its terms."""
    at = timezone.now()
    activity = _activity(request, public_id)
    counts = queries.activity_by_state(activity)
    quotas = queries.quotas_in_words(queries.terms_of(activity).quotas)
    context = {
        "activity": activity,
        "window": activity.window(at),
        "quotas": quotas,
        "chart": _quota_chart(quotas, counts.get(ApplicationState.WAITLISTED, 0)),
        "applicants": sum(n for state, n in counts.items() if state != ApplicationState.DRAFT),
        "counts": counts,
        "undecided": sum(counts.get(state, 0) for state in rules.UNDECIDED_STATES),
        "rules": queries.rules_of(activity),
        "sessions": queries.sessions_of(activity),
        "batches": queries.batches_of(activity),
        "missing": actions.missing_for_publishing(activity, at) if activity.state == ActivityState.DRAFT else [],
        "may_change": permissions.may_change_activity(request.user, activity),
        "may_assist": permissions.may_assist(request.user, activity, at),
        "may_record_attendance": permissions.may_record_attendance(request.user, activity, at),
        "moves": _moves(request.user, activity, at),
        "public_url": request.build_absolute_uri(activity.get_absolute_url()),
    }
    return render(request, "marketing/activity_detail.html", context)


def _quota_chart(quotas: list[dict], waiting: int):
    if not quotas:
        return None
    rows = [
        charts.Quota(
            str(quota["name"]),
            taken=quota["taken"],
            capacity=quota["size"],
            waiting=waiting if quota["kind"] == QuotaKind.ALL else 0,
        )
        for quota in quotas
    ]
    return charts.quota(title=_("Kursi terisi menurut kuota"), rows=rows, unit=_("kursi"))


def _moves(user, activity: Activity, at) -> list[dict]:
    """The changes of state this user may make now, as links to their confirmation."""
    names = {
        ActivityState.PUBLISHED: (
            "activity-publish",
            _("Buka lagi") if activity.state == ActivityState.CLOSED else _("Terbitkan"),
            "send",
        ),
        ActivityState.CLOSED: ("activity-close", _("Tutup pendaftaran"), "lock"),
        ActivityState.FINISHED: ("activity-finish", _("Selesaikan"), "flag"),
        ActivityState.CANCELLED: ("activity-cancel", _("Batalkan"), "ban"),
    }
    found = []
    for to, (name, label, icon) in names.items():
        too_early = to == ActivityState.FINISHED and at < activity.ends_at
        too_late = to == ActivityState.PUBLISHED and at >= activity.registration_closes_at
        if permissions.may_move_activity(user, activity, to) and not too_early and not too_late:
            url = reverse(f"marketing:{name}", args=[activity.public_id])
            found.append({"url": url, "label": label, "icon": icon, "danger": to == ActivityState.CANCELLED})
    return found


@access.needs("marketing.add_activity")
@require_http_methods(["GET", "POST"])
def activity_create(request):
    form = forms.ActivityForm(request.POST or None, initial={"programme": request.GET.get("program")})
    if request.method == "POST" and form.is_valid():
        activity = actions.save_activity(
            activity=form.instance,
            seats_count=form.cleaned_data["seats_count"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Draf kegiatan tersimpan. Periksa, lalu terbitkan."))
        return _detail(activity)
    context = {"title": _("Kegiatan baru"), "form": form, "cancel_url": reverse("marketing:index")}
    return render(request, "marketing/activity_form.html", context)


@access.needs("marketing.change_activity")
@require_http_methods(["GET", "POST"])
def activity_edit(request, public_id):
    activity = _changeable(request, public_id)
    form = forms.ActivityForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_activity(
                activity=form.instance,
                seats_count=form.cleaned_data["seats_count"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.ActivityRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kegiatan tersimpan."))
            return _detail(activity)
    context = {
        "title": _("Ubah kegiatan"),
        "form": form,
        "cancel_url": _detail_url(activity),
        "crumbs": _crumbs(activity),
    }
    return render(request, "marketing/activity_form.html", context)


def _lines_page(request, activity: Activity, lines, title: str, lead: str):
    context = {"activity": activity, "lines": lines, "title": title, "lead": lead, "crumbs": _crumbs(activity)}
    return render(request, "marketing/lines_form.html", context)


def _save_lines(request, activity: Activity, save) -> bool:
    """Run one action that replaces the rows of a small table; a refusal becomes a message."""
    try:
        save(by=request.user, at=timezone.now())
    except actions.ActivityRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Tersimpan."))
    return True


@access.needs("marketing.change_activity")
@require_http_methods(["GET", "POST"])
def activity_quotas(request, public_id):
    activity = _changeable(request, public_id)
    stored = queries.further_quotas_of(activity)
    initial = [
        {
            "kind": quota.kind,
            "place": quota.value if quota.kind in (QuotaKind.WARD, QuotaKind.DISTRICT) else "",
            "technique": quota.value if quota.kind == QuotaKind.TECHNIQUE else "",
            "negated": "1" if quota.negated else "",
            "size": quota.size,
        }
        for quota in stored
    ]
    lines = forms.QuotaLines(request.POST or None, initial=initial, prefix="kuota")
    if request.method == "POST" and lines.is_valid():
        wanted = [form.line() for form in lines.filled()]
        if _save_lines(request, activity, lambda **who: actions.set_quotas(activity=activity, lines=wanted, **who)):
            return _detail(activity)
    lead = _("Batas kursi di samping jumlah kursi seluruhnya. Satu pendaftaran dihitung di setiap kuota yang cocok.")
    return _lines_page(request, activity, lines, _("Kuota"), lead)


@access.needs("marketing.change_activity")
@require_http_methods(["GET", "POST"])
def activity_rules(request, public_id):
    activity = _changeable(request, public_id)
    stored = queries.rules_of(activity)
    form = forms.RulesForm(request.POST or None, stored=[rule.as_requirement() for rule in stored])
    if request.method == "POST" and form.is_valid():
        wanted = form.requirements()
        if _save_lines(
            request, activity, lambda **who: actions.set_rules(activity=activity, requirements=wanted, **who)
        ):
            return _detail(activity)
    context = {"activity": activity, "form": form, "crumbs": _crumbs(activity)}
    return render(request, "marketing/rules_form.html", context)


@access.needs("marketing.change_activity")
@require_http_methods(["GET", "POST"])
def activity_sessions(request, public_id):
    activity = _changeable(request, public_id)
    stored = queries.sessions_of(activity)
    initial = [
        {"title": one.title, "starts_at": one.starts_at, "ends_at": one.ends_at, "venue": one.venue} for one in stored
    ]
    lines = forms.SessionLines(request.POST or None, initial=initial, prefix="sesi")
    if request.method == "POST" and lines.is_valid():
        wanted = [form.line() for form in lines.filled()]
        if _save_lines(request, activity, lambda **who: actions.set_sessions(activity=activity, lines=wanted, **who)):
            return _detail(activity)
    return _lines_page(request, activity, lines, _("Sesi"), _("Bagian kegiatan dengan waktunya sendiri."))


@access.needs("marketing.add_activity")
@require_http_methods(["GET", "POST"])
def activity_copy(request, public_id):
    """Last year's activity as a new draft: three answers, the rest is taken over."""
    activity = _activity(request, public_id)
    initial = {"programme": activity.programme, "title": activity.title}
    form = forms.CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        copy = actions.copy_activity(activity=activity, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Draf baru dibuat dari %(title)s. Periksa tanggalnya.") % {"title": activity.title})
        return _detail(copy)
    context = {
        "title": _("Salin kegiatan"),
        "lead": _("Kuota, syarat, sesi dan teks ikut disalin; tanggal bergeser mengikuti tanggal mulai."),
        "form": form,
        "submit_label": _("Buat draf"),
        "cancel_url": _detail_url(activity),
        "crumbs": _crumbs(activity),
    }
    return render(request, "components/form_page.html", context)


def _confirm(request, activity: Activity, *, act, done: str, **page):
    """One confirmation page for one change of state; a refusal is shown where it happened."""
    form = page.get("form")
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act(by=request.user, at=timezone.now())
            messages.success(request, done)
        except actions.ActivityRefused as refusal:
            messages.error(request, str(refusal))
        return _detail(activity)
    context = {"cancel_url": _detail_url(activity), "crumbs": _crumbs(activity), **page}
    return render(request, "components/confirm_page.html", context)


@access.needs("marketing.publish_activity")
@require_http_methods(["GET", "POST"])
def activity_publish(request, public_id):
    activity = _activity(request, public_id)
    missing = actions.missing_for_publishing(activity, timezone.now())
    return _confirm(
        request,
        activity,
        act=lambda **who: actions.publish_activity(activity=activity, **who),
        done=_("Kegiatan terbit dan terlihat umum."),
        title=_("Terbitkan kegiatan"),
        question=_("Terbitkan %(title)s?") % {"title": activity.title},
        facts=[
            (_("Pendaftaran dibuka"), activity.registration_opens_at),
            (_("Pendaftaran ditutup"), activity.registration_closes_at),
            (_("Kegiatan mulai"), activity.starts_at),
        ],
        consequences=[str(text) for text in missing]
        or [
            _("Halaman kegiatan terlihat oleh siapa saja."),
            _("Usaha dapat mendaftar selama jangka waktu pendaftaran."),
            _("Setelah ada pendaftar, syarat dan jenis kuota tidak dapat diubah lagi."),
        ],
        danger=bool(missing),
        submit_label=_("Terbitkan"),
    )


@access.needs("marketing.publish_activity")
@require_http_methods(["GET", "POST"])
def activity_close(request, public_id):
    activity = _activity(request, public_id)
    return _confirm(
        request,
        activity,
        act=lambda **who: actions.close_activity(activity=activity, **who),
        done=_("Pendaftaran ditutup."),
        title=_("Tutup pendaftaran"),
        question=_("Tutup pendaftaran %(title)s sekarang?") % {"title": activity.title},
        consequences=[_("Tidak ada yang dapat mendaftar lagi; daftar cadangan tetap berjalan.")],
        submit_label=_("Tutup pendaftaran"),
    )


@access.needs("marketing.publish_activity")
@require_http_methods(["GET", "POST"])
def activity_finish(request, public_id):
    activity = _activity(request, public_id)
    return _confirm(
        request,
        activity,
        act=lambda **who: actions.finish_activity(activity=activity, **who),
        done=_("Kegiatan selesai."),
        title=_("Selesaikan kegiatan"),
        question=_("Tutup buku %(title)s?") % {"title": activity.title},
        consequences=[
            _("Peserta yang hadir tercatat selesai."),
            _("Daftar cadangan ditutup, dan yang menunggu diberi kabar."),
            _("Kegiatan tidak dapat diubah lagi."),
        ],
        submit_label=_("Selesaikan"),
    )


@access.needs("marketing.publish_activity")
@require_http_methods(["GET", "POST"])
def activity_cancel(request, public_id):
    activity = _activity(request, public_id)
    form = forms.ReasonForm(request.POST or None)
    return _confirm(
        request,
        activity,
        act=lambda **who: actions.cancel_activity(activity=activity, reason=form.cleaned_data["reason"], **who),
        done=_("Kegiatan dibatalkan dan semua pendaftar diberi kabar."),
        form=form,
        title=_("Batalkan kegiatan"),
        question=_("Batalkan %(title)s?") % {"title": activity.title},
        consequences=[
            _("Semua pendaftar yang masih menunggu atau sudah diterima menerima pesan dengan alasannya."),
            _("Pembatalan tidak dapat ditarik kembali."),
        ],
        submit_label=_("Batalkan kegiatan"),
        danger=True,
    )


@access.needs("marketing.record_attendance")
@require_http_methods(["GET", "POST"])
def activity_attendance(request, public_id):
    """Who came: one tap for every holder of a seat."""
    activity = _activity(request, public_id)
    seated = list(queries.seated_applications(activity))
    form = forms.AttendanceForm(request.POST or None, applications=seated)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_attendance(
                activity=activity,
                present=form.marked(form.PRESENT),
                absent=form.marked(form.ABSENT),
                by=request.user,
                at=timezone.now(),
            )
        except actions.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Kehadiran tersimpan."))
        return _detail(activity)
    context = {
        "title": _("Kehadiran"),
        "lead": activity.title,
        "form": form,
        "submit_label": _("Simpan kehadiran"),
        "cancel_url": _detail_url(activity),
        "crumbs": _crumbs(activity),
        "note": "" if seated else _("Belum ada peserta yang mendapat kursi."),
    }
    return render(request, "components/form_page.html", context)


@access.needs("marketing.view_programme")
@require_safe
def programme_list(request):
    page = Paginator(queries.programmes(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "marketing/programme_list.html", {"page": page})


def _programme_page(request, form, title: str):
    if request.method == "POST" and form.is_valid():
        programme = actions.save_programme(programme=form.instance, by=request.user)
        messages.success(request, _("Program %(name)s tersimpan.") % {"name": programme})
        return redirect("marketing:programme-list")
    context = {
        "title": title,
        "form": form,
        "submit_label": _("Simpan"),
        "cancel_url": reverse("marketing:programme-list"),
        "crumbs": [(_("Pasar"), reverse("marketing:index")), (_("Program"), reverse("marketing:programme-list"))],
    }
    return render(request, "components/form_page.html", context)


@access.needs("marketing.add_programme")
@require_http_methods(["GET", "POST"])
def programme_create(request):
    form = forms.ProgrammeForm(request.POST or None, initial={"year": timezone.localdate().year})
    return _programme_page(request, form, _("Program baru"))


@access.needs("marketing.change_programme")
@require_http_methods(["GET", "POST"])
def programme_edit(request, public_id):
    programme = get_object_or_404(Programme, public_id=public_id)
    return _programme_page(request, forms.ProgrammeForm(request.POST or None, instance=programme), _("Ubah program"))
