"""Made-up judgements of a panel, two of them a year apart for one step."""

from datetime import date, timedelta

from batikportal.choices import Source
from workforce.models import CraftAssessment, ProcessStep

PANEL = "Kepala bidang tenaga kerja, ketua paguyuban, pengelola museum (contoh)"
JUDGEMENTS = (
    ("NGL", 400, "viable", "Contoh: cukup banyak pembatik tulis di rumah-rumah."),
    ("NGL", 30, "endangered", "Contoh: yang muda makin sedikit, pesanan nglowong beralih ke cap."),
    ("CLT", 30, "viable", "Contoh: banyak yang belajar colet pada usia muda."),
    ("TLP", 30, "critical", "Contoh: tinggal sedikit pembuat canting cap, dan tidak ada yang belajar."),
)


def seed(today: date) -> None:
    """A handful of judgements."""
    steps = {step.code: step for step in ProcessStep.objects.all()}
    CraftAssessment.objects.bulk_create(
        CraftAssessment(
            step=steps[code],
            on=today - timedelta(days=days),
            status=status,
            panel=PANEL,
            reasons=reasons,
            source=Source.SEED,
        )
        for code, days, status, reasons in JUDGEMENTS
    )
