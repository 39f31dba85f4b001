"""Spreadsheets that wastewater takes in, by noun."""

from wastewater.sheets import lab_results, lab_results_wide

SHEETS = [lab_results.SHEET, lab_results_wide.SHEET]
from wastewater.sheets import lab_results, river_results

SHEETS = [lab_results.SHEET, river_results.SHEET]
