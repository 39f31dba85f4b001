"""Small contributions that tests plant in place of the apps' own."""

from datetime import date
from decimal import Decimal

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Dataset, Indicator, Layer, Panel, Reading

MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def reading(value=Decimal("41.5"), **changes) -> Reading:
    fields = {
        "numerator": 415,
        "denominator": 1000,
        "completeness": 0.93,
        "fresh_at": date(2026, 11, 20),
        "trend": [(month, 30 + place) for place, month in enumerate(MONTHS)],
    }
    return Reading(value, **(fields | changes))


def indicator(code="workforce.protected", *, value=Decimal("41.5"), answer=None, **changes) -> Indicator:
    """An indicator that answers ``answer``, or a reading of ``value``."""
    fields = {
        "title": f"Angka {code}",
        "focus": Focus.WORKERS,
        "definition": "Pekerja terlindungi dibagi semua pekerja terdaftar.",
        "unit": "%",
        "direction": "up",
        "permission": "workforce.view_figures",
        "office": Office.DINPERINAKER,
        "source": "Pendataan Dinperinaker",
        "frequency": "monthly",
        "minimum_completeness": 0.8,
        "read": lambda scope: answer if answer is not None else reading(value),
        "rows": lambda scope: "/pelaku-usaha/?" + "&".join(f"{k}={v}" for k, v in scope.query().items()),
    }
    return Indicator(code=code, **(fields | changes))


def rule(code="workforce.lapsing", *, alerts=(), total=None, **changes) -> AlertRule:
    found = Alerts(list(alerts), len(alerts) if total is None else total)
    fields = {
        "title": f"Aturan {code}",
        "focus": Focus.WORKERS,
        "severity": Severity.MEDIUM,
        "office": Office.DINPERINAKER,
        "permission": "workforce.view_figures",
        "find": lambda scope: found,
    }
    return AlertRule(code=code, **(fields | changes))


def alert(subject="Jaminan berakhir", **changes) -> Alert:
    return Alert(**({"subject": subject, "url": "/pekerja/1/"} | changes))


def layer(code="portal.places", *, found=(), **changes) -> Layer:
    fields = {"title": f"Lapisan {code}", "focus": Focus.SHARED, "read": lambda scope: list(found)}
    return Layer(code=code, **(fields | changes))


def panel(code="marketing.open", *, shows=12_345, template="home/_registry.html", **changes) -> Panel:
    fields = {
        "title": f"Panel {code}",
        "focus": Focus.MARKET,
        "audience": "public",
        "template": template,
        "read": lambda user, enterprise, today: {"total": shows, "techniques": []},
    }
    return Panel(code=code, **(fields | changes))


def dataset(code="portal.enterprises", *, rows=(("Kauman", 2026, 12),), **changes) -> Dataset:
    fields = {
        "title": "Usaha batik menurut kelurahan",
        "description": "Jumlah usaha terdaftar.",
        "licence": "CC BY 4.0",
        "columns": [
            ("kelurahan", "text", "Nama kelurahan"),
            ("tahun", "year", "Tahun pendataan"),
            ("jumlah", "integer", "Banyaknya usaha"),
        ],
        "rows": lambda: rows,
    }
    return Dataset(code=code, **(fields | changes))


def broken(*args):
    raise RuntimeError("planted failure")
