"""The person behind the cloth, and what that person consented to."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import Sex
from batikportal.encryption import EncryptedTextField
from batikportal.models import Area, Entity
from batikportal.models.area import lies_in
from workforce import rules
from workforce.choices import ConsentGivenBy, ConsentPurpose, Disability, Education, NikMismatchReason
from workforce.rules import rounds


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user) -> "PersonQuerySet":
        """People whom a user may see by name: staff of the labour office by role and work area, others nobody."""
        if not user.has_perm("workforce.view_person"):
            return self.none()
        return self.registered().filter(lies_in(user.areas_for("workforce.view_person")))

    def registered(self) -> "PersonQuerySet":
        """Everybody once: without records that were merged into another."""
        return self.filter(merged_into__isnull=True)


def not_of_a_merged_person() -> pgtrigger.Trigger:
    """The trigger of a table whose rows belong to a person: none is given to a record that was merged. It waits for a
    merge that is going on."""
    return pgtrigger.Trigger(
        name="person_is_not_merged",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id"),
        declare=[("target", "bigint")],
        func=pgtrigger.Func(
            """
            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;
            IF target IS NOT NULL THEN
                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
            """
        ),
    )


@audit.tracked(exclude=["nik"])
class Person(Entity):
    """Someone who works in batik, registered once. The NIK is encrypted, found by its keyed index, shown masked."""

    name = models.CharField(_("nama lengkap"), max_length=120)
    nik = EncryptedTextField(_("NIK"), null=True, blank=True, editable=False)
    nik_hash = models.CharField(_("indeks NIK"), max_length=64, unique=True, null=True, blank=True, editable=False)
    nik_mismatch_reason = models.CharField(
        _("perbedaan NIK"),
        max_length=16,
        choices=NikMismatchReason,
        blank=True,
    )
    nik_verified_on = models.DateField(_("perbedaan NIK dicocokkan pada"), null=True, blank=True, editable=False)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex, blank=True)
    birth_on = models.DateField(_("tanggal lahir"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("tahun lahir"), null=True, blank=True, help_text=_("Isi hanya bila tanggal lahir tidak diketahui.")
    )
    birth_is_estimated = models.BooleanField(_("perkiraan"), default=False)
    phone = models.CharField(_("nomor HP"), max_length=20, blank=True)
    ward = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )
    residence_outside = models.CharField(
        _("tempat tinggal di luar kota"),
        max_length=120,
        blank=True,
        help_text=_("Kabupaten dan desa, bila tidak tinggal di Kota Pekalongan."),
    )
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    education = models.CharField(_("pendidikan terakhir"), max_length=8, choices=Education, blank=True)
    disability = models.CharField(
        _("ragam disabilitas"),
        max_length=12,
        choices=Disability,
        blank=True,
        help_text=_("Boleh dikosongkan. Isi hanya bila pekerja ingin menyampaikannya."),
    )

    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("digabung ke"),
    )  # fmt: skip

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("pekerja")
        verbose_name_plural = _("pekerja")
        ordering = ["name", "pk"]
        permissions = [
            ("reveal_nik", "Can read the full NIK, with a purpose"),
            ("register_person", "Can register persons, without seeing lists"),
            ("export_person", "Can download lists of persons"),
            ("import_workers", "Can import workers from a spreadsheet"),
            ("merge_person", "Can decide about duplicates and merge persons"),
            ("view_figures", "Can see figures about workers without names"),
        ]
        indexes = [models.Index(fields=["name"]), models.Index(fields=["birth_on"]), models.Index(fields=["ward"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(nik__isnull=True, nik_hash__isnull=True) | Q(nik__isnull=False, nik_hash__isnull=False),
                name="person_nik_has_index",
            ),
            models.CheckConstraint(
                condition=Q(birth_on__isnull=True) | Q(birth_year__isnull=True),
                name="person_birth_date_or_year",
                violation_error_message=_("Isi tanggal lahir atau tahun lahir, tidak keduanya."),
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="person_birth_year_plausible",
            ),
            models.CheckConstraint(
                condition=Q(birth_on__isnull=True) | Q(birth_on__gte=date(1900, 1, 1)),
                name="person_birth_date_plausible",
            ),
            models.CheckConstraint(
                condition=Q(ward__isnull=False) | ~Q(residence_outside=""),
                name="person_lives_somewhere",
                violation_error_message=_("Pilih kelurahan, atau tulis tempat tinggal di luar kota."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")), name="person_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=Q(phone="") | Q(phone__startswith="+"), name="person_phone_e164"),
        ]
        triggers = [
            # Rotating keys rewrites the encrypted number, and nothing else of a closed record.
            pgtrigger.Protect(
                name="merged_is_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.merged_into_id IS NOT NULL AND to_jsonb(OLD) - 'nik' IS DISTINCT FROM to_jsonb(NEW) - 'nik'"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workforce:worker", args=[self.public_id])

    def age_on(self, on: date) -> rules.Age:
        """Age on a date, and how sure it is."""
        return rules.age_on(self.birth_on, self.birth_year, self.birth_is_estimated, on)


@audit.tracked
class ConsentText(models.Model):
    """The words of a consent, kept for ever: a consent refers to the version that was read or spoken."""

    purpose = models.CharField(_("tujuan"), max_length=16, choices=ConsentPurpose)
    version = models.PositiveSmallIntegerField(_("versi"))
    text = models.TextField(_("teks persetujuan"))
    valid_from = models.DateField(_("berlaku sejak"))

    class Meta:
        verbose_name = _("teks persetujuan")
        verbose_name_plural = _("teks persetujuan")
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consenttext_version_once")]
        triggers = [pgtrigger.Protect(name="words_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} (v{self.version})"


_ENDING = ", ".join(f"'{state.value}'" for state in rounds.ENDS_WITH_CONSENT)
# A proposal for paid insurance rests on this consent; without it the proposal is over.
ENDS_PROPOSALS = f"""
    IF OLD.purpose = 'programme' AND OLD.withdrawn_at IS NULL
            AND (TG_OP = 'DELETE' OR NEW.withdrawn_at IS NOT NULL) THEN
        UPDATE workforce_coverageentry SET state = 'withdrawn', withdrawn_at = now()
        WHERE person_id = OLD.person_id AND state IN ({_ENDING});
    END IF;
    RETURN NULL;
"""  # noqa: S608 - states of the rules


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user) -> "ConsentQuerySet":
        """Consents of people whom the user may see."""
        if not user.has_perm("workforce.view_consent"):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user).order_by().values("pk"))


@audit.tracked
class Consent(Entity):
    """One consent for one purpose. Withdrawal ends it at once; a later consent is a new row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", verbose_name=_("pekerja"))
    purpose = models.CharField(_("tujuan"), max_length=16, choices=ConsentPurpose)
    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="+", verbose_name=_("teks persetujuan")
    )
    given_by = models.CharField(_("diberikan oleh"), max_length=8, choices=ConsentGivenBy)
    witness = models.CharField(_("saksi atau wali"), max_length=120, blank=True)
    given_at = models.DateTimeField(_("diberikan pada"))
    withdrawn_at = models.DateTimeField(_("ditarik pada"), null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(_("pemakaian dihentikan pada"), null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("persetujuan")
        verbose_name_plural = _("persetujuan")
        permissions = [("record_consent", "Can record and withdraw consents on the worker's word")]
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_open_once_per_purpose",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")), name="consent_in_order"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("withdrawn_at"), withdrawn_at__isnull=False),
                name="consent_stopped_after_withdrawal",
            ),
            models.CheckConstraint(
                condition=Q(given_by=ConsentGivenBy.SELF) | ~Q(witness=""), name="consent_spoken_has_witness"
            ),
        ]
        triggers = [
            not_of_a_merged_person(),
            # Stands here, so that no path of a withdrawal can forget it.
            pgtrigger.Trigger(
                name="ends_proposals",
                operation=pgtrigger.UpdateOf("withdrawn_at") | pgtrigger.Delete,
                when=pgtrigger.After,
                func=ENDS_PROPOSALS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_purpose_display()}"

    @property
    def stop_by(self):
        """By when use must have stopped after a withdrawal; None while the consent stands."""
        return rules.stop_use_by(self.withdrawn_at) if self.withdrawn_at else None
