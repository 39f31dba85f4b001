"""The sheet of workers: a person on each line, with the present work and the consent to be proposed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal import rules as portal_rules
from batikportal.choices import AreaLevel, EnterpriseStatus, Focus, Sex, Source
from batikportal.imports import matching
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from batikportal.models import Area, Enterprise, EnterpriseIdentifier
from workforce import queries, rules
from workforce.actions.duplicates import propose_pairs
from workforce.choices import (
    ConsentGivenBy,
    ConsentPurpose,
    Education,
    EngagementRole,
    NikMismatchReason,
    PayMode,
    WorkPlace,
)
from workforce.models import Consent, Engagement, EngagementStep, Person, ProcessStep
from workforce.sheets.nik import NIK_COLUMN, known_people, read_niks

FACTS = {
    "name": "name",
    "sex": "sex",
    "birth_on": "birth_on",
    "ward": "ward_id",
    "residence_outside": "residence_outside",
    "address": "address",
    "phone": "phone",
    "education": "education",
}

KINDS_OF_WORK = ("role", "pay_mode", "place")


def step_choices() -> list[tuple[str, str]]:
    """Steps by code and name, as they are when the file is read."""
    return list(ProcessStep.objects.values_list("code", "name"))


def check_workers(rows: Sequence[Row], ctx: Context) -> None:
    """Read each NIK, find wards and enterprises, tell new people from known ones and see what work they bring."""
    read_niks(rows, ctx.today)
    _find_wards(rows)
    _find_enterprises(rows)
    known = known_people(rows, ctx)
    matching.compare(
        rows,
        known,
        ctx=ctx,
        key=lambda row: row.found["index"],
        fields=FACTS,
        now=lambda row, column: row.found["ward"] if column == "ward" else row[column],
    )
    for row in rows:
        _judge_person(row, known.get(row.found.get("index", "")), ctx.today)
    _find_work(rows, known)
    _find_consents(rows, known)


def _find_wards(rows: Sequence[Row]) -> None:
    known: dict[str, int] = {}
    for ward in Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True):
        for name in (ward.name, ward.code, *ward.aliases):
            known[matching.fold(name)] = ward.pk
    matching.look_up(
        rows, "ward", known, _("Kelurahan “%(value)s” tidak dikenal. Tulis nama kelurahan di Kota Pekalongan.")
    )


def _find_enterprises(rows: Sequence[Row]) -> None:
    asked = {text for row in rows if (text := _enterprise_text(row))}
    registered = Enterprise.objects.exclude(status=EnterpriseStatus.MERGED)
    by_nib = EnterpriseIdentifier.objects.filter(kind="nib", value__in=asked, enterprise__in=registered)
    found = dict(by_nib.values_list("value", "enterprise"))
    found |= dict(registered.filter(registration_number__in=asked).values_list("registration_number", "pk"))
    for row in rows:
        text = _enterprise_text(row)
        row.found["enterprise"] = found.get(text)
        if text and text not in found:
            row.refuse("enterprise", _("Usaha ini belum terdaftar. Tulis nomor registrasi (PKL-…) atau NIB."))


def _enterprise_text(row: Row) -> str:
    """The enterprise as its registration number, or as the bare digits of its NIB."""
    text = (row["enterprise"] or "").strip().upper()
    return text if text.startswith("PKL") else portal_rules.clean_number(text)


def _judge_person(row: Row, person: Person | None, today: date) -> None:
    """Facts that disagree with the NIK are taken, but marked so that somebody looks (known errors of cards exist)."""
    if row["birth_on"] and row["birth_on"] > today:
        row.refuse("birth_on", _("Tanggal lahir belum tiba."))
    is_new = person is None and not row.lacks("nik")
    lives_nowhere = not row["ward"] and not row["residence_outside"] and not row.lacks("ward", "residence_outside")
    if is_new and lives_nowhere:
        row.refuse("ward", _("Isi kelurahan, atau tempat tinggal di luar kota."))
    if row.refused:
        return
    nik = rules.parse_nik(row["nik"], today)
    born = row["birth_on"] or (person.birth_on if person else None)
    year = None if born else (person.birth_year if person else None)
    differs = rules.nik_mismatches(nik, row["sex"] or (person.sex if person else ""), born, year)
    stored = person.nik_mismatch_reason if person else ""
    row.found["mismatch"] = (stored or NikMismatchReason.UNCHECKED.value) if differs else ""


def _wants_work(row: Row) -> bool:
    return bool(row.found["enterprise"] or row["principal_name"] or row["role"] == EngagementRole.OWN_ACCOUNT)


def _find_work(rows: Sequence[Row], known: dict[str, Person]) -> None:
    """Whether the work on the line is there already (its key), and whether the line adds anything to it."""
    people = [person.pk for person in known.values()]
    opened = Engagement.objects.filter(person__in=people, until_on__isnull=True).prefetch_related(
        "engagement_steps__step"
    )
    by_work: dict[tuple[int, Any, str], Engagement] = {}
    with_main: set[int] = set()
    for engagement in opened:
        by_work[engagement.person_id, engagement.enterprise_id, matching.fold(engagement.principal_name)] = engagement
        if engagement.is_main:
            with_main.add(engagement.person_id)
    for row in rows:
        if row.refused or not _wants_work(row):
            continue
        person_id = row.found.get("id")
        principal = "" if row.found["enterprise"] else matching.fold(row["principal_name"] or "")
        present = by_work.get((person_id, row.found["enterprise"], principal)) if person_id else None
        row.found["is_main"] = person_id not in with_main
        row.found["engagement"] = present.pk if present else None
        if person_id:
            _mark_changed(row, _work_differences(row, present))


def _work_differences(row: Row, engagement: Engagement | None) -> dict[str, Any]:
    """Columns that the line would change, with what is stored."""
    if engagement is None:
        column = "enterprise" if row.found["enterprise"] else "principal_name" if row["principal_name"] else "role"
        return {column: None}
    stored_steps = [part.step.code for part in engagement.engagement_steps.all()]
    found: dict[str, Any] = {}
    if set(row["steps"] or ()) - set(stored_steps):
        found["steps"] = stored_steps
    for column in KINDS_OF_WORK:
        if row[column] is not None and row[column] != getattr(engagement, column):
            found[column] = getattr(engagement, column)
    return found


def _find_consents(rows: Sequence[Row], known: dict[str, Person]) -> None:
    """Consents the file adds. “Tidak” never withdraws one: that is done on the worker's page, with the worker."""
    people = [person.pk for person in known.values()]
    standing = set(
        Consent.objects.filter(
            person__in=people, purpose=ConsentPurpose.PROGRAMME, withdrawn_at__isnull=True
        ).values_list("person", flat=True)
    )
    for row in rows:
        person_id = row.found.get("id")
        row.found["consents"] = not row.refused and row["consent"] is True and person_id not in standing
        if row.found["consents"] and person_id:
            _mark_changed(row, {"consent": False})


def _mark_changed(row: Row, differences: dict[str, Any]) -> None:
    if differences:
        row.before |= differences
        row.outcome = Outcome.CHANGED


def apply_workers(rows: Sequence[Row], ctx: Context) -> None:
    """Write people, then their work, steps and consents, each as a set."""
    new, changed = matching.split(rows)
    people = matching.insert(new, Person, lambda row: _new_person(row, ctx.today), ctx)
    matching.update(changed, Person, _changed_person)
    person_ids = {row.line: person.pk for row, person in zip(new, people, strict=True)}
    person_ids |= {row.line: row.found["id"] for row in changed}
    _write_work([row for row in rows if _wants_work(row)], person_ids, ctx)
    _write_consents([row for row in rows if row.found["consents"]], person_ids, ctx)
    propose_pairs(people=[person.pk for person in people], source=Source.IMPORT)


def _changed_person(row: Row) -> dict[str, Any]:
    facts = {name: row[name] for name in FACTS if name != "ward"}
    return {**facts, "ward_id": row.found["ward"], "nik_mismatch_reason": row.found["mismatch"]}


def _new_person(row: Row, today: date) -> dict[str, Any]:
    nik = rules.parse_nik(row["nik"], today)
    given = {name: value for name, value in _changed_person(row).items() if value is not None}
    return {"sex": nik.sex, "birth_on": nik.birth_on, **given, "nik": nik.digits, "nik_hash": row.found["index"]}


def _write_work(rows: Sequence[Row], person_ids: dict[int, int], ctx: Context) -> None:
    starting = [row for row in rows if row.found["engagement"] is None]
    started = matching.insert(starting, Engagement, lambda row: _new_engagement(row, person_ids, ctx.today), ctx)
    engagement_ids = {row.line: engagement.pk for row, engagement in zip(starting, started, strict=True)}
    going_on = [row for row in rows if row.found["engagement"] is not None]
    engagement_ids |= {row.line: row.found["engagement"] for row in going_on}
    _update_engagements({row.found["engagement"]: row for row in going_on})
    steps = dict(ProcessStep.objects.values_list("code", "pk"))
    EngagementStep.objects.bulk_create(
        [
            EngagementStep(engagement_id=engagement_ids[row.line], step_id=steps[code])
            for row in rows
            for code in dict.fromkeys(row["steps"] or ())
        ],
        ignore_conflicts=True,
        batch_size=matching.BATCH,
    )


def _update_engagements(rows: dict[int, Row]) -> None:
    """Write what the file says about engagements that go on; an empty cell leaves what is stored."""
    engagements = Engagement.objects.in_bulk(rows)
    for pk, engagement in engagements.items():
        for name in KINDS_OF_WORK:
            if rows[pk][name] is not None:
                setattr(engagement, name, rows[pk][name])
    Engagement.objects.bulk_update(engagements.values(), KINDS_OF_WORK, batch_size=matching.BATCH)


def _new_engagement(row: Row, person_ids: dict[int, int], today: date) -> dict[str, Any]:
    return {
        "person_id": person_ids[row.line],
        "enterprise_id": row.found["enterprise"],
        "principal_name": "" if row.found["enterprise"] else row["principal_name"] or "",
        "role": row["role"] or EngagementRole.WORKER,
        "pay_mode": row["pay_mode"] or "",
        "place": row["place"] or "",
        "from_on": row["from_on"] or today,
        "start_is_unknown": row["from_on"] is None,
        "is_main": row.found["is_main"],
    }


def _write_consents(rows: Sequence[Row], person_ids: dict[int, int], ctx: Context) -> None:
    text = queries.newest_text(ConsentPurpose.PROGRAMME) if rows else None
    matching.insert(
        rows,
        Consent,
        lambda row: {
            "person_id": person_ids[row.line],
            "purpose": ConsentPurpose.PROGRAMME,
            "text": text,
            "given_by": ConsentGivenBy.CADRE if row["witness"] else ConsentGivenBy.SELF,
            "witness": row["witness"] or "",
            "given_at": ctx.at,
        },
        ctx,
    )


WORKERS = Sheet(
    code="workers",
    title=_("Pekerja (satu baris per orang)"),
    description=_("Data diri, pekerjaan sekarang, dan persetujuan untuk diusulkan ke program perlindungan."),
    focus=Focus.WORKERS,
    permission="workforce.import_workers",
    key=("nik",),
    done_url="workforce:worker-list",
    icon="users",
    template_note=_(
        "Usaha harus sudah terdaftar. Tanggal lahir dan jenis kelamin boleh kosong; keduanya terbaca dari NIK."
    ),
    columns=[
        NIK_COLUMN,
        Column(name="name", label=_("Nama"), required=True, example="Ibu Contoh Sari", max_length=120),
        Column(
            name="sex",
            label=_("Jenis kelamin"),
            kind=Kind.CHOICE,
            choices=Sex.choices,
            synonyms={"l": "M", "lk": "M", "pria": "M", "p": "F", "pr": "F", "wanita": "F"},
            example="Perempuan",
            aliases=("l/p", "jk"),
        ),
        Column(
            name="birth_on",
            label=_("Tanggal lahir"),
            kind=Kind.DATE,
            minimum=date(1900, 1, 1),
            example="5 Maret 1990",
            aliases=("tgl lahir",),
        ),
        Column(name="ward", label=_("Kelurahan"), example="Kauman", aliases=("desa/kelurahan",), max_length=80),
        Column(
            name="residence_outside",
            label=_("Tempat tinggal di luar kota"),
            max_length=120,
            help=_("Kabupaten dan desa, bila tidak tinggal di Kota Pekalongan."),
        ),
        Column(name="address", label=_("Alamat"), example="Jalan Contoh 1", max_length=250),
        Column(name="phone", label=_("Nomor HP"), kind=Kind.PHONE, example="0812-3456-7890", aliases=("hp", "no hp")),
        Column(
            name="education",
            label=_("Pendidikan terakhir"),
            kind=Kind.CHOICE,
            choices=Education.choices,
            synonyms={
                "sd": "sd",
                "smp": "smp",
                "mts": "smp",
                "sma": "sma",
                "smk": "sma",
                "ma": "sma",
                "s1": "bachelor",
            },
            example="SMP / sederajat",
        ),
        Column(
            name="enterprise",
            label=_("Usaha (nomor registrasi atau NIB)"),
            example="PKL-000001",
            aliases=("usaha", "nib usaha", "nomor registrasi usaha"),
            max_length=40,
        ),
        Column(
            name="principal_name",
            label=_("Juragan yang belum terdaftar"),
            max_length=120,
            aliases=("juragan",),
            help=_("Nama dan tempat, bila usahanya belum terdaftar."),
        ),
        Column(
            name="role",
            label=_("Kedudukan"),
            kind=Kind.CHOICE,
            choices=EngagementRole.choices,
            synonyms={"buruh": "worker", "nyantrik": "trainee", "keluarga": "family", "sendiri": "own_account"},
            example="Pekerja",
        ),
        Column(
            name="steps",
            label=_("Proses (kode)"),
            kind=Kind.LIST,
            choices=step_choices,
            example="NGL, ISN",
            aliases=("proses", "kode proses"),
            help=_("Kode atau nama proses, dipisah koma. Daftarnya di halaman Proses batik."),
        ),
        Column(
            name="pay_mode",
            label=_("Sistem upah"),
            kind=Kind.CHOICE,
            choices=PayMode.choices,
            synonyms={"borongan": "piece", "potong": "piece", "kodi": "kodi", "meter": "metre"},
            example="Borongan per potong",
            aliases=("upah",),
        ),
        Column(
            name="place",
            label=_("Tempat kerja"),
            kind=Kind.CHOICE,
            choices=WorkPlace.choices,
            synonyms={"bengkel": "workshop", "pranggok": "workshop", "rumah": "home"},
            example="Rumah sendiri",
        ),
        Column(
            name="from_on",
            label=_("Bekerja sejak"),
            kind=Kind.DATE,
            minimum=date(1940, 1, 1),
            example="1 Februari 2015",
            aliases=("sejak", "mulai bekerja"),
        ),
        Column(
            name="consent",
            label=_("Setuju diusulkan ke program"),
            kind=Kind.BOOLEAN,
            example="ya",
            aliases=("persetujuan", "setuju"),
            help=_("ya bila pekerja setuju. “Tidak” tidak menarik persetujuan yang lama."),
        ),
        Column(
            name="witness",
            label=_("Saksi persetujuan"),
            max_length=120,
            example="",
            help=_("Nama saksi bila persetujuan lisan; kosong bila tertulis."),
        ),
    ],
    check=check_workers,
    apply=apply_workers,
)
