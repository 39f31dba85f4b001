"""Spreadsheets that wastewater takes in, by noun."""

from wastewater.sheets import lab_results

SHEETS = [lab_results.SHEET]
