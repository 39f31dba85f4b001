"""Papers of the chain of custody: a sheet of labels for the bottles, and the hand-over form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from batikportal import documents, formats, qr_codes
from wastewater.choices.custody import CustodyStep, Holding
from wastewater.models import CustodyEvent, Sample, SampleContainer
from wastewater.queries import custody as queries
from wastewater.queries.custody import HeldParameter

# Papers travel with the bottles between Indonesian offices, whatever language their printer reads.
LANGUAGE = "id"
# Lines left for steps that are written by hand.
BLANK_ROWS = 3


def label_facts(
    sample: Sample, bottles: Sequence[SampleContainer], addresses: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What each label says; `addresses` are what the QR codes open, by the code of the label."""
    unknown = "……………………………"
    return [
        {
            "qr": qr_codes.svg(addresses[bottle.code]),
            "qr_says": _("Kode QR ke halaman serah terima %(code)s") % {"code": bottle.code},
            "code": bottle.code,
            "count": _("Wadah %(position)s dari %(count)s") % {"position": bottle.position, "count": len(bottles)},
            "kind": f"{bottle.kind.name}, {formats.number(bottle.volume_ml)} mL {bottle.get_material_display()}",
            "rows": [
                [_("Titik"), f"{sample.point.code} {sample.point.name}"],
                [_("Diambil"), formats.moment(sample.taken_at) if sample.taken_at else unknown],
                [_("Petugas"), sample.sampler_name or unknown],
                [_("Awetkan"), bottle.preservation],
                [_("Uji"), ", ".join(str(one) for one in bottle.parameters.all())],
                [_("Tujuan"), str(sample.laboratory or "")],
            ],
        }
        for bottle in bottles
    ]


def labels_pdf(
    sample: Sample, bottles: Sequence[SampleContainer], addresses: Mapping[str, str], *, at: datetime
) -> bytes:
    """One label per bottle."""
    with translation.override(LANGUAGE):
        facts = {"title": _("Label sampel"), "labels": label_facts(sample, bottles, addresses)}
        return documents.pdf("sample-labels", facts, at=at)


def custody_facts(sample: Sample, *, at: datetime) -> dict[str, Any]:
    """Everything that the hand-over form says, in words."""
    events = list(queries.steps_of(sample))
    bottles = list(queries.bottles_of(sample))
    held = queries.holdings([sample], at).get(sample.pk, [])
    return {
        "title": _("Berita Acara Serah Terima Sampel"),
        "office": _("Dinas Lingkungan Hidup Kota Pekalongan"),
        "number": sample.number,
        "details": [
            [_("Titik"), f"{sample.point.code}, {sample.point.name}"],
            [_("Jenis titik"), sample.point.get_kind_display()],
            [_("Kelurahan"), sample.point.ward.name],
            [_("Diambil pada"), formats.moment(sample.taken_at)],
            [_("Petugas pengambil"), sample.sampler_name],
            [_("Laboratorium tujuan"), str(sample.laboratory or "")],
            [_("Nomor laboratorium"), sample.lab_number],
        ],
        "bottles": {
            "title": _("Wadah"),
            "header": [_("Kode"), _("Jenis"), _("Pengawetan"), _("Diawetkan"), _("Parameter")],
            "rows": [_bottle_row(bottle, events) for bottle in bottles],
            "none": _("Wadah tidak dicatat."),
        },
        "steps": {
            "title": _("Langkah serah terima"),
            "header": [_("Waktu"), _("Langkah"), _("Yang menyerahkan"), _("Yang menerima"), _("Tempat"), _("Suhu"),
                       _("Keadaan dan catatan")],
            "rows": [_step_row(event) for event in events] + [[""] * 7] * BLANK_ROWS,
        },
        "holding": {
            "title": _("Lama simpan"),
            "header": [_("Parameter"), _("Paling lama (jam)"), _("Batas waktu"), _("Keadaan")],
            "rows": [_holding_row(one) for one in held],
        },
        "signatures": {
            "title": _("Tanda tangan"),
            "roles": [_("Petugas pengambil"), _("Pembawa"), _("Penerima laboratorium")],
            "name": _("Nama"),
            "when": _("Tanggal dan jam"),
        },
        "printed": _("Dicetak %(when)s dari portal.") % {"when": formats.moment(at)},
    }  # fmt: skip


def custody_pdf(sample: Sample, *, at: datetime) -> bytes:
    """The hand-over form of a sample as it stands at that moment."""
    with translation.override(LANGUAGE):
        return documents.pdf("custody-form", custody_facts(sample, at=at), at=at)


def _bottle_row(bottle: SampleContainer, events: Sequence[CustodyEvent]) -> list[str]:
    preserved = [
        event
        for event in events
        if event.step == CustodyStep.PRESERVED
        and not hasattr(event, "withdrawn_by")
        and event.container_id in (None, bottle.pk)
    ]
    return [
        bottle.code,
        f"{bottle.kind.name}, {formats.number(bottle.volume_ml)} mL",
        bottle.preservation,
        f"{_clock(preserved[-1].happened_at)}: {preserved[-1].note}" if preserved else _("tidak dicatat"),
        ", ".join(str(one) for one in bottle.parameters.all()),
    ]


def _step_row(event: CustodyEvent) -> list[str]:
    words = [event.container.code] if event.container else []
    words += [event.get_condition_display()] if event.condition else []
    words += [event.note] if event.note else []
    step = event.get_step_display()
    if event.withdraws:
        step = f"{step}: {event.withdraws.get_step_display()}"
    elif hasattr(event, "withdrawn_by"):
        step = _("%(step)s (dibatalkan)") % {"step": step}
    return [
        _clock(event.happened_at),
        step,
        event.from_name or "–",
        event.to_name or "–",
        event.place or "–",
        "–" if event.temperature_c is None else f"{formats.number(event.temperature_c)} °C",
        ". ".join(words) or "–",
    ]


def _holding_row(one: HeldParameter) -> list[str]:
    kept = one.kept
    basis = None if kept.state == Holding.RUNNING else kept.basis
    remarks = [str(part.label) for part in (basis, kept.doubt) if part]
    return [
        str(one.parameter),
        "–" if kept.allowed_hours is None else formats.number(kept.allowed_hours),
        "–" if kept.due_at is None else _clock(kept.due_at),
        f"{kept.state.label}{' (' + '; '.join(remarks) + ')' if remarks else ''}",
    ]


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d-%m-%Y %H.%M")
