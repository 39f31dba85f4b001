"""Spreadsheets that wastewater takes in, by noun."""

from wastewater.sheets import connections, lab_results, lab_results_wide, plant_log, river_results

SHEETS = [
    lab_results.SHEET,
    lab_results_wide.SHEET,
    river_results.SHEET,
    connections.SHEET,
    plant_log.SHEET,
]
