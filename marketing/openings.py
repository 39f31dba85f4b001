"""Seats of trainings that other focuses may point at, by the words of a topic."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Opening, OpeningSource
from marketing import queries

AT_MOST = 3


def find(topics: Sequence[str], at: datetime) -> list[Opening]:
    """Trainings and coaching that take applications now and name one of the topics, the first to close in front."""
    return [
        Opening(
            title=activity.title,
            url=activity.get_absolute_url(),
            starts_on=timezone.localdate(activity.starts_at),
            closes_on=timezone.localdate(activity.registration_closes_at),
            place=activity.venue,
        )
        for activity in queries.open_trainings_about(topics, at)[:AT_MOST]
    ]


OPENINGS = [OpeningSource(code="marketing.trainings", title=_("Pelatihan yang dibuka"), focus=Focus.MARKET, find=find)]
