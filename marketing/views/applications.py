"""Staff pages of applications: list, export, one file with its checks, returning, (in)eligibility, assisted entry."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads, formats
from marketing import actions, forms, permissions, queries, rules
from marketing.choices import ApplicationChannel, ApplicationState, CheckPhase
from marketing.models import Activity, Application

PAGE_SIZE = 50


def _found(request):
    """The filter form, the activity it names (or None), and the applications it finds."""
    form = forms.ApplicationFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.found_applications(
        request.user,
        chosen,
        with_owner=permissions.may_see_details(request.user),
        sorting=request.GET.get("urut", ""),
    )
    activity = None
    if chosen.get("kegiatan"):
        activity = get_object_or_404(Activity.objects.visible_to(request.user), public_id=chosen["kegiatan"])
    return form, activity, rows


@access.needs("marketing.view_application")
@require_safe
def application_list(request):
    """Applications of one activity or of all, to look through and to decide several at once."""
    form, activity, rows = _found(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    may_decide = activity is not None and request.user.has_perm("marketing.decide_application")
    context = {
        "filter": form,
        "activity": activity,
        "page": page,
        "may_see_details": permissions.may_see_details(request.user),
        "may_decide": may_decide and not activity.is_first_come,
        "may_review": activity is not None and request.user.has_perm("marketing.review_application"),
        "decidable": actions.DECIDABLE,
    }
    return render(request, "marketing/application_list.html", context)


@access.needs("marketing.view_application")
@require_safe
def application_export(request):
    """The same rows as the list, as a file; without owner for those who see no details."""
    _form, _activity, rows = _found(request)
    details = permissions.may_see_details(request.user)
    head = [_("Kegiatan"), _("Nomor urut"), _("Nomor registrasi"), _("Usaha"), *([_("Pemilik")] if details else [])]
    head += [
        _("Kelurahan"),
        _("Kecamatan"),
        _("Status"),
        _("Syarat"),
        _("Belum pernah ikut"),
        _("Saluran"),
        _("Dikirim"),
    ]
    return downloads.csv_file("pendaftaran", head, _lines(rows, details))


def _lines(rows, details: bool) -> Iterator[list[object]]:
    for row in rows.iterator(chunk_size=1000):
        cells = [row.activity.title, row.arrival_number, row.enterprise.registration_number, row.enterprise.name]
        cells += [row.enterprise.owner_name] if details else []
        cells += [row.ward.name, row.ward.parent.name, row.get_state_display(), row.get_eligibility_display()]
        cells += [_("ya") if row.is_first_timer else _("tidak"), row.get_channel_display()]
        cells.append(formats.table_moment(row.submitted_at))
        yield cells


def _application(request, public_id) -> Application:
    found = Application.objects.visible_to(request.user).sent()
    return get_object_or_404(
        found.select_related("activity__programme", "enterprise__ward__parent", "ward__parent", "sent_by"),
        public_id=public_id,
    )


def _detail(application: Application):
    return redirect("marketing:application-detail", application.public_id)


def _crumbs(application: Application) -> list[tuple[str, str]]:
    activity = application.activity
    return [
        (_("Pasar"), reverse("marketing:index")),
        (activity.title, reverse("marketing:activity-detail", args=[activity.public_id])),
        (application.enterprise.name, reverse("marketing:application-detail", args=[application.public_id])),
    ]


@access.needs("marketing.view_application")
@require_safe
def application_detail(request, public_id):
    """One file: the enterprise as it stood, every rule with its reason, what was decided, what may be done."""
    application = _application(request, public_id)
    user = request.user
    details = permissions.may_see_details(user)
    decisions = queries.decisions_of(application)
    context = {
        "application": application,
        "activity": application.activity,
        "snapshot": queries.snapshot_in_words(application.snapshot) if details else [],
        "may_see_details": details,
        "submission_checks": queries.latest_checks(application, CheckPhase.SUBMISSION),
        "decision_checks": queries.latest_checks(application, CheckPhase.DECISION),
        "participations": queries.participations_of(application.enterprise),
        "position": queries.waiting_position(application),
        "decisions": decisions,
        "standing": next((one for one in decisions if one.state == "pending"), None),
        "conflicts": queries.decision_conflicts(user, [application.enterprise_id]),
        "may_find_eligible": permissions.may_review(user, application, ApplicationState.ELIGIBLE),
        "may_find_ineligible": permissions.may_review(user, application, ApplicationState.INELIGIBLE),
        "may_return": permissions.may_review(user, application, ApplicationState.RETURNED),
        "may_decide": permissions.may_decide(user, application),
        "may_withdraw": user.has_perm("marketing.assist_application") and permissions.may_withdraw(application),
    }
    return render(request, "marketing/application_detail.html", context)


@access.needs("marketing.review_application")
@require_http_methods(["GET", "POST"])
def application_return(request, public_id):
    application = _application(request, public_id)
    form = forms.ReturnForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_for_completion(
                application=application, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("Pendaftaran dikembalikan dan pesan terkirim ke kotak keluar."))
        except actions.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        return _detail(application)
    return _form_page(request, application, form, _("Minta perbaikan"), _("Kembalikan"))


def _form_page(request, application: Application, form, title: str, submit_label: str):
    context = {
        "title": title,
        "lead": str(application),
        "form": form,
        "submit_label": submit_label,
        "cancel_url": reverse("marketing:application-detail", args=[application.public_id]),
        "crumbs": _crumbs(application),
    }
    return render(request, "components/form_page.html", context)


@access.needs("marketing.review_application")
@require_POST
def application_eligible(request, public_id):
    application = _application(request, public_id)
    if actions.find_eligible(chosen=[application], by=request.user, at=timezone.now()):
        messages.success(request, _("Pendaftaran dinyatakan memenuhi syarat."))
    else:
        messages.error(request, _("Status pendaftaran sudah berubah. Muat ulang halaman, lalu periksa lagi."))
    return _detail(application)


@access.needs("marketing.review_application")
@require_http_methods(["GET", "POST"])
def application_ineligible(request, public_id):
    application = _application(request, public_id)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.find_ineligible(
                application=application, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            messages.success(request, _("Pendaftaran dinyatakan tidak memenuhi syarat dan pendaftar diberi kabar."))
        except actions.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        return _detail(application)
    return _form_page(request, application, form, _("Tidak memenuhi syarat"), _("Simpan dan beri kabar"))


@access.needs("marketing.review_application")
@require_POST
def applications_checked(request, public_id):
    """Several files found eligible at once, from the list."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), public_id=public_id)
    chosen = queries.chosen_applications(activity, request.POST.getlist("pilih"))
    moved = actions.find_eligible(chosen=chosen, by=request.user, at=timezone.now())
    if moved:
        messages.success(request, _("%(n)s pendaftaran memenuhi syarat.") % {"n": moved})
    if moved < len(chosen) or not chosen:
        messages.warning(request, _("Ada pilihan yang tidak dapat diubah, atau belum ada yang dipilih."))
    return redirect(f"{reverse('marketing:application-list')}?kegiatan={activity.public_id}")


@access.needs("marketing.review_application")
@require_POST
def review_begin(request, public_id):
    activity = get_object_or_404(Activity.objects.visible_to(request.user), public_id=public_id)
    count = actions.begin_review(activity=activity, by=request.user, at=timezone.now())
    messages.success(request, _("%(n)s pendaftaran masuk seleksi.") % {"n": count})
    return redirect("marketing:activity-detail", activity.public_id)


@access.needs("marketing.assist_application")
@require_http_methods(["GET", "POST"])
def application_assist(request, public_id):
    """Apply on behalf of an enterprise; recorded as assisted, and the owner gets the letter."""
    at = timezone.now()
    activity = get_object_or_404(queries.with_terms(Activity.objects.visible_to(request.user)), public_id=public_id)
    if activity.window(at) != rules.Window.OPEN:
        raise Http404
    form = forms.AssistForm(
        request.POST or None, user=request.user, activity=activity, initial={"enterprise": request.GET.get("usaha", "")}
    )
    if request.method == "POST" and form.is_valid():
        application = _assist(request, activity, form, at)
        if application is not None:
            return _detail(application)
    context = {
        "title": _("Daftarkan atas nama usaha"),
        "lead": activity.title,
        "form": form,
        "submit_label": _("Kirim pendaftaran"),
        "cancel_url": reverse("marketing:activity-detail", args=[activity.public_id]),
        "crumbs": [
            (_("Pasar"), reverse("marketing:index")),
            (activity.title, reverse("marketing:activity-detail", args=[activity.public_id])),
        ],
    }
    return render(request, "components/form_page.html", context)


def _assist(request, activity: Activity, form, at) -> Application | None:
    try:
        application = actions.apply(
            activity=activity,
            enterprise=form.cleaned_data["enterprise"],
            answer=form.cleaned_data["answer"],
            key=form.cleaned_data["key"],
            by=request.user,
            at=at,
            channel=ApplicationChannel.ASSISTED,
        )
    except actions.ApplicationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Pendaftaran terkirim dengan nomor urut %(n)s.") % {"n": application.arrival_number})
    return application


@access.needs("marketing.assist_application")
@require_http_methods(["GET", "POST"])
def application_step_back(request, public_id):
    """Withdraw at the wish of the enterprise, which called or came; the reason is kept."""
    application = _application(request, public_id)
    if not permissions.may_withdraw(application):
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                application=application, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            messages.success(request, _("Pendaftaran ditarik atas permintaan usaha."))
        except actions.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        return _detail(application)
    return _form_page(request, application, form, _("Tarik atas permintaan usaha"), _("Tarik pendaftaran"))
