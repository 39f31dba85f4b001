"""Made-up concentrations in the shape of published ones: log-normal, correlated, with non-detects and gaps."""

import math
import random
from typing import NamedTuple


class Spread(NamedTuple):
    """A log-normal parameter: its median and the value that 5 % exceed."""

    median: float
    high: float

    def draw(self, z: float) -> float:
        return self.median * math.exp(z * math.log(self.high / self.median) / 1.645)


# Parameters that rise and fall together, with a correlation of about 0.7.
TOGETHER = ("COD", "BOD5", "TSS", "WARNA", "OG", "NH3N", "FCOLI", "TP", "MBAS")

INLET = {
    "SUHU": Spread(30, 33), "PH": Spread(8.4, 9.8), "COD": Spread(650, 1100), "BOD5": Spread(200, 350),
    "TSS": Spread(180, 320), "WARNA": Spread(900, 2400), "OG": Spread(18, 45), "FENOL": Spread(0.2, 0.6),
    "CR_T": Spread(0.05, 0.2), "NH3N": Spread(7, 16), "SULFIDA": Spread(0.2, 0.8),
}  # fmt: skip
GOOD_OUTLET = {
    "SUHU": Spread(29, 31), "PH": Spread(7.4, 8.2), "COD": Spread(95, 128), "BOD5": Spread(32, 46),
    "TSS": Spread(25, 40), "WARNA": Spread(145, 205), "OG": Spread(1.8, 2.9), "FENOL": Spread(0.02, 0.09),
    "CR_T": Spread(0.012, 0.03), "NH3N": Spread(3, 6.5), "SULFIDA": Spread(0.04, 0.16),
}  # fmt: skip
POOR_OUTLET = {
    "SUHU": Spread(31, 34), "PH": Spread(9.0, 9.6), "COD": Spread(225, 320), "BOD5": Spread(92, 130),
    "TSS": Spread(92, 140), "WARNA": Spread(560, 900), "OG": Spread(7, 12), "FENOL": Spread(0.4, 0.8),
    "CR_T": Spread(0.09, 0.2), "NH3N": Spread(10, 14), "SULFIDA": Spread(0.4, 0.8),
}  # fmt: skip
UPSTREAM = {
    "SUHU": Spread(28, 29.5), "PH": Spread(7.2, 7.9), "DO": Spread(4.8, 6.2), "COD": Spread(25, 36),
    "BOD5": Spread(4.4, 7), "TSS": Spread(34, 62), "WARNA": Spread(28, 60), "FENOL": Spread(0.003, 0.006),
    "SULFIDA": Spread(0.003, 0.008), "NH3N": Spread(0.25, 0.7), "NO3N": Spread(1.4, 3.5), "TP": Spread(0.14, 0.3),
    "FCOLI": Spread(2200, 9000), "OG": Spread(0.8, 1.6), "MBAS": Spread(0.12, 0.3), "CR6": Spread(0.004, 0.012),
}  # fmt: skip
DOWNSTREAM = {
    "SUHU": Spread(29.5, 32), "PH": Spread(7.5, 8.6), "DO": Spread(1.7, 3.2), "COD": Spread(82, 140),
    "BOD5": Spread(16, 30), "TSS": Spread(58, 120), "WARNA": Spread(90, 260), "FENOL": Spread(0.014, 0.05),
    "SULFIDA": Spread(0.015, 0.05), "NH3N": Spread(1.3, 3.2), "NO3N": Spread(2.1, 5), "TP": Spread(0.4, 0.9),
    "FCOLI": Spread(22000, 100000), "OG": Spread(1.8, 4), "MBAS": Spread(0.35, 0.9), "CR6": Spread(0.008, 0.03),
}  # fmt: skip

# What the demo's laboratories can detect, and the ceiling of their coliform counts.
DETECTION_LIMITS = {
    "FENOL": 0.005, "CR_T": 0.02, "CR6": 0.005, "SULFIDA": 0.002, "OG": 1.0, "NH3N": 0.02, "MBAS": 0.01, "TP": 0.01,
    "NO3N": 0.02, "TSS": 2.5, "BOD5": 2, "COD": 5, "WARNA": 1,
}  # fmt: skip
COLIFORM_CEILING = 24000.0
# The iodometric method that some months use for sulphide cannot see the limit.
IODOMETRIC_LIMIT = 0.5
METHODS = {
    "SUHU": "SNI 06-6989.23-2005", "PH": "SNI 6989.11:2019", "DO": "SNI 06-6989.14-2004", "BOD5": "SNI 6989.72:2009",
    "COD": "SNI 6989.2:2019", "TSS": "SNI 6989.3:2019", "WARNA": "SNI 6989.80:2011", "FENOL": "SNI 06-6989.21-2004",
    "CR_T": "SNI 6989.17:2009", "CR6": "SNI 6989.71:2009", "NH3N": "SNI 06-6989.30-2005", "NO3N": "SNI 6989.79:2011",
    "TP": "SNI 6989-31:2021", "SULFIDA": "SNI 6989.70:2009", "OG": "SNI 6989.10:2011", "MBAS": "SNI 06-6989.51-2005",
    "FCOLI": "SM 9221",
}  # fmt: skip
IODOMETRIC_METHOD = "SNI 6989.75:2009"


class Figure(NamedTuple):
    """One made-up result."""

    parameter: str
    qualifier: str
    value: float
    detection_limit: float | None
    method: str


def between(low: dict[str, Spread], high: dict[str, Spread], share: float) -> dict[str, Spread]:
    """Spreads part of the way from one table to the other, on the logarithmic scale."""

    def mixed(one: float, other: float) -> float:
        return math.exp(math.log(one) * (1 - share) + math.log(other) * share)

    return {code: Spread(mixed(low[code][0], high[code][0]), mixed(low[code][1], high[code][1])) for code in low}


def figures(rng: random.Random, spreads: dict[str, Spread], *, strength: float, leave_out: set[str]) -> list[Figure]:
    """The results of one sample; `strength` multiplies what dyeing brings, 5–10 % of the parameters are missing."""
    common = rng.gauss(0, 1)
    missing_share = rng.uniform(0.03, 0.1)
    values: dict[str, float] = {}
    for code, spread in spreads.items():
        own = rng.gauss(0, 1)
        z = 0.84 * common + 0.54 * own if code in TOGETHER else own
        factor = 1.0 if code in ("SUHU", "PH") else 1 / strength if code == "DO" else strength
        values[code] = spread.draw(max(-2.2, min(2.2, z))) * factor
    values["BOD5"] = min(max(values["BOD5"], 0.15 * values["COD"]), 0.42 * values["COD"])
    values["PH"] = min(values["PH"], 11.5)
    iodometric = rng.random() < 0.08
    kept = [code for code in spreads if code not in leave_out and rng.random() > missing_share]
    return [_figure(code, values[code], iodometric) for code in kept]


def _figure(code: str, value: float, iodometric: bool) -> Figure:
    limit = DETECTION_LIMITS.get(code)
    method = METHODS[code]
    if code == "SULFIDA" and iodometric:
        limit, method = IODOMETRIC_LIMIT, IODOMETRIC_METHOD
    if limit is not None and value < limit:
        return Figure(code, "<", limit, limit, method)
    if code == "FCOLI" and value > COLIFORM_CEILING:
        return Figure(code, ">", COLIFORM_CEILING, None, method)
    return Figure(code, "=", _as_printed(code, value), limit, method)


def _as_printed(code: str, value: float) -> float:
    """Three significant digits at most, as reports print them."""
    if code in ("SUHU", "DO"):
        return round(value, 1)
    if code == "PH":
        return round(value, 2)
    return float(f"{value:.3g}") if value < 1000 else float(f"{value:.2g}")
