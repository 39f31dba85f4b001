"""The version of the management rule that is in force on a day."""

from datetime import date

from django.db.models import Q

from wastewater.models import ComplianceRule


def rule_in_force(on: date) -> ComplianceRule | None:
    """The version of that day; None when there is none."""
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return ComplianceRule.objects.filter(valid, valid_from__lte=on).first()
