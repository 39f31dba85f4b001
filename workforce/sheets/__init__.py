"""Spreadsheets about workers: who they are and where they work, which memberships a check found, what BPJS answered."""

from workforce.sheets.coverage import COVERAGE
from workforce.sheets.results import RESULTS
from workforce.sheets.workers import WORKERS

SHEETS = [WORKERS, COVERAGE, RESULTS]
