"""Who may do what to the shared nouns: one predicate per verb."""

from batikportal.choices import EnterpriseStatus
from batikportal.models import Enterprise


def may_change_enterprise(user, enterprise: Enterprise) -> bool:
    """Members change their own profile, officers those they may see; a merged one is closed."""
    if enterprise.status == EnterpriseStatus.MERGED:
        return False
    if user.has_perm("batikportal.change_enterprise"):
        return Enterprise.objects.visible_to(user).filter(pk=enterprise.pk).exists()
    return Enterprise.objects.owned_by(user).filter(pk=enterprise.pk).exists()


def may_verify_enterprise(user) -> bool:
    return user.has_perm("batikportal.verify_enterprise")


def may_merge_enterprise(user) -> bool:
    return user.has_perm("batikportal.merge_enterprise")
