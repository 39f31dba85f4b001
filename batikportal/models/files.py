"""Files people hand in: known by their hash, served through a permission check."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import FileKind
from batikportal.models.entity import Entity


def random_path(stored: "StoredFile", name: str) -> str:
    """A path that tells nothing about the file and that nobody can guess."""
    token = uuid.uuid4().hex
    return f"{token[:2]}/{token}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, user) -> "StoredFileQuerySet":
        """Own uploads, files of one's own enterprise, and for staff the files of enterprises they may open."""
        if user.has_perm("batikportal.view_storedfile"):
            enterprise: Any = self.model._meta.get_field("enterprise").related_model
            return self.filter(Q(created_by=user) | Q(enterprise__in=enterprise.objects.visible_to(user)))
        own = user.memberships.filter(valid_until__isnull=True).values("enterprise")
        return self.filter(Q(created_by=user) | Q(enterprise__in=own))


@audit.tracked
class StoredFile(Entity):
    """One handed-in file. Pictures were re-encoded; everything else leaves the portal only as an attachment."""

    sha256 = models.CharField(_("sidik berkas (SHA-256)"), max_length=64, editable=False, db_index=True)
    kind = models.CharField(_("jenis"), max_length=12, choices=FileKind, editable=False)
    name = models.CharField(_("nama berkas"), max_length=150)
    content_type = models.CharField(_("tipe isi"), max_length=100, editable=False)
    size_bytes = models.PositiveIntegerField(_("ukuran (bita)"), editable=False)
    file = models.FileField(_("berkas"), upload_to=random_path, editable=False)
    enterprise = models.ForeignKey(
        "batikportal.Enterprise",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pelaku usaha"),
    )

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")

    def __str__(self) -> str:
        return self.name
