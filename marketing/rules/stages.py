"""What an applicant sees: a public stage for every state, what happens next, and by when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from marketing.choices import ApplicationState, PublicStage, SelectionMode

_A = ApplicationState
_P = PublicStage

# A pending decision looks exactly like the review before it.
_STAGES: dict[str, PublicStage] = {
    _A.DRAFT: _P.DRAFT,
    _A.SUBMITTED: _P.SENT,
    _A.RETURNED: _P.INCOMPLETE,
    _A.ELIGIBLE: _P.SELECTION,
    _A.IN_REVIEW: _P.SELECTION,
    _A.PENDING: _P.SELECTION,
    _A.INELIGIBLE: _P.NOT_ACCEPTED,
    _A.REJECTED: _P.NOT_ACCEPTED,
    _A.ACCEPTED: _P.ACCEPTED,
    _A.WAITLISTED: _P.WAITING,
    _A.ATTENDED: _P.ATTENDED,
    _A.NO_SHOW: _P.ABSENT,
    _A.COMPLETED: _P.COMPLETED,
    _A.WITHDRAWN: _P.WITHDRAWN,
    _A.CANCELLED: _P.CALLED_OFF,
}

_TONES: dict[str, str] = {
    _P.DRAFT: "neutral",
    _P.SENT: "info",
    _P.INCOMPLETE: "warning",
    _P.SELECTION: "info",
    _P.ACCEPTED: "good",
    _P.WAITING: "warning",
    _P.NOT_ACCEPTED: "bad",
    _P.ATTENDED: "good",
    _P.COMPLETED: "good",
    _P.ABSENT: "bad",
    _P.WITHDRAWN: "neutral",
    _P.CALLED_OFF: "bad",
}


@dataclass(frozen=True)
class NextStep:
    """What happens next, and the day by which it does (None when no day is promised)."""

    text: str
    by: date | None = None


def public_stage(state: str) -> PublicStage:
    """The name of a state that its applicant may see."""
    return _STAGES[state]


def stage_tone(stage: str) -> str:
    """The tone of the badge that shows a stage."""
    return _TONES[stage]


def next_step(
    state: str,
    *,
    closes_on: date,
    starts_on: date,
    decision_due_on: date | None,
    return_due_on: date | None,
    waiting_position: int | None,
) -> NextStep:
    """What the applicant can expect or has to do after ``state``."""
    stage = public_stage(state)
    match stage:
        case _P.DRAFT:
            return NextStep(_("Pendaftaran belum terkirim. Lengkapi lalu kirim sebelum batas pendaftaran."), closes_on)
        case _P.SENT:
            return NextStep(_("Petugas memeriksa kelengkapan pendaftaran Anda."), decision_due_on)
        case _P.INCOMPLETE:
            return NextStep(_("Lengkapi yang diminta petugas, lalu kirim lagi."), return_due_on or closes_on)
        case _P.SELECTION:
            return NextStep(_("Pendaftaran Anda sedang diseleksi. Hasilnya kami kirim lewat pesan."), decision_due_on)
        case _P.ACCEPTED:
            return NextStep(
                _("Anda mendapat kursi. Datanglah tepat waktu; bila berhalangan, segera batalkan."), starts_on
            )
        case _P.WAITING if waiting_position is not None:
            text = _("Anda nomor %(position)s di daftar cadangan. Bila ada kursi kosong, kami kirim pesan.")
            return NextStep(text % {"position": waiting_position}, starts_on)
        case _P.WAITING:
            return NextStep(_("Anda di daftar cadangan. Bila ada kursi kosong, kami kirim pesan."), starts_on)
        case _P.NOT_ACCEPTED:
            return NextStep(_("Belum diterima kali ini. Baca alasannya, dan lihat kegiatan lain yang terbuka."))
        case _P.ATTENDED:
            return NextStep(_("Terima kasih sudah hadir. Petugas menutup kegiatan setelah laporan selesai."))
        case _P.COMPLETED:
            return NextStep(_("Kegiatan sudah selesai. Lihat kegiatan lanjutan yang terbuka."))
        case _P.ABSENT:
            return NextStep(_("Tercatat tidak hadir. Hubungi petugas bila catatan ini keliru."))
        case _P.WITHDRAWN:
            return NextStep(_("Pendaftaran sudah ditarik. Anda dapat mendaftar lagi selama pendaftaran dibuka."))
        case _:
            return NextStep(_("Kegiatan dibatalkan penyelenggara. Lihat kegiatan lain yang terbuka."))


_STOPPED = (_P.NOT_ACCEPTED, _P.ABSENT, _P.WITHDRAWN, _P.CALLED_OFF)
# A stage that is not on the way itself, and the step of the way in whose place it is shown.
_SHOWN_AT: dict[str, PublicStage] = {
    _P.DRAFT: _P.SENT,
    _P.INCOMPLETE: _P.SENT,
    _P.WAITING: _P.ACCEPTED,
    _P.NOT_ACCEPTED: _P.ACCEPTED,
    _P.ABSENT: _P.ATTENDED,
}


def progress(state: str, *, selection_mode: str) -> list[dict[str, object]]:
    """The way of an application as steps (label and state done, current, todo or stopped), for the status page."""
    stage = public_stage(state)
    if stage in (_P.WITHDRAWN, _P.CALLED_OFF) or state == _A.INELIGIBLE:
        return [{"label": _P.SENT.label, "state": "done"}, {"label": stage.label, "state": "stopped"}]
    selection = [_P.SELECTION] if selection_mode == SelectionMode.SELECTED else []
    path = [_P.SENT, *selection, _P.ACCEPTED, _P.ATTENDED, _P.COMPLETED]
    here = path.index(_SHOWN_AT.get(stage, stage))
    steps: list[dict[str, object]] = [{"label": step.label, "state": "done"} for step in path[:here]]
    now = "stopped" if stage in _STOPPED else "done" if stage == _P.COMPLETED else "current"
    steps.append({"label": stage.label, "state": now})
    if now != "stopped":
        steps += [{"label": step.label, "state": "todo"} for step in path[here + 1 :]]
    return steps
