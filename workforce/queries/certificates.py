"""Certificates: which are valid, which end soon and are not renewed, and in which quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from batikportal.models import Area
from workforce.choices.certificates import CertificateState
from workforce.models import CompetencyCertificate, CompetencyScheme, Person
from workforce.queries.figures import WardCount
from workforce.rules import certificates as rules


@dataclass(frozen=True)
class CertificateFilter:
    """What narrows the list of certificates; `quarter` is that of the expiry, as in `2026-4`."""

    on: date
    text: str = ""
    area: Area | None = None
    scheme: CompetencyScheme | None = None
    state: str = ""
    quarter: str = ""


def valid_on(on: date) -> Q:
    """Condition on a certificate: it counts on the day, first and last day included."""
    return Q(issued_on__lte=on, valid_until__gte=on)


def _renewed(on: date) -> Exists:
    """A later certificate of the same scheme stands beside it."""
    return Exists(
        CompetencyCertificate.objects.filter(
            person=OuterRef("person"),
            scheme=OuterRef("scheme"),
            issued_on__lte=on,
            valid_until__gt=OuterRef("valid_until"),
        )
    )


def expiring(certificates: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Valid ones that end within 180 days and are not renewed, the most urgent first."""
    last = on + timedelta(days=rules.WARN_DAYS)
    return certificates.filter(~_renewed(on), valid_on(on), valid_until__lte=last).order_by("valid_until", "pk")


def certificates_matching(certificates: QuerySet[Any], wanted: CertificateFilter) -> QuerySet[Any]:
    """Those of the filter, the first to expire on top."""
    found = certificates.filter(issued_on__lte=wanted.on)
    if wanted.text:
        found = found.filter(Q(person__name__icontains=wanted.text) | Q(number__iexact=wanted.text))
    if wanted.area:
        found = found.filter(Q(person__ward=wanted.area) | Q(person__ward__parent=wanted.area))
    if wanted.scheme:
        found = found.filter(scheme=wanted.scheme)
    if wanted.state == CertificateState.VALID:
        found = found.filter(valid_on(wanted.on))
    elif wanted.state == CertificateState.EXPIRING:
        found = expiring(found, wanted.on)
    elif wanted.state == CertificateState.EXPIRED:
        found = found.filter(~_renewed(wanted.on), valid_until__lt=wanted.on)
    if wanted.quarter:
        found = found.filter(~_renewed(wanted.on), valid_until__range=rules.days_of_quarter(wanted.quarter))
    return found.select_related("person__ward__parent", "scheme").order_by("valid_until", "pk")


def renewal_cohorts(certificates: QuerySet[Any], on: date, count: int = 8) -> list[tuple[str, int]]:
    """The quarters from now on, and how many certificates that are not renewed end in each. One query."""
    quarters = rules.quarters_from(on, count)
    counts = {
        f"q{place}": Count("pk", filter=Q(valid_until__range=rules.days_of_quarter(quarter)))
        for place, quarter in enumerate(quarters)
    }
    found = certificates.filter(~_renewed(on), issued_on__lte=on).order_by().aggregate(**counts)
    return [(quarter, found[f"q{place}"]) for place, quarter in enumerate(quarters)]


_VALID_BY_DAY = """
SELECT d.day, count(c.id) FILTER (WHERE c.issued_on <= d.day AND c.valid_until >= d.day), count(c.id)
FROM unnest(%(days)s::date[]) AS d (day)
LEFT JOIN (
    SELECT c.id, c.issued_on, c.valid_until
    FROM workforce_competencycertificate c
    JOIN workforce_person p ON p.id = c.person_id
    LEFT JOIN batikportal_area w ON w.id = p.ward_id
    WHERE %(area)s::bigint IS NULL OR p.ward_id = %(area)s OR w.parent_id = %(area)s
) c ON c.issued_on <= d.day
GROUP BY d.day ORDER BY d.day
"""


def valid_by_day(days: Sequence[date], area: Area | None) -> list[tuple[date, int, int]]:
    """On each day: certificates that are valid, and those issued so far; of residents of the area. One query."""
    wanted = area.pk if area is not None and area.level != "city" else None
    with connection.cursor() as cursor:
        cursor.execute(_VALID_BY_DAY, {"days": list(days), "area": wanted})
        return cursor.fetchall()


def certificates_by_ward(certificates: QuerySet[Any]) -> list[WardCount]:
    """How many of them are held in each ward, in order of its code, those outside the city last. Two queries."""
    counted = dict(certificates.order_by().values_list("person__ward").annotate(held=Count("pk")))
    wards = Area.objects.filter(pk__in=[pk for pk in counted if pk]).select_related("parent").order_by("code")
    found = [WardCount(ward, counted[ward.pk], 0) for ward in wards]
    return found + ([WardCount(None, counted[None], 0)] if None in counted else [])


def certificates_by_number(numbers: Sequence[str]) -> dict[tuple[str, str], CompetencyCertificate]:
    """Recorded certificates with one of the numbers, by body and number in small letters. One query."""
    wanted = [number.lower() for number in numbers]
    found = CompetencyCertificate.objects.annotate(small=Lower("number")).filter(small__in=wanted)
    return {(one.body.lower(), one.number.lower()): one for one in found}


def certificates_of(person: Person) -> QuerySet[Any]:
    """Every certificate of a person, the newest first."""
    return person.certificates.select_related("scheme")
