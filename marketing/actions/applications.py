"""What happens to an application, from draft to answer; each state is moved here and nowhere else."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from batikportal import audit, states
from batikportal.models import Enterprise, User
from marketing import queries, rules
from marketing.actions import letters, seats
from marketing.choices import ApplicationChannel, ApplicationState, CheckPhase, DecisionState, Verdict
from marketing.models import Activity, Application, Decision, EligibilityResult

_A = ApplicationState


class ApplicationRefused(Exception):
    """An application cannot be sent or moved; the message says why and what to do."""


class RegistrationClosed(ApplicationRefused):
    """The call does not take applications now."""


class NotEligible(ApplicationRefused):
    """A blocking rule fails; ``checks`` holds every answer with its reason."""

    def __init__(self, checks: Sequence[rules.Check]):
        self.checks = checks
        super().__init__(_("Usaha belum memenuhi syarat: %(reasons)s") % {"reasons": " ".join(self.reasons)})

    @property
    def reasons(self) -> list[str]:
        return rules.blocking_reasons(self.checks)


class AlreadyApplied(ApplicationRefused):
    """The enterprise already has a live application here; it is in ``application``."""

    def __init__(self, application: Application):
        self.application = application
        super().__init__(_("Usaha ini sudah terdaftar di kegiatan ini. Buka halaman pendaftarannya."))


class MoveRefused(ApplicationRefused):
    """The state of the application does not allow this."""


class _NotPlaced(Exception):
    """Rolls back a statement that counted an arrival for a row that was not written."""


def save_draft(*, activity: Activity, enterprise: Enterprise, answer: str, by: User, at: datetime) -> Application:
    """Keep what was typed so far; the same draft is continued, whoever of the enterprise writes."""
    if activity.window(at) != rules.Window.OPEN:
        raise RegistrationClosed(_closed_message(activity, at))
    with transaction.atomic():
        draft, created = Application.objects.select_for_update().get_or_create(
            activity=activity,
            enterprise=enterprise,
            state__in=rules.LIVE_STATES,
            defaults={"state": _A.DRAFT, "answer": answer, "created_by": by},
        )
        if draft.state != _A.DRAFT:
            raise AlreadyApplied(draft)
        if not created and draft.answer != answer:
            Application.objects.filter(pk=draft.pk).update(answer=answer)
            draft.answer = answer
    return draft


def apply(
    *,
    activity: Activity,
    enterprise: Enterprise,
    answer: str,
    key: UUID,
    by: User,
    at: datetime,
    channel: str = ApplicationChannel.WEB,
) -> Application:
    """Send an application: check the rules, take the seats, freeze what was true, queue the letter.

    The same ``key`` of the same user always returns the first result. In a first-come call the answer (accepted or
    waitlisted) is given by the same statement that takes the seats. With the terms loaded it takes four statements:
    the facts, the seats with everything that is frozen, the letter, and the waking of its sender.
    """
    if activity.window(at) != rules.Window.OPEN:
        return _earlier_result(key, by) or _refuse(RegistrationClosed(_closed_message(activity, at)))
    terms = queries.terms_of(activity)
    applicant = by if channel == ApplicationChannel.WEB else None
    facts = queries.facts_of(enterprise, activity, applicant)
    with translation.override("id"):
        checks = rules.evaluate_all(terms.requirements, facts)
    if rules.overall(checks) == Verdict.FAIL:
        return _earlier_result(key, by) or _refuse(NotEligible(rules.evaluate_all(terms.requirements, facts)))
    traits = queries.traits_of(facts)
    try:
        with transaction.atomic():
            placed = seats.place(
                public_id=uuid.uuid4(),
                activity=activity,
                enterprise_id=enterprise.pk,
                ward_id=enterprise.ward_id,
                traits=traits,
                quotas=rules.counted_in(terms.quotas, traits),
                checks=checks,
                snapshot=snapshot_of(enterprise, facts),
                answer=answer,
                channel=channel,
                key=key,
                by_id=by.pk,
                at=at,
            )
            if placed is None:
                raise _NotPlaced
            application = _as_application(placed, activity, enterprise, channel, by, at, answer)
            letters.send([letters.compose(application, by=by)], at=at)
    except (_NotPlaced, IntegrityError) as failure:
        return _earlier_result(key, by) or _refuse(_why_not_placed(activity, enterprise, at, failure))
    return application


def _refuse(refusal: Exception) -> Application:
    raise refusal


def _earlier_result(key: UUID, by: User) -> Application | None:
    """What the same submission gave before: a double click or a retry gets the first answer again."""
    found = Application.objects.filter(sent_by=by, idempotency_key=key)
    return found.select_related("activity__programme", "enterprise", "sent_by").first()


def _why_not_placed(activity: Activity, enterprise: Enterprise, at: datetime, failure: Exception) -> Exception:
    standing = queries.live_application(enterprise, activity)
    if standing is not None and standing.state != _A.DRAFT:
        return AlreadyApplied(standing)
    if isinstance(failure, IntegrityError):
        return failure
    activity.refresh_from_db(fields=["state", "registration_opens_at", "registration_closes_at"])
    return RegistrationClosed(_closed_message(activity, at))


def _closed_message(activity: Activity, at: datetime) -> str:
    if activity.window(at) == rules.Window.UPCOMING:
        return _("Pendaftaran belum dibuka.")
    return _("Pendaftaran sudah ditutup. Lihat kegiatan lain yang masih terbuka.")


def _as_application(
    placed: seats.Placed,
    activity: Activity,
    enterprise: Enterprise,
    channel: str,
    by: User,
    at: datetime,
    answer: str,
) -> Application:
    application = Application(
        pk=placed.id,
        public_id=placed.public_id,
        activity=activity,
        enterprise=enterprise,
        state=placed.state,
        arrival_number=placed.arrival_number,
        waiting_order=placed.waiting_order,
        channel=channel,
        sent_by=by,
        submitted_at=at,
        answer=answer,
    )
    application._state.adding = False
    return application


def snapshot_of(enterprise: Enterprise, facts: rules.Facts) -> dict[str, Any]:
    """The enterprise as it stood, in plain values; read by people and by reports, never written back."""
    return {
        "name": enterprise.name,
        "registration_number": enterprise.registration_number,
        "owner_name": enterprise.owner_name,
        "owner_sex": enterprise.owner_sex,
        "ward_code": enterprise.ward.code,
        "ward": enterprise.ward.name,
        "district": enterprise.ward.parent.name if enterprise.ward.parent else "",
        "address": enterprise.address,
        "phone": enterprise.phone,
        "techniques": list(enterprise.techniques),
        "products": list(enterprise.products),
        "workers_count": enterprise.workers_count,
        "annual_sales_idr": enterprise.annual_sales_idr,
        "capital_idr": enterprise.capital_idr,
        "size_by_law": facts.size_by_law,
        "size_by_workers": facts.size_by_workers,
        "established_year": enterprise.established_year,
        "status": enterprise.status,
        "identifiers": {
            kind: {"value": value, "verified": verified, "expires_on": expires_on.isoformat() if expires_on else None}
            for kind, (value, verified, expires_on) in sorted(facts.identifiers.items())
        },
        "participations": [
            {"kind": seat.kind, "on": seat.on.isoformat(), "title": seat.title} for seat in facts.participations
        ],
    }


def _freeze(application: Application, checks: Sequence[rules.Check], phase: str, at: datetime) -> None:
    EligibilityResult.objects.bulk_create(result_rows(application, checks, phase, at))


def result_rows(
    application: Application, checks: Sequence[rules.Check], phase: str, at: datetime
) -> list[EligibilityResult]:
    """The answers of the rules as rows, with each rule as it stands."""
    return [
        EligibilityResult(
            application=application,
            phase=phase,
            checked_at=at,
            position=position,
            code=check.requirement.code,
            number=check.requirement.number,
            options=list(check.requirement.options),
            is_blocking=check.requirement.is_blocking,
            verdict=check.verdict,
            reason=check.reason[:400],
        )
        for position, check in enumerate(checks, start=1)
    ]


def move(application: Application, to: str, **fields: Any) -> None:
    """One conditional UPDATE from the state the caller saw, if the table allows it; else a refusal."""
    refusal = MoveRefused(
        _("Status pendaftaran sudah berubah menjadi %(state)s. Muat ulang halaman, lalu periksa lagi.")
        % {"state": application.get_state_display()}
    )
    if not states.may_move(rules.APPLICATION_TRANSITIONS, application.state, to):
        raise refusal
    moved = Application.objects.filter(pk=application.pk, state=application.state).update(state=to, **fields)
    if not moved:
        raise refusal
    application.state = to
    for name, value in fields.items():
        setattr(application, name, value)


def resubmit(*, application: Application, answer: str, by: User, at: datetime) -> None:
    """Send a returned application again: rules are asked and facts frozen anew, the number of arrival stays."""
    activity = queries.with_terms(Activity.objects.filter(pk=application.activity_id)).get()
    terms = queries.terms_of(activity)
    enterprise = Enterprise.objects.select_related("ward__parent").get(pk=application.enterprise_id)
    facts = queries.facts_of(enterprise, activity, by if application.channel == ApplicationChannel.WEB else None)
    with translation.override("id"):
        checks = rules.evaluate_all(terms.requirements, facts)
    if rules.overall(checks) == Verdict.FAIL:
        raise NotEligible(rules.evaluate_all(terms.requirements, facts))
    traits = queries.traits_of(facts)
    with transaction.atomic():
        move(
            application,
            _A.SUBMITTED,
            answer=answer,
            snapshot=snapshot_of(enterprise, facts),
            ward=enterprise.ward,
            is_first_timer=traits.is_first_timer,
            is_women_led=traits.is_women_led,
            counted_quotas=rules.counted_in(terms.quotas, traits),
            eligibility=rules.overall(checks),
        )
        _freeze(application, checks, CheckPhase.SUBMISSION, at)
        letters.send([letters.compose(application, by=by)], at=at)


def withdraw(*, application: Application, reason: str, by: User, at: datetime) -> None:
    """The enterprise steps back: its seats return and the next in line moves up in the same transaction."""
    with transaction.atomic(), audit.because(reason or _("Ditarik oleh pendaftar")):
        activity = seats.hold(application.activity_id)
        application.refresh_from_db(fields=["state"])
        held, was_draft = application.holds_seat, application.state == _A.DRAFT
        move(application, _A.WITHDRAWN, ended_at=at, answer_reason=reason)
        Decision.objects.filter(application=application, state=DecisionState.PENDING).update(
            state=DecisionState.DROPPED
        )
        if not was_draft:
            letters.send([letters.compose(application, by=by)], at=at)
        if held:
            free_seats(activity, [application.pk], by=by, at=at)


def free_seats(activity: Activity, application_ids: list[int], *, by: User, at: datetime) -> None:
    seats.give_back(application_ids)
    move_up(activity, seats_count=len(application_ids), by=by, at=at)


def move_up(activity: Activity, *, seats_count: int, by: User, at: datetime) -> list[Application]:
    """Give freed seats to the next in line and tell them; the activity's row is held by the caller."""
    promoted = seats.promote(activity, seats=seats_count, at=at)
    if not promoted:
        return []
    moved = list(
        Application.objects.filter(pk__in=promoted)
        .select_related("activity", "enterprise", "sent_by")
        .order_by(F("waiting_order"), "arrival_number")
    )
    letters.send(letters.compose_many(moved, by=by, template=letters.PROMOTED), at=at)
    return moved
