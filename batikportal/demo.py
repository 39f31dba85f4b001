"""Demo data: plainly fictitious enterprises and people, deterministic for a given day, labelled as such on every page.

The apps add theirs through a module of the name ``demo`` with ``seed(rng, enterprises, at)``.
"""

import math
import random
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction

from batikportal import roles
from batikportal.choices import (
    BATIK_TECHNIQUES,
    AreaLevel,
    EnterpriseStatus,
    IdentifierKind,
    MembershipRole,
    Office,
    Sex,
    Source,
    Technique,
)
from batikportal.models import (
    Area,
    Enterprise,
    EnterpriseIdentifier,
    EnterpriseMembership,
    RoleAssignment,
    Target,
    User,
)

SEED = 20091002  # the day batik entered UNESCO's list
PASSWORD = "batik-demo-2026"  # noqa: S105 - printed on the terminal, for fictitious accounts
ENTERPRISES_COUNT = 1000

# role, office, e-mail, name on screen
STAFF: tuple[tuple[str, str, str, str], ...] = (
    ("leader", Office.MAYOR, "walikota@contoh.invalid", "Pimpinan (contoh)"),
    ("planner", Office.BAPPEDA, "bappeda@contoh.invalid", "Perencana (contoh)"),
    ("waste_head", Office.DLH, "kepala.dlh@contoh.invalid", "Kepala Bidang Limbah (contoh)"),
    ("waste_officer", Office.DLH, "petugas.dlh@contoh.invalid", "Petugas Limbah (contoh)"),
    ("lab", Office.DLH, "lab@contoh.invalid", "Laboratorium (contoh)"),
    (
        "workforce_head",
        Office.DINPERINAKER,
        "kepala.dinperinaker@contoh.invalid",
        "Kepala Bidang Tenaga Kerja (contoh)",
    ),
    ("workforce_officer", Office.DINPERINAKER, "petugas.dinperinaker@contoh.invalid", "Petugas Tenaga Kerja (contoh)"),
    ("ward_officer", Office.DINPERINAKER, "kelurahan@contoh.invalid", "Petugas Kelurahan (contoh)"),
    ("cadre", Office.DINPERINAKER, "kader@contoh.invalid", "Kader Kelurahan (contoh)"),
    ("market_head", Office.DINDAGKOP, "kepala.dindagkop@contoh.invalid", "Kepala Bidang Pasar (contoh)"),
    ("market_officer", Office.DINDAGKOP, "petugas.dindagkop@contoh.invalid", "Petugas Pasar (contoh)"),
    ("data_clerk", Office.DINKOMINFO, "data@contoh.invalid", "Petugas Data (contoh)"),
    ("administrator", Office.DINKOMINFO, "admin@contoh.invalid", "Administrator (contoh)"),
    ("auditor", Office.DINKOMINFO, "pemeriksa@contoh.invalid", "Pemeriksa (contoh)"),
)
OWNER_PHONE = "+6281200000001"

# Relative number of batik enterprises; the wards named as batik centres in the press weigh more.
WARD_WEIGHTS: dict[str, float] = {
    "Jenggot": 10,
    "Kauman": 5,
    "Bendan Kergon": 5,
    "Pasirkratonkramat": 6,
    "Pringrejo": 5.5,
    "Banyurip": 6,
    "Buaran Kradenan": 5,
    "Krapyak": 4,
    "Degayu": 3,
    "Gamer": 3.5,
    "Noyontaansari": 3.5,
    "Setono": 3,
    "Tirto": 3,
    "Medono": 2.5,
}
TECHNIQUES: tuple[tuple[tuple[str, ...], float], ...] = (
    ((Technique.CAP,), 34),
    ((Technique.TULIS,), 14),
    ((Technique.COMBINATION, Technique.CAP), 14),
    ((Technique.TULIS, Technique.CAP), 10),
    ((Technique.PRINTING,), 15),
    ((Technique.CAP, Technique.PRINTING), 6),
    ((Technique.JUMPUTAN,), 3),
    ((Technique.ECOPRINT,), 2),
    ((Technique.TULIS, Technique.COMBINATION), 2),
)
PRODUCTS = ("sarung", "kain panjang", "kemeja", "daster", "selendang", "gaun", "taplak", "masker", "aksesori")
MOTIFS = (
    "Jlamprang", "Buketan", "Liong", "Semen", "Tumpal", "Sekar", "Kawung", "Melati", "Kenanga", "Cempaka", "Teratai",
    "Merak", "Kupu", "Parang", "Lereng", "Truntum",
)  # fmt: skip
FIRST_NAMES = (
    "Sari", "Wati", "Rini", "Dewi", "Lestari", "Aminah", "Budi", "Slamet", "Joko", "Agus", "Hasan", "Umar", "Ratna",
    "Indah", "Eko", "Fatimah",
)  # fmt: skip


class SeedModule(Protocol):
    """``TARGETS``: the value that each indicator of the app shall reach in the demo."""

    TARGETS: Mapping[str, Decimal]

    def seed(self, rng: random.Random, enterprises: list[Enterprise], at: datetime) -> None: ...


def seed_targets(targets: Mapping[str, Decimal], year: int) -> None:
    """Targets for this year, plainly not from any plan."""
    Target.objects.bulk_create(
        Target(indicator=code, year=year, value=value, basis="Contoh target, bukan dokumen resmi", source=Source.SEED)
        for code, value in targets.items()
    )


def is_seeded() -> bool:
    """Whether the demo data are there already."""
    return Enterprise.objects.filter(source=Source.SEED).exists()


def logins() -> list[tuple[str, str, str]]:
    """(role, login, password) of every demo account, for the terminal and the demo's log-in page."""
    rows = [(str(roles.ROLES[role].title), email, PASSWORD) for role, _office, email, _name in STAFF]
    return [("Pelaku usaha", "0812-0000-0001", PASSWORD), *rows]


def app_seeds() -> Iterator[tuple[str, SeedModule]]:
    """The demo modules of the apps, in their order."""
    for config in apps.get_app_configs():
        if getattr(config, "contributes", False) and config.name != "batikportal" and find_spec(f"{config.name}.demo"):
            yield config.name, import_module(f"{config.name}.demo")


@transaction.atomic
def seed_shared(at: datetime) -> list[Enterprise]:
    """The people of the demo and about 1,000 enterprises over the 27 wards."""
    rng = random.Random(SEED)
    _people(at.date())
    enterprises = Enterprise.objects.bulk_create(_enterprises(rng, at))
    first = next(row for row in enterprises if _fits_the_story(row))
    _identifiers(rng, enterprises, sure=first)
    owner = User.objects.create(
        full_name=first.owner_name,
        phone=OWNER_PHONE,
        phone_verified_at=at,
        password=make_password(PASSWORD),
        source=Source.SEED,
    )
    EnterpriseMembership.objects.create(
        user=owner, enterprise=first, role=MembershipRole.OWNER, valid_from=at.date(), source=Source.SEED
    )
    return enterprises


def _fits_the_story(enterprise: Enterprise) -> bool:
    """The demo owner can apply for the export training at once: an active batik maker of Kauman."""
    is_batik = set(BATIK_TECHNIQUES) & set(enterprise.techniques)
    return enterprise.status == EnterpriseStatus.ACTIVE and enterprise.ward.name == "Kauman" and bool(is_batik)


def _people(today: date) -> None:
    password = make_password(PASSWORD)
    for role, office, email, name in STAFF:
        user = User.objects.create(full_name=name, email=email, password=password, source=Source.SEED)
        RoleAssignment.objects.create(user=user, role=role, office=office, valid_from=today, source=Source.SEED)


def _public_id(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _enterprises(rng: random.Random, at: datetime) -> list[Enterprise]:
    wards = list(Area.objects.filter(level=AreaLevel.WARD).select_related("parent").order_by("code"))
    weights = [WARD_WEIGHTS.get(ward.name, 1.3) for ward in wards]
    return [_enterprise(rng, number, rng.choices(wards, weights)[0], at) for number in range(1, ENTERPRISES_COUNT + 1)]


def _enterprise(rng: random.Random, number: int, ward: Area, at: datetime) -> Enterprise:
    # Mean of about 12 workers per enterprise, as counted in 2016 (12,937 in 1,081); most are micro.
    workers = max(1, round(math.exp(rng.gauss(1.75, 1.05))))
    sales = round(workers * math.exp(rng.gauss(17.6, 0.5)), -6)
    status = rng.choices(
        (EnterpriseStatus.ACTIVE, EnterpriseStatus.DORMANT, EnterpriseStatus.PENDING, EnterpriseStatus.CLOSED),
        (86, 7, 4, 3),
    )[0]
    techniques = rng.choices([names for names, _weight in TECHNIQUES], [weight for _names, weight in TECHNIQUES])[0]
    is_woman = rng.random() < 0.55
    return Enterprise(
        public_id=_public_id(rng),
        name=f"Batik Contoh {rng.choice(MOTIFS)} {number:04d}",
        owner_name=f"{'Ibu' if is_woman else 'Bapak'} Contoh {rng.choice(FIRST_NAMES)} {number:04d}",
        owner_sex=Sex.FEMALE if is_woman else Sex.MALE,
        ward=ward,
        address=f"Jalan Contoh Nomor {rng.randint(1, 200)}",
        latitude=round(float(ward.latitude) + rng.gauss(0, 0.0018), 5),
        longitude=round(float(ward.longitude) + rng.gauss(0, 0.0018), 5),
        phone=f"+62899{number:07d}",
        techniques=list(techniques),
        products=rng.sample(PRODUCTS, rng.randint(1, 4)),
        workers_count=None if rng.random() < 0.04 else workers,
        annual_sales_idr=None if rng.random() < 0.35 else int(sales),
        established_year=rng.randint(1975, at.year - 1),
        status=status,
        source=Source.SEED,
        created_at=at - timedelta(days=rng.randint(1, 20 if status == EnterpriseStatus.PENDING else 900)),
    )


def _identifiers(rng: random.Random, enterprises: list[Enterprise], *, sure: Enterprise) -> None:
    rows = []
    for number, enterprise in enumerate(enterprises, start=1):
        if rng.random() < 0.72 or enterprise is sure:
            rows.append((enterprise, IdentifierKind.NIB, f"9990000{number:06d}"))
        if rng.random() < 0.12:
            rows.append((enterprise, IdentifierKind.BRAND, f"CONTOH-{number:04d}"))
        if rng.random() < 0.05:
            rows.append((enterprise, IdentifierKind.BATIKMARK, f"BMI-CONTOH-{number:04d}"))
    EnterpriseIdentifier.objects.bulk_create(
        EnterpriseIdentifier(
            public_id=_public_id(rng), enterprise=enterprise, kind=kind, value=value, source=Source.SEED
        )
        for enterprise, kind, value in rows
    )
