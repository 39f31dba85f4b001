"""Premiums of the social insurance programmes: what a month costs, who pays it, and what a year adds up to.

Plain Python: no database, no clock. Rates are dated rows and are handed in by their codes, in per cent or rupiah.
PP 44/2015 (JKK, JKM), PP 46/2015 (JHT), PP 45/2015 (JP), PP 6/2025 (JKP), PP 50/2025 (discount), Perpres 64/2020 (JKN).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.choices import Programme
from workforce.choices.premiums import HealthClass, PremiumPayer

_P = Programme

HUNDRED = Decimal(100)
RISK_CLASSES = (1, 2, 3, 4, 5)
# Half of a premium paid from a public budget would be a wrong budget: the discount is for those who pay themselves.
PUBLIC_BUDGETS = frozenset({PremiumPayer.CITY, PremiumPayer.DBHCHT, PremiumPayer.PROVINCE, PremiumPayer.NATION})

HEALTH_CODES: dict[str, str] = {
    HealthClass.CITY: "jkn_city_premium",
    HealthClass.THREE: "jkn_class_three_self",
    HealthClass.TWO: "jkn_class_two",
    HealthClass.ONE: "jkn_class_one",
}
WAGE_CODES = (
    *(f"pu_jkk_rate_{number}" for number in RISK_CLASSES),
    "pu_jkm_rate", "pu_jht_employer_rate", "pu_jht_worker_rate", "pu_jp_employer_rate", "pu_jp_worker_rate",
    "jp_wage_cap", "pu_jkp_within_jkk_rate", "pu_jkp_state_rate", "jkn_ppu_employer_rate", "jkn_ppu_worker_rate",
    "jkn_ppu_wage_cap",
)  # fmt: skip
OWN_CODES = (
    "bpu_premium_jkk", "bpu_premium_jkm", "bpu_premium_jht", "bpu_jht_rate", "bpu_discount_self_paid",
    *HEALTH_CODES.values(),
)  # fmt: skip

Rates = Mapping[str, Decimal]


@dataclass(frozen=True)
class Premium:
    """One premium of one month: rupiah, unrounded. `rate` in per cent of `base_idr`, None for a fixed amount; `codes`
    are the dated rows it rests on."""

    programme: str
    payer: str
    amount_idr: Decimal
    codes: tuple[str, ...]
    rate: Decimal | None = None
    base_idr: Decimal | None = None


@dataclass(frozen=True)
class MonthOfPremiums:
    """What one month costs one person; `missing`: codes of rates that nobody recorded for it; then no sum is told."""

    month: date
    premiums: tuple[Premium, ...]
    missing: tuple[str, ...]

    def total(self, payer: str = "") -> Decimal | None:
        """The sum, of one payer if asked; None when a rate is missing."""
        if self.missing:
            return None
        return sum((one.amount_idr for one in self.premiums if payer in ("", one.payer)), Decimal(0))


@dataclass(frozen=True)
class WageEarner:
    """Somebody paid by an employer (PU), with the risk class of the workshop, which is a matter of each firm."""

    wage_idr: Decimal
    risk_class: int
    programmes: tuple[str, ...]


@dataclass(frozen=True)
class OwnAccount:
    """Somebody not paid by an employer (BPU): who pays, the income for JHT, and the class of JKN if wanted."""

    payer: str
    programmes: tuple[str, ...]
    income_idr: Decimal = Decimal(0)
    health_class: str = ""


class _Sheet:
    """Collects premiums, and the codes of rates that are not known."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self.premiums: list[Premium] = []
        self.missing: list[str] = []

    def share(self, programme: str, payer: str, base_idr: Decimal, code: str, less: str = "", cap: str = "") -> None:
        """A rate of the wage, up to a cap, less another rate that is carved out of it."""
        codes = tuple(one for one in (code, less, cap) if one)
        if not self._knows(codes):
            return
        base = min(base_idr, self.rates[cap]) if cap else base_idr
        rate = self.rates[code] - (self.rates[less] if less else 0)
        self.premiums.append(Premium(programme, payer, base * rate / HUNDRED, codes, rate, base))

    def fixed(self, programme: str, payer: str, code: str, discount: Decimal = Decimal(0), by: str = "") -> None:
        """A fixed amount, less a discount in per cent."""
        if self._knows((code,)):
            amount = self.rates[code] * (HUNDRED - discount) / HUNDRED
            self.premiums.append(Premium(programme, payer, amount, (code, by) if by and discount else (code,)))

    def _knows(self, codes: Sequence[str]) -> bool:
        unknown = [code for code in codes if code not in self.rates]
        self.missing += [code for code in unknown if code not in self.missing]
        return not unknown


def wage_earner_month(person: WageEarner, rates: Rates, month: date) -> MonthOfPremiums:
    """A month of a wage earner. JKP costs the employer nothing extra: its share is carved out of JKK (PP 6/2025)."""
    sheet, wage = _Sheet(rates), person.wage_idr
    employer, worker = PremiumPayer.EMPLOYER.value, PremiumPayer.WORKER.value
    wants = person.programmes
    if _P.JKK in wants:
        carved = "pu_jkp_within_jkk_rate" if _P.JKP in wants else ""
        sheet.share(_P.JKK.value, employer, wage, f"pu_jkk_rate_{person.risk_class}", less=carved)
    if _P.JKM in wants:
        sheet.share(_P.JKM.value, employer, wage, "pu_jkm_rate")
    if _P.JHT in wants:
        sheet.share(_P.JHT.value, employer, wage, "pu_jht_employer_rate")
        sheet.share(_P.JHT.value, worker, wage, "pu_jht_worker_rate")
    if _P.JP in wants:
        sheet.share(_P.JP.value, employer, wage, "pu_jp_employer_rate", cap="jp_wage_cap")
        sheet.share(_P.JP.value, worker, wage, "pu_jp_worker_rate", cap="jp_wage_cap")
    if _P.JKP in wants:
        sheet.share(_P.JKP.value, employer, wage, "pu_jkp_within_jkk_rate")
        sheet.share(_P.JKP.value, PremiumPayer.NATION.value, wage, "pu_jkp_state_rate")
    if _P.JKN in wants:
        sheet.share(_P.JKN.value, employer, wage, "jkn_ppu_employer_rate", cap="jkn_ppu_wage_cap")
        sheet.share(_P.JKN.value, worker, wage, "jkn_ppu_worker_rate", cap="jkn_ppu_wage_cap")
    return MonthOfPremiums(month, tuple(sheet.premiums), tuple(sheet.missing))


def own_account_month(person: OwnAccount, rates: Rates, month: date) -> MonthOfPremiums:
    """A month of somebody on own account. The discount on JKK and JKM is for whoever pays without a public budget; a
    month without a discount row has none, which is no gap."""
    sheet, payer, wants = _Sheet(rates), person.payer, person.programmes
    discount = Decimal(0) if payer in PUBLIC_BUDGETS else rates.get("bpu_discount_self_paid", Decimal(0))
    for programme, code in ((_P.JKK, "bpu_premium_jkk"), (_P.JKM, "bpu_premium_jkm")):
        if programme in wants:
            sheet.fixed(programme.value, payer, code, discount, by="bpu_discount_self_paid")
    if _P.JHT in wants:
        _own_savings(sheet, payer, person.income_idr)
    if person.health_class:
        health_payer = PremiumPayer.CITY.value if person.health_class == HealthClass.CITY else PremiumPayer.WORKER.value
        sheet.fixed(_P.JKN.value, health_payer, HEALTH_CODES[person.health_class])
    return MonthOfPremiums(month, tuple(sheet.premiums), tuple(sheet.missing))


def _own_savings(sheet: _Sheet, payer: str, income_idr: Decimal) -> None:
    """JHT: a share of the income, but at least the smallest amount; an income without a rate cannot be told."""
    rate, least = sheet.rates.get("bpu_jht_rate"), sheet.rates.get("bpu_premium_jht")
    if income_idr and (rate is None or (least is not None and income_idr * rate / HUNDRED > least)):
        sheet.share(_P.JHT.value, payer, income_idr, "bpu_jht_rate")
    else:
        sheet.fixed(_P.JHT.value, payer, "bpu_premium_jht")


def months_from(first: date, count: int) -> list[date]:
    """The first days of so many months, beginning with the month of `first`."""
    start = first.year * 12 + first.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, start + count)]


def sum_of(months: Iterable[MonthOfPremiums], payer: str = "") -> Decimal | None:
    """What the months cost together; None as soon as one of them cannot be told."""
    total = Decimal(0)
    for month in months:
        amount = month.total(payer)
        if amount is None:
            return None
        total += amount
    return total
