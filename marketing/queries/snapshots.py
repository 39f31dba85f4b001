"""An enterprise as it stood and as it took part: the snapshot in words, and its earlier seats."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import IdentifierKind, SizeClass, Technique
from batikportal.models import Enterprise
from marketing import rules
from marketing.models import Application, PastParticipation

_WORDS: tuple[tuple[str, Any], ...] = (
    ("name", _("Nama usaha")),
    ("registration_number", _("Nomor registrasi")),
    ("owner_name", _("Pemilik")),
    ("phone", _("Nomor HP usaha")),
    ("address", _("Alamat")),
    ("ward", _("Kelurahan")),
    ("district", _("Kecamatan")),
    ("techniques", _("Teknik")),
    ("products", _("Produk")),
    ("workers_count", _("Jumlah pekerja")),
    ("size_by_law", _("Skala usaha menurut PP 7/2021")),
    ("size_by_workers", _("Skala usaha menurut jumlah pekerja (BPS)")),
    ("established_year", _("Tahun berdiri")),
)


def snapshot_in_words(snapshot: Mapping[str, Any] | None) -> list[tuple[Any, Any]]:
    """The enterprise as it stood at submission, as label and value for people; a missing value is None."""
    stored = snapshot or {}
    techniques, sizes = dict(Technique.choices), dict(SizeClass.choices)
    words = []
    for key, label in _WORDS:
        value = stored.get(key)
        if key == "techniques":
            value = ", ".join(str(techniques.get(one, one)) for one in value or [])
        elif key == "products":
            value = ", ".join(value or [])
        elif key.startswith("size_"):
            value = sizes.get(value or "", value)
        elif key == "established_year" and value:
            value = str(value)
        words.append((label, value))
    for kind, identifier in (stored.get("identifiers") or {}).items():
        checked = _("sudah diperiksa") if identifier["verified"] else _("belum diperiksa")
        words.append((dict(IdentifierKind.choices).get(kind, kind), f"{identifier['value']} ({checked})"))
    return words


def participations_of(enterprise: Enterprise, *, limit: int = 20) -> list[rules.Participation]:
    """Every seat the enterprise ever had, imported history included, latest first."""
    seats = (
        Application.objects.seated()
        .filter(enterprise=enterprise)
        .values_list("activity__programme__kind", "activity__starts_at", "activity__title")
        .order_by("-activity__starts_at")[:limit]
    )
    past = (
        PastParticipation.objects.filter(enterprise=enterprise)
        .values_list("kind", "held_on", "title")
        .order_by("-held_on")[:limit]
    )
    found = [rules.Participation(kind, _day(when), title) for kind, when, title in (*seats, *past)]
    return sorted(found, key=lambda seat: seat.on, reverse=True)[:limit]


def _day(when: date | datetime) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when
