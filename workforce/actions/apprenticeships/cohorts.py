"""Programmes, calls, hosts and the counts of the pipeline."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from batikportal.models import Enterprise
from batikportal.queries import calendar
from workforce.actions.refusals import Refused
from workforce.choices.apprenticeship import HostOfferState
from workforce.models import (
    ApprenticeshipProgramme,
    Cohort,
    HostGroup,
    HostGroupMember,
    HostOffer,
    PipelineActivity,
    ProcessStep,
)
from workforce.queries import apprenticeship as queries


class TitleTaken(Refused):
    sentence = _("Nama ini sudah dipakai. Pilih nama lain.")
    field = "title"


class AlreadyPublished(Refused):
    sentence = _("Angkatan ini sudah diumumkan.")


class CallIsOver(Refused):
    sentence = _("Masa pendaftaran sudah lewat. Ubah tanggalnya dahulu, lalu umumkan.")


class AlreadyMember(Refused):
    sentence = _("Usaha ini sudah menjadi anggota kelompok tempat magang.")
    field = "enterprise"


class OfferStands(Refused):
    sentence = _("Tawaran sebelumnya masih menunggu petugas. Tarik dahulu bila ingin mengubahnya.")


class OfferAnswered(Refused):
    sentence = _("Tawaran ini sudah dijawab atau ditarik. Muat ulang halaman.")


class ActivityRecorded(Refused):
    sentence = _("Kegiatan ini sudah dicatat.")
    field = "title"


def _saved(row, constraint: str, refusal: type[Refused]) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if constraint in str(error):
            raise refusal from error
        raise


@transaction.atomic
def save_programme(
    *, facts: Mapping[str, Any], programme: ApprenticeshipProgramme | None = None, by, at: datetime
) -> ApprenticeshipProgramme:
    """Enter or correct a programme."""
    saved = programme or ApprenticeshipProgramme(created_by=by)
    for name, value in facts.items():
        setattr(saved, name, value)
    _saved(saved, "title", TitleTaken)
    return saved


@transaction.atomic
def save_cohort(
    *,
    programme: ApprenticeshipProgramme,
    facts: Mapping[str, Any],
    steps: Iterable[ProcessStep],
    cohort: Cohort | None = None,
    by,
    at: datetime,
) -> Cohort:
    """Enter or correct a cohort; the request of the organiser sets the last day of its approval."""
    saved = cohort or Cohort(programme=programme, created_by=by)
    for name, value in facts.items():
        setattr(saved, name, value)
    saved.approve_due_on = None
    if saved.requested_on:
        days = queries.limits_on(saved.requested_on).approval_days
        saved.approve_due_on = None if days is None else calendar.due_after(saved.requested_on, days)
    _saved(saved, "cohort_title_once_per_programme", TitleTaken)
    saved.steps.set(steps)
    return saved


@transaction.atomic
def publish_cohort(*, cohort: Cohort, today: date, by, at: datetime) -> Cohort:
    """Put a call on the public page."""
    current = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if current.published_at:
        raise AlreadyPublished
    if current.closes_on < today:
        raise CallIsOver
    current.published_at = at
    current.save(update_fields=["published_at"])
    return current


@transaction.atomic
def open_group(*, name: str, coordinator: str, by, at: datetime) -> HostGroup:
    """Begin a group of hosts."""
    group = HostGroup(name=name, coordinator=coordinator, created_by=by)
    _saved(group, "name", GroupTaken)
    return group


class GroupTaken(Refused):
    sentence = _("Kelompok dengan nama ini sudah ada.")
    field = "name"


@transaction.atomic
def join_group(*, group: HostGroup, enterprise: Enterprise, from_on: date, by, at: datetime) -> HostGroupMember:
    """An enterprise joins a group; it is in one at a time."""
    member = HostGroupMember(group=group, enterprise=enterprise, from_on=from_on, created_by=by)
    _saved(member, "hostgroupmember_one_group_a_day", AlreadyMember)
    return member


@transaction.atomic
def leave_group(*, member: HostGroupMember, until_on: date, by, at: datetime) -> HostGroupMember:
    """An enterprise leaves a group; a group over its cap afterwards shows itself in the work list."""
    current = HostGroupMember.objects.select_for_update().get(pk=member.pk)
    current.until_on = max(until_on, current.from_on)
    current.save(update_fields=["until_on"])
    return current


@transaction.atomic
def offer_to_host(
    *,
    enterprise: Enterprise,
    steps: Iterable[ProcessStep],
    seats: int,
    mentor_name: str,
    note: str = "",
    by,
    at: datetime,
) -> HostOffer:
    """An owner offers places; one offer at a time waits for an answer."""
    offer = HostOffer(enterprise=enterprise, seats=seats, mentor_name=mentor_name, note=note, created_by=by)
    _saved(offer, "hostoffer_one_open_per_enterprise", OfferStands)
    offer.steps.set(steps)
    return offer


@transaction.atomic
def answer_offer(*, offer: HostOffer, accept: bool, answer: str, by, at: datetime) -> HostOffer:
    """Staff take an offer up, or say why not yet."""
    current = HostOffer.objects.select_for_update().get(pk=offer.pk)
    if current.state != HostOfferState.OPEN:
        raise OfferAnswered
    current.state = HostOfferState.ACCEPTED if accept else HostOfferState.DECLINED
    current.answer, current.answered_at = answer, at
    current.save(update_fields=["state", "answer", "answered_at"])
    return current


@transaction.atomic
def withdraw_offer(*, offer: HostOffer, by, at: datetime) -> HostOffer:
    """The owner changes her mind before the answer."""
    current = HostOffer.objects.select_for_update().get(pk=offer.pk)
    if current.state != HostOfferState.OPEN:
        raise OfferAnswered
    current.state = HostOfferState.WITHDRAWN
    current.save(update_fields=["state"])
    return current


@transaction.atomic
def record_pipeline(*, facts: Mapping[str, Any], by, at: datetime) -> PipelineActivity:
    """A school or museum activity with its count."""
    activity = PipelineActivity(**facts, created_by=by)
    _saved(activity, "pipelineactivity_once", ActivityRecorded)
    return activity
