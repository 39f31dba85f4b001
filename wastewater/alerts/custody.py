"""Samples that were kept too long, and samples that no laboratory has received."""

from datetime import datetime, timedelta
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import AT_MOST, how_many, listed
from wastewater.choices.custody import Whereabouts
from wastewater.models import Sample
from wastewater.queries import custody as queries
from wastewater.rules import custody as rules


def find_kept_too_long(scope: Scope) -> Alerts:
    now = timezone.now()
    rows = queries.unsettled_kept_too_long(now).filter(scope.ward_filter("point__ward"))
    first = list(rows[:AT_MOST])
    held = queries.holdings(first, now)

    def alert(sample: Sample) -> Alert:
        since = timezone.localdate(sample.taken_at)
        names = queries.summary(held.get(sample.pk, ())).exceeded
        return Alert(
            subject=str(sample),
            url=f"{sample.get_absolute_url()}#serah-terima",
            since=since,
            due_on=since + timedelta(days=rules.DAYS_TO_FOLLOW_BREACH),
            detail=_("Lama simpan terlampaui: %(parameters)s. Putuskan apakah diambil ulang.")
            % {"parameters": ", ".join(names)},
        )

    return Alerts([alert(sample) for sample in first], how_many(rows, first))


def find_long_on_the_way(scope: Scope) -> Alerts:
    def alert(sample: "queries.LocatedSample") -> Alert:
        taken_at = cast(datetime, sample.taken_at)  # a constraint gives every taken sample its moment
        return Alert(
            subject=str(sample),
            url=f"{sample.get_absolute_url()}#serah-terima",
            since=timezone.localdate(taken_at),
            due_on=timezone.localdate(taken_at + timedelta(hours=rules.HOURS_ON_THE_WAY)),
            detail=_("%(where)s sejak %(when)s, belum diterima laboratorium")
            % {"where": Whereabouts(sample.where).label, "when": formats.moment(sample.moved_at)},
        )

    return listed(queries.long_on_the_way(timezone.now()).filter(scope.ward_filter("point__ward")), alert)


ALERTS = [
    AlertRule(
        code="wastewater.holding_time",
        title=gettext_lazy("Lama simpan sampel terlampaui"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_any_sample",
        find=find_kept_too_long,
    ),
    AlertRule(
        code="wastewater.sample_on_the_way",
        title=gettext_lazy("Sampel belum sampai di laboratorium"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_any_sample",
        find=find_long_on_the_way,
    ),
]
