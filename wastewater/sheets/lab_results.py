"""How a laboratory file is checked and written: one line per parameter, sample by sample."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus
from batikportal.imports import matching
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Censored, Column, Context, Kind, Row, Sheet, Stop, Undetected
from wastewater import actions, rules
from wastewater.choices import Impossible, SampleState, Unit
from wastewater.models import DischargePoint, Laboratory, Parameter, Result, Sample
from wastewater.queries import methods

_NO_TIME = time(0, 0)
# So many laboratories are named to who wrote one that is not known.
LABORATORIES_NAMED = 8
# Every water has a pH and a temperature: "not detected" says nothing about them.
_WITHOUT_NOTHING = (Unit.PH, Unit.CELSIUS)


def check_results(rows: Sequence[Row], ctx: Context) -> None:
    """Find laboratory, point, parameter, unit and sample of every line; tell new, changed and same results apart."""
    look_up_places(rows, ctx)
    matching.look_up(rows, "parameter", _parameter_names(), _("Parameter “%(value)s” tidak dikenal."))
    _understand_units(rows)
    understand_times(rows, ctx)
    _read_undetected(rows)
    one_place_per_number(rows)
    samples = find_samples(rows, ctx)
    wanted = {row.found["sample"] for row in rows if row.found.get("sample")}
    stored = {(one.sample_id, one.parameter_id): one for one in Result.objects.filter(sample__in=wanted)}
    matching.compare(
        rows,
        stored,
        ctx=ctx,
        key=lambda row: (row.found["sample"], row.found["parameter"]),
        fields={
            "result": lambda one: Censored(one.qualifier, one.value),
            "unit": lambda one: " ".join(filter(None, (one.unit, one.expressed_as))),
            "detection_limit": "detection_limit",
            "method": "method",
        },
        now=_as_stored,
    )
    refuse_changes_of_settled(rows, samples)


def apply_results(rows: Sequence[Row], ctx: Context) -> None:
    """Write the lines sample by sample through the same door as every other result."""
    reports: dict[tuple[int, str], actions.Report] = {}
    for row in rows:
        found = row.found
        report = reports.setdefault(
            (found["laboratory"], row["lab_number"]),
            actions.Report(
                laboratory_id=found["laboratory"],
                lab_number=row["lab_number"],
                point_id=found["point"],
                taken_at=datetime.fromisoformat(found["taken_at"]),
                sample_id=found["sample"],
                air_temperature_c=row["air_temperature_c"],
            ),
        )
        report.results.append(
            actions.ReportedResult(
                parameter_id=found["parameter"],
                qualifier=row["result"].qualifier,
                value=row["result"].value,
                unit=found["unit"],
                expressed_as=found["expressed_as"],
                detection_limit=row["detection_limit"],
                method=row["method"],
                note=_told(row["result"]),
            )
        )
    try:
        actions.record_reports(reports=list(reports.values()), by=ctx.by, at=ctx.at)
    except actions.SampleRefused as refusal:
        raise Stop(str(refusal)) from refusal


def _told(result: Censored) -> str:
    """What is kept with a result that the file wrote as a word."""
    if not result.written:
        return ""
    return _("Tertulis “%(text)s” pada berkas; dibaca kurang dari batas laboratorium.") % {"text": result.written}


def look_up_places(rows: Sequence[Row], ctx: Context) -> None:
    """Find the laboratory and the point that each line names, among those that the person may use."""
    laboratories = Laboratory.objects.filter(is_active=True)
    if not ctx.by.has_perm("wastewater.view_any_sample"):
        laboratories = laboratories.filter(analysts=ctx.by)
    by_name = {
        matching.fold(text): pk for pk, *texts in laboratories.values_list("pk", "code", "name") for text in texts
    }
    unknown = _("Laboratorium “%(value)s” tidak dikenal, atau bukan laboratorium Anda. Tulis nama atau kodenya.")
    names = list(laboratories.order_by("name").values_list("name", flat=True)[:LABORATORIES_NAMED])
    if names:
        unknown += " " + _("Yang dikenal: %(names)s.") % {"names": "; ".join(names).replace("%", "%%")}
    matching.look_up(
        rows,
        "laboratory",
        by_name,
        unknown,
    )
    points = DischargePoint.objects.filter(is_active=True)
    if ctx.by.has_perm("wastewater.view_any_sample"):
        points = points.filter(pk__in=DischargePoint.objects.visible_to(ctx.by))
    by_code = {matching.fold(code): pk for pk, code in points.values_list("pk", "code")}
    matching.look_up(
        rows, "point", by_code, _("Titik “%(value)s” tidak dikenal. Tulis kode titik dari daftar titik pantau.")
    )


def _parameter_names() -> dict[str, int]:
    """Every name of every parameter; a short alias never hides another parameter's own name."""
    names: dict[str, int] = {}
    rows = list(Parameter.objects.values_list("pk", "aliases", "name_en", "name", "code"))
    for pk, aliases, *_rest in rows:
        names |= {matching.fold(alias): pk for alias in aliases}
    for pk, _aliases, *texts in rows:
        names |= {matching.fold(text): pk for text in texts if text}
    return names


def _understand_units(rows: Sequence[Row]) -> None:
    """The unit of each line; without one the parameter's own, as the laboratory sheet's head usually says."""
    own = {pk: (unit, substance) for pk, unit, substance in Parameter.objects.values_list("pk", "unit", "expressed_as")}
    for row in rows:
        own_unit, own_substance = own.get(row.found.get("parameter") or 0, ("", ""))
        parsed = rules.parse_unit(row["unit"] or "")
        if parsed is None:
            row.refuse("unit", _("Satuan “%(unit)s” tidak dikenal. Tulis misalnya mg/L.") % {"unit": row["unit"]})
        unit, substance = parsed or ("", "")
        # A laboratory that writes "mg/L" for nitrate means the parameter as it is named: as N.
        unit, substance = unit or own_unit, substance or own_substance
        row.found |= {"unit": unit, "expressed_as": substance, "unit_text": " ".join(filter(None, (unit, substance)))}
        result = row["result"]
        wrong = isinstance(result, Censored) and rules.impossible(result.value, unit)
        if wrong:
            row.refuse("result", Impossible(wrong).label)


def _as_stored(row: Row, column: str) -> Any:
    """What a cell means in the terms of a stored result."""
    if column == "result":
        return row["result"]._replace(written="")
    return row.found["unit_text"] if column == "unit" else row[column]


def _read_undetected(rows: Sequence[Row]) -> None:
    """ "ttd" as less than the limit of the line, else of the laboratory's method that day; else it is refused."""
    silent = [row for row in rows if isinstance(row["result"], Undetected)]
    if not silent:
        return
    book = methods.method_book(row.found["laboratory"] for row in silent if row.found.get("laboratory"))
    for row in silent:
        word, row.values["result"] = row["result"].written, None
        limit = None if row.found["unit"] in _WITHOUT_NOTHING else _limit_of(row, book)
        if limit is None:
            row.refuse(
                "result",
                _(
                    "“%(text)s” tidak menyebut batas deteksi, dan LoQ laboratorium untuk parameter dan tanggal ini "
                    "belum tercatat. Tulis dengan batasnya, misalnya <0,01, atau mintalah pengelola mencatat LoQ-nya."
                )
                % {"text": word},
            )
        else:
            row.values["result"] = Censored("<", limit.normalize(), word)


def _limit_of(row: Row, book: methods.MethodBook) -> Decimal | None:
    """The limit in the unit of the line; a line that names another method than the laboratory's keeps its silence."""
    own = None
    if row["taken_on"] and row.found.get("laboratory") and row.found.get("parameter"):
        own = methods.method_on(book, row.found["laboratory"], row.found["parameter"], row["taken_on"])
    _method, limit = methods.completed(
        own,
        method=row["method"] or "",
        limit=row["detection_limit"],
        unit=row.found["unit"],
        expressed_as=row.found["expressed_as"],
    )
    return limit


def understand_times(rows: Sequence[Row], ctx: Context) -> None:
    """Day and clock time as one moment in Pekalongan; not in the future."""
    for row in rows:
        clock = _clock(row["taken_time"])
        if clock is None:
            row.refuse(
                "taken_time", _("Jam “%(time)s” tidak dikenal. Tulis misalnya 09.30.") % {"time": row["taken_time"]}
            )
        if row["taken_on"] is None:
            continue
        taken_at = timezone.make_aware(datetime.combine(row["taken_on"], clock or _NO_TIME))
        if taken_at > ctx.at:
            row.refuse("taken_on", _("Tanggal pengambilan masih di depan. Periksa tanggalnya."))
        row.found["taken_at"] = taken_at.isoformat()


def _clock(text: str | None) -> time | None:
    if not text:
        return _NO_TIME
    digits = text.replace(".", ":").removesuffix("WIB").strip()
    for pattern in ("%H:%M", "%H:%M:%S"):
        try:
            return datetime.strptime(digits, pattern).time()
        except ValueError:
            continue
    return None


def one_place_per_number(rows: Sequence[Row]) -> None:
    """All lines of one laboratory number must name the same point and moment."""
    first: dict[tuple[int, str], tuple[int, str]] = {}
    for row in rows:
        if row.refused:
            continue
        key = (row.found["laboratory"], row["lab_number"])
        place = (row.found["point"], row.found["taken_at"])
        if first.setdefault(key, place) != place:
            row.refuse(
                "lab_number",
                _("Nomor %(number)s sudah dipakai baris lain dengan titik atau waktu yang berbeda.")
                % {"number": row["lab_number"]},
            )


def find_samples(rows: Sequence[Row], ctx: Context) -> dict[int, Sample]:
    """The stored sample of each line: by laboratory number, else the only unnumbered one of that point and day."""
    placed = [
        row for row in rows if row["lab_number"] and row["taken_on"] and {"laboratory", "point"} <= row.found.keys()
    ]
    numbers = {row["lab_number"] for row in placed}
    points = {row.found["point"] for row in placed}
    stored = (
        Sample.objects.exclude(state__in=[SampleState.VOID, SampleState.PLANNED])
        .filter(Q(lab_number__in=numbers) | Q(lab_number="", point__in=points, state__in=rules.OPEN_FOR_RESULTS))
        .order_by("pk")
    )
    samples = {sample.pk: sample for sample in stored}
    by_number = {(one.laboratory_id, one.lab_number): one for one in samples.values() if one.lab_number}
    unnumbered: dict[Any, list[Sample]] = defaultdict(list)
    for sample in samples.values():
        if not sample.lab_number:
            unnumbered[sample.point_id, timezone.localdate(sample.taken_at)].append(sample)
    visible = set(Sample.objects.visible_to(ctx.by).filter(pk__in=samples).values_list("pk", flat=True))
    for row in placed:
        known = by_number.get((row.found["laboratory"], row["lab_number"]))
        waiting = unnumbered[row.found["point"], row["taken_on"]]
        if known is None and len(waiting) == 1 and waiting[0].pk in visible:
            known = waiting[0]
        row.found["sample"] = known.pk if known else None
        if known and known.point_id != row.found["point"]:
            row.refuse("point", _("Nomor %(number)s sudah tercatat untuk titik lain.") % {"number": row["lab_number"]})
        elif known and known.lab_number and timezone.localdate(known.taken_at) != row["taken_on"]:
            row.refuse(
                "taken_on", _("Nomor %(number)s sudah tercatat dengan tanggal lain.") % {"number": row["lab_number"]}
            )
        elif known and known.pk not in visible:
            row.refuse("", _("Sampel %(number)s di luar wewenang Anda.") % {"number": row["lab_number"]})
    return samples


def refuse_changes_of_settled(rows: Sequence[Row], samples: dict[int, Sample]) -> None:
    """Refuse lines that would change a verified sample."""
    for row in rows:
        sample = samples.get(row.found.get("sample") or 0)
        if row.refused or sample is None or row.outcome == Outcome.SAME:
            continue
        if not rules.may_enter_results(sample.state):
            row.refuse(
                "",
                _(
                    "Sampel %(number)s sudah diverifikasi. Bila keliru, ajukan koreksi dengan bukti pada halaman "
                    "sampelnya."
                )
                % {"number": sample.number},
            )


SHEET = Sheet(
    code="lab-results",
    title=gettext_lazy("Hasil uji laboratorium (satu baris per parameter)"),
    description=gettext_lazy(
        "Satu baris untuk setiap parameter dari setiap sampel. Sampel yang belum tercatat dibuat dari berkas ini, "
        "dan setiap hasil langsung dinilai terhadap baku mutu yang berlaku pada tanggal pengambilan."
    ),
    focus=Focus.WASTE,
    permission="wastewater.import_lab_results",
    key=("laboratory", "lab_number", "parameter"),
    done_url="wastewater:sample-list",
    shows_own_rows=True,
    icon="flask-conical",
    template_note=gettext_lazy(
        "Parameter yang tidak dianalisis tidak perlu ditulis. Jangan menulis 0 untuk yang tidak terdeteksi: tulis "
        "batasnya dengan tanda <, misalnya <0,01. Tulisan ttd dibaca sebagai kurang dari LoQ laboratorium bila LoQ itu "
        "tercatat."
    ),
    columns=[
        Column(
            name="laboratory",
            label=gettext_lazy("Laboratorium"),
            required=True,
            example="Laboratorium Contoh",
            help=gettext_lazy("Nama atau kode laboratorium di portal."),
            aliases=("lab", "nama laboratorium", "kode lab"),
            max_length=120,
        ),
        Column(
            name="lab_number",
            label=gettext_lazy("Nomor laboratorium"),
            required=True,
            example="AL-2026-0012",
            aliases=(
                "no lab",
                "nomor lab",
                "no. lab",
                "kode contoh",
                "no contoh",
                "nomor contoh",
                "no sampel",
                "kode sampel",
            ),
            max_length=60,
        ),
        Column(
            name="point",
            label=gettext_lazy("Kode titik"),
            required=True,
            example="LOJI-1",
            aliases=("titik", "titik pantau", "titik sampling", "lokasi", "kode lokasi"),
            max_length=30,
        ),
        Column(
            name="taken_on",
            label=gettext_lazy("Tanggal ambil"),
            kind=Kind.DATE,
            required=True,
            example="2 Maret 2026",
            aliases=("tanggal sampling", "tgl ambil", "tgl sampling", "tanggal pengambilan", "tanggal"),
        ),
        Column(
            name="taken_time",
            label=gettext_lazy("Jam ambil"),
            example="09.30",
            aliases=("jam", "waktu ambil", "jam sampling", "pukul"),
            max_length=12,
        ),
        Column(
            name="parameter",
            label=gettext_lazy("Parameter"),
            required=True,
            example="COD",
            aliases=("parameter uji", "jenis parameter", "uji"),
            max_length=60,
        ),
        Column(
            name="result",
            label=gettext_lazy("Hasil"),
            kind=Kind.CENSORED,
            undetected=True,
            required=True,
            places=6,
            maximum=rules.LARGEST_VALUE,
            example="<0,01",
            help=gettext_lazy("Tulis tanda < di depan batas deteksi."),
            aliases=("hasil uji", "hasil analisa", "hasil analisis", "nilai", "kadar"),
        ),
        Column(
            name="unit",
            label=gettext_lazy("Satuan"),
            example="mg/L",
            help=gettext_lazy("Kosong berarti satuan baku parameter. Sebut zatnya bila perlu, misalnya mg/L NO3."),
            aliases=("unit", "satuan hasil"),
            max_length=30,
        ),
        Column(
            name="detection_limit",
            label=gettext_lazy("Batas deteksi"),
            kind=Kind.DECIMAL,
            places=6,
            minimum=Decimal("0.000001"),
            example="0,01",
            aliases=("mdl", "lod", "loq", "limit deteksi", "batas kuantifikasi"),
        ),
        Column(
            name="method",
            label=gettext_lazy("Metode"),
            example="SNI 6989.2:2019",
            aliases=("metode uji", "acuan metode", "spesifikasi metode"),
            max_length=80,
        ),
        Column(
            name="air_temperature_c",
            label=gettext_lazy("Suhu udara (°C)"),
            kind=Kind.DECIMAL,
            places=1,
            minimum=5,
            maximum=60,
            example="29,5",
            help=gettext_lazy("Diperlukan untuk menilai suhu air sungai."),
            aliases=("suhu udara", "temperatur udara"),
        ),
    ],
    check=check_results,
    apply=apply_results,
)
