"""An owner's own workers: names of those who agreed, the others as a number, and telling the office who joined or left.

Nothing here is about wages or insurance of a person.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from batikportal import access
from batikportal.models import Enterprise
from workforce.actions import cards as actions
from workforce.forms.own import StaffChangeForm
from workforce.models import RegistryRequest
from workforce.queries import cards as queries


@access.owner
@require_http_methods(["GET", "POST"])
@never_cache
def own_workers(request, public_id):
    """The workers of one of the user's enterprises, and a word to the office."""
    enterprise = get_object_or_404(Enterprise.objects.owned_by(request.user), public_id=public_id)
    form = StaffChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.tell_of_staff(enterprise=enterprise, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Kabar Anda terkirim ke Dinperinaker."))
        return redirect("workforce:own-workers", enterprise.public_id)
    named, others = queries.named_workers(enterprise, timezone.localdate())
    context = {
        "enterprise": enterprise,
        "named": named,
        "others": others,
        "form": form,
        "told": RegistryRequest.objects.filter(enterprise=enterprise).order_by("-asked_at", "-pk")[:10],
    }
    return render(request, "workforce/own_workers.html", context)
