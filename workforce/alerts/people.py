"""What somebody of the labour office has to do, found anew each time."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce import queries
from workforce.models import Person

SHOWN = 50
# A membership lost longer ago is a case for the gap list, not for the work list.
LAPSED_DAYS = 90


def _active(scope: Scope):
    return queries.active_workers(Person.objects.filter(scope.ward_filter("ward")), scope.today)


def _page(person: Person) -> str:
    return reverse("workforce:worker", args=[person.public_id])


def find_lapsing(scope: Scope) -> Alerts:
    """Active workers whose JKK or JKM ends within 30 days."""
    people = queries.lapsing_people(_active(scope), scope.today)
    items = [
        Alert(
            subject=person.name,
            url=_page(person),
            due_on=person.lapses_on,
            detail=_("JKK atau JKM berakhir %(day)s") % {"day": date_format(person.lapses_on)},
        )
        for person in people[:SHOWN]
    ]
    return Alerts(items, people.count())


def find_lapsed(scope: Scope) -> Alerts:
    """Active workers who lost JKK or JKM in the last 90 days."""
    people = queries.lapsed_people(_active(scope), scope.today, scope.today - timedelta(days=LAPSED_DAYS))
    items = [
        Alert(
            subject=person.name,
            url=_page(person),
            since=person.lapsed_on,
            detail=_("Tidak terlindungi sejak %(day)s") % {"day": date_format(person.lapsed_on + timedelta(days=1))},
        )
        for person in people[:SHOWN]
    ]
    return Alerts(items, people.count())


def find_consents_to_stop(scope: Scope) -> Alerts:
    """Withdrawn consents whose use outside the portal must stop within 3 x 24 hours."""
    consents = queries.consents_to_stop().filter(scope.ward_filter("person__ward")).select_related("person")
    items = [
        Alert(
            subject=consent.person.name,
            url=_page(consent.person),
            since=timezone.localdate(consent.withdrawn_at),
            due_on=timezone.localdate(consent.stop_by),
            detail=str(consent.get_purpose_display()),
        )
        for consent in consents[:SHOWN]
    ]
    return Alerts(items, consents.count())


def find_uses_without_consent(scope: Scope) -> Alerts:
    """Workers whose insurance the city still pays although they withdrew the consent to be proposed."""
    people = queries.uses_without_consent(scope.today).filter(scope.ward_filter("ward"))
    items = [
        Alert(
            subject=person.name,
            url=_page(person),
            detail=str(_("Persetujuan ditarik, iuran masih dibayar pemerintah. Tanyakan kehendak pekerja.")),
        )
        for person in people[:SHOWN]
    ]
    return Alerts(items, people.count())


def find_niks_to_verify(scope: Scope) -> Alerts:
    """People whose NIK disagrees with the declared birth date or sex."""
    people = queries.niks_to_verify(Person.objects.registered().filter(scope.ward_filter("ward"))).order_by(
        "created_at", "pk"
    )
    items = [
        Alert(
            subject=person.name,
            url=_page(person),
            since=timezone.localdate(person.created_at),
            detail=str(person.get_nik_mismatch_reason_display()),
        )
        for person in people[:SHOWN]
    ]
    return Alerts(items, people.count())


def _rule(code: str, title: object, severity: str, permission: str, find) -> AlertRule:
    return AlertRule(
        code=code,
        title=title,
        focus=Focus.WORKERS,
        severity=severity,
        office=Office.DINPERINAKER,
        permission=permission,
        find=find,
    )


ALERTS = [
    _rule(
        "workforce.consent_withdrawn",
        _("Persetujuan ditarik, pemakaian harus dihentikan"),
        Severity.HIGH,
        "workforce.view_consent",
        find_consents_to_stop,
    ),
    _rule(
        "workforce.lapsing",
        _("Perlindungan berakhir dalam 30 hari"),
        Severity.HIGH,
        "workforce.view_coverageperiod",
        find_lapsing,
    ),
    _rule(
        "workforce.lapsed",
        _("Perlindungan baru saja berakhir"),
        Severity.MEDIUM,
        "workforce.view_coverageperiod",
        find_lapsed,
    ),
    _rule(
        "workforce.use_without_consent",
        _("Iuran dibayar tanpa persetujuan"),
        Severity.MEDIUM,
        "workforce.view_coverageperiod",
        find_uses_without_consent,
    ),
    _rule(
        "workforce.nik_to_verify", _("NIK perlu diperiksa"), Severity.LOW, "workforce.view_person", find_niks_to_verify
    ),
]
