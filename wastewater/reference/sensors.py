"""The first rule by which sensor readings become hours and days."""

from datetime import date
from typing import Any


def load(apps: Any) -> None:
    """Write it into the empty table; `apps` is the registry of a migration."""
    apps.get_model("wastewater", "SensorRule").objects.create(
        effective_from=date(2019, 1, 1),
        legal_basis=(
            "Kebiasaan pemantauan (75%) dan bawaan pencatat SPARING; naskah resmi aturan rata-rata dalam PermenLHK "
            "P.93/2018 jo. P.80/2019 belum dilihat. Syarat pH 100% adalah pilihan pengelola."
        ),
        confidence="M",
    )
