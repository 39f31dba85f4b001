"""What every noun with its own page has: a public id, who made it, when, and from where."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Source


class Entity(models.Model):
    """Abstract base. Later changes, with who and why, are in the history (batikportal/audit.py)."""

    public_id = models.UUIDField(_("kode publik"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("dibuat pada"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibuat oleh"),
    )
    source = models.CharField(_("asal data"), max_length=10, choices=Source, default=Source.FORM, editable=False)

    class Meta:
        abstract = True
