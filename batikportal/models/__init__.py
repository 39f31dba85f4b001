"""The shared nouns."""

from batikportal.models.area import Area, AreaBoundary
from batikportal.models.calendar import Holiday
from batikportal.models.enterprise import (
    Enterprise,
    EnterpriseDocument,
    EnterpriseIdentifier,
    EnterpriseMembership,
)
from batikportal.models.entity import Entity
from batikportal.models.files import StoredFile
from batikportal.models.imports import ImportRow, ImportRun
from batikportal.models.outbox import OutboxMessage
from batikportal.models.people import ActivationSlip, RoleAssignment, User
from batikportal.models.records import AccessEvent, JobRun, Target

__all__ = [
    "AccessEvent",
    "ActivationSlip",
    "Area",
    "AreaBoundary",
    "Enterprise",
    "EnterpriseDocument",
    "EnterpriseIdentifier",
    "EnterpriseMembership",
    "Entity",
    "Holiday",
    "ImportRow",
    "ImportRun",
    "JobRun",
    "OutboxMessage",
    "RoleAssignment",
    "StoredFile",
    "Target",
    "User",
]
