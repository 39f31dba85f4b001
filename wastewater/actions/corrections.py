"""Corrections of verified results: asked for with evidence, applied or refused by another person."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import StoredFile, User
from wastewater import rules
from wastewater.actions.evaluations import evaluate
from wastewater.choices import Impossible
from wastewater.choices.corrections import CorrectionState
from wastewater.models import Result, ResultCorrection, Sample
from wastewater.rules import corrections as correction_rules
from wastewater.rules.corrections import CORRECTED


class CorrectionRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Figure:
    """What a result should say instead."""

    value: Decimal
    qualifier: str
    unit: str
    expressed_as: str = ""
    detection_limit: Decimal | None = None


def request_correction(
    *,
    result: Result,
    figure: Figure,
    reason: str,
    evidence: StoredFile,
    by: User,
    at: datetime,
    source: str = Source.FORM,
) -> ResultCorrection:
    """Ask that a verified figure be corrected; nothing changes until another person has decided."""
    reason = reason.strip()
    if not reason:
        raise CorrectionRefused(_("Tulis alasan koreksi."))
    if wrong := rules.impossible(figure.value, figure.unit):
        raise CorrectionRefused(str(Impossible(wrong).label))
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=result.sample_id)
        if not correction_rules.may_correct(sample.state):
            raise CorrectionRefused(
                _("Hanya hasil yang sudah diverifikasi yang dikoreksi. Yang belum diverifikasi diubah langsung.")
            )
        stored = Result.objects.get(pk=result.pk)
        if all(getattr(stored, name) == getattr(figure, name) for name in CORRECTED):
            raise CorrectionRefused(_("Angka baru sama dengan angka semula. Ubah sedikitnya satu."))
        try:
            with transaction.atomic():
                return ResultCorrection.objects.create(
                    result=stored,
                    **{f"old_{name}": getattr(stored, name) for name in CORRECTED},
                    **{f"new_{name}": getattr(figure, name) for name in CORRECTED},
                    reason=reason,
                    evidence=evidence,
                    requested_by=by,
                    requested_at=at,
                    created_by=by,
                    created_at=at,
                    source=source,
                )
        except IntegrityError as error:
            if "correction_one_waiting_per_result" not in str(error):
                raise
            raise CorrectionRefused(
                _("Hasil ini sudah punya koreksi yang menunggu keputusan. Putuskan yang itu dahulu.")
            ) from error


def apply_correction(*, correction: ResultCorrection, note: str = "", by: User, at: datetime) -> ResultCorrection:
    """Another person agrees: the figure changes, is judged anew, and counts and violations follow.

    The database writes the figure when the state becomes "applied"; the old evaluation stays, no longer current.
    """
    with transaction.atomic(), audit.because(correction.reason):
        locked = _locked(correction, by)
        if not correction_rules.may_correct(locked.result.sample.state):
            raise CorrectionRefused(
                _("Sampelnya sudah digugurkan, jadi hasilnya tidak dikoreksi lagi. Tolak koreksi ini.")
            )
        _decide(locked, CorrectionState.APPLIED, note.strip(), by, at)
        evaluate(samples=[locked.result.sample_id], at=at)
    return locked


def refuse_correction(*, correction: ResultCorrection, note: str, by: User, at: datetime) -> ResultCorrection:
    """Another person disagrees, and says why; the figure stays."""
    note = note.strip()
    if not note:
        raise CorrectionRefused(_("Tulis mengapa koreksi ditolak."))
    with transaction.atomic(), audit.because(note):
        locked = _locked(correction, by)
        _decide(locked, CorrectionState.REFUSED, note, by, at)
    return locked


def _locked(correction: ResultCorrection, by: User) -> ResultCorrection:
    """The correction, its sample held first as every other step on samples does, if this person may decide it."""
    Sample.objects.select_for_update().get(results=correction.result_id)
    locked = (
        ResultCorrection.objects.select_for_update(of=("self",))
        .select_related("result__sample", "result__parameter")
        .get(pk=correction.pk)
    )
    if locked.state != CorrectionState.REQUESTED:
        raise CorrectionRefused(_("Koreksi ini sudah diputus. Muat ulang halaman ini."))
    if locked.requested_by_id == by.pk:
        raise CorrectionRefused(_("Koreksi ini Anda sendiri yang mengajukan. Mintalah rekan lain untuk memutusnya."))
    return locked


def _decide(correction: ResultCorrection, state: str, note: str, by: User, at: datetime) -> None:
    correction.state, correction.decision_note = state, note
    correction.decided_by, correction.decided_at = by, at
    correction.save(update_fields=["state", "decision_note", "decided_by", "decided_at"])
