"""Spreadsheets that wastewater takes in, by noun."""

from wastewater.sheets import lab_results, lab_results_wide, river_results

SHEETS = [lab_results.SHEET, lab_results_wide.SHEET, river_results.SHEET]
