"""The chain of custody of a sample: labelled bottles, every hand-over, and when each analysis began."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, formats
from batikportal.choices import Source
from batikportal.models import User
from wastewater.actions.samples import send_to_lab
from wastewater.choices import SampleState
from wastewater.choices.custody import CustodyStep
from wastewater.models import (
    AnalysisStart,
    ContainerKind,
    CustodyEvent,
    Laboratory,
    Parameter,
    Sample,
    SampleContainer,
)
from wastewater.models.samples import SETTLED
from wastewater.rules import custody as custody_rules

# Read aloud and typed by hand where no camera works: no letter or digit that looks like another.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8
MOST_PER_KIND = 5


class CustodyRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Step:
    """One step as somebody noted it; without a container it is about all bottles."""

    step: str
    happened_at: datetime
    from_name: str = ""
    to_name: str = ""
    place: str = ""
    container: SampleContainer | None = None
    temperature_c: Decimal | None = None
    condition: str = ""
    note: str = ""


def prepare_containers(
    *,
    sample: Sample,
    laboratory: Laboratory,
    kinds: Mapping[ContainerKind, int],
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> list[SampleContainer]:
    """Give a sample its labelled bottles, and name the laboratory that they go to."""
    if not any(kinds.values()):
        raise CustodyRefused(_("Pilih sedikitnya satu wadah."))
    with transaction.atomic():
        locked = Sample.objects.select_for_update().get(pk=sample.pk)
        if locked.state not in (SampleState.PLANNED, SampleState.TAKEN):
            raise CustodyRefused(_("Wadah hanya disiapkan sebelum sampel sampai di laboratorium."))
        if CustodyEvent.objects.filter(sample=locked).exists():
            raise CustodyRefused(_("Sampel ini sudah diserahterimakan, jadi wadahnya tidak berubah lagi."))
        if locked.laboratory_id != laboratory.pk:
            locked.laboratory = laboratory
            locked.save(update_fields=["laboratory"])
        first = SampleContainer.objects.filter(sample=locked).count() + 1
        wanted = [kind for kind, count in kinds.items() for _number in range(count)]
        made = SampleContainer.objects.bulk_create(
            SampleContainer(
                sample=locked,
                position=position,
                code=new_code(),
                kind=kind,
                material=kind.material,
                volume_ml=kind.volume_ml,
                preservation=kind.preservation,
                max_temperature_c=kind.max_temperature_c,
                created_by=by,
                created_at=at,
                source=source,
            )
            for position, kind in enumerate(wanted, start=first)
        )
        through = SampleContainer.parameters.through
        of_kind = {kind.pk: list(kind.parameters.values_list("pk", flat=True)) for kind in kinds}
        through.objects.bulk_create(
            through(samplecontainer_id=one.pk, parameter_id=pk) for one in made for pk in of_kind[one.kind_id]
        )
    return made


def remove_containers(*, sample: Sample, by: User | None) -> None:
    """Take back all bottles of a sample that nobody has handed over yet, to choose them anew."""
    with transaction.atomic():
        Sample.objects.select_for_update().get(pk=sample.pk)
        if CustodyEvent.objects.filter(sample=sample).exists():
            raise CustodyRefused(_("Sampel ini sudah diserahterimakan, jadi wadahnya tidak berubah lagi."))
        with audit.because(_("wadah dipilih ulang")):
            SampleContainer.objects.filter(sample=sample).delete()


def record_step(
    *, sample: Sample, step: Step, by: User | None, at: datetime, source: str = Source.FORM
) -> CustodyEvent:
    """Write one step; the chain begins by itself with the taking of the water."""
    with transaction.atomic():
        locked = Sample.objects.select_for_update().get(pk=sample.pk)
        return _written(locked, step, by, at, source)


def receive_at_laboratory(
    *,
    sample: Sample,
    laboratory: Laboratory,
    step: Step,
    lab_number: str = "",
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> CustodyEvent:
    """The laboratory takes the bottles over: the chain says so, and the sample is at the laboratory."""
    with transaction.atomic():
        locked = Sample.objects.select_for_update().get(pk=sample.pk)
        made = _written(locked, step, by, at, source)
        if locked.state == SampleState.TAKEN:
            send_to_lab(
                sample=locked,
                laboratory=laboratory,
                sent_on=timezone.localdate(step.happened_at),
                lab_number=lab_number or locked.lab_number,
                by=by,
                at=at,
            )
        elif locked.laboratory_id != laboratory.pk:
            raise CustodyRefused(
                _("Sampel ini tercatat di %(laboratory)s. Pilih laboratorium itu.")
                % {"laboratory": locked.laboratory or _("lapangan, tanpa laboratorium")}
            )
        return made


def withdraw_step(*, event: CustodyEvent, reason: str, by: User | None, at: datetime) -> CustodyEvent:
    """Strike out the last step, which was written by mistake; both rows stay."""
    reason = reason.strip()
    if not reason:
        raise CustodyRefused(_("Tulis mengapa langkah ini dibatalkan."))
    with transaction.atomic(), audit.because(reason):
        locked = Sample.objects.select_for_update().get(pk=event.sample_id)
        _refuse_settled(locked)
        last = CustodyEvent.objects.filter(sample=locked).standing().order_by("pk").last()
        if last != event:
            raise CustodyRefused(_("Hanya langkah terakhir yang dapat dibatalkan. Muat ulang halaman ini."))
        return CustodyEvent.objects.create(
            sample=locked,
            step=CustodyStep.WITHDRAWN,
            withdraws=event,
            happened_at=at,
            note=reason,
            created_by=by,
            created_at=at,
        )


def record_analysis_starts(
    *,
    sample: Sample,
    starts: Mapping[Parameter, datetime],
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> None:
    """Write when the laboratory began with each parameter; an earlier note is corrected, the history keeps it."""
    if not starts:
        raise CustodyRefused(_("Isi waktu mulai sedikitnya satu parameter."))
    with transaction.atomic():
        locked = Sample.objects.select_for_update().get(pk=sample.pk)
        _refuse_settled(locked)
        if locked.taken_at is None:
            raise CustodyRefused(_("Sampel ini belum diambil. Catat pengambilannya dahulu."))
        for parameter, started_at in starts.items():
            if started_at > at:
                raise CustodyRefused(
                    _("%(parameter)s: waktu mulai masih di depan. Periksa tanggalnya.") % {"parameter": parameter}
                )
            if started_at < locked.taken_at:
                raise CustodyRefused(
                    _("%(parameter)s: mulai dianalisis sebelum air diambil (%(taken)s). Periksa waktunya.")
                    % {"parameter": parameter, "taken": formats.moment(locked.taken_at)}
                )
        AnalysisStart.objects.bulk_create(
            [
                AnalysisStart(
                    sample=locked,
                    parameter=parameter,
                    started_at=started_at,
                    created_by=by,
                    created_at=at,
                    source=source,
                )
                for parameter, started_at in starts.items()
            ],
            update_conflicts=True,
            unique_fields=["sample", "parameter"],
            update_fields=["started_at"],
        )


def new_code() -> str:
    """What a label carries: eight signs that nobody can guess."""
    return "".join(secrets.choice(_ALPHABET) for _sign in range(_CODE_LENGTH))


def _written(sample: Sample, step: Step, by: User | None, at: datetime, source: str) -> CustodyEvent:
    _refuse_settled(sample)
    if sample.taken_at is None:
        raise CustodyRefused(_("Sampel ini belum diambil. Catat pengambilannya dahulu."))
    if step.happened_at > at:
        raise CustodyRefused(_("Waktunya masih di depan. Periksa tanggal dan jamnya."))
    last = CustodyEvent.objects.filter(sample=sample).standing().order_by("pk").last()
    stamp = {"sample": sample, "created_by": by, "created_at": at, "source": source}
    if last is None:
        last = CustodyEvent.objects.create(
            **stamp,
            step=CustodyStep.TAKEN,
            happened_at=sample.taken_at,
            to_name=sample.sampler_name,
            place=str(sample.point)[:120],
        )
    if step.happened_at < last.happened_at:
        raise CustodyRefused(
            _("Langkah sebelumnya (%(step)s) terjadi %(when)s. Waktu langkah ini tidak boleh lebih awal.")
            % {"step": last.get_step_display(), "when": formats.moment(last.happened_at)}
        )
    moved = CustodyEvent.objects.filter(sample=sample).moving().order_by("pk").last()
    if not custody_rules.may_follow(moved.step if moved else "", step.step):
        raise CustodyRefused(
            _("Sesudah “%(last)s” langkah “%(step)s” tidak mungkin. Muat ulang halaman ini.")
            % {"last": moved.get_step_display() if moved else "–", "step": CustodyStep(step.step).label}
        )
    return CustodyEvent.objects.create(**stamp, **vars(step))


def _refuse_settled(sample: Sample) -> None:
    if sample.state in SETTLED:
        raise CustodyRefused(_("Sampel ini sudah diverifikasi atau digugurkan, jadi catatannya tidak berubah lagi."))
