"""Rules of the registry of artisans: the NIK, ages, insurance gaps, exits and what may be published.

Plain Python: no database, no clock. Sources: UU 24/2013 and Permendagri on population numbers (NIK), PP 44/2015 and
Perpres 109/2013 (JKK, JKM), UU 27/2022 (personal data).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workforce.choices import AgeVerdict, CoverageState, CoverageStatus, ExitReason, Programme, Segment

# --- NIK ------------------------------------------------------------------------------------------------------------

# Province codes of the Kemendagri list; 54 (East Timor, until 1999) lives on in old numbers.
PROVINCES = frozenset(
    str(code)
    for codes in ((11, 19), (21, 21), (31, 36), (51, 54), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(codes[0], codes[1] + 1)
)
CITY_OF_PEKALONGAN = "3375"
DISTRICTS_OF_PEKALONGAN = frozenset({"01", "02", "03", "04"})
# The ages between which a registered worker is expected; it decides the century of the two-digit year.
YOUNGEST_AGE, OLDEST_AGE = 15, 90


# What is wrong with a NIK, and what to do about it.
NIK_PROBLEMS: dict[str, Promise] = {
    "length": _("Format NIK harus 16 angka. Periksa lagi pada KTP atau KK."),
    "province": _("Dua angka pertama NIK bukan kode provinsi. Periksa lagi pada KTP atau KK."),
    "city": _("Angka ke-3 dan ke-4 NIK bukan kode kabupaten/kota. Periksa lagi pada KTP atau KK."),
    "day": _("Angka ke-7 dan ke-8 NIK (tanggal lahir) tidak mungkin. Periksa lagi pada KTP atau KK."),
    "date": _("Tanggal lahir di dalam NIK tidak ada dalam kalender. Periksa lagi pada KTP atau KK."),
    "age": _("Umur menurut NIK di luar 15–90 tahun. Periksa lagi angka ke-7 sampai ke-12."),
    "serial": _("Empat angka terakhir NIK tidak boleh 0000. Periksa lagi pada KTP atau KK."),
}


class InvalidNik(ValueError):
    """The text cannot be a NIK; `code` says why and the message says what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    @property
    def message(self) -> Promise:
        return NIK_PROBLEMS[self.code]

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class Nik:
    """What a NIK says: first place of registration (not the address), birth date and sex."""

    digits: str
    sex: str
    birth_on: date

    @property
    def area_code(self) -> str:
        """Province, city and district of first registration; people who moved keep it."""
        return self.digits[:6]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Oddities that never refuse a number: a retired district code of the city itself."""
        in_city = self.digits.startswith(CITY_OF_PEKALONGAN)
        return ("retired_district",) if in_city and self.digits[4:6] not in DISTRICTS_OF_PEKALONGAN else ()


def normalise_nik(text: str) -> str:
    """The text without spaces, dots and dashes."""
    return re.sub(r"[\s.\-]", "", text)


def looks_like_nik(text: str) -> bool:
    """Whether somebody probably typed a NIK, perhaps with a digit missing, where it must not stand."""
    return re.fullmatch(r"[0-9]{14,18}", normalise_nik(text)) is not None


def parse_nik(text: str, today: date, youngest: int = YOUNGEST_AGE, oldest: int = OLDEST_AGE) -> Nik:
    """Read PP KK CC DD MM YY SSSS (DD + 40 for women); raise InvalidNik. No public check digit exists.

    The century is the latest birth date not after today whose age lies in the window: reading 05 as 1905 would turn the
    youngest workers into the oldest.
    """
    digits = normalise_nik(text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise InvalidNik("length")
    if digits[:2] not in PROVINCES:
        raise InvalidNik("province")
    if digits[2:4] in ("00", "70"):
        raise InvalidNik("city")
    day, month, short_year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    if not (1 <= day <= 31 or 41 <= day <= 71):
        raise InvalidNik("day")
    sex, day = ("F", day - 40) if day > 40 else ("M", day)
    if digits[12:] == "0000":
        raise InvalidNik("serial")
    return Nik(digits=digits, sex=sex, birth_on=_birth_in_window(day, month, short_year, today, youngest, oldest))


def _birth_in_window(day: int, month: int, short_year: int, today: date, youngest: int, oldest: int) -> date:
    candidates = []
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            candidates.append(date(century + short_year, month, day))
        except ValueError:
            continue
    if not candidates:
        raise InvalidNik("date")
    for born in candidates:
        if born <= today and youngest <= completed_years(born, today) <= oldest:
            return born
    raise InvalidNik("age")


def nik_mismatches(nik: Nik, sex: str, birth_on: date | None, birth_year: int | None) -> tuple[str, ...]:
    """Which declared facts ("date", "sex") disagree with the NIK. Known card errors exist, so this never refuses."""
    found = []
    if (birth_on and birth_on != nik.birth_on) or (birth_year and birth_year != nik.birth_on.year):
        found.append("date")
    if sex and sex != nik.sex:
        found.append("sex")
    return tuple(found)


# --- Age ------------------------------------------------------------------------------------------------------------

KNOWN, ESTIMATED, UNKNOWN = "known", "estimated", "unknown"


@dataclass(frozen=True)
class Age:
    """Completed years on a date, and how sure they are."""

    years: int | None
    precision: str


def completed_years(born: date, on: date) -> int:
    """Birthdays passed; a person born on 29 February has the birthday on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_on(birth_on: date | None, birth_year: int | None, is_estimated: bool, on: date) -> Age:
    """Age on a date: known from a birth date, estimated from a year (within one) or a date marked so, or unknown."""
    if birth_on:
        return Age(completed_years(birth_on, on), ESTIMATED if is_estimated else KNOWN)
    if birth_year:
        return Age(on.year - birth_year, ESTIMATED)
    return Age(None, UNKNOWN)


def birth_window(youngest: int, oldest: int, on: date) -> tuple[date, date]:
    """First and last birth date of people who are `youngest` to `oldest` completed years old on the date."""
    return _years_before(on, oldest + 1) + timedelta(days=1), _years_before(on, youngest)


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        # 29 February in a common year: whoever was born on the 28th has had the birthday, on 1 March has not.
        return date(on.year - years, 2, 28)


def age_window_verdict(age: Age, first: int, last: int) -> str:
    """Whether an age fits a programme window, both ends included (the city programme takes 18 to 65): an AgeVerdict."""
    if age.years is None:
        return AgeVerdict.UNKNOWN.value
    if age.years < first:
        return AgeVerdict.TOO_YOUNG.value
    return (AgeVerdict.TOO_OLD if age.years > last else AgeVerdict.ELIGIBLE).value


# --- Social insurance -----------------------------------------------------------------------------------------------

# What every worker needs, down to the smallest workshop (Perpres 109/2013): work accident and death.
BASIC_PROGRAMMES = (Programme.JKK.value, Programme.JKM.value)
LAPSE_NOTICE_DAYS = 30

EMPLOYMENT_SEGMENTS = (Segment.PU.value, Segment.BPU.value)
HEALTH_SEGMENTS = tuple(
    segment.value for segment in (Segment.PBI_APBN, Segment.PBI_APBD, Segment.PPU, Segment.PBPU, Segment.BP)
)
# JP and JKP are for wage earners only (PP 45/2015, PP 6/2025); JHT is open to both.
SEGMENTS_OF_PROGRAMME: dict[str, tuple[str, ...]] = {
    Programme.JKK.value: EMPLOYMENT_SEGMENTS,
    Programme.JKM.value: EMPLOYMENT_SEGMENTS,
    Programme.JHT.value: EMPLOYMENT_SEGMENTS,
    Programme.JP.value: (Segment.PU.value,),
    Programme.JKP.value: (Segment.PU.value,),
    Programme.JKN.value: HEALTH_SEGMENTS,
}


class Period(Protocol):
    """What the rules need of a coverage period."""

    programme: str
    status: str
    from_on: date
    until_on: date | None


def segment_fits(programme: str, segment: str, status: str) -> bool:
    """A checked non-member has no segment; everybody else has one that the programme knows."""
    if status == CoverageStatus.NOT_ENROLLED:
        return segment == ""
    return segment in SEGMENTS_OF_PROGRAMME[programme]


def is_active_on(period: Period, on: date) -> bool:
    """Active on the date; the last day counts."""
    return (
        period.status == CoverageStatus.ACTIVE
        and period.from_on <= on
        and (period.until_on is None or period.until_on >= on)
    )


def missing_programmes(periods: Iterable[Period], on: date) -> tuple[str, ...]:
    """Which of JKK and JKM are not active on the date; empty means protected."""
    active = {period.programme for period in periods if is_active_on(period, on)}
    return tuple(programme for programme in BASIC_PROGRAMMES if programme not in active)


def coverage_state(periods: Sequence[Period], on: date) -> str:
    """Where a worker stands with JKK and JKM together. Without a record on both the answer is unknown, never "none"."""
    begun = [period for period in periods if period.from_on <= on and period.programme in BASIC_PROGRAMMES]
    missing = missing_programmes(begun, on)
    if not missing:
        return CoverageState.COVERED.value
    if len(missing) < len(BASIC_PROGRAMMES):
        return CoverageState.PARTIAL.value
    if any(period.status == CoverageStatus.ACTIVE for period in begun):
        return CoverageState.LAPSED.value
    if {period.programme for period in begun} == set(BASIC_PROGRAMMES):
        return CoverageState.NEVER.value
    return CoverageState.UNKNOWN.value


def lapse_window(on: date, days: int = LAPSE_NOTICE_DAYS) -> tuple[date, date]:
    """First and last end date of memberships that are about to lapse: from today, the last day counts."""
    return on, on + timedelta(days=days)


def spans_overlap(spans: Iterable[tuple[date, date | None]]) -> bool:
    """Whether any two spans (first day, last day or None for open) share a day."""
    ordered = sorted(spans, key=lambda span: span[0])
    return any(earlier[1] is None or earlier[1] >= later[0] for earlier, later in pairwise(ordered))


# --- Engagements and exits ------------------------------------------------------------------------------------------

# Whoever moves to another workshop stays in the craft; whoever was laid off counts as left until coming back.
LEAVES_CRAFT = frozenset(
    reason.value for reason in ExitReason if reason not in (ExitReason.OTHER_PRINCIPAL, ExitReason.UNKNOWN)
)


def leaves_craft(reason: str) -> bool | None:
    """Whether the end of an engagement is an exit from the craft; None when nobody knows."""
    return None if reason == ExitReason.UNKNOWN else reason in LEAVES_CRAFT


# --- Consent --------------------------------------------------------------------------------------------------------

STOP_WITHIN = timedelta(hours=72)


def stop_use_by(withdrawn_at: datetime) -> datetime:
    """By when use must have stopped: 3 x 24 hours after the withdrawal (UU 27/2022 art. 40)."""
    return withdrawn_at + STOP_WITHIN


# --- Publication ----------------------------------------------------------------------------------------------------

SMALLEST_GROUP = 5


def publishable(count: int, total: int | None = None) -> bool:
    """Whether a count of people may be shown: no cell under five, and none whose remainder to the total is 1 to 4."""
    if count < SMALLEST_GROUP:
        return False
    return total is None or total == count or total - count >= SMALLEST_GROUP


def protection_in_words(covered: int, workers: int) -> str:
    """What an owner may know of the insurance of the workers: `all`, `some`, `none`, or `hidden` below five workers.

    Even "all" tells the owner only what the law asks of every employer anyway (JKK and JKM, Perpres 109/2013).
    """
    if workers < SMALLEST_GROUP:
        return "hidden"
    if covered == workers:
        return "all"
    return "some" if covered else "none"
