"""What a laboratory figure can be at all, and what it seldom is; the same for forms, sheets and tables."""

from decimal import Decimal

from wastewater.choices import Impossible, Plausibility, Unit

HIGHEST_PH = 14
# Water that flows is neither ice nor steam.
HIGHEST_WATER_TEMPERATURE_C = 100
# Effluent of the wax bath is hot, mountain water is cool; beyond these a slip is likelier than the water.
USUAL_WATER_TEMPERATURE_C = (Decimal(10), Decimal(60))


def impossible(value: Decimal, unit: str) -> str | None:
    """Why no water can have this figure (`Impossible`), or None; ``unit`` is the one it was reported in."""
    if unit == Unit.CELSIUS:
        return None if 0 <= value <= HIGHEST_WATER_TEMPERATURE_C else Impossible.WATER_TEMPERATURE
    if value < 0:
        return Impossible.NEGATIVE
    return Impossible.PH if unit == Unit.PH and value > HIGHEST_PH else None


def plausibility(values: dict[str, Decimal]) -> list[str]:
    """Marks on numbers of one sample that rarely occur, alone or together; each in the unit of its parameter, by its
    code. Never blocks."""
    bod, cod, temperature = values.get("BOD5"), values.get("COD"), values.get("SUHU")
    marks: list[str] = []
    if bod is not None and cod is not None:
        if cod < bod:
            marks.append(Plausibility.COD_BELOW_BOD)
        elif cod > 0 and not Decimal("0.05") <= bod / cod <= Decimal("0.8"):
            marks.append(Plausibility.BOD_COD_RATIO)
    if _above(values, "NH3N", "TN"):
        marks.append(Plausibility.AMMONIA_ABOVE_NITROGEN)
    if _above(values, "CR6", "CR_T"):
        marks.append(Plausibility.CR6_ABOVE_CR)
    coolest, warmest = USUAL_WATER_TEMPERATURE_C
    if temperature is not None and not coolest <= temperature <= warmest:
        marks.append(Plausibility.UNUSUAL_TEMPERATURE)
    return marks


def _above(values: dict[str, Decimal], part: str, whole: str) -> bool:
    return part in values and whole in values and values[part] > values[whole]
