"""Eligibility as pure functions: facts of an enterprise in, a verdict with its reason in words out.

A missing fact never fails a rule: it asks for proof. Only a known fact that contradicts the rule fails it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import BATIK_TECHNIQUES, EnterpriseStatus, IdentifierKind, SizeClass, Technique
from batikportal.rules import is_nib
from marketing.choices import RuleCode, Verdict

CITY_CODE = "33.75"  # Kota Pekalongan, Kemendagri code; its districts and wards begin with it.


@dataclass(frozen=True)
class Participation:
    """One earlier seat of the enterprise, from a released decision or from imported history."""

    kind: str
    on: date
    title: str


@dataclass(frozen=True)
class Facts:
    """What is known of an enterprise and its applicant on one day; empty and None mean not known."""

    on: date
    programme_kind: str
    status: str = ""
    ward_code: str = ""
    techniques: tuple[str, ...] = ()
    workers_count: int | None = None
    size_by_law: str | None = None
    size_by_workers: str | None = None
    established_year: int | None = None
    owner_sex: str = ""
    # Kind of identifier: (value, verified, last day of validity or None).
    identifiers: Mapping[str, tuple[str, bool, date | None]] = field(default_factory=dict)
    applicant_is_member: bool = False
    has_member: bool = False
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """One rule of an activity: its code, the number and options it is set with, and whether failing it bars."""

    code: str
    number: int | None = None
    options: tuple[str, ...] = ()
    is_blocking: bool = True
    id: int | None = None


@dataclass(frozen=True)
class Check:
    """The answer of one rule: pass, fail or needs proof, and why, in words for the applicant."""

    requirement: Requirement
    verdict: str
    reason: str

    @property
    def is_blocking(self) -> bool:
        """Whether the rule is required; one that is only preferred never keeps anybody from applying."""
        return self.requirement.is_blocking


@dataclass(frozen=True)
class Rule:
    """How a rule is judged, and which settings it takes."""

    judge: Callable[[Requirement, Facts], tuple[str, str]]
    number_label: object = None
    option_choices: tuple[tuple[str, object], ...] = ()


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def participated_since(facts: Facts, since: date, *, same_kind: bool = True) -> Participation | None:
    """The latest earlier participation on or after ``since``, of the same kind of programme or of any."""
    earlier = [
        seat
        for seat in facts.participations
        if since <= seat.on <= facts.on and (not same_kind or seat.kind == facts.programme_kind)
    ]
    return max(earlier, key=lambda seat: seat.on, default=None)


def _labels(values: Iterable[str], choices: type[TextChoices]) -> str:
    known = dict(choices.choices)
    return ", ".join(str(known.get(value, value)) for value in values)


def _judge_identifier(kind: str, facts: Facts) -> tuple[str, str]:
    label = dict(IdentifierKind.choices).get(kind, kind)
    if kind not in facts.identifiers:
        return Verdict.FAIL, _("%(identifier)s belum tercatat. Tambahkan nomornya di profil usaha Anda.") % {
            "identifier": label
        }
    value, verified, expires_on = facts.identifiers[kind]
    if kind == IdentifierKind.NIB and not is_nib(value):
        return Verdict.FAIL, _("NIB yang tercatat bukan 13 angka. Perbaiki nomornya di profil usaha Anda.")
    if expires_on is not None and expires_on < facts.on:
        return Verdict.FAIL, _(
            "%(identifier)s habis masa berlakunya sebelum kegiatan dimulai. Perbarui, lalu ubah di profil usaha."
        ) % {"identifier": label}
    if not verified:
        return Verdict.NEEDS_PROOF, _(
            "%(identifier)s tercatat, tetapi belum diperiksa petugas. Siapkan salinannya."
        ) % {"identifier": label}
    return Verdict.PASS, _("%(identifier)s tercatat dan sudah diperiksa petugas.") % {"identifier": label}


def _judge_nib(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    # PP 5/2021 (now PP 28/2025): the NIB is the one identity of a business.
    return _judge_identifier(IdentifierKind.NIB, facts)


def _judge_any_identifier(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    answers = [_judge_identifier(kind, facts) for kind in requirement.options]
    for verdict in (Verdict.PASS, Verdict.NEEDS_PROOF):
        found = next((answer for answer in answers if answer[0] == verdict), None)
        if found:
            return found
    if len(answers) == 1:
        return answers[0]
    return Verdict.FAIL, _(
        "Belum tercatat salah satu dari: %(identifiers)s. Tambahkan nomornya di profil usaha Anda."
    ) % {"identifiers": _labels(requirement.options, IdentifierKind)}


def _judge_in_city(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    if not facts.ward_code:
        return Verdict.NEEDS_PROOF, _("Kelurahan usaha belum tercatat. Lengkapi alamat di profil usaha Anda.")
    if facts.ward_code == CITY_CODE or facts.ward_code.startswith(CITY_CODE + "."):
        return Verdict.PASS, _("Alamat usaha berada di Kota Pekalongan.")
    return Verdict.FAIL, _("Alamat usaha tercatat di luar Kota Pekalongan.")


def _judge_batik(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    # SNI 0239:2014: resist-dyed with hot batik wax by canting tulis or canting cap; printed motifs are not batik.
    wanted = requirement.options or tuple(BATIK_TECHNIQUES)
    if not facts.techniques:
        return Verdict.NEEDS_PROOF, _("Teknik belum tercatat. Lengkapi teknik yang Anda pakai di profil usaha.")
    held = [technique for technique in facts.techniques if technique in wanted]
    if held:
        return Verdict.PASS, _("Teknik usaha Anda: %(techniques)s.") % {"techniques": _labels(held, Technique)}
    return Verdict.FAIL, _("Teknik yang tercatat: %(techniques)s. Yang dimaksud: %(wanted)s (SNI 0239:2014).") % {
        "techniques": _labels(facts.techniques, Technique),
        "wanted": _labels(wanted, Technique),
    }


def _judge_enterprise_active(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    if facts.status == EnterpriseStatus.ACTIVE:
        return Verdict.PASS, _("Usaha tercatat aktif.")
    if facts.status in ("", EnterpriseStatus.PENDING):
        return Verdict.NEEDS_PROOF, _("Data usaha Anda masih menunggu pemeriksaan petugas.")
    return Verdict.FAIL, _("Usaha tidak tercatat aktif. Hubungi dinas bila usaha Anda masih berjalan.")


def _judge_membership(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    if facts.applicant_is_member:
        return Verdict.PASS, _("Pendaftar tercatat sebagai pemilik atau karyawan usaha ini.")
    if facts.has_member:
        return Verdict.NEEDS_PROOF, _("Didaftarkan petugas. Pemilik akan diminta menunjukkan identitasnya.")
    return Verdict.NEEDS_PROOF, _("Usaha belum punya akun anggota. Petugas akan memeriksa siapa pemiliknya.")


def _judge_not_recent(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    years = requirement.number or 1
    seat = participated_since(facts, years_before(facts.on, years), same_kind="any_kind" not in requirement.options)
    if seat is None:
        return Verdict.PASS, _("Belum ikut kegiatan sejenis dalam %(years)s tahun terakhir.") % {"years": years}
    return Verdict.FAIL, _("Sudah ikut «%(title)s» pada %(year)s, dalam %(years)s tahun terakhir.") % {
        "title": seat.title,
        "year": str(seat.on.year),
        "years": years,
    }


def _judge_min_workers(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    least = requirement.number or 1
    if facts.workers_count is None:
        return Verdict.NEEDS_PROOF, _("Jumlah pekerja belum tercatat. Lengkapi di profil usaha Anda.")
    if facts.workers_count >= least:
        return Verdict.PASS, _("Usaha mempunyai %(count)s pekerja.") % {"count": facts.workers_count}
    return Verdict.FAIL, _("Paling sedikit %(least)s pekerja; di profil usaha Anda tercatat %(count)s.") % {
        "least": least,
        "count": facts.workers_count,
    }


def _judge_size_class(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    # PP 7/2021, articles 35 and 36; without sales and capital the count of workers hints but proves nothing.
    allowed = _labels(requirement.options, SizeClass)
    if facts.size_by_law is not None:
        size = _labels([facts.size_by_law], SizeClass)
        if facts.size_by_law in requirement.options:
            return Verdict.PASS, _("Skala usaha menurut omzet atau modal: %(size)s.") % {"size": size}
        return Verdict.FAIL, _("Skala usaha menurut omzet atau modal: %(size)s. Yang dimaksud: %(allowed)s.") % {
            "allowed": allowed,
            "size": size,
        }
    return Verdict.NEEDS_PROOF, _(
        "Omzet dan modal belum tercatat, jadi skala usaha (%(allowed)s) perlu dibuktikan."
    ) % {"allowed": allowed}


def _judge_min_age(requirement: Requirement, facts: Facts) -> tuple[str, str]:
    least = requirement.number or 1
    if facts.established_year is None:
        return Verdict.NEEDS_PROOF, _("Tahun berdiri belum tercatat. Lengkapi di profil usaha Anda.")
    age = facts.on.year - facts.established_year
    if age >= least:
        return Verdict.PASS, _("Usaha berdiri sejak %(year)s.") % {"year": str(facts.established_year)}
    return Verdict.FAIL, _("Tercatat berdiri %(year)s, belum %(least)s tahun.") % {
        "least": least,
        "year": str(facts.established_year),
    }


_BATIK_CHOICES = tuple((technique.value, technique.label) for technique in BATIK_TECHNIQUES)

RULES: dict[str, Rule] = {
    RuleCode.NIB: Rule(_judge_nib),
    RuleCode.IDENTIFIER: Rule(_judge_any_identifier, option_choices=tuple(IdentifierKind.choices)),
    RuleCode.IN_CITY: Rule(_judge_in_city),
    RuleCode.BATIK: Rule(_judge_batik, option_choices=_BATIK_CHOICES),
    RuleCode.ENTERPRISE_ACTIVE: Rule(_judge_enterprise_active),
    RuleCode.MEMBERSHIP: Rule(_judge_membership),
    RuleCode.NOT_RECENT: Rule(
        _judge_not_recent,
        number_label=gettext_lazy("tahun"),
        option_choices=(("any_kind", gettext_lazy("Kegiatan jenis apa pun")),),
    ),
    RuleCode.MIN_WORKERS: Rule(_judge_min_workers, number_label=gettext_lazy("pekerja")),
    RuleCode.SIZE_CLASS: Rule(_judge_size_class, option_choices=tuple(SizeClass.choices)),
    RuleCode.MIN_AGE: Rule(_judge_min_age, number_label=gettext_lazy("tahun")),
}

# These mean nothing without at least one option.
_NEED_OPTIONS = (RuleCode.IDENTIFIER, RuleCode.SIZE_CLASS)


def evaluate(requirement: Requirement, facts: Facts) -> Check:
    """Judge one requirement; the reason is rendered in the language that is active now."""
    verdict, reason = RULES[requirement.code].judge(requirement, facts)
    return Check(requirement, str(verdict), reason)


def evaluate_all(requirements: Iterable[Requirement], facts: Facts) -> list[Check]:
    """Judge every requirement, in the order given."""
    return [evaluate(requirement, facts) for requirement in requirements]


def overall(checks: Iterable[Check]) -> str:
    """Fail if a blocking rule fails, else needs proof if any rule wants a human eye, else pass."""
    checks = list(checks)
    if blocking_reasons(checks):
        return Verdict.FAIL
    if any(check.verdict != Verdict.PASS for check in checks):
        return Verdict.NEEDS_PROOF
    return Verdict.PASS


def asks_for_proof(checks: Iterable[Check]) -> bool:
    """Whether a person has to show something; a preference that is not met asks for nothing."""
    return any(check.verdict == Verdict.NEEDS_PROOF for check in checks)


def blocking_reasons(checks: Iterable[Check]) -> list[str]:
    """Why this enterprise may not send an application now; empty when it may."""
    return [check.reason for check in checks if check.verdict == Verdict.FAIL and check.requirement.is_blocking]


def options_objection(code: str, number: int | None, options: Sequence[str]) -> str | None:
    """What is wrong with the settings of a rule, in words, or None."""
    rule = RULES[code]
    if rule.number_label is not None and not number:
        return _("Isi angka (%(unit)s) untuk syarat ini.") % {"unit": rule.number_label}
    if rule.number_label is None and number:
        return _("Syarat ini tidak memakai angka. Kosongkan kolom angka.")
    known = {value for value, _label in rule.option_choices}
    unknown = [option for option in options if option not in known]
    if unknown:
        return _("Pilihan tidak dikenal untuk syarat ini: %(options)s.") % {"options": ", ".join(unknown)}
    if code in _NEED_OPTIONS and not options:
        return _("Pilih paling sedikit satu pilihan untuk syarat ini.")
    return None


def requirement_text(requirement: Requirement) -> str:
    """The requirement as one sentence for the public page."""
    number = requirement.number
    match requirement.code:
        case RuleCode.NIB:
            text = _("Memiliki Nomor Induk Berusaha (NIB)")
        case RuleCode.IDENTIFIER:
            text = _("Memiliki salah satu: %(options)s") % {"options": _labels(requirement.options, IdentifierKind)}
        case RuleCode.IN_CITY:
            text = _("Usaha berada di Kota Pekalongan")
        case RuleCode.BATIK:
            text = _("Membuat batik menurut SNI 0239:2014: %(options)s") % {
                "options": _labels(requirement.options or BATIK_TECHNIQUES, Technique)
            }
        case RuleCode.ENTERPRISE_ACTIVE:
            text = _("Usaha tercatat aktif")
        case RuleCode.MEMBERSHIP:
            text = _("Didaftarkan oleh pemilik atau karyawan usaha")
        case RuleCode.NOT_RECENT if "any_kind" in requirement.options:
            text = _("Belum ikut kegiatan apa pun dalam %(years)s tahun terakhir") % {"years": number}
        case RuleCode.NOT_RECENT:
            text = _("Belum ikut kegiatan sejenis dalam %(years)s tahun terakhir") % {"years": number}
        case RuleCode.MIN_WORKERS:
            text = _("Paling sedikit %(count)s pekerja") % {"count": number}
        case RuleCode.SIZE_CLASS:
            text = _("Skala usaha: %(options)s") % {"options": _labels(requirement.options, SizeClass)}
        case RuleCode.MIN_AGE:
            text = _("Usaha berjalan paling sedikit %(years)s tahun") % {"years": number}
        case _:
            text = str(dict(RuleCode.choices).get(requirement.code, requirement.code))
    return text
