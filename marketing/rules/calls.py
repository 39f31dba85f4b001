"""The life of an open call: when it is open, when it may be published, and until when a waiting list still moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from marketing.choices import ActivityState, QuotaKind, SelectionMode
from marketing.rules.quotas import Seats


class Window(StrEnum):
    """Where the clock stands against the registration window of a call."""

    HIDDEN = "hidden"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class SessionLine:
    """One session as an officer wants it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    venue: str = ""


def window(*, state: str, opens_at: datetime, closes_at: datetime, at: datetime) -> Window:
    """Whether a call takes applications at ``at``; the opening moment belongs to the window, the closing does not."""
    if state in (ActivityState.DRAFT, ActivityState.CANCELLED):
        return Window.HIDDEN
    if state != ActivityState.PUBLISHED or at >= closes_at:
        return Window.CLOSED
    return Window.OPEN if at >= opens_at else Window.UPCOMING


def dates_objection(
    *, opens_at: datetime, closes_at: datetime, starts_at: datetime, ends_at: datetime
) -> tuple[str, str] | None:
    """The name of the field that breaks the order opens < closes <= starts <= ends, with words; None when in order."""
    if closes_at <= opens_at:
        return "registration_closes_at", _("Pendaftaran harus ditutup setelah dibuka.")
    if starts_at < closes_at:
        return "starts_at", _("Kegiatan dimulai setelah pendaftaran ditutup.")
    if ends_at < starts_at:
        return "ends_at", _("Kegiatan selesai setelah dimulai.")
    return None


def missing_before_publishing(
    *,
    summary: str,
    venue: str,
    is_online: bool,
    closes_at: datetime,
    selection_mode: str,
    has_decision_date: bool,
    quotas: Iterable[Seats],
    at: datetime,
) -> list[str]:
    """What still lacks before a call may be shown to the public, in words; empty when it may."""
    missing: list[str] = []
    if not summary.strip():
        missing.append(_("Tulis ringkasan kegiatan."))
    if not venue.strip() and not is_online:
        missing.append(_("Isi tempat, atau tandai kegiatan sebagai daring."))
    if closes_at <= at:
        missing.append(_("Batas pendaftaran sudah lewat. Ubah tanggalnya."))
    if selection_mode == SelectionMode.SELECTED and not has_decision_date:
        missing.append(_("Isi tanggal pengumuman, supaya pendaftar tahu kapan menunggu kabar."))
    if not any(quota.kind == QuotaKind.ALL and quota.size > 0 for quota in quotas):
        missing.append(_("Isi jumlah kursi."))
    return missing


def still_promotes(*, state: str, starts_at: datetime, at: datetime) -> bool:
    """Whether a freed seat still goes to the next in line: until the activity begins."""
    return state in (ActivityState.PUBLISHED, ActivityState.CLOSED) and at < starts_at
