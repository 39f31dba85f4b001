"""The relations that follow an enterprise when it is merged: an explicit list, which a test keeps complete.

A relation is every foreign key to Enterprise. The default is to move its rows; rows that would stand
twice (the same member, the same identifier) are dropped, since the other enterprise already has them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from batikportal.choices import MembershipRole
from batikportal.models import Enterprise

# "model.field": the columns that make a row the same as one the other enterprise has.
MOVED: dict[str, tuple[str, ...]] = {
    "batikportal.enterpriseidentifier.enterprise": ("kind", "value"),
    "batikportal.enterprisemembership.enterprise": ("user",),
    "batikportal.enterprisedocument.enterprise": (),
    "batikportal.storedfile.enterprise": (),
    "wastewater.complaint.enterprise": (),
    "wastewater.connection.enterprise": (),
    "wastewater.dischargepoint.enterprise": (),
    "wastewater.reportduty.enterprise": (),
    "wastewater.obligation.enterprise": (),
    "wastewater.violation.enterprise": (),
    "workforce.engagement.enterprise": (),
    "workforce.incident.enterprise": (),
    "workforce.registryrequest.enterprise": (),
    "workforce.successionplan.enterprise": (),
    "workforce.hostoffer.enterprise": ("state",),
    "workforce.hostgroupmember.enterprise": ("group",),
    "workforce.placement.host": (),
    "workforce.voicereport.enterprise": (),
    "marketing.application.enterprise": (),
    "marketing.pastparticipation.enterprise": ("kind", "title", "held_on"),
}
# Rows that move unless the other enterprise has one with the same columns; those are no twins, and each stays.
MOVED_UNLESS: dict[str, tuple[str, ...]] = {"wastewater.logmonth.enterprise": ("first_day",)}
# Rows that stay although they could move: months with visits of the truck, which stay with the name that asked.
HELD_BACK: dict[str, Q] = {"wastewater.logmonth.enterprise": Q(logs__pickup__isnull=False)}
# Only rows like these are twins: a membership that ended is history, and takes nobody's access away.
LIVING: dict[str, Q] = {
    "batikportal.enterprisemembership.enterprise": Q(valid_until__isnull=True),
    "workforce.hostoffer.enterprise": Q(state="open"),
    "workforce.hostgroupmember.enterprise": Q(until_on__isnull=True),
}
# Of two twins, the one that is kept: the verified number, the owner.
PREFERRED: dict[str, Q] = {
    "batikportal.enterpriseidentifier.enterprise": Q(verified_at__isnull=False),
    "batikportal.enterprisemembership.enterprise": Q(role=MembershipRole.OWNER, valid_until__isnull=True),
}
# The pointer of an enterprise merged earlier follows too; merged rows themselves are closed, so it stays as history.
# A status of a closed quarter is history as well; that of an open one is computed anew.
# So are signed reports, findings, cases and logbooks: the database lets no file pass to another name. Owners still read
# them through `Enterprise.objects.known_to`. A scenario stays as it was saved.
STAYS = {
    "batikportal.enterprise.merged_into",
    "wastewater.coaching.enterprise",
    "wastewater.compliancestatus.enterprise",
    "wastewater.enforcementcase.enterprise",
    "wastewater.finding.enterprise",
    "wastewater.inspection.enterprise",
    "wastewater.logbook.enterprise",
    "wastewater.scenarioenterprise.enterprise",
    "wastewater.truckrequest.enterprise",
}


@dataclass(frozen=True)
class Relation:
    """One foreign key to Enterprise, and how its rows move."""

    model: type[models.Model]
    field: str
    same_by: tuple[str, ...]
    apart_by: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def move(self, gone: Enterprise, stays: Enterprise, at: datetime) -> int:
        """Let the rows of ``gone`` point to ``stays``; returns how many moved."""
        here, there = self._rows(gone), self._rows(stays)
        if self.apart_by:
            taken = there.filter(**{name: OuterRef(name) for name in self.apart_by})
            held = here.filter(HELD_BACK.get(self.label, Q(pk__in=[])))
            return here.exclude(Exists(taken)).exclude(pk__in=held.values("pk")).update(**{self.field: stays})
        if self.same_by:
            better = PREFERRED.get(self.label)
            if better is not None:
                # The better of two twins stays, on whichever side it stands.
                there.exclude(better).filter(Exists(self._twins(here.filter(better)))).delete()
            here.filter(
                LIVING.get(self.label, Q()), Exists(self._twins(there.filter(LIVING.get(self.label, Q()))))
            ).delete()
        return self._rows(gone).update(**{self.field: stays})

    def _rows(self, enterprise: Enterprise) -> models.QuerySet:
        return self.model._default_manager.filter(**{self.field: enterprise})

    def _twins(self, rows: models.QuerySet) -> models.QuerySet:
        return rows.filter(**{name: OuterRef(name) for name in self.same_by})


def foreign_keys() -> Iterator[str]:
    """Every foreign key to Enterprise that the installed models really have; history tables follow by themselves."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for column in model._meta.local_fields:
            if column.related_model is Enterprise:
                yield f"{model._meta.label_lower}.{column.name}"


def of_enterprise() -> list[Relation]:
    """The list above, as relations of the installed models."""
    found = []
    for label, same_by in MOVED.items():
        app, model, field = label.split(".")
        found.append(Relation(apps.get_model(app, model), field, same_by))
    for label, apart_by in MOVED_UNLESS.items():
        app, model, field = label.split(".")
        found.append(Relation(apps.get_model(app, model), field, (), apart_by))
    return found
