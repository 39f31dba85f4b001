"""Spreadsheets about workers: who they are and where they work, memberships, what BPJS answered, and certificates."""

from workforce.sheets.certificates import CERTIFICATES
from workforce.sheets.coverage import COVERAGE
from workforce.sheets.results import RESULTS
from workforce.sheets.workers import WORKERS

SHEETS = [WORKERS, COVERAGE, RESULTS, CERTIFICATES]
