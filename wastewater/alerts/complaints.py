"""What waits in complaints: unread ones, broken promises by agency, forwarding, handovers, data past their day."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.queries.complaints import cases, figures

SEES = "wastewater.view_complaint"


def find_unread(scope: Scope) -> Alerts:
    def alert(one: Any) -> Alert:
        return Alert(
            subject=f"{one.number} – {one.category}",
            url=one.get_absolute_url(),
            since=timezone.localdate(one.received_at),
            due_on=one.first_response_due_on,
            detail=_("Belum dibaca"),
        )

    return listed(figures.unread().filter(scope.ward_filter("ward")), alert)


def find_late(scope: Scope) -> Alerts:
    def alert(part: Any) -> Alert:
        return Alert(
            subject=f"{part.agency}: {part.complaint.number} – {part.complaint.category}",
            url=part.complaint.get_absolute_url(),
            since=part.since_on,
            due_on=part.due_on,
            detail=_("Janji instansi sudah lewat"),
        )

    return listed(figures.late_parts(scope.today).filter(scope.ward_filter("complaint__ward")), alert)


def find_unverified(scope: Scope) -> Alerts:
    def alert(one: Any) -> Alert:
        return Alert(
            subject=f"{one.number} – {one.category}",
            url=one.get_absolute_url(),
            since=timezone.localdate(one.received_at),
            due_on=one.verification_due_on,
            detail=_("Belum diverifikasi di lapangan"),
        )

    return listed(figures.unverified(scope.today).filter(scope.ward_filter("ward")), alert)


def find_not_forwarded(scope: Scope) -> Alerts:
    def alert(part: Any) -> Alert:
        return Alert(
            subject=f"{part.complaint.number} → {part.agency}",
            url=part.complaint.get_absolute_url(),
            since=part.since_on,
            due_on=part.forward_due_on,
            detail=_("Belum diteruskan kepada instansi yang berwenang"),
        )

    rows = cases.waiting_to_accept(scope.today).order_by("forward_due_on")
    return listed(rows.filter(scope.ward_filter("complaint__ward")), alert)


def find_waiting(scope: Scope) -> Alerts:
    def alert(one: Any) -> Alert:
        return Alert(
            subject=f"{one.number} – {one.category}",
            url=one.get_absolute_url(),
            since=one.waiting_since_on,
            due_on=one.reply_due_on,
            detail=_("Menunggu jawaban pelapor"),
        )

    rows = figures.waiting_for_reporters().select_related("category").filter(scope.ward_filter("ward"))
    return listed(rows, alert)


def find_ready_to_close(scope: Scope) -> Alerts:
    def alert(one: Any) -> Alert:
        return Alert(
            subject=f"{one.number} – {one.category}",
            url=one.get_absolute_url(),
            since=timezone.localdate(one.answered_at),
            detail=_("Sudah dijawab dan tidak diminta dibuka lagi; dapat ditutup"),
        )

    return listed(figures.ready_to_close(scope.today).filter(scope.ward_filter("ward")), alert)


def find_undecided_handovers(scope: Scope) -> Alerts:
    def alert(one: Any) -> Alert:
        return Alert(
            subject=f"{one.complaint.number}: {one}",
            url=one.complaint.get_absolute_url(),
            since=timezone.localdate(one.offered_at),
            detail=_("Penerima belum memutuskan; %(agency)s tetap bertanggung jawab") % {"agency": one.sender},
        )

    return listed(figures.undecided_handovers().filter(scope.ward_filter("complaint__ward")), alert)


def find_kept_data(scope: Scope) -> Alerts:
    def alert(one: Any) -> Alert:
        held = one.complaint.legal_hold
        return Alert(
            subject=one.complaint.number,
            url=one.complaint.get_absolute_url(),
            due_on=one.anonymise_on,
            detail=_("Data pelapor ditahan")
            if held
            else _("Data pelapor seharusnya sudah dihapus pada %(day)s") % {"day": formats.day(one.anonymise_on)},
        )

    rows = figures.reporters_past_their_day(scope.today).filter(scope.ward_filter("complaint__ward"))
    return listed(rows, alert)


def _rule(code: str, title: Any, severity: str, find: Any, permission: str = SEES) -> AlertRule:
    return AlertRule(
        code=f"wastewater.{code}",
        title=title,
        focus=Focus.WASTE,
        severity=severity,
        office=Office.DLH,
        permission=permission,
        find=find,
    )


ALERTS = [
    _rule("complaint_unread", gettext_lazy("Pengaduan belum dibaca"), Severity.HIGH, find_unread),
    _rule("complaint_late", gettext_lazy("Janji jawaban pengaduan lewat"), Severity.HIGH, find_late),
    _rule("complaint_unverified", gettext_lazy("Pengaduan belum diverifikasi di lapangan"), Severity.MEDIUM,
          find_unverified),
    _rule("complaint_forward", gettext_lazy("Pengaduan belum diteruskan"), Severity.HIGH, find_not_forwarded),
    _rule("complaint_handover", gettext_lazy("Serah terima pengaduan menunggu"), Severity.MEDIUM,
          find_undecided_handovers),
    _rule("complaint_waiting", gettext_lazy("Pertanyaan kepada pelapor belum dijawab"), Severity.LOW, find_waiting),
    _rule("complaint_close", gettext_lazy("Pengaduan dapat ditutup"), Severity.LOW, find_ready_to_close),
    _rule("complaint_data", gettext_lazy("Data pelapor melewati jangka simpan"), Severity.MEDIUM, find_kept_data,
          "wastewater.read_reporter"),
]  # fmt: skip
