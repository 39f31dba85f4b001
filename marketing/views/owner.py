"""Pages of an owner, made for the phone: check, apply, complete, follow, step back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from marketing import actions, forms, permissions, queries, rules
from marketing.choices import ApplicationState
from marketing.models import Activity, Application


def _call(request, public_id) -> Activity:
    """A call with its terms, if the reader may see it."""
    found = queries.with_terms(queries.with_seats(Activity.objects.visible_to(request.user)))
    return get_object_or_404(found, public_id=public_id)


def _own_application(request, public_id) -> Application:
    return get_object_or_404(queries.applications_of_all(request.enterprises), public_id=public_id)


def _application_url(application: Application):
    return redirect("marketing:application-status", application.public_id)


@access.owner
@require_safe
def eligibility_check(request, public_id):
    """Each rule with its answer and reason, before anything is sent."""
    activity = _call(request, public_id)
    form = forms.EligibilityForm(request.GET or None, enterprises=request.enterprises)
    enterprise = form.chosen()
    terms = queries.terms_of(activity)
    facts = queries.facts_of(enterprise, activity, request.user)
    checks = rules.evaluate_all(terms.requirements, facts)
    context = {
        "activity": activity,
        "enterprise": enterprise,
        "form": form if len(form.enterprises) > 1 else None,
        "checks": [(rules.requirement_text(check.requirement), check) for check in checks],
        "verdict": rules.overall(checks),
        "asks_for_proof": rules.asks_for_proof(checks),
        "seats_left": rules.seats_left(terms.quotas, queries.traits_of(facts)),
        "is_open": activity.window(timezone.now()) == rules.Window.OPEN,
        "standing": queries.live_application(enterprise, activity),
    }
    return render(request, "marketing/eligibility_check.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def application_apply(request, public_id):
    """Apply with the profile the portal already has; a draft is kept on request, sending twice changes nothing."""
    at = timezone.now()
    activity = _call(request, public_id)
    chosen = forms.EligibilityForm(request.POST or request.GET or None, enterprises=request.enterprises)
    enterprise = chosen.chosen()
    if request.method == "POST":
        return _apply(request, activity, enterprise, chosen, at)
    standing = queries.live_application(enterprise, activity)
    if standing is not None and standing.state != ApplicationState.DRAFT:
        return _application_url(standing)
    form = forms.ApplicationForm(activity=activity, initial={"answer": standing.answer if standing else ""})
    return _application_page(request, activity, enterprise, chosen, form, at, draft=standing)


def _apply(request, activity: Activity, enterprise, chosen, at):
    is_draft = "simpan" in request.POST
    form = forms.ApplicationForm(request.POST, activity=activity, is_draft=is_draft)
    if not form.is_valid():
        return _application_page(request, activity, enterprise, chosen, form, at)
    answer = form.cleaned_data["answer"]
    try:
        if is_draft:
            actions.save_draft(activity=activity, enterprise=enterprise, answer=answer, by=request.user, at=at)
            messages.success(request, _("Draf tersimpan. Pendaftaran belum terkirim."))
            return redirect("marketing:my-applications")
        key = form.cleaned_data["key"]
        application = actions.apply(
            activity=activity, enterprise=enterprise, answer=answer, key=key, by=request.user, at=at
        )
    except actions.AlreadyApplied as refusal:
        messages.info(request, str(refusal))
        return _application_url(refusal.application)
    except actions.ApplicationRefused as refusal:
        form.add_error(None, str(refusal))
        return _application_page(request, activity, enterprise, chosen, form, at)
    messages.success(request, _("Pendaftaran terkirim. Nomor urut Anda %(n)s.") % {"n": application.arrival_number})
    return _application_url(application)


def _application_page(request, activity, enterprise, chosen, form, at, draft=None):
    terms = queries.terms_of(activity)
    facts = queries.facts_of(enterprise, activity, request.user)
    checks = rules.evaluate_all(terms.requirements, facts)
    context = {
        "activity": activity,
        "enterprise": enterprise,
        "choose": chosen if len(chosen.enterprises) > 1 else None,
        "form": form,
        "draft": draft,
        "checks": [(rules.requirement_text(check.requirement), check) for check in checks],
        "verdict": rules.overall(checks),
        "asks_for_proof": rules.asks_for_proof(checks),
        "seats_left": rules.seats_left(terms.quotas, queries.traits_of(facts)),
        "nib": facts.identifiers.get("nib", ("",))[0],
        "is_open": activity.window(at) == rules.Window.OPEN,
    }
    return render(request, "marketing/application_apply.html", context)


@access.owner
@require_safe
def my_applications(request):
    """All applications of the reader's enterprises, drafts included, latest first."""
    found = queries.applications_of_all(request.enterprises)
    context = {"applications": found, "several": len(request.enterprises) > 1}
    return render(request, "marketing/my_applications.html", context)


@access.owner
@require_safe
def application_status(request, public_id):
    """Where an application stands, what happens next and by when; pending decisions do not show."""
    application = _own_application(request, public_id)
    activity = application.activity
    position = queries.waiting_position(application)
    checks = queries.latest_checks(application) if application.submitted_at else []
    context = {
        "application": application,
        "activity": activity,
        "steps": rules.progress(application.state, selection_mode=activity.selection_mode),
        "next": rules.next_step(
            application.state,
            closes_on=timezone.localdate(activity.registration_closes_at),
            starts_on=timezone.localdate(activity.starts_at),
            decision_due_on=activity.decision_due_on,
            return_due_on=application.return_due_on,
            waiting_position=position,
        ),
        "position": position,
        "checks": [(check.requirement_text, check) for check in checks],
        "may_withdraw": permissions.may_withdraw(application),
        "is_draft": application.state == ApplicationState.DRAFT,
        "is_returned": application.state == ApplicationState.RETURNED,
        "is_seated": application.state == ApplicationState.ACCEPTED,
        "reason": application.answer_reason if application.answered_at else "",
    }
    return render(request, "marketing/application_status.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def application_resubmit(request, public_id):
    """Complete what the officer asked for, and send again with the same number."""
    application = _own_application(request, public_id)
    if application.state != ApplicationState.RETURNED:
        return _application_url(application)
    activity = application.activity
    form = forms.ApplicationForm(request.POST or None, activity=activity, initial={"answer": application.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.resubmit(
                application=application, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now()
            )
        except actions.ApplicationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pendaftaran terkirim lagi."))
            return _application_url(application)
    context = {"application": application, "activity": activity, "enterprise": application.enterprise, "form": form}
    return render(request, "marketing/application_resubmit.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def application_withdraw(request, public_id):
    """Step back, after being told what that means."""
    application = _own_application(request, public_id)
    if not permissions.may_withdraw(application):
        raise Http404
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                application=application, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            messages.success(request, _("Pendaftaran ditarik."))
        except actions.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        return _application_url(application)
    consequences = [_("Pendaftaran tidak dapat dipulihkan; Anda dapat mendaftar lagi selama masih dibuka.")]
    if application.holds_seat:
        consequences.insert(0, _("Kursi Anda langsung diberikan kepada peserta cadangan berikutnya."))
    context = {
        "title": _("Tarik pendaftaran"),
        "question": _("Tarik pendaftaran %(enterprise)s untuk %(activity)s?")
        % {"enterprise": application.enterprise, "activity": application.activity},
        "consequences": consequences,
        "form": form,
        "submit_label": _("Tarik pendaftaran"),
        "cancel_url": application.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)
