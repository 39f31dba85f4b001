""" "Lolos tidak?": anybody types a laboratory result and sees each verdict with its citation. Nothing is stored."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from batikportal import access
from wastewater.forms.checks import FORMS
from wastewater.queries import checks as queries


@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def check(request):
    """The figures travel in the body, so that they stand in no address, log or history."""
    kind = request.GET.get("jenis") if request.GET.get("jenis") in FORMS else "limbah"
    form_class = FORMS[kind]
    form = form_class(
        request.POST or None,
        parameters=list(queries.judged_parameters(form_class.medium)),
        today=timezone.localdate(),
    )
    context = {"form": form, "kind": kind}
    if form.is_bound and form.is_valid():
        context["given"] = form.given()
        context["check"] = queries.check(
            form.results(),
            form.given(),
            air_temperature_c=form.air_temperature(),
            water_use_m3_per_ton=form.water_use(),
        )
    return render(request, "wastewater/check.html", context)
