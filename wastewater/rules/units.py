"""Units of laboratory results: conversion inside one dimension, never across."""

import re
from decimal import Decimal

from wastewater.choices import ExpressedAs, Unit

# Unit -> (dimension, factor to the dimension's base unit). CFU and MPN count different things, so they do not mix;
# one TCU (true colour unit) is defined as the colour of one Pt-Co unit.
_DIMENSIONS: dict[str, tuple[str, Decimal]] = {
    Unit.NG_L: ("mass per volume", Decimal("0.000001")),
    Unit.UG_L: ("mass per volume", Decimal("0.001")),
    Unit.MG_L: ("mass per volume", Decimal(1)),
    Unit.G_L: ("mass per volume", Decimal(1000)),
    Unit.PT_CO: ("colour", Decimal(1)),
    Unit.TCU: ("colour", Decimal(1)),
    Unit.PH: ("pH", Decimal(1)),
    Unit.CELSIUS: ("temperature", Decimal(1)),
    Unit.MPN: ("most probable number", Decimal(1)),
    Unit.CFU: ("colonies", Decimal(1)),
    Unit.NTU: ("turbidity", Decimal(1)),
    Unit.US_CM: ("conductivity", Decimal(1)),
    Unit.M3_TON: ("volume per mass", Decimal(1)),
    Unit.KG_TON: ("mass per mass", Decimal(1)),
    Unit.COUNT: ("count", Decimal(1)),
}

# Expressed as -> (element, mass of the substance per mass of the element).
_SUBSTANCES: dict[str, tuple[str, Decimal]] = {
    ExpressedAs.N: ("N", Decimal(1)),
    ExpressedAs.NO3: ("N", Decimal("4.427")),
    ExpressedAs.NO2: ("N", Decimal("3.284")),
    ExpressedAs.NH3: ("N", Decimal("1.216")),
    ExpressedAs.NH4: ("N", Decimal("1.288")),
    ExpressedAs.P: ("P", Decimal(1)),
    ExpressedAs.PO4: ("P", Decimal("3.066")),
    ExpressedAs.S: ("S", Decimal(1)),
    ExpressedAs.H2S: ("S", Decimal("1.063")),
}

# The ways in which Indonesian laboratories write a unit, folded to lower case without spaces and dots.
_SPELLINGS: dict[str, str] = {
    "mg/l": Unit.MG_L,
    "mgl": Unit.MG_L,
    "mg/liter": Unit.MG_L,
    "mgl-1": Unit.MG_L,
    "ppm": Unit.MG_L,
    "g/m3": Unit.MG_L,
    "g/m³": Unit.MG_L,
    "ug/l": Unit.UG_L,
    "µg/l": Unit.UG_L,
    "μg/l": Unit.UG_L,
    "mcg/l": Unit.UG_L,
    "ppb": Unit.UG_L,
    "ng/l": Unit.NG_L,
    "g/l": Unit.G_L,
    "": "",
    "-": "",
    "–": "",
    "ph": Unit.PH,
    "satuanph": Unit.PH,
    "unitph": Unit.PH,
    "phunit": Unit.PH,
    "ptco": Unit.PT_CO,
    "pt-co": Unit.PT_CO,
    "pt-counit": Unit.PT_CO,
    "unitptco": Unit.PT_CO,
    "unitpt-co": Unit.PT_CO,
    "skalaptco": Unit.PT_CO,
    "skalapt-co": Unit.PT_CO,
    "tcu": Unit.TCU,
    "c": Unit.CELSIUS,
    "°c": Unit.CELSIUS,
    "oc": Unit.CELSIUS,
    "ºc": Unit.CELSIUS,
    "celsius": Unit.CELSIUS,
    "derajatc": Unit.CELSIUS,
    "mpn/100ml": Unit.MPN,
    "jml/100ml": Unit.MPN,
    "jumlah/100ml": Unit.MPN,
    "apm/100ml": Unit.MPN,
    "cfu/100ml": Unit.CFU,
    "ntu": Unit.NTU,
    "us/cm": Unit.US_CM,
    "µs/cm": Unit.US_CM,
    "μs/cm": Unit.US_CM,
    "umhos/cm": Unit.US_CM,
    "µmhos/cm": Unit.US_CM,
    "m3/ton": Unit.M3_TON,
    "m³/ton": Unit.M3_TON,
    "kg/ton": Unit.KG_TON,
}

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SUBSTANCE_SPELLINGS = {
    "n": ExpressedAs.N,
    "nh3-n": ExpressedAs.N,
    "no3-n": ExpressedAs.N,
    "no2-n": ExpressedAs.N,
    "nh4-n": ExpressedAs.N,
    "no3": ExpressedAs.NO3,
    "no2": ExpressedAs.NO2,
    "nh3": ExpressedAs.NH3,
    "nh4": ExpressedAs.NH4,
    "p": ExpressedAs.P,
    "po4-p": ExpressedAs.P,
    "po4": ExpressedAs.PO4,
    "s": ExpressedAs.S,
    "h2s-s": ExpressedAs.S,
    "h2s": ExpressedAs.H2S,
}
_SUBSTANCE = re.compile(
    r"[\s(]+(?:sebagai|sbg|as)?\s*"
    r"(nh3-n|no3-n|no2-n|nh4-n|po4-p|h2s-s|no3|no2|nh3|nh4|po4|h2s|n|p|s)[-+]?\)?$",
    re.IGNORECASE,
)


def parse_unit(text: str) -> tuple[str, str] | None:
    """The unit and the substance that a laboratory's wording means; None when it is not known.

    "mg/L NO3" is (mg/L, NO3); an empty cell or a dash is ("", ""), to be filled from the parameter.
    """
    text = text.strip().translate(_SUBSCRIPTS)
    expressed_as = ""
    if found := _SUBSTANCE.search(text):
        expressed_as = _SUBSTANCE_SPELLINGS[found.group(1).lower()]
        text = text[: found.start()]
    unit = _SPELLINGS.get(re.sub(r"[\s.]", "", text).lower())
    return None if unit is None else (str(unit), str(expressed_as))


def alternatives(unit: str, expressed_as: str) -> list[tuple[str, str]]:
    """The ways in which a parameter of this unit and substance may be reported so that it can be converted."""
    dimension = _DIMENSIONS[unit][0]
    units = [str(other) for other, (its, _factor) in _DIMENSIONS.items() if its == dimension]
    if not expressed_as:
        return [(one, "") for one in units]
    element = _SUBSTANCES[expressed_as][0]
    substances = [str(other) for other, (its, _mass) in _SUBSTANCES.items() if its == element]
    return [(one, substance) for one in units for substance in substances]


def convert(value: Decimal, *, unit: str, expressed_as: str, to_unit: str, to_expressed_as: str) -> Decimal | None:
    """The same quantity in another unit and substance; None when the two do not describe the same dimension.

    Substances convert by molar mass: PO4/P 3.066, NO3/N 4.427, NO2/N 3.284, NH3/N 1.216, NH4/N 1.288, H2S/S 1.063.
    A side that names no substance is taken to mean the other side's.
    """
    dimension, factor = _DIMENSIONS.get(unit, ("", Decimal(1)))
    to_dimension, to_factor = _DIMENSIONS.get(to_unit, ("?", Decimal(1)))
    if dimension != to_dimension:
        return None
    if factor != to_factor:
        value = value * factor / to_factor
    if expressed_as == to_expressed_as or not expressed_as or not to_expressed_as:
        return value
    element, mass = _SUBSTANCES[expressed_as]
    to_element, to_mass = _SUBSTANCES[to_expressed_as]
    if element != to_element:
        return None
    return value * to_mass / mass
