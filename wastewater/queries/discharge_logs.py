"""Logbooks as pages, reminders and figures ask for them; a day without a line is unknown, never zero."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from batikportal.choices import EnterpriseStatus, MembershipRole
from batikportal.models import Area, Enterprise, EnterpriseMembership, User
from wastewater.choices.discharge_logs import Destination, LogKind, LogStanding, MonthClosing, MonthState, VolumeMethod
from wastewater.models import DischargeLog, Logbook, LogbookRule, LogMonth, Obligation, SpecificUse
from wastewater.queries.validity import in_force
from wastewater.rules import discharge_logs as rules
from wastewater.rules.obligations import LOGBOOK_DUTY

MonthRows = QuerySet[LogMonth]
SENT = (MonthClosing.OWNER, MonthClosing.STAFF)
MEASURED = (VolumeMethod.METER, VolumeMethod.TANK)
_LITRES_PER_M3 = 1000
# Nothing is expected of enterprises that are gone.
_NOT_COUNTED = (EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED)


def rule_on(day: date) -> LogbookRule | None:
    """The rule in force on a day."""
    return LogbookRule.objects.filter(in_force(day)).first()


def due_on(first: date) -> date:
    """By when the month that begins on `first` is to be sent; the end of the next month while no rule is in force."""
    rule = rule_on(first)
    return rules.due_on(first, rule.due_day) if rule else rules.last_of(rules.next_month(first))


def usual_use(day: date) -> rules.UsualUse | None:
    """What is usual on a day, by the rows in force; None while there is no rule."""
    rule = rule_on(day)
    if rule is None:
        return None
    spans = {
        use.dye_family: (use.low_l_per_piece, use.high_l_per_piece) for use in SpecificUse.objects.filter(in_force(day))
    }
    return rules.UsualUse(spans, rule.tolerance_factor, (Decimal(rule.water_share_low), Decimal(rule.water_share_high)))


def obliged_enterprises(first: date) -> QuerySet[Enterprise]:
    """Enterprises that must keep a log in the month that begins on `first`."""
    books = Logbook.objects.filter(
        Q(obliged_until__isnull=True) | Q(obliged_until__gte=first), obliged_from__lt=rules.next_month(first)
    )
    return Enterprise.objects.exclude(status__in=_NOT_COUNTED).filter(pk__in=books.values("enterprise"))


def owners_of(enterprise_ids: Collection[int]) -> dict[int, User]:
    """The owner with an account of each enterprise that has one: the one who came first."""
    memberships = (
        EnterpriseMembership.objects.filter(
            enterprise__in=enterprise_ids, role=MembershipRole.OWNER, valid_until__isnull=True, user__is_active=True
        )
        .select_related("user")
        .order_by("-pk")
    )
    return {membership.enterprise_id: membership.user for membership in memberships}


def _unwanted() -> QuerySet:
    return Logbook.objects.filter(wants_reminders=False).values("enterprise")


def _with_lines() -> QuerySet:
    return DischargeLog.objects.current().values("month")


def months_to_remind(today: date) -> MonthRows:
    """Open months that fall due soon, of enterprises that must keep the log or have begun to, and want reminders."""
    rule = rule_on(today)
    if rule is None:
        return LogMonth.objects.none()
    this = rules.first_of(today)
    obliged = Q()
    for first in (this, rules.month_before(this)):
        obliged |= Q(first_day=first, enterprise__in=obliged_enterprises(first).values("pk"))
    return (
        LogMonth.objects.filter(
            state=MonthState.OPEN,
            due_on__gte=today,
            due_on__lte=today + timedelta(days=rule.remind_days_before),
            due_reminded_at__isnull=True,
        )
        .filter(obliged | Q(pk__in=_with_lines()))
        .exclude(enterprise__in=_unwanted())
        .exclude(Exists(_reminded_duties()))
    )


def _reminded_duties() -> QuerySet[Obligation]:
    """The duty to report the month, if its owner was reminded of it already: one deadline, one reminder."""
    return Obligation.objects.filter(
        enterprise=OuterRef("enterprise"),
        kind__code=LOGBOOK_DUTY,
        reminded_at__isnull=False,
        period_start__lte=OuterRef("first_day"),
        period_end__gte=OuterRef("first_day"),
    )


def quiet_months(today: date) -> QuerySet[Any]:
    """The running months of enterprises that must keep the log and have noted nothing for as long as the rule says.

    Each row carries `last_day`, the last day noted in any month (None: never).
    """
    rule = rule_on(today)
    if rule is None:
        return LogMonth.objects.none()
    first = rules.first_of(today)
    since = today - timedelta(days=rule.silent_after_days)
    last = (
        DischargeLog.objects.current()
        .filter(month__enterprise=OuterRef("enterprise"))
        .order_by()
        .values("month__enterprise")
        .annotate(last=Max("day"))
        .values("last")
    )
    long_obliged = Logbook.objects.filter(obliged_from__lte=since).values("enterprise")
    return (
        LogMonth.objects.filter(
            first_day=first,
            enterprise__in=obliged_enterprises(first).values("pk"),
        )
        .filter(enterprise__in=long_obliged)
        .annotate(last_day=Subquery(last, output_field=DateField()))
        .filter(Q(last_day__isnull=True) | Q(last_day__lte=since))
        .select_related("enterprise__ward")
    )


def silent_months(today: date) -> MonthRows:
    """The quiet months whose owners want reminders and were not reminded of the silence yet."""
    return quiet_months(today).filter(silence_reminded_at__isnull=True).exclude(enterprise__in=_unwanted())


def _litres(**condition) -> Sum:
    return Sum("logs__volume_l", filter=Q(logs__standing=LogStanding.CURRENT, **condition))


def months_with_figures(months: MonthRows) -> QuerySet:
    """Months with the litres noted, those for the truck, taken and untreated, the days noted and the last one."""
    made = {"logs__kind": LogKind.PRODUCTION}
    return months.select_related("enterprise__ward__parent").annotate(
        noted_l=_litres(**made),
        for_truck_l=_litres(**made, logs__destination=Destination.TRUCK),
        untreated_l=_litres(**made, logs__destination=Destination.UNTREATED),
        measured_l=_litres(**made, logs__volume_method__in=MEASURED),
        picked_l=_litres(logs__kind=LogKind.PICKUP),
        days_count=Count(
            "logs__day",
            filter=Q(logs__standing=LogStanding.CURRENT) & ~Q(logs__kind=LogKind.PICKUP),
            distinct=True,
        ),
        last_day=Max("logs__day", filter=Q(logs__standing=LogStanding.CURRENT)),
    )


def generated_m3(row) -> Decimal | None:
    """The generated volume of a month that carries the columns of months_with_figures."""
    litres = rules.generated_l(row.noted_l, row.for_truck_l, row.picked_l)
    return None if litres is None else litres / _LITRES_PER_M3


def found_months(
    months: MonthRows,
    *,
    bulan: date,
    cari: str = "",
    kecamatan: Area | None = None,
    keadaan: str = "",
    wajib: bool = False,
    tanpa_olah: bool = False,
) -> QuerySet:
    """The months of one calendar month, narrowed by what the list page asks."""
    rows = months_with_figures(months.filter(first_day=bulan))
    if cari:
        rows = rows.filter(Q(enterprise__name__icontains=cari) | Q(enterprise__registration_number__icontains=cari))
    if kecamatan:
        rows = rows.filter(enterprise__ward__parent=kecamatan)
    if keadaan == "sent":
        rows = rows.filter(closing__in=SENT)
    elif keadaan == "deadline":
        rows = rows.filter(closing=MonthClosing.DEADLINE)
    elif keadaan == "open":
        rows = rows.filter(state=MonthState.OPEN)
    elif keadaan == "empty":
        rows = rows.exclude(pk__in=_with_lines())
    if wajib:
        rows = rows.filter(enterprise__in=obliged_enterprises(bulan).values("pk"))
    if tanpa_olah:
        rows = rows.filter(untreated_l__gt=0)
    return rows


@dataclass
class Coverage:
    """How many of those who must keep the log sent a month."""

    sent: int = 0
    by_deadline: int = 0
    obliged: int = 0


def coverage_by_month(first: date, wards: Q) -> dict[date, Coverage]:
    """Coverage of the months since `first` that have rows and are due; two queries.

    `wards` narrows by the ward of the enterprise, as Scope.ward_filter("enterprise__ward") gives it.
    """
    books = Logbook.objects.filter(wards, obliged_from__isnull=False).exclude(enterprise__status__in=_NOT_COUNTED)
    duties = {book.enterprise_id: book for book in books}
    rows = LogMonth.objects.filter(enterprise__in=duties, first_day__gte=first).values_list(
        "first_day", "enterprise", "closing"
    )
    closings = {(month, enterprise): closing for month, enterprise, closing in rows}
    found: dict[date, Coverage] = {}
    for month in sorted({month for month, _enterprise in closings}):
        found[month] = counts = Coverage()
        for enterprise, book in duties.items():
            if book.is_due_for(month):
                closing = closings.get((month, enterprise), "")
                counts.obliged += 1
                counts.sent += closing in SENT
                counts.by_deadline += closing == MonthClosing.DEADLINE
    return found


def last_due_month(before: date) -> date | None:
    """The latest month with rows whose deadline had passed before a day; None while there is none."""
    return LogMonth.objects.filter(due_on__lt=before).aggregate(last=Max("first_day"))["last"]


def months_with_untreated(since: date) -> QuerySet:
    """Months since a day in which water was let out untreated, the worst first."""
    return (
        months_with_figures(LogMonth.objects.filter(first_day__gte=since))
        .filter(untreated_l__gt=0)
        .order_by("-untreated_l", "pk")
    )


def last_line_of(enterprise: Enterprise) -> DischargeLog | None:
    """The newest line with production, whose facts a new one can begin with."""
    return (
        DischargeLog.objects.current()
        .filter(month__enterprise=enterprise, kind=LogKind.PRODUCTION)
        .order_by("-day", "-pk")
        .first()
    )


def usual_processes(enterprises: Iterable[Enterprise], since: date) -> set[tuple[str, str]]:
    """Dyes and processes that the log of these enterprises names since a day: pairs of (dye class, process)."""
    rows = DischargeLog.objects.current().filter(
        month__enterprise__in=list(enterprises), kind=LogKind.PRODUCTION, day__gte=since
    )
    return set(rows.order_by().values_list("dye_class", "process").distinct())


def published_volumes() -> QuerySet:
    """Sums of sent months by district: (month, district code, district, enterprises, litres by where they went)."""
    litres = {
        f"{name}_l": Sum("volume_l", filter=Q(kind=LogKind.PRODUCTION, destination=destination))
        for name, destination in (
            ("own_plant", Destination.OWN_PLANT),
            ("connection", Destination.CONNECTION),
            ("truck", Destination.TRUCK),
            ("untreated", Destination.UNTREATED),
        )
    }
    return (
        DischargeLog.objects.current()
        .filter(month__state=MonthState.CLOSED)
        .order_by("month__first_day", "month__enterprise__ward__parent__code")
        .values(
            "month__first_day",
            district_code=F("month__enterprise__ward__parent__code"),
            district=F("month__enterprise__ward__parent__name"),
        )
        .annotate(enterprises=Count("month__enterprise", distinct=True), **litres)
    )
