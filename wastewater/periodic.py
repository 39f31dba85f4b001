"""Work of wastewater that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from wastewater.actions import sensor_days


def judge_sensor_days(at: datetime) -> Mapping[str, int]:
    """The days that ended while their stations were silent."""
    return {"rows": sensor_days.judge(at=at)}


JOBS = [Job("sensors.judge", _("Menilai hari sensor yang sudah lewat"), timedelta(hours=1), judge_sensor_days)]
