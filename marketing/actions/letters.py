"""Letters to applicants, written into the outbox in the transaction of their cause."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from batikportal.actions import outbox
from batikportal.choices import MembershipRole
from batikportal.models import EnterpriseMembership, OutboxMessage, User
from marketing.choices import ApplicationState
from marketing.models import Application

# The letter that tells an applicant about the state her application has moved to.
TEMPLATES: dict[str, str] = {
    ApplicationState.SUBMITTED: "application_received",
    ApplicationState.RETURNED: "application_returned",
    ApplicationState.ACCEPTED: "application_accepted",
    ApplicationState.WAITLISTED: "application_waitlisted",
    ApplicationState.REJECTED: "application_rejected",
    ApplicationState.INELIGIBLE: "application_ineligible",
    ApplicationState.WITHDRAWN: "application_withdrawn",
    ApplicationState.CANCELLED: "application_cancelled",
}
PROMOTED = "application_promoted"


def compose(
    application: Application, *, by: User | None, template: str = "", state: str = "", reason: str = ""
) -> OutboxMessage | None:
    """The letter for one application, unsaved; None when nobody can be reached."""
    return next(iter(compose_many([application], by=by, template=template, state=state, reasons=[reason])), None)


def compose_many(
    applications: Sequence[Application],
    *,
    by: User | None,
    template: str = "",
    state: str = "",
    reasons: Sequence[str] = (),
) -> list[OutboxMessage]:
    """One letter for each application that somebody can be reached for; for all of them one more statement at most.

    An applicant who applied herself is written to directly; for an assisted application the letter goes to an owner
    with an account, else to the phone of the enterprise.
    """
    owners = _owners_of([application for application in applications if _needs_owner(application)])
    letters = []
    for number, application in enumerate(applications):
        person = owners.get(application.enterprise_id) if _needs_owner(application) else application.sent_by
        to = person or application.enterprise.phone
        if to:
            context = {
                "application": application,
                "activity": application.activity,
                "enterprise": application.enterprise,
                "reason": reasons[number] if reasons else "",
            }
            name = template or TEMPLATES[state or application.state]
            letters.append(outbox.compose(template=name, to=to, context=context, by=by))
    return letters


def send(letters: Iterable[OutboxMessage | None], *, at: datetime) -> None:
    """Queue composed letters in one statement."""
    rows = [letter for letter in letters if letter is not None]
    if rows:
        outbox.queue_many(rows, at=at)


def _needs_owner(application: Application) -> bool:
    return application.channel == "assisted" or application.sent_by_id is None


def _owners_of(applications: Iterable[Application]) -> dict[int, User]:
    enterprise_ids = {application.enterprise_id for application in applications}
    if not enterprise_ids:
        return {}
    memberships = (
        EnterpriseMembership.objects.filter(
            enterprise__in=enterprise_ids, role=MembershipRole.OWNER, valid_until__isnull=True, user__is_active=True
        )
        .select_related("user")
        .order_by("-pk")
    )
    return {membership.enterprise_id: membership.user for membership in memberships}
