"""What happens to programmes and activities: made, changed, copied, published, closed, finished, cancelled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from batikportal import audit, states
from batikportal.choices import Source
from batikportal.models import User
from marketing import queries, rules
from marketing.actions import applications, letters, seats
from marketing.choices import ActivityState, ApplicationState, QuotaKind
from marketing.models import Activity, Application, EligibilityRule, Programme, Quota, Session


class ActivityRefused(Exception):
    """The activity cannot be changed like this; the message says why and what to do."""


class NotReady(ActivityRefused):
    """Something lacks before the call may be published; ``missing`` lists it in words."""

    def __init__(self, missing: Sequence[object]):
        self.missing = [str(text) for text in missing]
        super().__init__(_("Kegiatan belum dapat diterbitkan. %(missing)s") % {"missing": " ".join(self.missing)})


def save_programme(*, programme: Programme, by: User, source: str = Source.FORM) -> Programme:
    """Write a new or changed programme."""
    if programme._state.adding:
        programme.created_by, programme.source = by, source
    programme.save()
    return programme


def save_activity(*, activity: Activity, seats_count: int | None, by: User, at: datetime) -> Activity:
    """Write a new or changed activity, and its seats over all when a number is given."""
    with transaction.atomic():
        if activity._state.adding:
            activity.created_by = by
            activity.save()
        else:
            _refuse_settled(activity)
            before = seats.hold(activity.pk)
            if before.selection_mode != activity.selection_mode and _was_applied_for(activity):
                raise ActivityRefused(_("Cara seleksi tidak dapat diubah setelah ada pendaftar."))
            # The state and the counter of arrivals belong to other actions.
            names = [field.name for field in Activity._meta.concrete_fields if field.editable]
            activity.save(update_fields=[name for name in names if name != "id"])
        if seats_count is not None:
            _resize(activity, rules.QuotaLine(QuotaKind.ALL, "", False, seats_count), by=by, at=at)
    return activity


def _refuse_settled(activity: Activity) -> None:
    if activity.state in (ActivityState.FINISHED, ActivityState.CANCELLED):
        raise ActivityRefused(_("Kegiatan yang sudah selesai atau dibatalkan tidak dapat diubah."))


def _was_applied_for(activity: Activity) -> bool:
    return Application.objects.filter(activity=activity).exists()


def _resize(activity: Activity, line: rules.QuotaLine, *, by: User, at: datetime) -> None:
    """Make or resize one quota; the caller holds the activity. More seats go to who waits for them."""
    quota, created = Quota.objects.get_or_create(
        activity=activity, kind=line.kind, value=line.value, negated=line.negated, defaults={"size": line.size}
    )
    if created or quota.size == line.size:
        return
    if line.size < quota.taken:
        raise ActivityRefused(
            _("Kuota tidak boleh kurang dari %(taken)s kursi yang sudah terisi.") % {"taken": quota.taken}
        )
    Quota.objects.filter(pk=quota.pk).update(size=line.size)
    if line.size > quota.size:
        applications.move_up(activity, seats_count=line.size - quota.size, by=by, at=at)


def set_quotas(*, activity: Activity, lines: Sequence[rules.QuotaLine], by: User, at: datetime) -> None:
    """Set the quotas beside the one over all. After the first application only sizes may change, since every
    application already counts in the quotas it met when it was sent.
    """
    with transaction.atomic():
        activity = seats.hold(activity.pk)
        _refuse_settled(activity)
        wanted = {(line.kind, line.value, line.negated): line for line in lines}
        stored = {
            (quota.kind, quota.value, quota.negated): quota
            for quota in Quota.objects.filter(activity=activity).exclude(kind=QuotaKind.ALL)
        }
        if set(wanted) != set(stored) and _was_applied_for(activity):
            raise ActivityRefused(
                _("Kuota tidak dapat ditambah atau dihapus setelah ada pendaftar; ubah jumlah kursinya saja.")
            )
        Quota.objects.filter(pk__in=[stored[key].pk for key in stored.keys() - wanted.keys()]).delete()
        for line in wanted.values():
            _resize(activity, line, by=by, at=at)


def set_rules(*, activity: Activity, requirements: Sequence[rules.Requirement], by: User, at: datetime) -> None:
    """Set the eligibility rules. Results already given keep the rule they were given by."""
    with transaction.atomic():
        activity = seats.hold(activity.pk)
        _refuse_settled(activity)
        if activity.state != ActivityState.DRAFT and Application.objects.filter(activity=activity).sent().exists():
            raise ActivityRefused(_("Syarat tidak dapat diubah setelah ada pendaftaran yang masuk."))
        EligibilityRule.objects.filter(activity=activity).delete()
        EligibilityRule.objects.bulk_create(
            EligibilityRule(
                activity=activity,
                position=position,
                code=requirement.code,
                number=requirement.number,
                options=list(requirement.options),
                is_blocking=requirement.is_blocking,
            )
            for position, requirement in enumerate(requirements, start=1)
        )


def set_sessions(*, activity: Activity, lines: Sequence[rules.SessionLine], by: User, at: datetime) -> None:
    """Set the sessions of an activity."""
    with transaction.atomic():
        activity = seats.hold(activity.pk)
        _refuse_settled(activity)
        Session.objects.filter(activity=activity).delete()
        Session.objects.bulk_create(
            Session(
                activity=activity, title=line.title, starts_at=line.starts_at, ends_at=line.ends_at, venue=line.venue
            )
            for line in lines
        )


def copy_activity(
    *, activity: Activity, programme: Programme, title: str, starts_at: datetime, by: User, at: datetime
) -> Activity:
    """A new draft from an earlier activity: all its dates keep their distance to the start, its terms are kept."""
    shift = starts_at - activity.starts_at
    with transaction.atomic():
        copy = Activity(
            programme=programme,
            title=title,
            previous=activity,
            starts_at=starts_at,
            ends_at=activity.ends_at + shift,
            registration_opens_at=activity.registration_opens_at + shift,
            registration_closes_at=activity.registration_closes_at + shift,
            decision_due_on=activity.decision_due_on + shift if activity.decision_due_on else None,
            created_by=by,
            **{name: getattr(activity, name) for name in _COPIED},
        )
        copy.save()
        for quota in Quota.objects.filter(activity=activity).order_by("pk"):
            Quota.objects.create(
                activity=copy, kind=quota.kind, value=quota.value, negated=quota.negated, size=quota.size
            )
        set_rules(
            activity=copy,
            requirements=[
                rule.as_requirement()
                for rule in EligibilityRule.objects.filter(activity=activity).order_by("position", "pk")
            ],
            by=by,
            at=at,
        )
        Session.objects.bulk_create(
            Session(
                activity=copy,
                title=session.title,
                starts_at=session.starts_at + shift,
                ends_at=session.ends_at + shift,
                venue=session.venue,
            )
            for session in Session.objects.filter(activity=activity).order_by("starts_at")
        )
    return copy


_COPIED = (
    "summary",
    "description",
    "instructions",
    "venue",
    "is_online",
    "selection_mode",
    "signing_rule",
    "motivation_question",
    "contact_phone",
    "fee_idr",
    "budget_idr",
)


def _move(activity: Activity, to: str, **fields: Any) -> None:
    refusal = ActivityRefused(
        _("Status kegiatan sekarang %(state)s, jadi langkah ini tidak dapat dilakukan. Muat ulang halaman.")
        % {"state": activity.get_state_display()}
    )
    if not states.may_move(rules.ACTIVITY_TRANSITIONS, activity.state, to):
        raise refusal
    if not Activity.objects.filter(pk=activity.pk, state=activity.state).update(state=to, **fields):
        raise refusal
    activity.state = to
    for name, value in fields.items():
        setattr(activity, name, value)


def missing_for_publishing(activity: Activity, at: datetime) -> list[str]:
    """What still lacks before this activity may be published."""
    return rules.missing_before_publishing(
        summary=activity.summary,
        venue=activity.venue,
        is_online=activity.is_online,
        closes_at=activity.registration_closes_at,
        selection_mode=activity.selection_mode,
        has_decision_date=activity.decision_due_on is not None,
        quotas=queries.terms_of(activity).quotas,
        at=at,
    )


def publish_activity(*, activity: Activity, by: User, at: datetime) -> None:
    """Show the call to the public, or open it again after it was closed; it takes applications within its window."""
    missing = missing_for_publishing(activity, at)
    if missing:
        raise NotReady(missing)
    with transaction.atomic():
        _move(activity, ActivityState.PUBLISHED, published_at=activity.published_at or at)


def close_activity(*, activity: Activity, by: User, at: datetime) -> None:
    """Stop taking applications before the window ends by itself."""
    with transaction.atomic():
        seats.hold(activity.pk)
        _move(activity, ActivityState.CLOSED)


def cancel_activity(*, activity: Activity, reason: str, by: User, at: datetime) -> int:
    """Call the activity off: everybody who still had something to expect is told why; returns how many."""
    with transaction.atomic(), audit.because(reason):
        seats.hold(activity.pk)
        _move(activity, ActivityState.CANCELLED, cancelled_reason=reason)
        movable = [old for old, news in rules.APPLICATION_TRANSITIONS.items() if ApplicationState.CANCELLED in news]
        found = Application.objects.filter(activity=activity, state__in=movable)
        told = list(found.sent().select_related("activity", "enterprise", "sent_by"))
        seats.give_back([application.pk for application in told if application.holds_seat])
        found.update(state=ApplicationState.CANCELLED, answered_at=at, answer_reason=reason)
        composed = letters.compose_many(told, by=by, state=ApplicationState.CANCELLED, reasons=[reason] * len(told))
        letters.send(composed, at=at)
    return len(told)


def finish_activity(*, activity: Activity, by: User, at: datetime) -> Mapping[str, int]:
    """Close the books after the activity: who attended has completed it, the waiting list is dissolved with thanks.

    Refused while somebody still waits for an answer or attendance of a seat is not noted.
    """
    if at < activity.ends_at:
        raise ActivityRefused(_("Kegiatan belum selesai."))
    with transaction.atomic():
        seats.hold(activity.pk)
        counts = queries.activity_by_state(activity)
        if any(counts.get(state) for state in rules.UNDECIDED_STATES):
            raise ActivityRefused(_("Masih ada pendaftaran tanpa jawaban. Putuskan dan rilis dahulu."))
        if counts.get(ApplicationState.ACCEPTED):
            raise ActivityRefused(_("Masih ada peserta tanpa catatan kehadiran. Isi kehadiran dahulu."))
        _move(activity, ActivityState.FINISHED)
        completed = Application.objects.filter(activity=activity, state=ApplicationState.ATTENDED).update(
            state=ApplicationState.COMPLETED
        )
        waiting = list(queries.waiting_line(activity).select_related("activity", "sent_by"))
        with translation.override("id"):  # stored for owners to read, whatever language the officer reads
            reason = str(_("Daftar cadangan ditutup karena tidak ada kursi yang kosong sampai kegiatan selesai."))
        Application.objects.filter(pk__in=[application.pk for application in waiting]).update(
            state=ApplicationState.REJECTED, answer_reason=reason, answered_at=at
        )
        composed = letters.compose_many(
            waiting, by=by, state=ApplicationState.REJECTED, reasons=[reason] * len(waiting)
        )
        letters.send(composed, at=at)
    return {"completed": completed, "dissolved": len(waiting)}
