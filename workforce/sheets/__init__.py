"""Spreadsheets about workers: who they are and where they work, and which memberships a check found."""

from workforce.sheets.coverage import COVERAGE
from workforce.sheets.workers import WORKERS

SHEETS = [WORKERS, COVERAGE]
