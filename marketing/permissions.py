"""Who may do what with activities, applications and decisions; one question per verb."""

from datetime import datetime

from batikportal import states
from marketing import rules
from marketing.choices import ActivityState, ApplicationState, BatchState
from marketing.models import Activity, Application, DecisionBatch

# Whoever works on applications sees names, phones and figures; others see the lists without them.
_WORKS_ON_APPLICATIONS = (
    "marketing.review_application",
    "marketing.decide_application",
    "marketing.assist_application",
    "marketing.sign_decisionbatch",
)


def may_see_details(user) -> bool:
    """Owner, phone, answers and figures of an applicant; leaders and planners see the lists only."""
    return any(user.has_perm(permission) for permission in _WORKS_ON_APPLICATIONS)


def may_change_activity(user, activity: Activity) -> bool:
    settled = activity.state in (ActivityState.FINISHED, ActivityState.CANCELLED)
    return not settled and user.has_perm("marketing.change_activity")


def may_move_activity(user, activity: Activity, to: str) -> bool:
    """Publish, close, finish or cancel, as the table of states allows."""
    return user.has_perm("marketing.publish_activity") and states.may_move(
        rules.ACTIVITY_TRANSITIONS, activity.state, to
    )


def may_copy_activity(user) -> bool:
    return user.has_perm("marketing.add_activity")


def may_assist(user, activity: Activity, at: datetime) -> bool:
    """Apply on behalf of an enterprise while the call is open."""
    return activity.window(at) == rules.Window.OPEN and user.has_perm("marketing.assist_application")


def may_review(user, application: Application, to: str) -> bool:
    """Move an application to eligible, ineligible or returned."""
    return user.has_perm("marketing.review_application") and states.may_move(
        rules.APPLICATION_TRANSITIONS, application.state, to
    )


def may_decide(user, application: Application) -> bool:
    return user.has_perm("marketing.decide_application") and states.may_move(
        rules.APPLICATION_TRANSITIONS, application.state, ApplicationState.PENDING
    )


def may_withdraw(application: Application) -> bool:
    """Asked for the enterprise's own application, by its member; officers withdraw at the enterprise's wish."""
    return application.state in rules.WITHDRAWABLE_STATES


def may_record_attendance(user, activity: Activity, at: datetime) -> bool:
    running = activity.state in (ActivityState.PUBLISHED, ActivityState.CLOSED) and at >= activity.starts_at
    return running and user.has_perm("marketing.record_attendance")


def may_sign(user, batch: DecisionBatch) -> bool:
    return batch.state == BatchState.DRAFT and user.has_perm("marketing.sign_decisionbatch")


def may_release(user, batch: DecisionBatch) -> bool:
    return batch.state == BatchState.SIGNED and user.has_perm("marketing.release_decisionbatch")


def may_cancel_batch(user, batch: DecisionBatch) -> bool:
    """A draft is dissolved by whoever decides, a signed batch by whoever may sign."""
    if batch.state == BatchState.DRAFT:
        return user.has_perm("marketing.decide_application") or user.has_perm("marketing.sign_decisionbatch")
    return batch.state == BatchState.SIGNED and user.has_perm("marketing.sign_decisionbatch")
