"""The market in the Django admin, for data entry; states change through actions only."""

from marketing.admin import activities, applications

__all__ = ["activities", "applications"]
