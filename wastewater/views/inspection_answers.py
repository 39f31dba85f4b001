"""The answers of one aspect of an inspection's checklist, with photos that outlive a failed submit."""

import uuid

from django.utils import timezone

from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.models import StoredFile
from wastewater.actions import inspections as actions
from wastewater.forms import inspections as forms
from wastewater.models import Inspection


def kept_photos(request, found: Inspection, form: forms.AspectForm) -> dict[int, StoredFile]:
    """Photos that wait for their answer: of an earlier failed submit, and those that came now without a state."""
    own = StoredFile.objects.filter(created_by=request.user, enterprise=found.enterprise, kind=FileKind.IMAGE)
    named = {item.pk: request.POST.get(f"kept_{item.pk}", "") for item in form.items}
    asked = {pk: text for pk, text in named.items() if _is_uuid(text)}
    known = {str(file.public_id): file for file in own.filter(public_id__in=asked.values())}
    kept = {pk: known[text] for pk, text in asked.items() if text in known}
    for item, upload in form.unanswered_photos():
        try:
            kept[item.pk] = store(
                upload=upload, kinds=(FileKind.IMAGE,), by=request.user, at=timezone.now(), enterprise=found.enterprise
            )
        except FileRefused as refusal:
            form.add_error(f"photo_{item.pk}", str(refusal))
    return kept


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def save_aspect(request, found: Inspection, form: forms.AspectForm) -> int:
    answers = []
    for item, status, note, upload in form.answered():
        photo = form.kept.pop(item.pk, None)
        if upload:
            try:
                photo = store(
                    upload=upload,
                    kinds=(FileKind.IMAGE,),
                    by=request.user,
                    at=timezone.now(),
                    enterprise=found.enterprise,
                )
            except FileRefused as refusal:
                form.add_error(f"photo_{item.pk}", str(refusal))
        answers.append(actions.Answer(item, status, note, photo))
    return actions.record_answers(inspection=found, answers=answers, by=request.user, at=timezone.now())
