"""What waits in apprenticeship: agreements, endorsements, consents, mentors over their limit, and outcomes to ask."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce.models import HostOffer, Placement
from workforce.queries import apprenticeship as queries
from workforce.queries import hosting
from workforce.rules.retention import months_after

SHOWN = 50


def _placements(scope: Scope):
    return Placement.objects.filter(scope.ward_filter("person__ward")).select_related(
        "person", "applicant", "agreement"
    )


def find_without_agreement(scope: Scope) -> Alerts:
    """Apprentices who began without a written agreement."""
    rows = queries.without_agreement(_placements(scope)).order_by("started_on", "pk")
    items = [
        Alert(
            subject=placement.name,
            url=placement.get_absolute_url(),
            since=placement.started_on,
            detail=str(_("Tanpa perjanjian, peserta dianggap pekerja sejak hari pertama.")),
        )
        for placement in rows[:SHOWN]
    ]
    return Alerts(items, rows.count())


def find_endorsement_overdue(scope: Scope) -> Alerts:
    """Agreements handed in and not endorsed within the term."""
    rows = queries.endorsement_overdue(_placements(scope), scope.today).order_by("agreement__endorse_due_on", "pk")
    items = [
        Alert(
            subject=placement.name,
            url=placement.get_absolute_url(),
            since=placement.agreement.submitted_on,
            due_on=placement.agreement.endorse_due_on,
            detail=placement.agreement.number,
        )
        for placement in rows[:SHOWN]
    ]
    return Alerts(items, rows.count())


def find_without_consent(scope: Scope) -> Alerts:
    """Apprentices who learn although their consent was withdrawn."""
    rows = queries.without_consent(_placements(scope)).order_by("pk")
    items = [
        Alert(
            subject=placement.name,
            url=placement.get_absolute_url(),
            detail=str(_("Persetujuan ditarik. Tanyakan kehendaknya, lalu hentikan atau catat yang baru.")),
        )
        for placement in rows[:SHOWN]
    ]
    return Alerts(items, rows.count())


def find_overloaded_mentors(scope: Scope) -> Alerts:
    """Mentors with more apprentices than the limit in force."""
    limit = queries.limits_on(scope.today).mentor_load
    if limit is None:
        return Alerts([], 0)
    found = [
        (person, load)
        for person, load in hosting.overloaded_mentors(limit)
        if scope.area is None or scope.area.level == "city" or (person.ward and person.ward.parent_id == scope.area.pk)
    ]
    items = [
        Alert(
            subject=person.name,
            url=f"{reverse('workforce:placement-list')}?pembimbing={person.public_id}",
            detail=_("%(load)s peserta, batasnya %(limit)s") % {"load": load, "limit": limit},
        )
        for person, load in found[:SHOWN]
    ]
    return Alerts(items, len(found))


def find_outcomes_due(scope: Scope) -> Alerts:
    """Whom to ask 3, 6 or 12 months after the end."""
    found = queries.outcomes_due(_placements(scope), scope.today)
    items = [
        Alert(
            subject=placement.name,
            url=reverse("workforce:outcome-new", args=[placement.public_id, months]),
            due_on=months_after(placement.ended_on, months),
            detail=_("Hasil %(months)s bulan sesudah magang") % {"months": months},
        )
        for placement, months in found[:SHOWN]
        if placement.ended_on
    ]
    return Alerts(items, len(found))


def find_groups_over_cap(scope: Scope) -> Alerts:
    """Groups with more apprentices than the cap, as after a member left."""
    found = [(group, room) for group, _members, room in hosting.rooms_of_groups(scope.today) if room.over]
    items = [
        Alert(
            subject=group.name,
            url=reverse("workforce:host-list"),
            detail=_("%(hosted)s peserta, batasnya %(cap)s menurut %(employees)s pekerja")
            % {"hosted": room.hosted, "cap": room.cap, "employees": room.employees},
        )
        for group, room in found[:SHOWN]
    ]
    return Alerts(items, len(found))


def find_offers(scope: Scope) -> Alerts:
    """Owners who offered places and wait for an answer."""
    rows = HostOffer.objects.filter(scope.ward_filter("enterprise__ward"), state="open").select_related("enterprise")
    items = [
        Alert(
            subject=offer.enterprise.name,
            url=reverse("workforce:hostoffer-answer", args=[offer.public_id]),
            since=offer.created_at.date(),
            detail=_("%(seats)s tempat, pembimbing %(mentor)s") % {"seats": offer.seats, "mentor": offer.mentor_name},
        )
        for offer in rows.order_by("created_at", "pk")[:SHOWN]
    ]
    return Alerts(items, rows.count())


def find_approvals(scope: Scope) -> Alerts:
    """Requests of organisers that were not approved within the term."""
    rows = queries.approvals_overdue(scope.today)
    items = [
        Alert(
            subject=cohort.title,
            url=cohort.get_absolute_url(),
            since=cohort.requested_on,
            due_on=cohort.approve_due_on,
            detail=_("Permohonan diterima %(day)s") % {"day": date_format(cohort.requested_on)},
        )
        for cohort in rows[:SHOWN]
        if cohort.requested_on
    ]
    return Alerts(items, rows.count())


def _rule(code: str, title: object, severity: str, find) -> AlertRule:
    return AlertRule(
        code=code,
        title=title,
        focus=Focus.WORKERS,
        severity=severity,
        office=Office.DINPERINAKER,
        permission="workforce.read_placement",
        find=find,
    )


ALERTS = [
    _rule(
        "workforce.apprentice_without_agreement",
        _("Magang tanpa perjanjian"),
        Severity.HIGH,
        find_without_agreement,
    ),
    _rule(
        "workforce.agreement_overdue",
        _("Pengesahan perjanjian magang lewat batas"),
        Severity.HIGH,
        find_endorsement_overdue,
    ),
    _rule(
        "workforce.apprentice_without_consent",
        _("Magang tanpa persetujuan yang berlaku"),
        Severity.HIGH,
        find_without_consent,
    ),
    _rule(
        "workforce.mentor_overloaded",
        _("Pembimbing melebihi batas"),
        Severity.MEDIUM,
        find_overloaded_mentors,
    ),
    _rule(
        "workforce.hostgroup_over_cap",
        _("Kelompok tempat magang melebihi batas peserta"),
        Severity.MEDIUM,
        find_groups_over_cap,
    ),
    _rule(
        "workforce.cohort_approval_overdue",
        _("Persetujuan penyelenggaraan magang lewat batas"),
        Severity.MEDIUM,
        find_approvals,
    ),
    _rule("workforce.host_offer_waits", _("Tawaran tempat magang menunggu jawaban"), Severity.LOW, find_offers),
    _rule("workforce.outcome_due", _("Hasil sesudah magang perlu ditanyakan"), Severity.MEDIUM, find_outcomes_due),
]
