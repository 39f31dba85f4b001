"""The catalogue of succession, S1 to S16, as a page shows it: value, numerator, denominator, completeness, formula.

"Cannot tell" is an answer. Without names nothing is said that rests on one to four people.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from batikportal import formats
from batikportal.models import Area
from batikportal.small_cells import SMALLEST
from workforce.choices import AgeBand
from workforce.choices.knowledge import CraftStatus, KnowledgeRisk
from workforce.models import ProcessStep
from workforce.queries.succession import Facts
from workforce.rules import knowledge as steps_rules
from workforce.rules.projection import GROUPS, OLD_FROM, YOUNG_BELOW, ratio
from workforce.rules.retention import Retention, months_after


@dataclass(frozen=True)
class Line:
    """One indicator; `value` empty: cannot be told, and `note` says why; `url` opens what it counts."""

    code: str
    title: str
    formula: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    completeness: float | None = None
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Asked:
    """What the page was narrowed by, for the addresses that open the rows."""

    facts: Facts
    step: ProcessStep | None
    area: Area | None
    sees_people: bool

    def workers(self, **chosen: str) -> str:
        """The list of workers that a figure counts."""
        query = {"status": "active", "sampai": self.facts.on.isoformat(), **chosen}
        if self.step:
            query["proses"] = self.step.code
        return f"{reverse('workforce:worker-list')}?{urlencode(query | self._area())}"

    def page(self, name: str, **chosen: str) -> str:
        """A page of succession with the same day, step and area."""
        query = {"sampai": self.facts.on.isoformat(), **chosen}
        if self.step:
            query["proses"] = self.step.code
        return f"{reverse(name)}?{urlencode(query | self._area())}"

    def programmes(self) -> str:
        """The page of apprenticeship programmes on the same day."""
        return (
            f"{reverse('workforce:programme-list')}?{urlencode({'sampai': self.facts.on.isoformat()} | self._area())}"
        )

    def _area(self) -> dict[str, str]:
        return {"kecamatan": self.area.code} if self.area else {}

    def is_small(self, *counts: float) -> bool:
        """Whether one of the counts points at somebody whom the reader may not know."""
        return not self.sees_people and any(0 < count < SMALLEST for count in counts)


def _number(value: float) -> str:
    return formats.number(round(value))


def _withheld(code: str, title: str, formula: str, url: str = "") -> Line:
    return Line(code, title, formula, note=_("Data kurang dari 5, tidak ditampilkan."), url=url)


def _quotient(
    asked: Asked, code: str, title: str, formula: str, part: float, whole: float, url: str, *,
    completeness: float | None, as_share: bool, note: str = "", missing: str = "", factor: int = 1,
) -> Line:  # fmt: skip
    """A share or a ratio of two counts; None where nobody stands below the line."""
    small = (part, whole, whole - part) if as_share else (part, whole)
    if asked.is_small(*small):
        return _withheld(code, title, formula, url)
    value = ratio(part, whole)
    if value is None:
        return Line(
            code, title, formula, note=missing or _("Belum ada data untuk dihitung."), completeness=completeness
        )
    text = formats.per_cent(value) if as_share else formats.number(factor * value, 0 if factor > 1 else 2)
    return Line(code, title, formula, text, _number(part), _number(whole), completeness, note, url)


def catalogue(facts: Facts, step: ProcessStep | None, area: Area | None, sees_people: bool) -> list[Line]:
    """All indicators in their order."""
    asked = Asked(facts, step, area, sees_people)
    return [*_ages(asked), *_replacement(asked), *_stayers(asked), *_apprentices(asked), *_skills(asked)]


def _ages(asked: Asked) -> list[Line]:
    stock = asked.facts.stock
    groups, known, total = stock.groups, sum(stock.ages), stock.total
    complete = ratio(known, total)
    young = sum(count for age, count in zip(GROUPS, groups, strict=True) if age < YOUNG_BELOW)
    old = sum(count for age, count in zip(GROUPS, groups, strict=True) if age >= OLD_FROM)
    median = steps_rules.median_of_counts(stock.ages)
    hidden = asked.is_small(known)
    return [
        Line(
            "S1", _("Piramida umur"), _("orang menurut kelompok lima tahun, jenis kelamin dan proses"),
            "" if asked.is_small(total) else _number(total), _number(known) if not hidden else "",
            _number(total) if not asked.is_small(total) else "", complete,
            _("Gambarnya di bawah daftar ini. Pembilang: yang umurnya diketahui."), asked.workers(),
        ),
        Line("S2", _("Median umur"), _("umur yang membagi dua pekerja aktif, dari umur genap"), completeness=complete,
             note=_("Data kurang dari 5, tidak ditampilkan."))
        if hidden or median is None
        else Line("S2", _("Median umur"), _("umur yang membagi dua pekerja aktif, dari umur genap"),
                  formats.number(median, 1), "", _number(known), complete, "", asked.workers()),
        _quotient(asked, "S3", _("Bagian di bawah 35 tahun"), _("pekerja 15–34 tahun ÷ pekerja yang umurnya diketahui"),
                  young, known, asked.workers(umur=AgeBand.UNDER_35_ALL), completeness=complete, as_share=True),
        _quotient(asked, "S4", _("Bagian 50 tahun ke atas"), _("pekerja 50+ ÷ pekerja yang umurnya diketahui"),
                  old, known, asked.workers(umur=AgeBand.OVER_50), completeness=complete, as_share=True),
        _quotient(asked, "S5", _("Muda per seratus yang tua"), _("100 × pekerja < 35 tahun ÷ pekerja 50+"), young, old,
                  asked.workers(umur=AgeBand.UNDER_35_ALL), completeness=complete, as_share=False, factor=100),
    ]  # fmt: skip


def _replacement(asked: Asked) -> list[Line]:
    flows = asked.facts.flows
    moved = flows.entrants_total + flows.exits_total
    dated = ratio(moved, moved + flows.undated)
    aged = ratio(moved - flows.unknown_age, moved + flows.undated)
    since = formats.day(flows.start)
    note = _("Sejak %(day)s. Yang baru pindah juragan masih dihitung membatik.") % {"day": since}
    if flows.undated:
        note += " " + _("%(count)s orang tidak diketahui sejak kapan bekerja.") % {"count": _number(flows.undated)}
    if asked.is_small(flows.undated):
        note = _("Sejak %(day)s. Yang baru pindah juragan masih dihitung membatik.") % {"day": since}
    return [
        _quotient(asked, "S6", _("Penggantian yang tua"),
                  _("masuk bersih < 35 tahun dalam setahun ÷ semua yang keluar berumur 50+"), flows.entrants_young,
                  flows.exits_old, asked.page("workforce:succession-moves"), completeness=aged, as_share=False,
                  note=note),
        _quotient(asked, "S7", _("Penggantian seluruhnya"), _("semua masuk bersih ÷ semua keluar; 1 berarti tetap"),
                  flows.entrants_total, flows.exits_total, asked.page("workforce:succession-moves"),
                  completeness=dated, as_share=False, note=note),
    ]  # fmt: skip


def _stayers(asked: Asked) -> list[Line]:
    facts = asked.facts
    found = []
    for months in (6, 12):
        url = asked.page("workforce:succession-retention", bulan=str(months))
        title = _("Orang baru yang bertahan %(months)s bulan") % {"months": months}
        formula = _("masih membatik sesudah %(months)s bulan ÷ yang %(months)s bulannya sudah lewat") % {
            "months": months
        }
        found.append(
            _retention(
                asked, f"S8 ({months})", title, formula, facts.retention(months), url, late=facts.registered_late
            )
        )
    for months, stayed in facts.apprentices.retention.items():
        title = _("Lulusan magang yang bertahan %(months)s bulan") % {"months": months}
        formula = _("masih membatik %(months)s bulan sesudah magang ÷ lulusan yang %(months)s bulannya sudah lewat") % {
            "months": months
        }
        found.append(_retention(asked, f"S8m ({months})", title, formula, stayed, asked.programmes()))
    return found


def _retention(asked: Asked, code: str, title: str, formula: str, found: Retention, url: str, late: int = 0) -> Line:
    """Retention with its interval and its unknown."""
    if found.elapsed < SMALLEST:
        return Line(code, title, formula, note=_("Kurang dari lima orang yang waktunya sudah lewat."), url=url)
    if asked.is_small(found.lost, found.unknown, found.retained):
        return _withheld(code, title, formula, url)
    interval = found.interval
    if interval is None:
        return Line(code, title, formula, note=_("Tidak seorang pun diketahui kelanjutannya."), url=url)
    note = _("Selang 95%%: %(low)s–%(high)s; %(unknown)s tidak diketahui.") % {
        "low": formats.per_cent(interval.low),
        "high": formats.per_cent(interval.high),
        "unknown": _number(found.unknown),
    }
    if late and not asked.is_small(late):
        note += " " + _("%(count)s baru didaftarkan lebih dari 90 hari sesudah mulai, jadi bisa terlalu tinggi.") % {
            "count": _number(late)
        }
    return Line(
        code, title, formula, formats.per_cent(interval.share), _number(found.retained), _number(found.known),
        found.known / found.elapsed, note, url,
    )  # fmt: skip


def _apprentices(asked: Asked) -> list[Line]:
    """Those that rest on records of apprenticeship."""
    facts, found = asked.facts, asked.facts.apprentices
    nothing = "" if found.any_recorded else _("Belum dapat dikatakan: pemagangan belum dicatat di sini.")
    waits = ""
    if found.learning and not asked.is_small(found.learning):
        waits = _("%(count)s masih belajar dan belum dihitung.") % {"count": _number(found.learning)}
    ages = facts.mentor_ages
    return [
        _quotient(asked, "S9", _("Penyelesaian magang"), _("selesai ÷ mulai dan sudah berakhir"), found.completed,
                  found.ended, asked.programmes(), completeness=None, as_share=True, note=waits, missing=nothing),
        _quotient(asked, "S10", _("Masuk kerja sesudah magang"),
                  _("bekerja dibayar di batik dalam 90 hari ÷ lulusan yang 90 harinya sudah lewat"), found.into_work,
                  found.elapsed, asked.programmes(), completeness=None, as_share=True, missing=nothing),
        _quotient(asked, "S11", _("Beban pembina"), _("yang sedang magang ÷ pembinanya"), found.mentored,
                  len(found.mentor_ages), asked.programmes(), completeness=ratio(found.mentored, found.learning),
                  as_share=False, note=_("Di atas 4 terlalu berat."), missing=nothing),
        _quotient(asked, "S12", _("Cadangan pembina"), _("pembina di bawah 60 tahun ÷ pembina"),
                  facts.mentors_with_time, len(ages), asked.page("workforce:knowledge"),
                  completeness=ratio(sum(age is not None for age in ages), len(ages)), as_share=True,
                  note=_("Pembina: yang sedang membina peserta magang, atau bertingkat pembina."),
                  missing=_("Belum dapat dikatakan: pembina belum dicatat.")),
    ]  # fmt: skip


def _heirs(asked: Asked) -> Line:
    title, formula = _("Kesiapan penerus usaha"), _("usaha dengan calon penerus ÷ usaha dengan pemilik 55+")
    heirs = asked.facts.heirs
    if heirs is None:
        return Line("S15", title, formula, note=_("Dihitung untuk seluruh kota saja."))
    note = _("Hanya pemilik yang terdaftar sebagai orang; calon yang menolak tidak dihitung.")
    missing = _("Belum dapat dikatakan: belum ada pemilik 55+ yang terdaftar.")
    url = reverse("workforce:handover-list") if asked.sees_people else ""
    return _quotient(asked, "S15", title, formula, heirs.named, heirs.firms, url, completeness=None, as_share=True,
                     note=note, missing=missing)  # fmt: skip


def _skills(asked: Asked) -> list[Line]:
    steps = asked.facts.steps
    told = [step for step in steps if step.risk != KnowledgeRisk.UNKNOWN]
    complete = ratio(len(told), len(steps))
    covered = [steps_rules.critical_coverage(step.able_ages) for step in told]
    comparable = [(young, old) for young, old, value in covered if value is not None]
    thin = sum(young < old for young, old in comparable)
    few = sum(len(step.masters) <= steps_rules.FEWEST_MASTERS for step in told)
    year_ago = months_after(asked.facts.on, -12)
    judged = [step.assessment for step in steps if step.assessment and step.assessment.on > year_ago]
    by_status = Counter(one.status for one in judged)
    words = ", ".join(f"{CraftStatus(status).label}: {count}" for status, count in sorted(by_status.items()))
    page = asked.page("workforce:knowledge")
    return [
        Line("S13", _("Proses yang penerusnya kurang"),
             _("proses dengan yang mandiri < 40 tahun lebih sedikit daripada 55+"), formats.number(thin),
             formats.number(thin), formats.number(len(comparable)), complete,
             _("Angka setiap proses di bawah daftar ini."), page)
        if comparable
        else Line("S13", _("Proses yang penerusnya kurang"),
                  _("proses dengan yang mandiri < 40 tahun lebih sedikit daripada 55+"),
                  note=_("Belum dapat dikatakan: keahlian belum dicatat.")),
        Line("S14", _("Proses yang bergantung pada sedikit orang"), _("proses dengan paling banyak 3 orang mahir"),
             formats.number(few), formats.number(few), formats.number(len(told)), complete, "", page)
        if told
        else Line("S14", _("Proses yang bergantung pada sedikit orang"), _("proses dengan paling banyak 3 orang mahir"),
                  note=_("Belum dapat dikatakan: keahlian belum dicatat.")),
        _heirs(asked),
        Line("S16", _("Status kerajinan"), _("proses menurut penilaian panel dalam setahun terakhir"), words,
             formats.number(len(judged)), formats.number(len(steps)), ratio(len(judged), len(steps)), "", page)
        if judged
        else Line("S16", _("Status kerajinan"), _("proses menurut penilaian panel dalam setahun terakhir"),
                  note=_("Belum ada panel yang menilai dalam setahun terakhir."), url=page),
    ]  # fmt: skip


@dataclass(frozen=True)
class StepFigures:
    """S13, S14 and S16 of one step; a count is None where it may not be shown."""

    step: ProcessStep
    young: int | None
    old: int | None
    coverage: float | None
    masters: int | None
    risk: str
    status: str


def step_figures(facts: Facts, sees_people: bool) -> list[StepFigures]:
    """The figures of every step that can be told."""
    found = []
    for one in facts.steps:
        young, old, value = steps_rules.critical_coverage(one.able_ages)
        small = not sees_people and any(0 < count < SMALLEST for count in (young, old))
        masters = len(one.masters)
        found.append(
            StepFigures(
                one.step,
                None if small else young,
                None if small else old,
                None if small else value,
                None if not sees_people and 0 < masters < SMALLEST else masters,
                one.risk,
                str(one.assessment.get_status_display()) if one.assessment else "",
            )
        )
    return found
