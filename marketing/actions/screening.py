"""What officers do with applications: return them, find them eligible or not, begin the selection, note attendance."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.models import User
from marketing import rules
from marketing.actions import letters, seats
from marketing.actions.applications import MoveRefused, free_seats, move
from marketing.choices import ApplicationState
from marketing.models import Activity, Application

_A = ApplicationState


def return_for_completion(*, application: Application, note: str, due_on: date | None, by: User, at: datetime) -> None:
    """Ask the applicant to complete something; she keeps her number of arrival."""
    with transaction.atomic(), audit.because(note):
        move(application, _A.RETURNED, returned_note=note, return_due_on=due_on)
        letters.send([letters.compose(application, by=by, reason=note)], at=at)


def find_eligible(*, chosen: Sequence[Application], by: User, at: datetime) -> int:
    """The officer has checked the papers; who was found ineligible by mistake comes back this way. Returns how many."""
    movable = [old for old, news in rules.APPLICATION_TRANSITIONS.items() if _A.ELIGIBLE in news]
    found = Application.objects.filter(pk__in=[application.pk for application in chosen], state__in=movable)
    try:
        with transaction.atomic():
            return found.update(state=_A.ELIGIBLE, answer_reason="", answered_at=None)
    except IntegrityError as error:
        raise MoveRefused(
            _("Salah satu usaha sudah mendaftar lagi untuk kegiatan ini. Periksa pendaftarannya yang baru.")
        ) from error


def find_ineligible(*, application: Application, reason: str, by: User, at: datetime) -> None:
    """The officer finds that a rule is not met; a seat already given goes to the next in line."""
    with transaction.atomic(), audit.because(reason):
        activity = seats.hold(application.activity_id)
        held = application.holds_seat
        move(application, _A.INELIGIBLE, answer_reason=reason, answered_at=at)
        letters.send([letters.compose(application, by=by, reason=reason)], at=at)
        if held:
            free_seats(activity, [application.pk], by=by, at=at)


def begin_review(*, activity: Activity, by: User, at: datetime) -> int:
    """Every application found eligible goes to the selection; returns how many."""
    return Application.objects.filter(activity=activity, state=_A.ELIGIBLE).update(state=_A.IN_REVIEW)


def record_attendance(
    *, activity: Activity, present: Sequence[Application], absent: Sequence[Application], by: User, at: datetime
) -> None:
    """Note who came and who did not; a correction moves an application from one to the other."""
    if at < activity.starts_at:
        raise MoveRefused(_("Kegiatan belum dimulai. Catat kehadiran setelah kegiatan dimulai."))
    with transaction.atomic():
        for group, to in ((present, _A.ATTENDED), (absent, _A.NO_SHOW)):
            movable = [old for old, news in rules.APPLICATION_TRANSITIONS.items() if to in news]
            Application.objects.filter(
                activity=activity, pk__in=[application.pk for application in group], state__in=movable
            ).update(state=to)
