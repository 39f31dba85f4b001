"""Programmes and activities of the demo: three years of finished ones, and one for every stage to look at."""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from batikportal.choices import Source
from batikportal.models import User
from marketing.choices import (
    ActivityState,
    FundSource,
    ProgrammeKind,
    QuotaKind,
    RuleCode,
    SelectionMode,
)
from marketing.models import Activity, EligibilityRule, Programme, Quota, Session

NAMES = {
    ProgrammeKind.EXPORT_TRAINING: "Contoh Pengembangan Ekspor",
    ProgrammeKind.DIGITAL_MARKETING: "Contoh Pemasaran Digital UMKM",
    ProgrammeKind.EXHIBITION: "Contoh Promosi dan Pameran",
    ProgrammeKind.COACHING: "Contoh Pendampingan Usaha",
}
BUDGET_CODES = {
    ProgrammeKind.EXPORT_TRAINING: "3.30.05",
    ProgrammeKind.DIGITAL_MARKETING: "2.17.08",
    ProgrammeKind.EXHIBITION: "3.30.07",
    ProgrammeKind.COACHING: "2.17.07",
}
SUMMARIES = {
    ProgrammeKind.EXPORT_TRAINING: (
        "Tiga hari belajar prosedur ekspor, aturan negara tujuan dan cara menghitung harga. Untuk usaha yang ingin "
        "mengekspor pertama kali."
    ),
    ProgrammeKind.DIGITAL_MARKETING: (
        "Foto produk, katalog, WhatsApp Business dan lokapasar. Setiap peserta pulang dengan toko daring yang berjalan."
    ),
    ProgrammeKind.EXHIBITION: "Stan 3 × 3 meter di pameran, dengan meja, dua kursi dan listrik. Barang dibawa sendiri.",
    ProgrammeKind.COACHING: "Delapan kali pertemuan dengan pendamping, dari catatan keuangan sampai pembeli pertama.",
}
TITLES = {
    ProgrammeKind.EXPORT_TRAINING: "Contoh Pelatihan Ekspor Batik, Angkatan {n}",
    ProgrammeKind.DIGITAL_MARKETING: "Contoh Kelas Pemasaran Digital, Angkatan {n}",
    ProgrammeKind.EXHIBITION: "Contoh Pameran Batik Nusantara {year}, Tahap {n}",
    ProgrammeKind.COACHING: "Contoh Pendampingan Calon Eksportir, Kelompok {n}",
}
QUESTIONS = {
    ProgrammeKind.EXPORT_TRAINING: "Negara mana yang ingin Anda tuju, dan mengapa?",
    ProgrammeKind.EXHIBITION: "Produk apa yang akan Anda bawa?",
}


@dataclass
class Plan:
    """One activity to be made: when it starts, how it selects, how many apply, and how far it has come."""

    kind: str
    starts_in_days: int
    stage: str  # finished, cancelled, open, full, pending, few, upcoming, draft, running, overdue, answered
    seats: int
    applicants: int
    mode: str
    closes_in_days: int | None = None
    activity: Activity = field(init=False)


def plans_of_three_years(rng: random.Random) -> list[Plan]:
    """33 activities that are over and 7 that show every stage a visitor of the demo may want to see."""
    first, chosen = SelectionMode.FIRST_COME, SelectionMode.SELECTED
    kinds = list(ProgrammeKind.values)
    plans = []
    for number in range(32):
        kind = kinds[number % len(kinds)]
        mode = first if kind == ProgrammeKind.DIGITAL_MARKETING else chosen
        seats = 40 if kind == ProgrammeKind.EXHIBITION else 20 if kind == ProgrammeKind.COACHING else 30
        plans.append(Plan(kind, -1080 + number * 32 + rng.randint(-6, 6), "finished", seats, rng.randint(48, 92), mode))
    plans.append(Plan(ProgrammeKind.EXHIBITION, -210, "cancelled", 40, 34, chosen))
    return [
        *plans,
        Plan(ProgrammeKind.COACHING, -6, "running", 20, 27, first),
        Plan(ProgrammeKind.EXPORT_TRAINING, 34, "open", 30, 19, first, closes_in_days=16),
        Plan(ProgrammeKind.DIGITAL_MARKETING, 23, "full", 20, 33, first, closes_in_days=9),
        Plan(ProgrammeKind.EXHIBITION, 27, "pending", 30, 72, chosen, closes_in_days=-6),
        Plan(ProgrammeKind.COACHING, 30, "few", 20, 11, chosen, closes_in_days=5),
        Plan(ProgrammeKind.EXHIBITION, 75, "upcoming", 40, 0, chosen, closes_in_days=40),
        Plan(ProgrammeKind.EXPORT_TRAINING, 190, "draft", 30, 0, chosen),
    ]


def public_id(rng: random.Random) -> uuid.UUID:
    """A public id that the same seed gives again."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def make_programmes(at: datetime) -> dict[tuple[str, int], Programme]:
    rows = [
        Programme(
            kind=kind,
            name=NAMES[ProgrammeKind(kind)],
            year=year,
            fund_source=FundSource.PROVINCE if kind == ProgrammeKind.COACHING else FundSource.CITY,
            budget_code=BUDGET_CODES[ProgrammeKind(kind)],
            budget_code_version="Permendagri 90/2019",
            source=Source.SEED,
        )
        for year in range(at.year - 3, at.year + 2)
        for kind in ProgrammeKind.values
    ]
    return {(row.kind, row.year): row for row in Programme.objects.bulk_create(rows)}


_STATES = {
    "finished": ActivityState.FINISHED,
    "cancelled": ActivityState.CANCELLED,
    "running": ActivityState.CLOSED,
    "pending": ActivityState.CLOSED,
    "draft": ActivityState.DRAFT,
}


def make_activities(
    rng: random.Random, plans: Sequence[Plan], programmes: dict[tuple[str, int], Programme], officer: User, at: datetime
) -> None:
    today = timezone.localdate(at)
    numbers: dict[tuple[str, int], int] = defaultdict(int)
    previous: dict[str, Activity] = {}
    for plan in plans:
        starts_on = today + timedelta(days=plan.starts_in_days)
        numbers[plan.kind, starts_on.year] += 1
        kind = ProgrammeKind(plan.kind)
        closes_on = (
            today + timedelta(days=plan.closes_in_days)
            if plan.closes_in_days is not None
            else starts_on - timedelta(days=24)
        )
        opens_on = closes_on - timedelta(days=26)
        length = 4 if kind == ProgrammeKind.EXHIBITION else 2
        plan.activity = Activity(
            public_id=public_id(rng),
            programme=programmes[plan.kind, starts_on.year],
            title=TITLES[kind].format(n=numbers[plan.kind, starts_on.year], year=starts_on.year),
            summary=SUMMARIES[kind],
            description="Kegiatan contoh untuk memperlihatkan cara kerja portal. Nama, tempat dan angka tidak nyata.",
            instructions="Contoh petunjuk: hadir pukul 08.30 dan bawa dua contoh produk.",
            venue="Gedung Contoh, Jalan Contoh 1",
            starts_at=_moment(starts_on, 9),
            ends_at=_moment(starts_on + timedelta(days=length), 16),
            registration_opens_at=_moment(opens_on, 8),
            registration_closes_at=_moment(closes_on, 16),
            decision_due_on=closes_on + timedelta(days=10) if plan.mode == SelectionMode.SELECTED else None,
            selection_mode=plan.mode,
            motivation_question=QUESTIONS.get(kind, ""),
            contact_phone="0800-000-0000 (contoh)",
            fee_idr=0,
            budget_idr=rng.randint(12, 80) * 1_000_000,
            state=_STATES.get(plan.stage, ActivityState.PUBLISHED),
            published_at=None if plan.stage == "draft" else _moment(opens_on - timedelta(days=4), 10),
            cancelled_reason="Contoh: anggaran dialihkan." if plan.stage == "cancelled" else "",
            previous=previous.get(plan.kind),
            last_arrival=plan.applicants,
            created_by=officer,
            source=Source.SEED,
            created_at=_moment(opens_on - timedelta(days=10), 10),
        )
        # One by one, since the next may have been copied from it.
        plan.activity.save()
        previous[plan.kind] = plan.activity
    Quota.objects.bulk_create(_quotas(plans))
    EligibilityRule.objects.bulk_create(_rules(plans))
    Session.objects.bulk_create(_sessions(plans))


def _quotas(plans: Sequence[Plan]) -> Iterator[Quota]:
    for plan in plans:
        yield Quota(activity=plan.activity, kind=QuotaKind.ALL, size=plan.seats)
        if plan.mode == SelectionMode.SELECTED:
            # A third of the seats is kept for those who never took part.
            yield Quota(
                activity=plan.activity, kind=QuotaKind.FIRST_TIMER, negated=True, size=plan.seats - plan.seats // 3
            )


def _rules(plans: Sequence[Plan]) -> Iterator[EligibilityRule]:
    for plan in plans:
        wanted: list[tuple[str, int | None, bool]] = [
            (RuleCode.ENTERPRISE_ACTIVE, None, True),
            (RuleCode.IN_CITY, None, True),
        ]
        if plan.kind == ProgrammeKind.EXPORT_TRAINING:
            wanted += [(RuleCode.NIB, None, True), (RuleCode.BATIK, None, True), (RuleCode.MIN_WORKERS, 3, False)]
        elif plan.kind == ProgrammeKind.EXHIBITION:
            wanted += [(RuleCode.BATIK, None, True), (RuleCode.NOT_RECENT, 2, False)]
        elif plan.kind == ProgrammeKind.COACHING:
            wanted += [(RuleCode.NIB, None, False), (RuleCode.MIN_AGE, 2, True)]
        for position, (code, number, is_blocking) in enumerate(wanted, start=1):
            yield EligibilityRule(
                activity=plan.activity, position=position, code=code, number=number, is_blocking=is_blocking
            )


def _sessions(plans: Sequence[Plan]) -> Iterator[Session]:
    for plan in plans:
        days = (plan.activity.ends_at - plan.activity.starts_at).days + 1
        for day in range(days):
            starts_at = plan.activity.starts_at + timedelta(days=day)
            yield Session(
                activity=plan.activity,
                title=f"Hari {day + 1}",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=7),
            )
