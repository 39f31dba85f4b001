"""The sheet of connections: which enterprise sends how much to which plant, since when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal import rules as portal_rules
from batikportal.choices import Focus
from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from batikportal.models import Enterprise, EnterpriseIdentifier
from wastewater.models import Connection
from wastewater.sheets.plant_names import PLANT, look_up_plants


@dataclass
class Span:
    """One connection on the line of time of an enterprise and plant: stored (id), or of the file (row)."""

    first: date
    last: date | None
    row: Row | None = None
    id: int | None = None


def check_connections(rows: Sequence[Row], ctx: Context) -> None:
    """Find plant and enterprise of every line and lay the periods of file and registry beside each other."""
    look_up_plants(rows, ctx, "wastewater.import_connections")
    _look_up_enterprises(rows, ctx)
    for row in rows:
        if not row.refused and row["valid_until"] and row["valid_until"] < row["valid_from"]:
            row.refuse("valid_until", _("Tanggal akhir harus sesudah tanggal mulai."))
    standing = [row for row in rows if not row.refused]
    stored = list(
        Connection.objects.filter(
            plant__in={row.found["plant"] for row in standing},
            enterprise__in={row.found["enterprise"] for row in standing},
        )
    )
    matching.compare(
        rows,
        {(one.enterprise_id, one.plant_id, one.valid_from): one for one in stored},
        ctx=ctx,
        key=lambda row: (row.found["enterprise"], row.found["plant"], row["valid_from"]),
        fields={"declared_m3_per_day": "declared_m3_per_day", "valid_until": "valid_until", "note": "note"},
    )
    _refuse_overlaps([row for row in rows if not row.refused], stored)


def _look_up_enterprises(rows: Sequence[Row], ctx: Context) -> None:
    texts = {row.line: _number(row) for row in rows if row["enterprise"]}
    seen = Enterprise.objects.visible_to(ctx.by).registered()
    by_nib = EnterpriseIdentifier.objects.filter(kind="nib", value__in=set(texts.values()), enterprise__in=seen)
    known = dict(by_nib.values_list("value", "enterprise"))
    known |= dict(seen.filter(registration_number__in=set(texts.values())).values_list("registration_number", "pk"))
    for row in rows:
        if row.refused or row.line not in texts:
            continue
        found = known.get(texts[row.line])
        if found is None:
            row.refuse("enterprise", _("Usaha ini belum terdaftar. Tulis nomor registrasi (PKL-…) atau NIB."))
        row.found["enterprise"] = found


def _number(row: Row) -> str:
    """The registration number, or the bare digits of a NIB."""
    text = str(row["enterprise"]).strip().upper()
    return text if text.startswith("PKL") else portal_rules.clean_number(text)


def _refuse_overlaps(rows: Sequence[Row], stored: Sequence[Connection]) -> None:
    """An open period ends the day before the next one of the file begins; every other overlap is refused."""
    lines: dict[tuple[int, int], list[Span]] = defaultdict(list)
    by_id = {row.found["id"]: row for row in rows if "id" in row.found}
    for one in stored:
        row = by_id.get(one.pk)
        last = row["valid_until"] if row is not None and row["valid_until"] else one.valid_until
        lines[one.enterprise_id, one.plant_id].append(Span(one.valid_from, last, row, one.pk))
    for row in rows:
        if "id" not in row.found:
            key = row.found["enterprise"], row.found["plant"]
            lines[key].append(Span(row["valid_from"], row["valid_until"], row))
    for spans in lines.values():
        before: Span | None = None
        for span in sorted(spans, key=lambda one: (one.first, one.id is None)):
            if before is not None and (before.last is None or before.last >= span.first):
                refused = _close_or_refuse(before, span)
                if refused is span.row and span.id is None:
                    continue
            before = span


def _close_or_refuse(before: Span, span: Span) -> Row | None:
    """End the open period before, or refuse the line of the file; the refused line, if any."""
    is_new = span.row is not None and span.id is None
    if before.last is None and is_new and before.first < span.first:
        before.last = span.first - timedelta(days=1)
        if before.id is None and before.row is not None:
            before.row.found["valid_until"] = before.last.isoformat()
        elif span.row is not None:
            span.row.found["closes"] = before.id
        return None
    refused = span.row or before.row
    if refused is not None:
        other = before if refused is span.row else span
        last = formats.short_day(other.last) if other.last else _("masih berlaku")
        refused.refuse(
            "valid_from",
            _("Bertumpuk dengan sambungan %(first)s – %(last)s. Perbaiki tanggalnya.")
            % {"first": formats.short_day(other.first), "last": last},
        )
    return refused


def apply_connections(rows: Sequence[Row], ctx: Context) -> None:
    """End what the file closes, correct what it changes, and add what is new."""
    new, changed = matching.split(rows)
    ends = {row.found["closes"]: row["valid_from"] - timedelta(days=1) for row in new if "closes" in row.found}
    closed = list(Connection.objects.filter(pk__in=ends))
    for one in closed:
        one.valid_until = ends[one.pk]
    Connection.objects.bulk_update(closed, ["valid_until"], batch_size=matching.BATCH)
    matching.update(
        changed,
        Connection,
        lambda row: {name: row[name] for name in ("declared_m3_per_day", "valid_until", "note")},
    )
    matching.insert(
        new,
        Connection,
        lambda row: {
            "plant_id": row.found["plant"],
            "enterprise_id": row.found["enterprise"],
            "declared_m3_per_day": row["declared_m3_per_day"],
            "valid_from": row["valid_from"],
            "valid_until": row["valid_until"] or _day(row.found.get("valid_until")),
            "note": row["note"] or "",
        },
        ctx,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


SHEET = Sheet(
    code="connections",
    title=gettext_lazy("Sambungan usaha ke IPAL"),
    description=gettext_lazy(
        "Satu baris untuk setiap usaha dan IPAL. Baris baru dengan tanggal mulai yang lebih akhir mengubah volumenya "
        "sejak hari itu; sambungan lama berakhir sehari sebelumnya."
    ),
    focus=Focus.WASTE,
    permission="wastewater.import_connections",
    key=("enterprise", "plant", "valid_from"),
    done_url="wastewater:connection-list",
    shows_own_rows=True,
    icon="cable",
    template_note=gettext_lazy("Kolom sampai dikosongkan bila sambungan masih berlaku."),
    columns=[
        Column(
            name="enterprise",
            label=gettext_lazy("Usaha"),
            required=True,
            example="PKL-000123",
            help=gettext_lazy("Nomor registrasi atau NIB."),
            aliases=("nomor registrasi", "no registrasi", "nib", "nama usaha"),
            max_length=40,
        ),
        PLANT,
        Column(
            name="declared_m3_per_day",
            label=gettext_lazy("Volume dinyatakan (m³/hari)"),
            kind=Kind.DECIMAL,
            required=True,
            places=2,
            minimum=0,
            maximum=100_000,
            example="3,5",
            aliases=("volume", "debit", "m3/hari", "volume (m3/hari)"),
        ),
        Column(
            name="valid_from",
            label=gettext_lazy("Sejak"),
            kind=Kind.DATE,
            required=True,
            example="1 Februari 2026",
            aliases=("tanggal mulai", "mulai", "tersambung sejak"),
        ),
        Column(
            name="valid_until",
            label=gettext_lazy("Sampai"),
            kind=Kind.DATE,
            example="31 Desember 2026",
            aliases=("tanggal akhir", "berakhir"),
        ),
        Column(
            name="note", label=gettext_lazy("Catatan"), example="PKS 12/2026", aliases=("keterangan",), max_length=200
        ),
    ],
    check=check_connections,
    apply=apply_connections,
)
