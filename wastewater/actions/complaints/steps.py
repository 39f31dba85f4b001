"""What every step of a case shares: the locked row, the move by the table, the line in the timeline."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import states
from batikportal.models import User
from batikportal.queries import calendar
from wastewater.choices.complaints import ComplaintState, HandlingRole, StepKind
from wastewater.models.complaints import AgencyHandling, Complaint, ComplaintQuestion, ComplaintStep
from wastewater.rules import complaints as rules


class ComplaintRefused(Exception):
    """The step is not possible; the message says why and what to do."""


def locked(complaint: Complaint) -> Complaint:
    """The case's own row, held until the transaction ends."""
    return (
        Complaint.objects.select_for_update(of=("self",))
        .select_related("category", "term", "ward")
        .get(pk=complaint.pk)
    )


def written(text: str, what: str) -> str:
    """The text without blanks at its ends; ComplaintRefused when nothing is left."""
    text = text.strip()
    if not text:
        raise ComplaintRefused(_("Tulis %(what)s.") % {"what": what})
    return text


def day_of(at: datetime) -> date:
    return timezone.localdate(at)


def record(
    case: Complaint,
    kind: StepKind,
    *,
    by: User | None,
    at: datetime,
    state: str = "",
    public_text: str = "",
    note: str = "",
    agency_name: str = "",
) -> ComplaintStep:
    """Write a line of the timeline; the first public word of staff is the first response."""
    if by is not None and public_text and case.first_response_at is None:
        case.first_response_at = at
        Complaint.objects.filter(pk=case.pk, first_response_at__isnull=True).update(first_response_at=at)
    return ComplaintStep.objects.create(
        complaint=case,
        kind=kind,
        at=at,
        by=by,
        state=state,
        public_text=public_text,
        note=note,
        agency_name=agency_name,
    )


def move(
    case: Complaint,
    new: ComplaintState,
    *,
    by: User | None,
    at: datetime,
    public_text: str = "",
    note: str = "",
    agency_name: str = "",
    kind: StepKind = StepKind.MOVED,
    **fields: object,
) -> Complaint:
    """Bring a locked case into a new state with what that state must carry."""
    if not states.may_move(rules.COMPLAINT_TRANSITIONS, case.state, new):
        raise ComplaintRefused(
            _("Laporan berkeadaan “%(old)s” tidak dapat menjadi “%(new)s”. Muat ulang halaman ini.")
            % {"old": case.get_state_display(), "new": ComplaintState(new).label}
        )
    if case.state == ComplaintState.WAITING:
        _stop_waiting(case, at)
    case.state = new
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    record(case, kind, by=by, at=at, state=new, public_text=public_text, note=note, agency_name=agency_name)
    return case


def _stop_waiting(case: Complaint, at: datetime) -> None:
    """The clock goes on, later by the working days that the reporter was waited for, if the term says so."""
    today = day_of(at)
    if case.term.pauses and case.waiting_since_on is not None:
        days = calendar.working_days_between(case.waiting_since_on, today)
        set_due(case, calendar.due_after(case.due_on, days))
        case.paused_days += days
    case.waiting_since_on, case.waiting_from = None, ""
    ComplaintQuestion.objects.filter(complaint=case, ended_at__isnull=True).update(ended_at=at)


def set_due(case: Complaint, day: date) -> None:
    """Move the promise of the case, and with it the clock of its lead, as far as both were the same."""
    AgencyHandling.objects.filter(complaint=case, role=HandlingRole.LEAD, due_on=case.due_on).update(due_on=day)
    case.due_on = day
