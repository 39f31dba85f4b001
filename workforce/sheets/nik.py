"""The NIK as the key of both sheets: a secret column, encrypted while it waits and masked in the preview."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from batikportal.imports.contract import Column, Context, Kind, Row
from workforce import queries, rules
from workforce.models import Person
from workforce.queries.duplicates import living

NIK_COLUMN = Column(
    name="nik",
    label=_("NIK"),
    kind=Kind.IDENTIFIER,
    digits=(16,),
    required=True,
    secret=True,
    example="3375024503909999",
    aliases=("nomor induk kependudukan", "no ktp", "nomor ktp", "no nik"),
    help=_("16 angka sebagai teks. Disimpan terenkripsi."),
)


def read_niks(rows: Sequence[Row], today: date) -> None:
    """Refuse numbers that cannot be a NIK; keep the keyed index of the others."""
    for row in rows:
        if row["nik"] is None:
            continue
        try:
            row.found["index"] = queries.nik_index(rules.parse_nik(row["nik"], today).digits)
        except rules.InvalidNik as problem:
            row.refuse("nik", problem.message)


def known_people(rows: Sequence[Row], ctx: Context) -> dict[str, Person]:
    """Known people of the file by keyed index. Somebody outside the clerk's own work area refuses the row."""
    asked = [row.found["index"] for row in rows if "index" in row.found]
    found = Person.objects.filter(nik_hash__in=asked).select_related("merged_into")
    # The number of a record that was merged leads to the record that stays.
    known = {person.nik_hash or "": living(person) for person in found}
    people = [person.pk for person in known.values()]
    visible = set(Person.objects.visible_to(ctx.by).filter(pk__in=people).values_list("pk", flat=True))
    for row in rows:
        index = row.found.get("index")
        if index in known and known[index].pk not in visible:
            row.refuse("nik", _("Pekerja ini sudah terdaftar di luar wilayah kerja Anda."))
    return known
