"""The lock on a person under which her rows are written, which a merged record does not give."""

from django.utils.translation import gettext_lazy as _

from workforce.actions.refusals import Refused
from workforce.models import Person


class PersonMerged(Refused):
    sentence = _(
        "Data ini sudah digabung dengan data lain. Muat ulang halaman, lalu ulangi di data yang dipertahankan."
    )


def lock_person(person: Person) -> Person:
    """The person as stored, locked until the transaction ends; waits for a merge that is going on."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    if current.merged_into_id:
        raise PersonMerged
    return current
