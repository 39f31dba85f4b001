"""The spreadsheet of the ground floor: enterprises, matched by local registration number or NIB."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel, EnterpriseStatus, Focus, IdentifierKind, Sex, Technique
from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from batikportal.models import Area, Enterprise, EnterpriseIdentifier

UNKNOWN_WARD = _("Kelurahan “%(value)s” tidak dikenal di Kota Pekalongan. Tulis nama atau kodenya.")


def _wards() -> dict[str, tuple[int, str]]:
    """Every name, alias and code of a ward → its key and its name."""
    known: dict[str, tuple[int, str]] = {}
    for ward in Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True):
        for word in (ward.name, ward.code, ward.bps_code, *ward.aliases):
            for text in (word, f"kelurahan {word}", f"kel {word}"):
                known.setdefault(matching.fold(text), (ward.pk, ward.name))
    known.pop("", None)
    return known


def _numbers(enterprises: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """The NIB of each enterprise, and whether it was verified."""
    rows = EnterpriseIdentifier.objects.filter(enterprise__in=enterprises, kind=IdentifierKind.NIB)
    return {row.enterprise_id: (row.value, row.verified_at is not None) for row in rows.order_by("verified_at", "-pk")}


def _find(rows: Sequence[Row], ctx: Context) -> dict[int, Enterprise]:
    """The enterprise meant by each row, by line; a row that means several, or a closed one, is refused."""
    by_number = {
        enterprise.registration_number: enterprise
        for enterprise in Enterprise.objects.filter(
            registration_number__in={row["registration_number"].upper() for row in rows if row["registration_number"]}
        )
    }
    # No join: with thousands of numbers the planner may choose to try each of them against each enterprise.
    numbers = EnterpriseIdentifier.objects.filter(
        kind=IdentifierKind.NIB, value__in={row["nib"] for row in rows if row["nib"]}
    ).values_list("value", "enterprise_id")
    holders = Enterprise.objects.in_bulk({pk for _nib, pk in numbers})
    by_nib: dict[str, list[Enterprise]] = defaultdict(list)
    for nib, pk in sorted(numbers):
        if holders[pk].status != EnterpriseStatus.MERGED:
            by_nib[nib].append(holders[pk])
    found: dict[int, Enterprise] = {}
    for row in rows:
        owners = by_nib.get(row["nib"], [])
        number = (row["registration_number"] or "").upper()
        if number and number not in by_number:
            row.refuse("registration_number", _("Nomor registrasi %(number)s tidak ditemukan.") % {"number": number})
        elif number and owners and by_number[number] not in owners:
            row.refuse("nib", _("NIB ini tercatat pada usaha lain (%(name)s).") % {"name": owners[0].name})
        elif number:
            found[row.line] = by_number[number]
        elif len(owners) > 1:
            row.refuse("nib", _("NIB ini tercatat pada beberapa usaha. Tulis nomor registrasinya."))
        elif owners:
            found[row.line] = owners[0]
    visible = set(
        Enterprise.objects.visible_to(ctx.by).filter(pk__in={e.pk for e in found.values()}).values_list("pk", flat=True)
    )
    for row in rows:
        enterprise = found.get(row.line)
        if enterprise is None:
            continue
        if enterprise.status == EnterpriseStatus.MERGED:
            row.refuse("", _("Usaha ini sudah digabung dengan usaha lain dan tidak dapat diubah."))
        elif enterprise.pk not in visible:
            row.refuse("", _("Usaha ini di luar wilayah kerja Anda."))
    return found


def _refuse_namesakes(rows: Sequence[Row], found: dict[int, Enterprise]) -> None:
    """A new row with a name known in that ward would double it, unless both have a NIB; so would a twin in the file."""
    unknown = [row for row in rows if row.line not in found and not row.lacks("name", "ward", "nib")]
    namesakes = Enterprise.objects.registered().filter(ward__in={row.found["ward"] for row in unknown})
    with_nib = EnterpriseIdentifier.objects.filter(kind=IdentifierKind.NIB, enterprise=OuterRef("pk"))
    known: dict[tuple[str, int, bool], str] = {}
    for name, ward, number, has_nib in namesakes.annotate(has_nib=Exists(with_nib)).values_list(
        "name", "ward", "registration_number", "has_nib"
    ):
        known[matching.fold(name), ward, has_nib] = number
    for row in unknown:
        name, ward = matching.fold(row["name"]), row.found["ward"]
        namesake = known.get((name, ward, False)) or (None if row["nib"] else known.get((name, ward, True)))
        if namesake:
            message = _("Usaha bernama ini sudah tercatat di kelurahan itu. Tulis nomor registrasinya: %(number)s.")
            row.refuse("name", message % {"number": namesake})
        elif not row["nib"] and not row.refused:
            known[name, ward, False] = _("lihat baris %(line)s berkas ini") % {"line": row.line}


def check_enterprises(rows: Sequence[Row], ctx: Context) -> None:
    """Find wards and enterprises, refuse what would duplicate or contradict, and compare the rest."""
    wards = _wards()
    matching.look_up(rows, "ward", {word: pk for word, (pk, _name) in wards.items()}, UNKNOWN_WARD)
    names = dict(wards.values())
    for row in rows:
        if row["established_year"] and row["established_year"] > ctx.today.year:
            row.refuse("established_year", _("Tahun berdiri tidak boleh di masa depan."))
    found = _find(rows, ctx)
    _refuse_namesakes(rows, found)
    numbers = _numbers([enterprise.pk for enterprise in found.values()])
    for row in rows:
        value, verified = numbers.get(found[row.line].pk, ("", False)) if row.line in found else ("", False)
        if verified and row["nib"] and row["nib"] != value:
            row.refuse("nib", _("NIB yang tercatat sudah diperiksa dan berbeda. Ubah di halaman usaha."))

    def now(row: Row, column: str) -> Any:
        if column == "ward":
            return names[row.found["ward"]]
        return sorted(row[column]) if column == "techniques" and row[column] else row[column]

    fields: dict[str, Any] = {
        "name": "name",
        "owner_name": "owner_name",
        "owner_sex": "owner_sex",
        "ward": lambda enterprise: names.get(enterprise.ward_id, ""),
        "address": "address",
        "techniques": lambda enterprise: sorted(enterprise.techniques),
        "workers_count": "workers_count",
        "nib": lambda enterprise: numbers.get(enterprise.pk, ("", False))[0],
        "phone": "phone",
        "established_year": "established_year",
    }
    matching.compare(rows, found, key=lambda row: row.line, fields=fields, ctx=ctx, now=now)


def apply_enterprises(rows: Sequence[Row], ctx: Context) -> None:
    """Add the new enterprises, which wait for verification, change the others, and keep their NIB."""
    plain = ("name", "owner_name", "owner_sex", "address", "techniques", "workers_count", "phone", "established_year")

    def values(row: Row) -> dict[str, Any]:
        return {"ward_id": row.found["ward"], **{name: row[name] for name in plain if row[name] is not None}}

    new, changed = matching.split(rows)
    made = matching.insert(new, Enterprise, values, ctx)
    matching.update(changed, Enterprise, values)
    numbered = [(enterprise.pk, row["nib"]) for enterprise, row in zip(made, new, strict=True) if row["nib"]]
    replaced = [(row.found["id"], row["nib"]) for row in changed if "nib" in row.before]
    EnterpriseIdentifier.objects.filter(
        enterprise__in=[pk for pk, _nib in replaced], kind=IdentifierKind.NIB, verified_at__isnull=True
    ).delete()
    EnterpriseIdentifier.objects.bulk_create(
        (
            EnterpriseIdentifier(enterprise_id=pk, kind=IdentifierKind.NIB, value=nib, **matching.stamp(ctx))
            for pk, nib in [*numbered, *replaced]
        ),
        batch_size=matching.BATCH,
    )


SHEETS = [
    Sheet(
        code="enterprises",
        title=_("Pelaku usaha batik"),
        description=_("Satu baris untuk setiap usaha. Usaha yang sudah tercatat diperbarui, yang belum ditambahkan."),
        focus=Focus.SHARED,
        permission="batikportal.import_enterprises",
        done_url="enterprise-list",
        icon="store",
        template_note=_("Usaha yang sudah tercatat dikenali dari nomor registrasi atau NIB; tulis salah satunya."),
        key=("registration_number",),
        columns=[
            Column(
                name="name", label=_("Nama usaha"), required=True, max_length=120, example="Batik Contoh Sekar",
                aliases=("nama umkm", "nama ikm", "nama perusahaan", "merek usaha"),
            ),
            Column(
                name="owner_name", label=_("Nama pemilik"), required=True, max_length=120, example="Siti Contoh",
                aliases=("pemilik", "nama pengusaha"),
            ),
            Column(
                name="owner_sex", label=_("Jenis kelamin pemilik"), kind=Kind.CHOICE, choices=Sex.choices,
                synonyms={"P": Sex.FEMALE, "L": Sex.MALE, "wanita": Sex.FEMALE, "pria": Sex.MALE},
                example="Perempuan", aliases=("jenis kelamin", "l/p", "jk"),
            ),
            Column(
                name="ward", label=_("Kelurahan"), required=True, example="Kauman", aliases=("desa/kelurahan", "kel"),
                help=_("Nama, nama lain atau kode kelurahan di Kota Pekalongan."),
            ),
            Column(name="address", label=_("Alamat"), max_length=250, example="Jl. Contoh No. 1, RT 02/RW 03"),
            Column(
                name="techniques", label=_("Teknik"), kind=Kind.LIST, choices=Technique.choices,
                synonyms={"tulis": "tulis", "kombinasi": "combination", "cap tulis": "combination",
                          "printing": "printing", "sablon": "printing", "jumputan": "jumputan",
                          "ecoprint": "ecoprint", "tenun": "weaving"},
                example="Batik tulis, Batik cap", aliases=("jenis batik", "teknik batik"),
            ),
            Column(
                name="workers_count", label=_("Jumlah pekerja"), kind=Kind.INTEGER, minimum=0, maximum=100_000,
                example="4", aliases=("tenaga kerja", "jumlah tenaga kerja", "pekerja"),
            ),
            Column(name="nib", label=_("NIB"), kind=Kind.IDENTIFIER, digits=(13,), example="0123456789012",
                   aliases=("nomor induk berusaha", "nomor nib")),
            Column(name="phone", label=_("Nomor HP"), kind=Kind.PHONE, example="0812-3456-7890",
                   aliases=("no hp", "nomor hp usaha", "telepon", "no telepon", "whatsapp")),
            Column(
                name="established_year", label=_("Tahun berdiri"), kind=Kind.INTEGER, minimum=1800,
                example="1998",
            ),
            Column(
                name="registration_number", label=_("Nomor registrasi"), max_length=20, example="",
                aliases=("no registrasi", "nomor registrasi portal"),
                help=_("Misalnya PKL-000001; hanya untuk usaha yang sudah tercatat di portal."),
            ),
        ],
        check=check_enterprises,
        apply=apply_enterprises,
    )
]  # fmt: skip
