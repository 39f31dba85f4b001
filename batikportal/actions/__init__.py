"""The writes of the ground floor, by noun."""

from batikportal.actions import accounts, enterprises, files, outbox, roles

__all__ = ["accounts", "enterprises", "files", "outbox", "roles"]
