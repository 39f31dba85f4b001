"""Secrets of sensor stations, and spans of rows that people take out of the figures."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.models import User
from wastewater.actions import sensor_days
from wastewater.models import SensorExclusion, SensorStation, StationSecret
from wastewater.queries import stations as station_queries


class StationRefused(Exception):
    """The step is not possible now; the message says why and what to do."""


def issue_secret(*, station: SensorStation, by: User | None, at: datetime) -> str:
    """A new secret for the station, in clear, for the only time; the one before stays valid for the rule's overlap."""
    with transaction.atomic():
        locked = SensorStation.objects.select_for_update().get(pk=station.pk)
        if locked.active_until is not None and locked.active_until <= at:
            raise StationRefused(_("Stasiun ini tidak aktif lagi. Perpanjang masa aktifnya dahulu."))
        rule = station_queries.rule_on(timezone.localdate(at))
        overlap = timedelta(hours=rule.overlap_hours if rule else 0)
        older = StationSecret.objects.filter(station=locked)
        older.filter(valid_until__gt=at).update(valid_until=at)
        older.filter(valid_until__isnull=True).update(valid_until=at + overlap)
        clear = secrets.token_urlsafe(32)
        StationSecret.objects.create(station=locked, secret=clear, valid_from=at, issued_by=by)
    return clear


def withdraw_secrets(*, station: SensorStation, reason: str, by: User, at: datetime) -> int:
    """End every secret of the station at once, for example after a leak; how many ended."""
    with transaction.atomic(), audit.because(reason, by=by):
        SensorStation.objects.select_for_update().get(pk=station.pk)
        living = StationSecret.objects.filter(station=station)
        ended = living.filter(valid_until__isnull=True).update(valid_until=at)
        return ended + living.filter(valid_until__gt=at).update(valid_until=at)


def exclude_rows(
    *, station: SensorStation, starts_at: datetime, ends_at: datetime, reason: str, by: User | None, at: datetime
) -> SensorExclusion:
    """Take the rows of a span out of hours, days and verdicts; they stay stored and visible."""
    if starts_at >= ends_at:
        raise StationRefused(_("Akhir rentang harus sesudah awalnya."))
    if starts_at > at:
        raise StationRefused(_("Rentang ini belum terjadi. Tandai setelah kejadiannya."))
    with transaction.atomic():
        made = SensorExclusion.objects.create(
            station=station, starts_at=starts_at, ends_at=ends_at, reason=reason, created_by=by
        )
        sensor_days.judge(stations={station.pk}, at=at)
    return made


def include_again(*, exclusion: SensorExclusion, reason: str, by: User, at: datetime) -> None:
    """Count the rows of an excluded span again; the history keeps who excluded them and why."""
    with transaction.atomic(), audit.because(reason, by=by):
        station = exclusion.station_id
        exclusion.delete()
        sensor_days.judge(stations={station}, at=at)
