"""What people do with a sample, from the plan to the published verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, formats, states
from batikportal.choices import Source
from batikportal.models import StoredFile, User
from wastewater import rules
from wastewater.actions.evaluations import evaluate
from wastewater.actions.indices import compute_indices
from wastewater.actions.methods import fill_in_methods
from wastewater.actions.obligations import settle_by_samples
from wastewater.actions.violations import follow_results
from wastewater.choices import Qualifier, SampleState
from wastewater.models import DischargePoint, Laboratory, Parameter, Result, Sample


class SampleRefused(Exception):
    """The step is not possible; the message says why and what to do."""


class TakenInFuture(SampleRefused):
    """The moment of taking has not come yet."""


@dataclass(frozen=True)
class Taking:
    """What is noted when water is taken."""

    taken_at: datetime
    sampler_name: str = ""
    air_temperature_c: Decimal | None = None
    flow_m3_per_day: Decimal | None = None
    water_use_m3_per_ton: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One reported result."""

    parameter: Parameter
    value: Decimal
    qualifier: str = Qualifier.EQUAL
    unit: str = ""
    expressed_as: str = ""
    detection_limit: Decimal | None = None
    method: str = ""
    note: str = ""


def plan_sample(
    *, point: DischargePoint, planned_on: date, by: User | None, at: datetime, source: str = Source.FORM
) -> Sample:
    """Put a sample on the plan."""
    return Sample.objects.create(
        point=point, planned_on=planned_on, state=SampleState.PLANNED, created_by=by, created_at=at, source=source
    )


def record_sample(
    *, point: DischargePoint, taking: Taking, by: User | None, at: datetime, source: str = Source.FORM
) -> Sample:
    """Record water that was taken without a plan."""
    _refuse_future(taking.taken_at, at)
    return Sample.objects.create(
        point=point, state=SampleState.TAKEN, created_by=by, created_at=at, source=source, **vars(taking)
    )


def record_taking(*, sample: Sample, taking: Taking, by: User | None, at: datetime) -> Sample:
    """Record that a planned sample was taken."""
    _refuse_future(taking.taken_at, at)
    with transaction.atomic():
        locked = _locked(sample, SampleState.TAKEN)
        for name, value in vars(taking).items():
            setattr(locked, name, value)
        locked.save(update_fields=["state", *vars(taking)])
    return locked


def send_to_lab(
    *, sample: Sample, laboratory: Laboratory, sent_on: date, lab_number: str = "", by: User | None, at: datetime
) -> Sample:
    """Record that the sample was handed to a laboratory."""
    with transaction.atomic():
        locked = _locked(sample, SampleState.AT_LAB)
        if sent_on < timezone.localdate(locked.taken_at):
            raise SampleRefused(_("Tanggal penyerahan lebih awal daripada tanggal pengambilan. Periksa tanggalnya."))
        _refuse_taken_number(locked, laboratory, lab_number)
        locked.laboratory, locked.sent_on, locked.lab_number = laboratory, sent_on, lab_number
        locked.save(update_fields=["state", "laboratory", "sent_on", "lab_number"])
    return locked


def record_results(
    *,
    sample: Sample,
    entries: Sequence[Entry],
    by: User | None,
    at: datetime,
    laboratory: Laboratory | None = None,
    lab_number: str = "",
    certificate: StoredFile | None = None,
    source: str = Source.FORM,
) -> Sample:
    """Write what the laboratory reported, judge it, and put the sample up for verification.

    An entry of a parameter that already has a result corrects it in place; that is possible until verification only,
    and the history keeps the old figure. Parameters without an entry are left as they are.
    """
    if not entries:
        raise SampleRefused(_("Belum ada hasil. Isi sedikitnya satu parameter."))
    with transaction.atomic():
        locked = _locked(sample)
        if not rules.may_enter_results(locked.state):
            raise SampleRefused(_frozen_message(locked))
        if laboratory is not None:
            _refuse_taken_number(locked, laboratory, lab_number)
            locked.laboratory, locked.lab_number = laboratory, lab_number
        locked.certificate = certificate or locked.certificate
        locked.state = SampleState.RESULTED
        locked.results_entered_by, locked.results_entered_at = by, at
        locked.save(
            update_fields=[
                "state",
                "laboratory",
                "lab_number",
                "certificate",
                "results_entered_by",
                "results_entered_at",
            ]
        )
        _write_results(locked, entries, by, at, source)
        evaluate(samples=[locked.pk], at=at)
    locked.refresh_from_db()
    return locked


def verify_sample(*, sample: Sample, by: User, at: datetime) -> Sample:
    """A second person confirms the results; from now on they cannot change."""
    with transaction.atomic():
        locked = _locked(sample, SampleState.VERIFIED)
        entered = locked.results.filter(created_by=by).exists()
        if entered or rules.same_person(locked.results_entered_by_id, by.pk):
            raise SampleRefused(
                _("Hasil ini Anda sendiri yang memasukkan. Mintalah rekan lain untuk memverifikasinya.")
            )
        locked.verified_by, locked.verified_at = by, at
        locked.save(update_fields=["state", "verified_by", "verified_at"])
        compute_indices(samples=[locked.pk], at=at)
        follow_results(samples=[locked.pk], at=at)
        settle_by_samples(point=locked.point_id, at=at)
    return locked


def publish_sample(*, sample: Sample, by: User | None, at: datetime) -> Sample:
    """Let the verified results count in public figures."""
    with transaction.atomic():
        locked = _locked(sample, SampleState.PUBLISHED)
        locked.published_at = at
        locked.save(update_fields=["state", "published_at"])
    return locked


def void_sample(*, sample: Sample, reason: str, by: User | None, at: datetime) -> Sample:
    """Take a sample out of all figures for a stated reason; its rows stay, and its laboratory number is free again."""
    reason = reason.strip()
    if not reason:
        raise SampleRefused(_("Tulis alasan digugurkan."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(sample, SampleState.VOID)
        locked.voided_at, locked.void_reason = at, reason
        locked.save(update_fields=["state", "voided_at", "void_reason"])
        follow_results(samples=[locked.pk], at=at)
        settle_by_samples(point=locked.point_id, at=at)
    return locked


def _locked(sample: Sample, new_state: str = "") -> Sample:
    """The sample's own row, held until the transaction ends, already moved to `new_state` in memory."""
    locked = Sample.objects.select_for_update().get(pk=sample.pk)
    if new_state:
        if not states.may_move(rules.SAMPLE_TRANSITIONS, locked.state, new_state):
            raise SampleRefused(
                _("Sampel berkeadaan “%(old)s” tidak dapat menjadi “%(new)s”. Muat ulang halaman ini.")
                % {"old": locked.get_state_display(), "new": SampleState(new_state).label}
            )
        locked.state = new_state
    return locked


def _write_results(sample: Sample, entries: Sequence[Entry], by: User | None, at: datetime, source: str) -> None:
    rows = [
        Result(
            sample=sample,
            parameter=entry.parameter,
            qualifier=entry.qualifier,
            value=entry.value,
            unit=entry.unit or entry.parameter.unit,
            expressed_as=entry.expressed_as or ("" if entry.unit else entry.parameter.expressed_as),
            detection_limit=entry.detection_limit,
            method=entry.method,
            note=entry.note,
            created_by=by,
            created_at=at,
            source=source,
        )
        for entry in entries
    ]
    fill_in_methods(sample, rows)
    Result.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sample", "parameter"],
        update_fields=["qualifier", "value", "unit", "expressed_as", "detection_limit", "method", "note"],
    )


def _refuse_future(taken_at: datetime, at: datetime) -> None:
    if taken_at > at:
        raise TakenInFuture(
            _("Waktu pengambilan masih di depan. Sekarang %(now)s; periksa tanggal dan jamnya.")
            % {"now": formats.moment(at)}
        )


def _refuse_taken_number(sample: Sample, laboratory: Laboratory, lab_number: str) -> None:
    others = Sample.objects.filter(laboratory=laboratory, lab_number=lab_number).exclude(state=SampleState.VOID)
    if lab_number and others.exclude(pk=sample.pk).exists():
        raise SampleRefused(
            _("Nomor laboratorium %(number)s sudah dipakai sampel lain. Periksa nomornya, atau gugurkan yang lama.")
            % {"number": lab_number}
        )


def _frozen_message(sample: Sample) -> str:
    if sample.state == SampleState.PLANNED:
        return _("Sampel ini belum diambil. Catat pengambilannya dahulu.")
    if sample.state == SampleState.VOID:
        return _("Sampel ini sudah digugurkan.")
    return _("Hasil sampel ini sudah diverifikasi dan tidak dapat diubah. Bila keliru, ajukan koreksi dengan bukti.")
