"""Whoever owes something or stands for it: exactly one enterprise or one plant."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal.models import Enterprise
from batikportal.models.area import lies_in
from wastewater.models.plants import TreatmentPlant

ONE_SUBJECT = Q(enterprise__isnull=False, plant__isnull=True) | Q(enterprise__isnull=True, plant__isnull=False)
ONE_SUBJECT_MESSAGE = _("Pilih tepat satu: pelaku usaha atau IPAL.")


class OfSubjectQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Staff by role and area; members of an enterprise what concerns it; others none."""
        permission = f"wastewater.view_{self.model._meta.model_name}"
        if user.has_perm(permission):
            areas = user.areas_for(permission)
            inside = lies_in(areas, "enterprise__ward") | lies_in(areas, "plant__ward")
            return self.filter(inside)
        return self.filter(enterprise__in=Enterprise.objects.known_to(user))

    def of(self, subject: Enterprise | TreatmentPlant) -> Self:
        """The rows of one enterprise or plant."""
        return self.filter(**{"enterprise" if isinstance(subject, Enterprise) else "plant": subject})


class OfSubject(models.Model):
    """Abstract: the enterprise or the plant; the constraint ONE_SUBJECT belongs to every heir."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("IPAL")
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Enterprise | TreatmentPlant:
        subject = self.enterprise or self.plant
        assert subject is not None  # noqa: S101 - the constraint ONE_SUBJECT
        return subject

    @property
    def subject_url(self) -> str:
        """The page with everything that the subject owes and has violated."""
        kind = "subject-enterprise" if self.enterprise_id else "subject-plant"
        return reverse(f"wastewater:{kind}", args=[self.subject.public_id])


def one_subject(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=ONE_SUBJECT, name=name, violation_error_message=ONE_SUBJECT_MESSAGE)
