"""Sludge in the stores of plants: what is left, until when it may stay, and what left by which manifest."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    DateField,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from wastewater.choices.plants import DispatchState, SettingCode
from wastewater.models import DispatchLine, SludgeDispatch, SludgeEntry, StorageRule, TreatmentPlant, WasteCode
from wastewater.queries.plant_settings import setting_on
from wastewater.queries.validity import in_force

_KG = DecimalField(max_digits=12, decimal_places=2)
GENERATION_DAYS = 90


def entries_with_balance(entries: QuerySet[SludgeEntry]) -> QuerySet[Any]:
    """Store entries with `gone_kg`, `left_kg`, `storage_days` and `due_on`, the last day they may stay.

    The limit is the row in force on the day of storing with the highest generation not above the entry's; without such
    a row both are None.
    """
    gone = (
        DispatchLine.objects.filter(entry=OuterRef("pk"))
        .exclude(dispatch__state=DispatchState.VOID)
        .order_by()
        .values("entry")
        .annotate(all=Sum("kg"))
        .values("all")
    )
    limit = StorageRule.objects.filter(
        in_force(OuterRef("stored_on")),
        category=OuterRef("waste_code__category"),
        from_kg_per_day__lte=OuterRef("generated_kg_per_day"),
    ).order_by("-from_kg_per_day")
    return (
        entries.select_related("plant", "waste_code", "unit")
        .annotate(
            gone_kg=Coalesce(Subquery(gone), Value(Decimal(0)), output_field=_KG),
            storage_days=Subquery(limit.values("days")[:1]),
            storage_basis=Subquery(limit.values("legal_basis")[:1]),
        )
        .annotate(
            left_kg=ExpressionWrapper(F("kg") - F("gone_kg"), output_field=_KG),
            due_on=ExpressionWrapper(F("stored_on") + F("storage_days"), output_field=DateField()),
        )
    )


def on_store(entries: QuerySet[SludgeEntry]) -> QuerySet[Any]:
    """Entries of which something is left, the one that must go first on top."""
    return entries_with_balance(entries).filter(left_kg__gt=0).order_by(F("due_on").asc(nulls_last=True), "pk")


def entries_due(today: date) -> QuerySet[Any]:
    """Entries whose storage limit is near or past, by the setting."""
    notice = setting_on(today, SettingCode.STORAGE_NOTICE_DAYS)
    entries = on_store(SludgeEntry.objects.all())
    return entries.none() if notice is None else entries.filter(due_on__lte=today + timedelta(days=int(notice)))


def dispatches(rows: QuerySet[SludgeDispatch]) -> QuerySet[Any]:
    """Dispatches with their lines and how much left with each."""
    lines = DispatchLine.objects.select_related("entry__waste_code").order_by("entry__stored_on")
    return (
        rows.select_related("plant")
        .prefetch_related(Prefetch("lines", lines))
        .annotate(kg=Sum("lines__kg"))
        .order_by("-dispatched_on", "-pk")
    )


def codes_on(day: date) -> QuerySet[WasteCode]:
    """The waste codes in force on the day."""
    return WasteCode.objects.filter(in_force(day)).order_by("code")


def generation_of(plant: TreatmentPlant, today: date) -> Decimal | None:
    """kg/day that came into the store over the last 90 days; None when nothing did."""
    since = today - timedelta(days=GENERATION_DAYS)
    kg = plant.sludge_entries.filter(stored_on__gt=since, stored_on__lte=today).aggregate(all=Sum("kg"))["all"]
    return None if kg is None else (kg / GENERATION_DAYS).quantize(Decimal("0.01"))
